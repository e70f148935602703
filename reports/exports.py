"""What can be exported: each kind says who may, what it checks, and which sheets it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.tables.exports import Sheet
from backend.core.values.numbers import whole_number
from backend.organisations.models import Organisation
from pathways.models import Exit
from pathways.rules.dated.book import RuleBook
from pathways.selectors.rule_book import read_book
from reports.exits.compute.period import Period
from reports.exits.compute.summary import counted_columns, put_together, summarise
from reports.exits.exit_list import EXIT_COLUMNS, ExitRow, exit_rows
from reports.exits.figures import reports_by_year
from reports.exits.tables import RULE_COLUMNS, SUMMARY_COLUMNS, names_of, rule_rows, summary_rows
from reports.permissions import may_export

if TYPE_CHECKING:
    import pandas as pd

Parameters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Sheets ready to be written, the first being the whole of a csv, and how many rows that makes."""

    sheets: tuple[Sheet, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class ExportKind:
    """One export people may ask for."""

    label: str
    file_stem: str
    may: Callable[[Actor], bool]
    prepare: Callable[[Actor, Parameters], Prepared]
    check: Callable[[Actor, Parameters], dict[str, Any]]
    people: Callable[[Actor, Parameters], set[int]]


def _check_exits(actor: Actor, parameters: Parameters) -> dict[str, Any]:
    """Parameters as they are kept: both days, and the structure when only one is wanted."""
    period = _period(parameters)
    organisation = _number(parameters.get("organisation"))
    covered = Organisation.objects.covered_by(actor)
    if organisation is not None and not covered.filter(pk=organisation).exists():
        raise DomainError(
            "unknown_structure",
            "Cette structure n’existe pas ou ne fait pas partie de votre périmètre. Choisissez-en une autre.",
            field="structure",
        )
    return {**period.as_dict(), "organisation": organisation}


def _period(parameters: Parameters) -> Period:
    try:
        return Period(date.fromisoformat(parameters["start"]), date.fromisoformat(parameters["end"]))
    except (KeyError, TypeError, ValueError):
        raise DomainError(
            "period_unreadable", "La période n’a pas pu être lue. Choisissez-la à nouveau.", field="start"
        ) from None


def _number(value: object) -> int | None:
    """The number of a structure; 0, which no structure has, for what is not a number."""
    return None if value is None else whole_number(value) or 0


def _prepare_exits(actor: Actor, parameters: Parameters) -> Prepared:
    """Exits of the period with their reason, the figures, and the rules they were counted by."""
    organisation = parameters.get("organisation")
    ids = None if organisation is None else frozenset({int(organisation)})
    period, book = _period(parameters), read_book()
    read = _ReadByYear(actor, period, ids)
    return Prepared(
        sheets=(
            Sheet("Sorties", EXIT_COLUMNS, read.rows(book)),
            Sheet("Synthèse", SUMMARY_COLUMNS, read.summary(book)),
            Sheet("Règles", RULE_COLUMNS, rule_rows(book, {"period": period.as_dict()})),
        ),
        rows=read.count(),
    )


def _people_of_exits(actor: Actor, parameters: Parameters) -> set[int]:
    """Whose exits the file holds: taking it away is reading them."""
    organisation, period = parameters.get("organisation"), _period(parameters)
    ids = None if organisation is None else frozenset({int(organisation)})
    exits = _ReadByYear(actor, period, ids).exits()
    return set(exits.order_by().values_list("stay__beneficiary_id", flat=True))


class _ReadByYear:
    """The exits of a period, one civil year in memory at a time: its rows first, then what was counted on the way."""

    def __init__(self, actor: Actor, period: Period, organisation_ids: frozenset[int] | None) -> None:
        self.actor, self.period, self.organisation_ids = actor, period, organisation_ids
        self._years: list[pd.DataFrame] = []
        self._structures: pd.DataFrame | None = None

    def count(self) -> int:
        """How many exits the period holds."""
        return self.exits().order_by().count()

    def exits(self) -> Any:
        """The exits of the period."""
        exits = Exit.objects.covered_by(self.actor).between(self.period.start, self.period.end)
        if self.organisation_ids is not None:
            exits = exits.filter(stay__organisation_id__in=self.organisation_ids)
        return exits

    def rows(self, book: RuleBook) -> Iterator[ExitRow]:
        """Every exit, the newest first."""
        for report in reports_by_year(self.actor, self.period, organisation_ids=self.organisation_ids):
            self._structures = report.structures
            self._years.append(counted_columns(report.counted))
            newest_first = report.classified.sort_values(["occurred_on", "exit_id"], ascending=False)
            yield from exit_rows(self.actor, newest_first, book=book)

    def summary(self, book: RuleBook) -> Iterator[Mapping[str, Any]]:
        """The figures of all of them, once they were read."""
        if self._structures is not None:
            counted = put_together(self._years)
            figures = summarise(counted, self._structures, period=self.period, book=book)
            yield from summary_rows(figures, names_of(self._structures))


EXPORT_KINDS: Mapping[str, ExportKind] = {
    "exits": ExportKind("Sorties", "sorties", may_export, _prepare_exits, _check_exits, _people_of_exits)
}
