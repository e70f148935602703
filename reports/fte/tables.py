"""The posts of a year as a table to take away: one line a structure and month, then its year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from backend.core.tables.exports import Column
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
