"""Trainings: days that can be, hours a day holds, an end that is told whole, and what deserves a look beside the rest.

No text bounds the training of somebody in insertion: what is refused here cannot be, or says half of what happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.core.findings import Finding
from backend.core.values.dates import days_in_words, days_inclusive, french_date
from backend.core.values.plausible import WORK, end_findings, window_findings
from pathways.enums.trainings import (
    TrainingOutcome,
    TrainingTime,
)
from pathways.rules.contracts.durations import Period
from pathways.rules.contracts.hours import HOURS_IN_A_DAY

LONG_DAY = 10
"""Hours of training in a day beyond which somebody is asked to look again; our choice."""


@dataclass(frozen=True, slots=True)
class Course:
    """The days of a training that stands; `end` is its real last day once told."""

    id: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Length:
    """Days and hours, planned or done; None is not known."""

    days: int | None = None
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """One training and what surrounds it.

    `others` are the person's other trainings and `stays` their days in structures, whoever wrote them; a stay that goes
    on has no last day.
    """

    this: Course
    planned_end: date
    today: date
    planned: Length = Length()
    done: Length = Length()
    is_ended: bool = False
    outcome: str = ""
    stop_reason: str = ""
    certified_on: date | None = None
    time: str = ""
    others: tuple[Course, ...] = ()
    stays: tuple[tuple[date, date | None], ...] = ()
    born_on: date | None = None


def training_findings(facts: TrainingFacts) -> list[Finding]:
    """What is wrong with a training, then what deserves a look; empty when nothing."""
    days = list(_days(facts))
    if any(each.is_contradiction for each in days):
        return days
    return [*days, *_lengths(facts), *_outcome(facts), *_beside(facts)]


def _days(facts: TrainingFacts) -> Iterator[Finding]:
    start, end = facts.this.start, facts.this.end
    yield from window_findings(WORK, start, field="started_on", today=facts.today, born_on=facts.born_on)
    yield from end_findings(facts.planned_end, field="planned_end_on", started_on=start)
    if facts.planned_end < start or end < start:
        yield Finding(
            "training_days",
            "La formation se terminerait avant d’avoir commencé.",
            way_out="Vérifiez les deux dates.",
            field="planned_end_on" if facts.planned_end < start else "ended_on",
            is_contradiction=True,
        )
    elif (facts.is_ended or facts.outcome) and end > facts.today:
        yield Finding(
            "training_end_to_come",
            f"Cette formation court jusqu’au {french_date(end)} : on ne sait pas encore comment elle se termine.",
            way_out="Si elle s’est arrêtée plus tôt, donnez son dernier jour ; sinon, attendez-le.",
            field="ended_on",
            is_contradiction=True,
        )


def _lengths(facts: TrainingFacts) -> Iterator[Finding]:
    start = facts.this.start
    for name, length, end in (
        ("planned", facts.planned, facts.planned_end),
        ("done", facts.done, facts.this.end),
    ):
        most = days_inclusive(start, end)
        if length.days is not None and length.days > most:
            yield Finding(
                "training_day_count",
                f"Du premier au dernier jour, cette formation compte {days_in_words(most)}.",
                way_out="Vérifiez le nombre de jours et les dates.",
                field=f"{name}_days",
                is_contradiction=True,
            )
            continue
        days = most if length.days is None else length.days
        if length.hours is None:
            continue
        if length.hours > HOURS_IN_A_DAY * days:
            yield Finding(
                "training_hours",
                f"Ces heures dépassent {HOURS_IN_A_DAY} heures par jour de formation.",
                way_out="Vérifiez le nombre d’heures, les jours et les dates.",
                field=f"{name}_hours",
                is_contradiction=True,
            )
        elif length.hours > LONG_DAY * days:
            yield Finding(
                "training_long_days",
                f"Cela ferait plus de {LONG_DAY} heures de formation par jour.",
                way_out="Vérifiez le nombre d’heures et de jours.",
                field=f"{name}_hours",
                refuses=False,
            )


def _outcome(facts: TrainingFacts) -> Iterator[Finding]:
    """An end is told whole: why it stopped, when the certificate was given; one contradiction is enough to look again."""
    is_stopped = facts.outcome == TrainingOutcome.ABANDONED
    if is_stopped and not facts.stop_reason:
        yield Finding(
            "training_stop_missing",
            "Une formation arrêtée avant la fin a sa raison.",
            way_out="Choisissez celle qui s’en approche le plus.",
            field="stop_reason",
        )
    elif facts.stop_reason and not is_stopped:
        yield Finding(
            "training_stop_elsewhere",
            "Une raison d’arrêt ne se dit que d’une formation arrêtée avant la fin.",
            way_out="Laissez-la vide, ou dites que la formation s’est arrêtée.",
            field="stop_reason",
            is_contradiction=True,
        )
        return
    is_certified = facts.outcome == TrainingOutcome.CERTIFIED
    if is_certified and facts.certified_on is None:
        yield Finding(
            "training_certificate_missing",
            "Un certificat obtenu a sa date.",
            way_out="Indiquez celle qui est écrite dessus ; s’il n’est pas encore là, dites « suivie jusqu’au bout ».",
            field="certified_on",
        )
    elif facts.certified_on is not None and not (
        is_certified and facts.this.start <= facts.certified_on <= facts.today
    ):
        yield Finding(
            "training_certificate_day",
            "La date d’un certificat va avec « certificat obtenu », entre le début de la formation et aujourd’hui.",
            way_out="Vérifiez cette date, ou laissez-la vide.",
            field="certified_on",
            is_contradiction=True,
        )


def _beside(facts: TrainingFacts) -> Iterator[Finding]:
    this = facts.this
    if any(_meet(this, (each.start, each.end)) for each in facts.others):
        yield Finding(
            "training_same_days",
            "Une autre formation couvre déjà une partie de ces jours.",
            way_out="Vérifiez que ce n’est pas la même.",
            field="started_on",
            refuses=False,
        )
    at_work = facts.time in (TrainingTime.DURING_WORK, TrainingTime.PARTLY)
    if at_work and not any(_meet(this, each) for each in facts.stays):
        yield Finding(
            "training_without_a_stay",
            "Aucun passage dans une structure ne couvre ces jours, et la formation est dite sur le temps de travail.",
            way_out="Vérifiez les dates, ou dites qu’elle a lieu en dehors du temps de travail.",
            field="time",
            refuses=False,
        )


def _meet(this: Course, days: tuple[date, date | None]) -> bool:
    first, last = days
    return first <= this.end and (last is None or this.start <= last)


def known_end_findings(
    *, training_end: date | None, start: date, known: tuple[Period, ...]
) -> Iterator[Finding]:
    """A derogation for a training under way, beside the trainings known of the person: remarks, never a refusal (R05).

    Somebody may follow a training that nobody recorded yet: the decision stands, and one is asked to write it.
    """
    running = [end for first, end in known if first <= start <= end]
    if not running:
        yield Finding(
            "derogation_training_unknown",
            f"Aucune formation connue n’est en cours le {french_date(start)}.",
            way_out="Enregistrez-la sur la page de la personne : c’est elle qui justifie cette dérogation.",
            field="training_ends_on",
            refuses=False,
        )
    elif training_end is not None and training_end not in running:
        yield Finding(
            "derogation_training_other_end",
            f"La formation connue se termine le {french_date(max(running))}, pas le {french_date(training_end)}.",
            way_out="Corrigez la dérogation, ou la formation.",
            field="training_ends_on",
            refuses=False,
        )
