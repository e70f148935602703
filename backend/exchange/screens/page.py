"""What the page of an import shows: where it stands, what became of each file, what to mend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from backend.core.jobs import FILES_KEPT_FOR, JobStatus
from backend.exchange import services
from backend.exchange.models import ImportJob


@dataclass(frozen=True, slots=True)
class FileLine:
    """What became of the lines of one file."""

    name: str
    read: int
    added: int
    changed: int
    unchanged: int
    refused: int


class ImportPage:
    """One import, checked or done."""

    def __init__(self, job: ImportJob) -> None:
        self.job = job
        self.is_over = job.is_over
        self.has_failed = job.status == JobStatus.FAILED
        self.is_checked = job.status == JobStatus.READY and job.is_dry_run
        self.is_done = job.status == JobStatus.READY and not job.is_dry_run
        self.kept_days = FILES_KEPT_FOR.days

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
    def has_report(self) -> bool:
        """Whether the whole report can be taken."""
        return services.has_report(self.job)
