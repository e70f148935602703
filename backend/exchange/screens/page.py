"""What the page of an import shows: where it stands, what became of each file, what to mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils.text import capfirst

from backend.core.actor import Actor
from backend.core.jobs import FILES_KEPT_FOR, JobStatus
from backend.core.pages.addresses import address_of
from backend.exchange import services
from backend.exchange.cells import in_french
from backend.exchange.matching.targets import by_key, targets
from backend.exchange.models import ImportJob
from backend.exchange.registry import layouts
from backend.exchange.report import ANSWER, IDENTITY, SAME, TAKEN_BACK
from backend.exchange.scope import OURS
from backend.exchange.services.imports import TO_CONFIRM_FOR
from backend.exchange.services.line_by_line import ADDED, CHANGED


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody already followed whom a line may speak of: the answer that says so, and where their file is."""

    answer: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Question:
    """A line that waits: is it about somebody already followed?"""

    file: str
    line: int
    sent: str
    why: str
    is_sure: bool
    candidates: list[Candidate]


def decisions_of(answers: Mapping[str, Any]) -> dict[str, str]:
    """What was answered of the values that would change: by line (« d:salaries.csv:12:telephone ») or column."""
    return {
        name.removeprefix("d:"): str(said)
        for name, said in answers.items()
        if name.startswith("d:") and ANSWER.fullmatch(str(said))
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

    def __init__(self, job: ImportJob, actor: Actor) -> None:
        self.job = job
        self._actor = actor
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
        shown = {layout.name: layout.shown for layout in layouts()}
        return [FileLine(shown.get(name, name), **counts) for name, counts in self.job.counts.items()]

    @property
    def good(self) -> int:
        """Lines that bring something, as their sender counts them: a row may tell several of our files."""
        if not self.lines:
            return 0
        told = [table["figures"] for table in self.diagnosis if table.get("figures")]
        if told:
            return sum(figures[ADDED] + figures[CHANGED] for figures in told)
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
            read = {**change, "here": in_french(change["here"]), "sent": in_french(change["sent"])}
            if change["column"] != IDENTITY:
                found.setdefault(key, ChangedColumn(*key)).lines.append(read)
        return list(found.values())

    @cached_property
    def questions(self) -> list[Question]:
        """The lines that speak, perhaps, of somebody already followed; while the answer is awaited."""
        asked = services.changes(self.job) if self.is_waiting_for_answer else []
        asked = [each for each in asked if each["column"] == IDENTITY]
        return [self._question(each, people) for each, people in self._people_of(asked)]

    @property
    def sure_questions(self) -> int:
        """Those that one press answers: more than a name and a birth date says so."""
        return sum(question.is_sure for question in self.questions)

    def _people_of(self, asked: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[int, Any]]]:
        """Each question, with the people it is about whom the reader may open."""
        found: dict[str, dict[int, Any]] = {}
        for file in {each["file"] for each in asked}:
            model: Any = next(layout.holds for layout in layouts() if layout.name == file)
            keys = {pk for each in asked if each["file"] == file for pk in each["known_as"]}
            rows = model.objects.visible_to(self._actor).filter(pk__in=keys)
            found[file] = {row.pk: row for row in rows}
        return [(each, found[each["file"]]) for each in asked]

    def _question(self, asked: dict[str, Any], people: dict[int, Any]) -> Question:
        names, only = asked["here"].split(" ; "), len(asked["known_as"]) == 1
        candidates = [
            Candidate(SAME if only else f"{OURS}{pk}", name, address_of(people[pk]) if pk in people else "")
            for pk, name in zip(asked["known_as"], names, strict=False)
        ]
        return Question(
            asked["file"], asked["line"], asked["sent"], asked["why"], asked["is_sure"], candidates
        )

    @property
    def changed_values(self) -> int:
        """How many values known here would be, or could be, changed."""
        return sum(len(column.lines) for column in self.changes)

    @cached_property
    def has_report(self) -> bool:
        """Whether the whole report can be taken."""
        return services.has_report(self.job)
