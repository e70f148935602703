"""Income month by month: hours wanted, hours obtained under every contract, days without work, and what each gap cost.

Hours told for a month are those worked; where none were told, the weekly hours of the contract stand for them, and the
month says so. A week is a seventh of its days: a month of 30 days holds 4 weeks and 2 days, for what is wanted and for
what is obtained alike, so that their share never depends on the month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from backend.core.findings import Finding
from backend.core.values.dates import (
    day_after,
    days_after,
    days_in_words,
    days_inclusive,
    french_date,
    month_end,
    month_start,
    months_after,
)
from backend.core.values.numbers import decimal_in_words
from pathways.rules.contracts.stretches import Amendment, stretches
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import IAE_WAITING, SUSPENDED, SUSPENSION_LEAST
from pathways.rules.dated.wishes import HOURS_FAR, HOURS_FAR_MONTHS
from pathways.rules.income.wishes import Wish, wish_on
from pathways.rules.passes.facts import PassFacts
from pathways.rules.passes.length import waiting_end
from pathways.rules.timeline import Gap

MONTHS_SHOWN = 12
WEEK = 7


@dataclass(frozen=True, slots=True)
class Work:
    """One contract: its days, both included, its weekly hours, and the hours told month by month."""

    start: date
    end: date | None
    weekly: Decimal | None = None
    told: Mapping[date, Decimal] = field(default_factory=dict)
    amendments: tuple[Amendment, ...] = ()

    def within(self, first: date, last: date) -> list[tuple[int, Decimal | None]]:
        """How many of its days fall there, both included, and their hours a week, from one avenant to the next."""
        parts = stretches(self.start, self.end, self.weekly, self.amendments)
        days = [
            (days_inclusive(max(part.start, first), min(part.end or last, last)), part.hours)
            for part in parts
        ]
        return [(count, hours) for count, hours in days if count > 0]


@dataclass(frozen=True, slots=True)
class MonthOfIncome:
    """One month lived: until today for the one under way.

    `hours` is None when somebody worked and nothing says how much; `wanted` while no wish covers the whole month.
    """

    month: date
    days: int
    hours: Decimal | None
    wanted: Decimal | None
    days_without: int
    is_estimated: bool = False
    is_under_way: bool = False

    @property
    def weekly(self) -> Decimal | None:
        """Hours obtained, by week."""
        return None if self.hours is None else self.hours * WEEK / self.days

    @property
    def wanted_weekly(self) -> Decimal | None:
        """Hours wanted, by week."""
        return None if self.wanted is None else self.wanted * WEEK / self.days

    @property
    def share(self) -> Decimal | None:
        """Obtained over wanted; None when one of them is not known."""
        return None if self.hours is None or not self.wanted else self.hours / self.wanted


def months_of_income(
    works: Iterable[Work],
    wishes: Iterable[Wish],
    gaps: Iterable[Gap],
    *,
    today: date,
    months: int = MONTHS_SHOWN,
) -> list[MonthOfIncome]:
    """The last months lived, the one under way included, oldest first; none before the first contract or wish."""
    works, wishes, gaps = list(works), list(wishes), list(gaps)
    starts = [*(each.start for each in works), *(each.start for each in wishes)]
    begun = [start for start in starts if start <= today]
    if not begun:
        return []
    first = max(month_start(min(begun)), months_after(month_start(today), 1 - months))
    found = []
    while first <= today:
        found.append(_month(first, works, wishes, gaps, today))
        first = day_after(month_end(first))
    return found


def _month(month: date, works: list[Work], wishes: list[Wish], gaps: list[Gap], today: date) -> MonthOfIncome:
    last = min(month_end(month), today)
    hours, is_estimated = _obtained(month, last, works)
    return MonthOfIncome(
        month=month,
        days=days_inclusive(month, last),
        hours=hours,
        wanted=_wanted(month, last, wishes),
        days_without=sum(_days_of(gap, month, last) for gap in gaps),
        is_estimated=is_estimated,
        is_under_way=last < month_end(month),
    )


def _obtained(month: date, last: date, works: list[Work]) -> tuple[Decimal | None, bool]:
    """Hours of every contract in these days, and whether some were worked out from weekly hours."""
    total, is_estimated = Decimal(0), False
    for work in works:
        if month in work.told:
            total += work.told[month]
            continue
        for days, weekly in work.within(month, last):
            if weekly is None:
                return None, False
            total, is_estimated = total + weekly * days / WEEK, True
    return total, is_estimated


def _wanted(month: date, last: date, wishes: list[Wish]) -> Decimal | None:
    """Hours wanted in these days; None when a wish does not cover them all, and nothing can be compared."""
    if wish_on(month, wishes) is None:
        return None
    marks = sorted({month, *(each.start for each in wishes if month < each.start <= last)})
    total = Decimal(0)
    for at, start in enumerate(marks):
        end = last if at + 1 == len(marks) else days_after(marks[at + 1], -1)
        wish = wish_on(start, wishes)
        total += wish.weekly * days_inclusive(start, end) / WEEK if wish else 0
    return total


def _days_of(gap: Gap, first: date, last: date) -> int:
    return max(0, days_inclusive(max(gap.start, first), min(gap.end, last)))


@dataclass(frozen=True, slots=True)
class Loss:
    """What one gap cost so far: its days, the hours wanted that were not worked, and what the rules say of rights."""

    start: date
    end: date
    days: int
    hours: Decimal | None
    findings: tuple[Finding, ...]
    is_under_way: bool = False

    @property
    def in_plain_words(self) -> list[str]:
        """What the rules say of rights, for who knows no name of a measure."""
        return [PLAIN_WORDS[finding.code] for finding in self.findings]


PLAIN_WORDS = {
    "gap_spends_the_pass": "Pendant ce temps, la durée de votre droit à travailler en insertion a continué de passer.",
    "gap_ends_the_pass": (
        "Votre droit à travailler en insertion s’est terminé pendant cette attente. "
        "Demandez à la personne qui vous accompagne comment le retrouver."
    ),
}


def losses_of(
    gaps: Iterable[Gap],
    wishes: Iterable[Wish],
    passes: Iterable[PassFacts],
    *,
    today: date,
    book: RuleBook,
) -> list[Loss]:
    """Every gap already begun, the latest first, with what was lost in it."""
    wishes, passes = list(wishes), list(passes)
    lived = [gap for gap in gaps if gap.start <= today]
    return [
        _loss(gap, wishes, passes, today, book)
        for gap in sorted(lived, key=lambda each: each.start, reverse=True)
    ]


def _loss(gap: Gap, wishes: list[Wish], passes: list[PassFacts], today: date, book: RuleBook) -> Loss:
    last = min(gap.end, today)
    return Loss(
        start=gap.start,
        end=last,
        days=gap.days_lived(today),
        hours=_wanted(gap.start, last, wishes),
        findings=tuple(rights_findings(gap.start, last, passes, book=book, is_under_way=gap.end >= today)),
        is_under_way=gap.end >= today,
    )


def rights_findings(
    start: date, last: date, passes: Iterable[PassFacts], *, book: RuleBook, is_under_way: bool = False
) -> Iterator[Finding]:
    """Rights that went by while nobody worked: days of a PASS that ran on, a PASS that ended meanwhile (R17, R19).

    A suspension is only spoken of while the gap goes on: later, asking for one is seldom possible.
    """
    for iae in passes:
        if iae.last_day < start or iae.start > last:
            continue
        run = days_inclusive(max(start, iae.start), min(last, iae.last_day))
        stopped = sum(
            max(0, days_inclusive(max(each.start, start), min(each.end, last))) for each in iae.suspensions
        )
        if run - stopped > 0:
            may_stop = is_under_way and days_inclusive(start, last) >= book.whole(SUSPENSION_LEAST, on=start)
            yield Finding(
                "gap_spends_the_pass",
                f"Le PASS IAE a continué de courir pendant {days_in_words(run - stopped)} sans travail.",
                SUSPENDED,
                way_out=(
                    "Demandez à la structure du dernier contrat si une suspension est possible, sur les Emplois de l’inclusion."
                    if may_stop
                    else ""
                ),
                refuses=False,
            )
        if iae.last_day < last:
            end = french_date(waiting_end(iae.waits_from, book=book))
            yield Finding(
                "gap_ends_the_pass",
                f"Le PASS IAE s’est terminé pendant cette attente, le {french_date(iae.last_day)}.",
                book.basis(IAE_WAITING, on=iae.last_day),
                way_out=f"Jusqu’au {end}, un nouveau PASS demande l’accord d’un prescripteur ; demandez-le-lui.",
                refuses=False,
            )


def far_from_wanted(months: Iterable[MonthOfIncome], *, today: date, book: RuleBook) -> list[MonthOfIncome]:
    """The last whole months, in a row, in which somebody obtained far less than they want; empty when one was enough."""
    asked = book.whole(HOURS_FAR_MONTHS, on=today)
    whole = [each for each in months if not each.is_under_way][-asked:]
    least = Decimal(book.whole(HOURS_FAR, on=today)) / 100
    is_far = len(whole) == asked and all(each.share is not None and each.share < least for each in whole)
    return whole if asked and is_far else []


def far_in_words(months: Iterable[MonthOfIncome], *, today: date, book: RuleBook) -> str:
    """« Sur 2 mois : 9 h obtenues par semaine pour 24 h voulues. » with the bound it is judged by."""
    months = list(months)
    days = sum(each.days for each in months)
    got = sum((each.hours or Decimal(0) for each in months), Decimal(0)) * WEEK / days
    wanted = sum((each.wanted or Decimal(0) for each in months), Decimal(0)) * WEEK / days
    rule = book.rule(HOURS_FAR, on=today)
    trust = f", {rule.confidence.label}" if rule else ""
    return (
        f"Depuis {len(months)} mois : {decimal_in_words(got)} h obtenues par semaine pour {decimal_in_words(wanted)} h "
        f"souhaitées. Seuil : {book.whole(HOURS_FAR, on=today)} %{trust}."
    )
