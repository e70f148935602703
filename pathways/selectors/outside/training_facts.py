"""What the rules need to know of a training: the person's other trainings and the days of their stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from pathways.models import Stay, Training
from pathways.rules.trainings import Course, Length, TrainingFacts
from pathways.selectors.people import births


@dataclass(slots=True)
class TrainingsAround:
    """Trainings and stays of some people, all structures together: read once for a batch, then kept in step."""

    trainings: dict[int, list[Course]] = field(default_factory=lambda: defaultdict(list))
    stays: dict[int, list[tuple[date, date | None]]] = field(default_factory=lambda: defaultdict(list))
    born: dict[int, date | None] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Collection[int]) -> TrainingsAround:
        """Read for these people; three queries."""
        around = cls(born=dict(births(set(people))))
        for row in Training.objects.standing().filter(beneficiary_id__in=people):
            around.put(row)
        days = Stay.objects.filter(beneficiary_id__in=people)
        for person, start, end in days.values_list("beneficiary_id", "started_on", "ended_on"):
            around.stays[person].append((start, end))
        return around

    def put(self, row: Training) -> None:
        """This training stands from now on, in the place of what was known of it."""
        known, this = self.trainings[row.beneficiary_id], _course(row)
        known[:] = [*(each for each in known if each.id != this.id), this]

    def facts(self, row: Training, *, today: date) -> TrainingFacts:
        """One training as it would be written, beside what is known."""
        this, person = _course(row), row.beneficiary_id
        return TrainingFacts(
            this=this,
            planned_end=row.planned_end_on,
            today=today,
            planned=Length(row.planned_days, row.planned_hours),
            done=Length(row.done_days, row.done_hours),
            is_ended=row.ended_on is not None,
            outcome=row.outcome,
            stop_reason=row.stop_reason,
            certified_on=row.certified_on,
            time=row.time,
            others=tuple(each for each in self.trainings[person] if each.id != this.id),
            stays=tuple(self.stays[person]),
            born_on=self.born.get(person),
        )


def facts_of(row: Training, *, today: date) -> TrainingFacts:
    """One training, saved or not, with what surrounds it."""
    return TrainingsAround.of([row.beneficiary_id]).facts(row, today=today)


def to_tell(rows: Iterable[Training], today: date) -> list[Training]:
    """Those that are over and of which nobody said how they ended."""
    return [row for row in rows if row.last_day < today and not row.outcome]


def _course(row: Training) -> Course:
    """A row as the rules read it; one not saved yet has a number that no other has."""
    return Course(id=row.pk or -id(row), start=row.started_on, end=row.last_day)
