"""The rule book of this installation, read once by whoever is about to judge."""

from __future__ import annotations

from datetime import date
from typing import Any

from backend.core.pages.once import once_per_page
from pathways.models import RuleSetting
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.reading import rule_book
from pathways.rules.dated.rows import MAIL_KEPT, TRAIL_KEPT


def book_in(context: Any) -> RuleBook:
    """The book kept beside what answers one request, read the first time it is asked."""
    if "rule_book" not in context:
        context["rule_book"] = read_book()
    book: RuleBook = context["rule_book"]
    return book


@once_per_page
def read_book() -> RuleBook:
    """The rows of the product and those of this installation, in one query; read it once and pass it on."""
    return rule_book(RuleSetting.objects.order_by("valid_from", "pk"))


def mail_kept_days(on: date) -> int:
    """For how many days the outbox remembers what left, as the book says that day."""
    return read_book().whole(MAIL_KEPT, on=on)


def trail_kept_months(on: date) -> int:
    """For how many months a line of the trail is kept, as the book says that day."""
    return read_book().whole(TRAIL_KEPT, on=on)
