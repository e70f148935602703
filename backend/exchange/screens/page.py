"""What the page of an import shows: where it stands, what became of each file, what to mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils.text import capfirst

from backend.core.jobs import FILES_KEPT_FOR, JobStatus
from backend.exchange import services
from backend.exchange.matching.targets import by_key, targets
from backend.exchange.models import ImportJob
from backend.exchange.report import KEEP, TAKE, TAKEN_BACK
from backend.exchange.services.imports import TO_CONFIRM_FOR


@dataclass(frozen=True, slots=True)
class FileLine:
    """What became of the lines of one file."""

    name: str
    read: int
    added: int
    changed: int
    unchanged: int
    refused: int


_SHOWN_CHANGES = 40


@dataclass(slots=True)
class ChangedColumn:
    """The values of one column that lines say otherwise."""

    file: str
    column: str
    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_taken_back(self) -> bool:
        """Whether the question is of whole lines, cancelled here."""
        return self.column == TAKEN_BACK

    @property
    def label(self) -> str:
        """How people call the column."""
        if self.is_taken_back:
            return f"Annulé ici, encore dans {self.file.removesuffix('.csv')}"
        target = by_key().get(f"{self.file.removesuffix('.csv')}.{self.column}")
        return target.column.shown if target else self.column

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The first of them; the others follow the answer given for the column."""
        return self.lines[:_SHOWN_CHANGES]


def decisions_of(answers: Mapping[str, Any]) -> dict[str, str]:
    """What was answered of the values that would change: by line (« d:salaries.csv:12:telephone ») or column."""
    return {
        name.removeprefix("d:"): str(said)
        for name, said in answers.items()
        if name.startswith("d:") and said in (TAKE, KEEP)
    }


def grouped_targets() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column may be, subject by subject."""
    found: dict[str, list[tuple[str, str]]] = {}
    for target in targets():
        subject = capfirst(target.layout.about)
        found.setdefault(subject, []).append((target.key, target.column.shown))
    return list(found.items())


class ImportPage:
    """One import, checked or done."""

    def __init__(self, job: ImportJob) -> None:
        self.job = job
        self.is_over = job.is_over
        self.has_failed = job.status == JobStatus.FAILED
        self.needs_columns = job.status == JobStatus.READY and job.is_dry_run and job.needs_columns
        self.is_checked = job.status == JobStatus.READY and job.is_dry_run and not job.needs_columns
        self.is_done = job.status == JobStatus.READY and not job.is_dry_run
        self.kept_days = FILES_KEPT_FOR.days
        self.waiting_hours = TO_CONFIRM_FOR // timedelta(hours=1)

    @property
    def title(self) -> str:
        """What is being done, or was."""
        if self.job.is_dry_run:
            return "Vérification de vos tableurs"
        return "Reprise de vos tableurs"

    @cached_property
    def lines(self) -> list[FileLine]:
        """Each file read, in the order it was; none while what the check counted is being done for real."""
        if not (self.is_checked or self.is_done):
            return []
        return [FileLine(name.removesuffix(".csv"), **counts) for name, counts in self.job.counts.items()]

    @property
    def good(self) -> int:
        """Lines that bring something."""
        return sum(line.added + line.changed for line in self.lines)

    @cached_property
    def is_waiting_for_answer(self) -> bool:
        """Whether what was checked can still be brought in."""
        return services.can_be_confirmed(self.job)

    @cached_property
    def is_kept(self) -> bool:
        """Whether what was sent still waits."""
        return services.is_kept(self.job)

    @cached_property
    def faults(self) -> list[dict[str, str]]:
        """The first lines to mend, each file named as in the table above."""
        faults = services.first_faults(self.job)
        return [{**fault, "fichier": fault["fichier"].removesuffix(".csv")} for fault in faults]

    @cached_property
    def notices(self) -> list[dict[str, str]]:
        """What is kept or ignored and must be known before saying yes, each file named as in the table."""
        notices = services.notices(self.job)
        return [{**notice, "fichier": notice["fichier"].removesuffix(".csv")} for notice in notices]

    @cached_property
    def diagnosis(self) -> list[dict[str, Any]]:
        """What was read of each table sent, in words, and what became of its lines."""
        return services.diagnosis(self.job) if self.is_over else []

    @cached_property
    def was_matched(self) -> bool:
        """Whether some columns were matched, so that one may look again."""
        return self.is_checked and self.is_waiting_for_answer and bool(services.asked_tables(self.job))

    @cached_property
    def changes(self) -> list[ChangedColumn]:
        """The values known here that the files say otherwise, column by column; while the answer is awaited."""
        found: dict[tuple[str, str], ChangedColumn] = {}
        for change in services.changes(self.job) if self.is_waiting_for_answer else ():
            key = (change["file"], change["column"])
            found.setdefault(key, ChangedColumn(*key)).lines.append(change)
        return list(found.values())

    @property
    def changed_values(self) -> int:
        """How many values known here would be, or could be, changed."""
        return sum(len(column.lines) for column in self.changes)

    @cached_property
    def has_report(self) -> bool:
        """Whether the whole report can be taken."""
        return services.has_report(self.job)
