"""How many hours a week somebody wants: a day that can be meant, one wish a day, and a week the law knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.core.findings import Finding
from backend.core.values.dates import french_date
from backend.core.values.numbers import decimal_in_words
from backend.core.values.plausible import WORK, window_findings
from pathways.enums.wishes import Moment
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import LEGAL_WEEK

MOST_HOURS_A_MOMENT = 6
"""Hours a morning, an afternoon or an evening holds; our choice, only to ask for a second look."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Hours a week wanted from a day on, until the next wish begins."""

    start: date
    weekly: Decimal


@dataclass(frozen=True, slots=True)
class WishFacts:
    """One wish as it would be written; `others` are the first days of the person's other wishes that stand."""

    start: date
    weekly: Decimal
    moments: tuple[str, ...]
    today: date
    others: tuple[date, ...] = ()
    born_on: date | None = None


def wish_findings(facts: WishFacts, *, book: RuleBook) -> list[Finding]:
    """What is wrong with a wish, then what deserves a look; empty when nothing."""
    return [*_day(facts), *_moments(facts), *_week(facts, book)]


def _day(facts: WishFacts) -> Iterator[Finding]:
    yield from window_findings(WORK, facts.start, field="starts_on", today=facts.today, born_on=facts.born_on)
    if facts.start in facts.others:
        yield Finding(
            "wish_same_day",
            f"Un autre souhait commence déjà le {french_date(facts.start)}.",
            way_out="Corrigez-le, ou donnez le jour à partir duquel celui-ci compte.",
            field="starts_on",
            is_contradiction=True,
        )


def _moments(facts: WishFacts) -> Iterator[Finding]:
    if not set(facts.moments) <= set(Moment.values):
        yield Finding(
            "wish_unknown_moment",
            "Un de ces moments n’existe pas.",
            way_out="Choisissez parmi le matin, l’après-midi et le soir de chaque jour.",
            field="moments",
            is_contradiction=True,
        )
    elif facts.moments and facts.weekly > MOST_HOURS_A_MOMENT * len(facts.moments):
        yield Finding(
            "wish_few_moments",
            f"{decimal_in_words(facts.weekly, 2)} heures tiennent difficilement dans les moments choisis.",
            way_out="Ajoutez des moments, ou laissez-les tous vides s’ils ne sont pas connus.",
            field="moments",
            refuses=False,
        )


def _week(facts: WishFacts, book: RuleBook) -> Iterator[Finding]:
    legal = book.hours(LEGAL_WEEK, on=facts.start)
    if facts.weekly > legal:
        yield Finding(
            "wish_past_the_week",
            f"C’est plus que la durée légale, {decimal_in_words(legal, 2)} heures par semaine.",
            book.basis(LEGAL_WEEK, on=facts.start),
            way_out="Gardez ce souhait s’il est bien dit : au-delà, il s’agirait d’heures supplémentaires ou de deux emplois.",
            field="weekly_hours",
            refuses=False,
        )


def wish_on(day: date, wishes: Iterable[Wish]) -> Wish | None:
    """The wish in force that day: the last one begun; None before the first."""
    return max((each for each in wishes if each.start <= day), key=lambda each: each.start, default=None)
