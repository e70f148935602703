"""What the pages of the rights that follow somebody show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from backend.core.actor import Actor
from backend.core.values.dates import french_date
from pathways.enums.travelling import Verdict, VisitKind
from pathways.models import MedicalVisit, SavedDays
from pathways.permissions import may_change_saved, may_change_visit
from pathways.rules.travelling.border import Right
from pathways.rules.travelling.facts import balances, latest_visit, still_open
from pathways.rules.travelling.saved import is_old
from pathways.rules.travelling.visits import due_on
from pathways.selectors.facts.travelling import saved_noted, visit_noted
from pathways.selectors.following.person import saved_days_of, visits_of
from pathways.selectors.following.travelling import noted_of
from pathways.selectors.rule_book import read_book
from pathways.selectors.sources import in_trades


@dataclass(frozen=True, slots=True)
class Follow:
    """Where the medical follow-up stands today; `until` is the last day the person is up to date, None when unknown."""

    is_known: bool
    is_up_to_date: bool
    until: date | None
    has_saved: bool

    @property
    def words(self) -> str:
        """« Suivi médical à jour jusqu’au 3 mars 2028 », and nothing of anybody's health."""
        if not self.is_known:
            return "Aucune visite médicale notée."
        if self.until is None:
            return "Date de la prochaine visite inconnue."
        if self.is_up_to_date:
            return f"Suivi médical à jour jusqu’au {french_date(self.until)}."
        return f"Visite médicale à refaire depuis le {french_date(self.until)}."

    @property
    def is_silent(self) -> bool:
        """Whether nothing is noted at all."""
        return not (self.is_known or self.has_saved)


def follow_of(actor: Actor, person: int, today: date) -> Follow:
    """Read from what the page has."""
    noted, book = noted_of(actor, person), read_book()
    visit = latest_visit(each for each in noted.visits if each.kind is not VisitKind.RETURN)
    until = due_on(visit, book=book) if visit else None
    return Follow(
        is_known=bool(noted.visits),
        is_up_to_date=until is not None and today <= until,
        until=until,
        has_saved=bool(still_open(noted.saved)),
    )


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit, the trades it covers by their names, the day the next is due, and whether the actor may change it."""

    visit: MedicalVisit
    jobs: list[str]
    due_on: date | None
    is_over: bool
    is_latest: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class SavedLine:
    """One count of days; `is_current` when no newer one takes its place, `is_old` when it is to be made again."""

    saved: SavedDays
    is_current: bool
    is_old: bool
    may_change: bool


def visit_lines(actor: Actor, person: int, today: date) -> list[VisitLine]:
    """Visits, newest first."""
    book, rows = read_book(), visits_of(actor, person)
    noted = {row.pk: visit_noted(row) for row in rows}
    latest = latest_visit(each for each in noted.values() if each.kind is not VisitKind.RETURN)
    trades = in_trades(code for row in rows for code in row.job_codes)
    lines = []
    for row in rows:
        until = due_on(noted[row.pk], book=book)
        lines.append(
            VisitLine(
                row,
                [trades[code] for code in row.job_codes],
                until,
                is_over=until is not None and until < today,
                is_latest=latest is not None and latest.id == row.pk,
                may_change=may_change_visit(actor, row),
            )
        )
    return lines


def saved_lines(actor: Actor, person: int, today: date) -> list[SavedLine]:
    """Counts of days, newest first."""
    book, rows = read_book(), saved_days_of(actor, person)
    noted = {row.pk: saved_noted(row) for row in rows}
    current = {each.id for each in balances(noted.values())}
    return [
        SavedLine(
            row,
            is_current=row.pk in current,
            is_old=row.pk in current
            and noted[row.pk].fate.is_open
            and is_old(noted[row.pk], today, book=book),
            may_change=may_change_saved(actor, row),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Heap:
    """Rights of one verdict, under its word."""

    verdict: Verdict
    rights: list[Right]


def heaps(rights: Iterable[Right]) -> list[Heap]:
    """What is to be asked for, what is lost, what is kept; an empty heap is not shown."""
    found = [Heap(verdict, [each for each in rights if each.verdict is verdict]) for verdict in Verdict]
    return [each for each in found if each.rights]
