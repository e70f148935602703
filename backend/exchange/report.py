"""What an import did, and line by line what it could not do and how to mend it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import TextIO

from backend.core.tables.spreadsheets import neutralised
from backend.exchange import registry

_FIGURES = re.compile(r"[0-9]+")

HEADER = ("fichier", "ligne", "colonne", "valeur", "probleme", "que_faire", "gravite")
SHOWN_VALUE = 80


class Severity(StrEnum):
    """How much a line of the report matters: refused, kept with a reservation, or only said."""

    REFUSAL = "refus"
    RESERVE = "réserve"
    NOTICE = "avis"


class Outcome(IntEnum):
    """What became of a line; one that makes two rows counts by the most that happened."""

    UNCHANGED = 0
    CHANGED = 1
    ADDED = 2


def in_words(value: object) -> str:
    """A value as the file would write it: « oui » rather than `True`, empty when nothing is known."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case list():
            return ",".join(str(each) for each in value)
        case dict():
            return ", ".join(f"{each} {said}" for each, said in value.items())
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to say of one place of one file; line 0 speaks of the whole file."""

    file: str
    line: int
    column: str
    value: str
    problem: str
    what_to_do: str
    severity: Severity = Severity.REFUSAL

    def cells(self) -> list[str]:
        """The fault as the report writes it; nothing in it can be executed."""
        told = (
            self.file,
            self.line,
            self.column,
            self.value[:SHOWN_VALUE],
            self.problem,
            self.what_to_do,
            self.severity,
        )
        return [neutralised(str(cell)) for cell in told]


def in_reading_order(faults: Iterable[Fault]) -> list[Fault]:
    """People before their contracts, contracts before their hours: what is wrong first comes first."""
    ranks = {layout.name: rank for rank, layout in enumerate(registry.layouts())}
    return sorted(faults, key=lambda fault: (ranks.get(fault.file, len(ranks)), fault.file, fault.line))


def said_once(notices: Iterable[Fault]) -> list[Fault]:
    """Each thing to say of a file, once: its first line, and how many others it speaks of."""
    alike: dict[tuple[str, str, str], list[Fault]] = {}
    for notice in in_reading_order(notices):
        alike.setdefault((notice.file, notice.column, _without_figures(notice.problem)), []).append(notice)
    return [_with_the_others(group) for group in alike.values()]


def _without_figures(text: str) -> str:
    return _FIGURES.sub("", text)


def _with_the_others(group: list[Fault]) -> Fault:
    first, others = group[0], len(group) - 1
    if not others:
        return first
    counted = "une autre ligne" if others == 1 else f"{others} autres lignes"
    return replace(first, problem=f"{first.problem} ; {counted} aussi")


@dataclass(slots=True)
class Tally:
    """What became of the lines of one file: each is there once, refused or not.

    `refused_about`: whom a refused line spoke of, by the id it gave, and its number.
    """

    read: int = 0
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    is_refused_whole: bool = False
    refused_ids: dict[str, int] = field(default_factory=dict)
    refused_about: dict[str, int] = field(default_factory=dict)

    @property
    def added(self) -> int:
        """Lines that brought something new."""
        return self._count(Outcome.ADDED)

    @property
    def changed(self) -> int:
        """Lines that corrected what was known."""
        return self._count(Outcome.CHANGED)

    @property
    def unchanged(self) -> int:
        """Lines that said nothing new."""
        return self._count(Outcome.UNCHANGED)

    def counts(self) -> dict[str, int]:
        """The figures: read = added + changed + unchanged + refused."""
        return {
            "read": self.read,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.read if self.is_refused_whole else len(self.refused),
        }

    def _count(self, wanted: Outcome) -> int:
        return sum(outcome is wanted for line, outcome in self.outcomes.items() if line not in self.refused)


@dataclass(frozen=True, slots=True)
class Change:
    """A value known here that a line would change; `is_taken` when the line wins.

    Of a question of identity, `known_as` are the numbers of the people it may be, `why` what makes one think so, and
    `is_sure` says that more than the name and the birth date does.
    """

    file: str
    line: int
    column: str
    here: str
    sent: str
    is_taken: bool
    why: str = ""
    known_as: tuple[int, ...] = ()
    is_sure: bool = False


TAKE, KEEP = "fichier", "ici"
"""The two answers to a value that would change."""
TAKEN_BACK = "annulation"
"""What stands for a column where the question is of a whole line: what it says was taken back here."""
IDENTITY = "identite"
"""The same where the question is of whom the line speaks: somebody already followed, or somebody else."""
SAME, OTHER = "elle", "autre"
"""The two answers to it; of several people, the one it is goes by the id we give her (`passerelles-12`)."""
ANSWER = re.compile(rf"(?:{TAKE}|{KEEP}|{SAME}|{OTHER}|passerelles-[0-9]{{1,18}})", re.ASCII)
"""Every answer there is."""


@dataclass(slots=True)
class Report:
    """Faults and tallies of one import; notices and reservations do not make it fail.

    `prefix` is what we put before the sender's ids: a fault shows them as they were sent. `titles` are the names
    people gave: the sheet of a workbook rather than our file; `headings` those of its columns, by file and column;
    `theirs` the files told by a table that was not made for us, where our own names mean nothing to its reader.
    """

    prefix: str = ""
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    theirs: set[str] = field(default_factory=set)
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    _said: set[Fault] = field(default_factory=set)

    def refuse(self, fault: Fault, *, row_id: str = "") -> None:
        """Set a line (or a file) aside; `row_id` is the id it gave, for the lines that hang on it."""
        fault = replace(fault, value=fault.value.removeprefix(self.prefix))
        if not self._is_new(fault):
            return
        self.faults.append(fault)
        tally = self.tally(fault.file)
        if fault.line:
            tally.refused.add(fault.line)
        else:
            tally.is_refused_whole = True
        if row_id:
            tally.refused_ids.setdefault(row_id.removeprefix(self.prefix), fault.line)

    def notice(self, fault: Fault, severity: Severity = Severity.NOTICE) -> None:
        """Say something that prevented nothing."""
        fault = replace(fault, severity=severity, value=fault.value.removeprefix(self.prefix))
        if self._is_new(fault):
            self.notices.append(fault)

    def waits_for(self, file: str, number: int) -> str:
        """What is wrong with a line that hangs on another one, refused."""
        return f"sa ligne {number} de {self.title(file)} est à corriger d’abord"

    def is_sequel(self, fault: Fault) -> bool:
        """Whether a fault only repeats, in one of the files of a row, that this very row is refused in another."""
        return any(fault.problem == self.waits_for(file, fault.line) for file in self.theirs)

    def _is_new(self, fault: Fault) -> bool:
        """A part of a file stored again line by line says the same things twice."""
        is_new = fault not in self._said
        self._said.add(fault)
        return is_new

    def takes(self, file: str, line: int, column: str, *, usual: bool) -> bool:
        """Whether a line's value replaces the one known: as somebody decided, for the line or the column."""
        said = self.decisions.get(f"{file}:{line}:{column}") or self.decisions.get(f"{file}::{column}")
        return usual if said not in (TAKE, KEEP) else said == TAKE

    def decided(self, file: str, line: int, column: str, *, is_sure: bool) -> str:
        """What was answered of a whole line; an answer for all of them says « yes » of those that are sure only."""
        for_all = self.decisions.get(f"{file}::{column}", "")
        usual = for_all if is_sure or for_all != SAME else ""
        return self.decisions.get(f"{file}:{line}:{column}") or usual

    def ask(self, change: Change) -> None:
        """Show a change beside what is known here; a part of a file stored again line by line asks the same."""
        if change not in self.changes[-50:]:
            self.changes.append(change)

    def tally(self, file: str) -> Tally:
        """The counters of one file."""
        return self.tallies.setdefault(file, Tally())

    def settle(self, file: str, line: int, outcome: Outcome) -> None:
        """Say what became of a line."""
        outcomes = self.tally(file).outcomes
        outcomes[line] = max(outcome, outcomes.get(line, outcome))

    def title(self, file: str) -> str:
        """The name people gave to a file."""
        return self.titles.get(file, file)

    def counts(self) -> dict[str, dict[str, int]]:
        """What became of the lines of each file, in figures only."""
        return {file: tally.counts() for file, tally in self.tallies.items() if self._is_read(file)}

    def summary(self) -> list[str]:
        """One French line per file read."""
        return [
            f"{file} : {read} lignes lues, {added} ajoutées, {changed} modifiées, {unchanged} inchangées, "
            f"{refused} refusées"
            for file, counts in self.counts().items()
            for read, added, changed, unchanged, refused in [counts.values()]
        ]

    def _is_read(self, file: str) -> bool:
        """Whether a file was opened at all: one that is not of the format has nothing to count."""
        return any(layout.name == file for layout in registry.layouts())

    def write(self, path: Path) -> None:
        """The report as a csv that a spreadsheet opens; nothing in it can be executed."""
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            self.write_to(stream)

    def write_to(self, stream: TextIO) -> None:
        """One line per fault then per notice, in reading order."""
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(HEADER)
        for fault in in_reading_order([*self.faults, *self.notices]):
            writer.writerow(fault.cells())
