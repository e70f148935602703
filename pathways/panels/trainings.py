"""A person's page and *Mon parcours*: their trainings, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.files.models import StoredFile
from backend.files.selectors import files_on
from backend.panels.registry import Reader, own_page, person_page
from pathways.models import Training
from pathways.permissions import may_record_training
from pathways.screens.person import page
from pathways.selectors.following.person import trainings_of
from pathways.selectors.outside.training_facts import to_tell


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """One training, with its documents; `is_waiting` when it is over and nobody said how it ended."""

    training: Training
    files: list[StoredFile]
    is_waiting: bool
    has_begun: bool


def training_lines(reader: Reader) -> list[TrainingLine]:
    """What the actor reads of the person's trainings; two queries."""
    rows = trainings_of(reader.actor, reader.person.pk)
    files, waiting = files_on(reader.actor, Training, rows), to_tell(rows, reader.today)
    return [
        TrainingLine(row, files.get(row.pk, []), row in waiting, has_begun=row.started_on <= reader.today)
        for row in rows
    ]


@person_page.register(place="rest", order=36)
class Trainings:
    """What was learnt elsewhere than at work."""

    template = "pathways/trainings/_of_the_person.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For who reads the social side of the thread."""
        if not reader.once(page.is_social):
            return None
        may_write = may_record_training(reader.actor, reader.person)
        return {"lines": training_lines(reader), "may_write": may_write}


@own_page.register(place="main", order=35)
class MyTrainings:
    """The person's own trainings, with their certificates."""

    template = "pathways/trainings/_mine.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Nothing to show of who followed none."""
        lines = training_lines(reader)
        return {"lines": lines} if lines else None
