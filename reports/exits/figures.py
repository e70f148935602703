"""The exit statistics an actor may read: exact, for whoever answers for the structures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.values.numbers import whole_number
from backend.organisations.models import Organisation
from pathways.rules.dated.book import RuleBook
from pathways.selectors.rule_book import read_book
from reports.exits import sources
from reports.exits.compute.exits import classify
from reports.exits.compute.period import Period
from reports.exits.compute.summary import Figures, as_promised, summarise
from reports.exits.kept import kept
from reports.exits.left import with_those_left

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class ExitReport:
    """The figures of a period, and the classified exits each of them opens on.

    `counted` is what the figures are made from: the same exits, and those of people erased since, who are only counted.
    """

    statistics: Figures
    classified: pd.DataFrame
    counted: pd.DataFrame
    structures: pd.DataFrame
    book: RuleBook


def exit_report(
    actor: Actor, period: Period, *, organisation_ids: frozenset[int] | None = None, is_kept: bool = True
) -> ExitReport:
    """Exact figures of the exits the actor answers for, with the exits themselves: read by many, changed by nobody.

    `is_kept` unless it is read once and left.
    """
    book, today = read_book(), timezone.localdate()
    if not is_kept:
        return _computed(actor, period, organisation_ids, book=book, today=today)

    def compute() -> tuple[ExitReport, int]:
        made = _computed(actor, period, organisation_ids, book=book, today=today)
        return made, len(made.classified)

    return kept(actor, period, organisation_ids, book=book, today=today, compute=compute)


def _computed(
    actor: Actor, period: Period, organisation_ids: frozenset[int] | None, *, book: RuleBook, today: date
) -> ExitReport:
    frames = sources.exit_frames(actor, period, organisation_ids=organisation_ids)
    judged = classify(frames.exits, frames.contracts, frames.hours, book=book, today=today)
    classified = within(judged, period)
    counted = with_those_left(classified, actor, period, organisation_ids)
    statistics = summarise(counted, frames.structures, period=period, book=book)
    return ExitReport(statistics, classified, counted, frames.structures, book)


def reports_by_year(
    actor: Actor, period: Period, *, organisation_ids: frozenset[int] | None = None
) -> Iterator[ExitReport]:
    """The same exits civil year by civil year, newest first: what an export holds in memory at once.

    An exit is only replaced by another of its civil year, so each year judges alone as it does with the others.
    """
    for year in reversed(period.years):
        start, end = max(period.start, date(year, 1, 1)), min(period.end, date(year, 12, 31))
        yield exit_report(actor, Period(start, end), organisation_ids=organisation_ids, is_kept=False)


def within(classified: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The exits of the period only, once the later ones of the year have told which they replace."""
    import pandas as pd

    days = classified["occurred_on"]
    return classified[days.between(pd.Timestamp(period.start), pd.Timestamp(period.end))].reset_index(
        drop=True
    )


def exit_statistics(
    actor: Actor, period: Period, *, organisation_ids: frozenset[int] | None = None
) -> dict[str, Any]:
    """The JSON of the exit statistics for an actor who answers for the structures."""
    return as_promised(exit_report(actor, period, organisation_ids=organisation_ids).statistics)


def structures_named(actor: Actor, names: list[str]) -> frozenset[int]:
    """Structures known by the sender's own id, else by their number; `DomainError` names the unknown ones."""
    numbers = [number for name in names if (number := whole_number(name)) is not None]
    rows = list(
        Organisation.objects.covered_by(actor)
        .filter(Q(external_id__in=names) | Q(pk__in=numbers))
        .values_list("pk", "external_id")
    )
    # Written in this order, so that the sender's own id wins over a number that looks the same.
    found = {str(pk): pk for pk, _ in rows} | {key: pk for pk, key in rows if key}
    unknown = [name for name in names if name not in found]
    if unknown:
        raise DomainError(
            "unknown_structure",
            f"Structure inconnue : {', '.join(unknown)}. Donnez l’identifiant d’origine ou le numéro.",
            field="structure",
        )
    return frozenset(found[name] for name in names)
