"""A convention that a file brings, judged as a typed one: the file is the frame's, the rules are ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils import timezone

from backend.core.findings import Finding
from backend.organisations.models import Convention
from pathways.rules.conventions import convention_findings
from pathways.selectors.conventions import agreed_of
from pathways.selectors.rule_book import read_book


def judge() -> Callable[[Convention], Iterable[Finding]]:
    """What the rules of today find in each."""
    book, today = read_book(), timezone.localdate()
    return lambda row: convention_findings(agreed_of(row), today=today, book=book)
