"""Files about a structure that come back with the others: what they say as it stands changes nothing, the rest is refused.

A structure takes its whole archive away and may send it back; what it is, and what it agreed with the State, is settled
on its page of the team.
"""

from __future__ import annotations

from typing import Any

from backend.exchange.exporting import as_cell
from backend.exchange.layout import FileLayout
from backend.exchange.leaving.structure import lines_settled
from backend.exchange.reading import Line, Source, read_lines
from backend.exchange.report import Fault, Outcome, Report
from backend.exchange.scope import Scope
from backend.exchange.structures import FILES as FILES_OF_STRUCTURES

_PROBLEM = "ce que dit cette ligne ne se reprend pas ici"
_WAY_OUT = "Les structures et leurs conventions se règlent dans « Équipe » ou avec l’exploitation."


def read_settled(sources: dict[str, Source], report: Report, scope: Scope) -> None:
    """Take these files out of what is brought in, each line told unchanged or refused."""
    here = lines_settled(scope)
    for layout in FILES_OF_STRUCTURES:
        source = sources.pop(layout.name, None)
        if source is None:
            continue
        stands = [_read_back(layout, line) for line in here.get(layout.name, [])]
        for line in read_lines(source, layout, report, absent=[]):
            if any(_says_the_same(line, known) for known in stands):
                report.settle(layout.name, line.number, Outcome.UNCHANGED)
            else:
                report.refuse(Fault(layout.name, line.number, "", "", _PROBLEM, _WAY_OUT))


def _read_back(layout: FileLayout, line: list[Any]) -> dict[str, Any]:
    """Our own line as a file gives it."""
    cells = {column: as_cell(value) for column, value in zip(layout.columns, line, strict=True)}
    return {column.name: column.read(cell) for column, cell in cells.items() if cell}


def _says_the_same(line: Line, known: dict[str, Any]) -> bool:
    return all(value is None or value == known.get(name) for name, value in line.values.items())
