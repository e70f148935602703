"""What became of every line sent, table by table, with the sender's own rows beside: on screen and as a workbook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backend.core.tables.exports import Column as Heading
from backend.core.tables.exports import Sheet, write_xlsx
from backend.exchange.cells import in_french
from backend.exchange.formats.tables import Row, Table
from backend.exchange.matching.applying import Choice, Told, told_by
from backend.exchange.matching.sending import Sent
from backend.exchange.matching.targets import by_key
from backend.exchange.report import Fault, Outcome, Report
from backend.exchange.services.their_words import in_their_words

ADDED, CHANGED, UNCHANGED, REFUSED = "ajoutée", "modifiée", "inchangée", "refusée"
_IN_WORDS = {Outcome.ADDED: ADDED, Outcome.CHANGED: CHANGED, Outcome.UNCHANGED: UNCHANGED}


@dataclass(slots=True)
class TableTold:
    """One table sent: what became of each of its lines, why, and what was not read of it."""

    table: Table
    files: list[str]
    ignored: list[str] = field(default_factory=list)
    outcomes: dict[int, str] = field(default_factory=dict)
    why: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def diagnosis(self) -> dict[str, Any]:
        """What is said of the table, and its figures: lines = added + changed + unchanged + refused."""
        said = list(self.outcomes.values())
        figures = {word: said.count(word) for word in (ADDED, CHANGED, UNCHANGED, REFUSED)}
        return {
            "name": self.table.name,
            "said": self.table.said,
            "ignored": self.ignored,
            "lines": len(said),
            "figures": figures if self.files else {},
        }


def tables_of(report: Report, sent: list[Sent], choices: Mapping[str, Choice]) -> list[TableTold]:
    """Each table sent, with what the import says of its lines."""
    tables = {each.table.key: each.table for each in sent}
    told = told_by(tables, choices)
    read = in_their_words(report)
    said = [
        *zip(report.faults, read.faults, strict=True),
        *zip(report.notices, read.notices, strict=True),
    ]
    found = []
    for each in sent:
        files = [name for name, one in told.items() if one.table.key == each.table.key] or [each.file] * bool(
            each.file
        )
        table = TableTold(each.table, files, _ignored(each, choices))
        for number, _ in each.table.rows:
            table.outcomes[number] = _outcome(report, files, number, told)
        for number, problem in each.table.broken:
            table.outcomes[number] = REFUSED
            table.why[number].append(problem)
        for fault, in_words in said:
            if fault.file in files and fault.line in table.outcomes:
                table.why[fault.line].append(_sentence(in_words))
        found.append(table)
    return found


def _outcome(report: Report, files: list[str], number: int, told: Mapping[str, Told]) -> str:
    tallies = [report.tallies[name] for name in files if name in report.tallies]
    if any(number in tally.refused for tally in tallies):
        return REFUSED
    whole = [name for name in files if name in report.tallies and report.tallies[name].is_refused_whole]
    if any(name not in told or number in told[name].lines for name in whole):
        return REFUSED
    said = [tally.outcomes[number] for tally in tallies if number in tally.outcomes]
    return _IN_WORDS[max(said, default=Outcome.UNCHANGED)]


def _ignored(sent: Sent, choices: Mapping[str, Choice]) -> list[str]:
    """The columns nothing was read of."""
    titles, choice = sent.table.titles, choices.get(sent.table.key)
    if choice is None:
        return []
    known = by_key()
    return [title for title, key in zip(titles, choice.columns, strict=False) if title and key not in known]


def _sentence(fault: Fault) -> str:
    about = f"{fault.column} : " if fault.column else ""
    problem = fault.problem.removesuffix(".")
    return f"{about}{problem}. {fault.what_to_do}".strip()


def write_workbook(path: Path, tables: list[TableTold]) -> None:
    """One sheet per table: what became of each line, why, then the line as it was sent."""
    sheets = [
        Sheet(f"{number} {table.table.name}"[:31].translate(_NOT_IN_A_SHEET), _headings(table), _lines(table))
        for number, table in enumerate(tables, start=1)
    ]
    if sheets:
        for _ in write_xlsx(path, sheets):
            pass
        path.chmod(0o600)


_NOT_IN_A_SHEET = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


def _headings(table: TableTold) -> list[Heading]:
    titles = [title or f"colonne {rank + 1}" for rank, title in enumerate(table.table.titles)]
    return [
        Heading("Ligne", lambda row: row[0]),
        Heading("Résultat", lambda row: table.outcomes.get(row[0], "")),
        Heading("Pourquoi, que faire", lambda row: " ".join(table.why.get(row[0], ()))),
        *(
            Heading(title, lambda row, rank=rank: in_french(row[1][rank]) if rank < len(row[1]) else "")  # type: ignore[misc]
            for rank, title in enumerate(titles)
        ),
    ]


def _lines(table: TableTold) -> list[Row]:
    broken: list[Row] = [(number, []) for number, _ in table.table.broken]
    return sorted([*table.table.rows, *broken], key=lambda row: row[0])
