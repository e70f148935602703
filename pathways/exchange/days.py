"""The files that make a stay, and the first days they give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.exchange import registry
from backend.exchange.importing.context import Context
from backend.exchange.reading import Line

WORK_FILES = ("passages.csv", "contrats.csv", "sorties.csv", "sorties_sans_motif.csv")
"""What makes a stay."""


def work_days(context: Context) -> Iterator[tuple[Line, date | None]]:
    """Each line of these files, with the first day it gives."""
    for layout in registry.layouts():
        if layout.name in WORK_FILES:
            for line in context.rows(layout):
                yield line, line["date_debut"] or line["date_entree"]
