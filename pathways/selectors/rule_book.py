"""The rule book of this installation, read once by whoever is about to judge."""

from __future__ import annotations

from pathways.models import RuleSetting
from pathways.rules.book import RuleBook
from pathways.rules.book_reading import rule_book


def read_book() -> RuleBook:
    """The rows of the product and those of this installation, in one query; read it once and pass it on."""
    return rule_book(RuleSetting.objects.order_by("valid_from", "pk"))
