"""The days without contract of a year: by pair of structures, month and cause, beside an objective and the years before.

A passage belongs to the year it was left in, with all its days; a day without contract, to the month it was lived in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.core.actor import SOCIAL_READERS, Actor
from backend.core.values.dates import month_end
from pathways.enums.gaps import GapCause
from pathways.rules.dated.book import Rule
from pathways.rules.dated.gaps import GAP_OBJECTIVE
from pathways.selectors.rule_book import read_book
from reports.gaps.facts import PassageRead, passages_read

YEARS_SHOWN = 5
FEWEST_UNREAD = 5
"""People who went on somewhere one does not read are counted from five on: fewer would tell of somebody."""
WAITING, UNREAD = "Rien de prévu", "Une suite que vous ne lisez pas"


@dataclass(frozen=True, slots=True)
class Sums:
    """Passages put together; `hours` are those of the contracts left whose weekly hours are known."""

    passages: int
    with_days: int
    days: int
    to_come: int
    hours: Decimal
    pass_days: int

    @property
    def mean(self) -> Decimal | None:
        """Days by passage; None without any."""
        return Decimal(self.days) / self.passages if self.passages else None


@dataclass(frozen=True, slots=True)
class Pair:
    """From one structure to what followed."""

    left: str
    to: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class CauseLine:
    """Why days went by."""

    cause: GapCause
    sums: Sums


@dataclass(frozen=True, slots=True)
class MonthLine:
    """Days without contract lived in one month, and how many people lived them."""

    month: date
    days: int
    people: int


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year beside the objective of its last day."""

    year: int
    sums: Sums
    objective: int

    @property
    def is_reached(self) -> bool | None:
        """Whether the mean keeps to the objective; None without any passage."""
        return None if self.sums.mean is None else self.sums.mean <= self.objective


@dataclass(frozen=True, slots=True)
class Circuit:
    """Where next steps are, of the passages left in a year that the actor reads."""

    inside: int
    outside: int

    @property
    def share(self) -> float | None:
        """The part that stays in the group of the structure left; None without any next step."""
        total = self.inside + self.outside
        return self.inside / total if total else None


@dataclass(frozen=True, slots=True)
class GapReport:
    """Everything the page, the file and the API tell of one year."""

    year: int
    sums: Sums
    objective: int
    rule: Rule | None
    pairs: list[Pair]
    causes: list[CauseLine]
    months: list[MonthLine]
    years: list[YearLine]
    circuit: Circuit
    longest: list[PassageRead]


LONGEST_SHOWN = 8


def gap_report(actor: Actor, year: int, *, today: date) -> GapReport:
    """The year asked for, and the four before it."""
    first = max(1, year - YEARS_SHOWN + 1)
    every = passages_read(actor, since=date(first, 1, 1))
    told = {each: _counted(every, each) for each in range(first, year + 1)}
    book, of_the_year = read_book(), told[year]
    reads_social = actor.role in SOCIAL_READERS
    return GapReport(
        year=year,
        sums=sums_of(of_the_year),
        objective=book.whole(GAP_OBJECTIVE, on=_last_day(year, today)),
        rule=book.rule(GAP_OBJECTIVE, on=_last_day(year, today)),
        pairs=pairs_of(of_the_year),
        causes=causes_of(of_the_year) if reads_social else [],
        months=months_of([one for each in told.values() for one in each], year, today=today),
        years=[
            YearLine(each, sums_of(rows), book.whole(GAP_OBJECTIVE, on=_last_day(each, today)))
            for each, rows in told.items()
        ],
        circuit=circuit_of(of_the_year),
        longest=longest_of(of_the_year),
    )


def _last_day(year: int, today: date) -> date:
    return min(date(year, 12, 31), max(today, date(year, 1, 1)))


def _counted(passages: Iterable[PassageRead], year: int) -> list[PassageRead]:
    """Those left in the year; without the few who went on somewhere one does not read."""
    left = [each for each in passages if each.passage.ended_on.year == year]
    unread = {each.person for each in left if not each.is_read}
    return [each for each in left if each.is_read or len(unread) >= FEWEST_UNREAD]


def sums_of(passages: Iterable[PassageRead]) -> Sums:
    """These passages together."""
    rows = list(passages)
    return Sums(
        passages=len(rows),
        with_days=sum(each.passage.days > 0 for each in rows),
        days=sum(each.passage.days for each in rows),
        to_come=sum(each.passage.to_come for each in rows),
        hours=sum((each.hours for each in rows if each.hours is not None), Decimal(0)),
        pass_days=sum(each.pass_days or 0 for each in rows),
    )


def pairs_of(passages: Iterable[PassageRead]) -> list[Pair]:
    """From each structure to what followed, the most days first."""
    found: dict[tuple[str, str], list[PassageRead]] = defaultdict(list)
    for each in passages:
        to = each.to or (WAITING if each.is_read else UNREAD)
        found[each.passage.left.structure, to].append(each)
    pairs = [Pair(left, to, sums_of(rows)) for (left, to), rows in found.items()]
    return sorted(pairs, key=lambda each: (-each.sums.days, each.left, each.to))


def causes_of(passages: Iterable[PassageRead]) -> list[CauseLine]:
    """Each cause met, the most days first."""
    found: dict[GapCause, list[PassageRead]] = defaultdict(list)
    for each in passages:
        if each.cause is not None:
            found[each.cause].append(each)
    lines = [CauseLine(cause, sums_of(rows)) for cause, rows in found.items()]
    return sorted(lines, key=lambda each: (-each.sums.days, each.cause))


def months_of(passages: Iterable[PassageRead], year: int, *, today: date) -> list[MonthLine]:
    """Each month of the year lived so far, whenever its passages were left."""
    rows, lines = list(passages), []
    for number in range(1, 13):
        month = date(year, number, 1)
        if month > today:
            break
        lived = [(each.person, each.passage.days_within(month, month_end(month))) for each in rows]
        lines.append(
            MonthLine(month, sum(days for _, days in lived), len({who for who, days in lived if days}))
        )
    return lines


def circuit_of(passages: Iterable[PassageRead]) -> Circuit:
    """Next steps inside and outside the group of the structure left."""
    known = [each.is_inside for each in passages if each.is_inside is not None]
    return Circuit(known.count(True), known.count(False))


def longest_of(passages: Iterable[PassageRead]) -> list[PassageRead]:
    """The passages that cost the most days."""
    waited = [each for each in passages if each.passage.days and each.is_read]
    return sorted(waited, key=lambda each: (-each.passage.days, each.person))[:LONGEST_SHOWN]
