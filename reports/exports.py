"""What can be exported: each kind says who may, what it checks, and which sheets it writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.tables.exports import Sheet
from backend.core.values.numbers import whole_number
from backend.organisations.models import Organisation
from reports.exits.compute.period import Period
from reports.exits.exit_list import EXIT_COLUMNS, exit_rows
from reports.exits.figures import exit_report
from reports.exits.tables import RULE_COLUMNS, SUMMARY_COLUMNS, rule_rows, summary_rows
from reports.permissions import may_export

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
    report = exit_report(actor, _period(parameters), organisation_ids=ids)
    exits = report.classified.sort_values(["occurred_on", "exit_id"], ascending=False)
    return Prepared(
        sheets=(
            Sheet("Sorties", EXIT_COLUMNS, exit_rows(actor, exits, book=report.book)),
            Sheet("Synthèse", SUMMARY_COLUMNS, summary_rows(report.statistics)),
            Sheet("Règles", RULE_COLUMNS, rule_rows(report.book, report.statistics)),
        ),
        rows=len(exits),
    )


EXPORT_KINDS: Mapping[str, ExportKind] = {
    "exits": ExportKind("Sorties", "sorties", may_export, _prepare_exits, _check_exits)
}
