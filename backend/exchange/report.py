"""What an import did, and line by line what it could not do and how to mend it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TextIO

from backend.core.spreadsheets import neutralised
from backend.exchange.layout import LAYOUTS

HEADER = ("fichier", "ligne", "colonne", "valeur", "probleme", "que_faire")
SHOWN_VALUE = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, at one place of one file; line 0 speaks of the whole file."""

    file: str
    line: int
    column: str
    value: str
    problem: str
    what_to_do: str


def in_reading_order(faults: Iterable[Fault]) -> list[Fault]:
    """People before their contracts, contracts before their hours: what is wrong first comes first."""
    return sorted(faults, key=lambda fault: (_RANKS.get(fault.file, len(_RANKS)), fault.file, fault.line))


_RANKS = {layout.name: rank for rank, layout in enumerate(LAYOUTS)}


@dataclass(slots=True)
class Tally:
    """What became of the lines of one file."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Report:
    """Faults and tallies of one import; notices do not make it fail.

    `prefix` is what we put before the sender's ids: a fault shows them as they were sent.
    """

    prefix: str = ""

    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)

    def refuse(self, fault: Fault) -> None:
        """Set a line (or a file) aside."""
        self.faults.append(replace(fault, value=fault.value.removeprefix(self.prefix)))

    def notice(self, fault: Fault) -> None:
        """Say something that prevented nothing."""
        self.notices.append(fault)

    def tally(self, file: str) -> Tally:
        """The counters of one file."""
        return self.tallies.setdefault(file, Tally())

    def counts(self) -> dict[str, dict[str, int]]:
        """What became of the lines of each file, in figures only."""
        return {
            file: {**asdict(tally), "refused": self.refused_lines(file)}
            for file, tally in self.tallies.items()
        }

    def refused_lines(self, file: str) -> int:
        """How many lines of the file were set aside."""
        return len({fault.line for fault in self.faults if fault.file == file and fault.line})

    def summary(self) -> list[str]:
        """One French line per file read."""
        refused = Counter()  # type: Counter[str]
        for file in self.tallies:
            refused[file] = self.refused_lines(file)
        return [
            f"{file} : {tally.read} lignes lues, {tally.added} ajoutées, {tally.changed} modifiées, "
            f"{tally.unchanged} inchangées, {refused[file]} refusées"
            for file, tally in self.tallies.items()
        ]

    def write(self, path: Path) -> None:
        """The report as a csv that a spreadsheet opens; nothing in it can be executed."""
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            self.write_to(stream)

    def write_to(self, stream: TextIO) -> None:
        """One line per fault then per notice, in reading order."""
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(HEADER)
        for fault in in_reading_order([*self.faults, *self.notices]):
            row = (
                fault.file,
                fault.line,
                fault.column,
                fault.value[:SHOWN_VALUE],
                fault.problem,
                fault.what_to_do,
            )
            writer.writerow([neutralised(str(cell)) for cell in row])
