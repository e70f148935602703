"""The posts of a year as a table to take away: one line a structure and month, then its year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from backend.core.tables.exports import Column
from pathways.rules.conventions import PlannedMonth
from reports.fte.figures import StructureFte

FTE_COLUMNS = (
    Column("Structure", lambda row: row[0].organisation.name),
    Column("Type", lambda row: row[0].organisation.kind),
    Column("Période", lambda row: f"{row[1].month:%Y-%m}" if row[1] else str(row[0].year)),
    Column("Heures", lambda row: row[1].hours if row[1] else row[0].hours),
    Column("Heures annuelles d’un ETP", lambda row: row[0].reference.hours if row[0].reference else None),
    Column("ETP réalisés", lambda row: row[1].fte if row[1] else row[0].fte),
    Column("ETP conventionnés", lambda row: row[0].agreed),
    Column("Salariés ayant fait au moins une heure", lambda row: None if row[1] else row[0].employees),
)


def fte_rows(report: Iterable[StructureFte]) -> Iterator[tuple[StructureFte, Any]]:
    """Each month of each structure, then its year (None)."""
    for each in report:
        yield from ((each, month) for month in each.months)
        yield each, None


PLAN_COLUMNS = (
    Column("Structure", lambda row: row[0].organisation.name),
    Column("Type", lambda row: row[0].organisation.kind),
    Column("Annexe", lambda row: row[0].convention.annexe if row[0].convention else ""),
    Column("Période", lambda row: f"{row[1].month:%Y-%m}" if row[1] else str(row[0].year)),
    Column("ETP conventionnés", lambda row: row[1].agreed if row[1] else row[0].plan.agreed),
    Column(
        "Heures", lambda row: row[1].hours if row[1] else row[0].plan.made_hours + row[0].plan.foreseen_hours
    ),
    Column("ETP", lambda row: row[1].fte if row[1] else row[0].plan.foreseen),
    Column("État", lambda row: _state(row[1]) if row[1] else "fait et prévu"),
    Column("Heures annuelles d’un ETP", lambda row: row[0].plan.reference),
    Column(
        "Part fixe, en euros", lambda row: row[0].money.fixed_amount if row[0].money and not row[1] else None
    ),
    Column(
        "Part modulée, en euros",
        lambda row: row[0].money.modulated_amount if row[0].money and not row[1] else None,
    ),
)


def plan_rows(report: Iterable[StructureFte]) -> Iterator[tuple[StructureFte, Any]]:
    """Each month of each structure as agreed, made or foreseen, then its year (None)."""
    for each in report:
        yield from ((each, month) for month in each.plan.months)
        yield each, None


def _state(month: PlannedMonth) -> str:
    return "fait" if month.is_made else ("prévu" if month.hours is not None else "")
