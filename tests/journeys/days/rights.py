"""A service given one day; and the days of the rights: diagnoses, suspensions, prolongations, derogations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pathways import services as thread
from tests.journeys.days.gestures import (
    diagnosed,
    diagnosis_corrected,
    lift_answered,
    lift_corrected,
    lifted,
    prolongation_corrected,
    prolonged,
    suspended,
    suspension_corrected,
)
from tests.worlds.bakery import Bakery

LONG_AGO, OVER, FAR = date(1950, 1, 1), date(2001, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Door:
    """A service given one day: those it refuses, one it takes."""

    give: Callable[[Bakery, date], object]
    takes: date
    refuses: tuple[date, ...] = (LONG_AGO, FAR)


PROMISED = (LONG_AGO, OVER, FAR)
"""What is promised is neither over nor a lifetime away."""
SOON, LATELY = date(2027, 1, 8), date(2026, 11, 17)
IN_TIME, NEXT_YEAR = date(2026, 11, 20), date(2027, 6, 30)
RIGHTS = {
    **{
        f"{service.__name__}.{name}": (service, name, takes)
        for service, name, takes in (
            (thread.record_suspension, "starts_on", date(2026, 9, 2)),
            (thread.record_suspension, "ends_on", NEXT_YEAR),
            (thread.correct_suspension, "starts_on", date(2026, 9, 2)),
            (thread.correct_suspension, "ends_on", NEXT_YEAR),
            *(
                (each, name, takes)
                for each in (thread.ask_prolongation, thread.correct_prolongation)
                for name, takes in (("ends_on", NEXT_YEAR), ("asked_on", IN_TIME), ("document_on", IN_TIME))
            ),
            *(
                (each, name, takes)
                for each in (thread.record_derogation, thread.correct_derogation)
                for name, takes in (
                    ("starts_on", date(2027, 1, 6)),
                    ("ends_on", NEXT_YEAR),
                    ("training_ends_on", date(2027, 7, 4)),
                    ("asked_on", date(2026, 11, 3)),
                    ("decided_on", IN_TIME),
                    ("document_on", IN_TIME),
                )
            ),
            (thread.answer_derogation, "decided_on", IN_TIME),
            (thread.answer_derogation, "document_on", IN_TIME),
            (thread.record_diagnosis, "made_on", LATELY),
            (thread.record_diagnosis, "declared_on", IN_TIME),
            (thread.record_diagnosis, "documents", LATELY),
            (thread.correct_diagnosis, "made_on", LATELY),
            (thread.correct_diagnosis, "declared_on", IN_TIME),
        )
    }
}
GIVEN = {
    "record_suspension": suspended,
    "correct_suspension": suspension_corrected,
    "ask_prolongation": prolonged,
    "correct_prolongation": prolongation_corrected,
    "record_derogation": lifted,
    "correct_derogation": lift_corrected,
    "answer_derogation": lift_answered,
    "record_diagnosis": diagnosed,
    "correct_diagnosis": diagnosis_corrected,
}


def door_of(service: str, name: str, takes: date) -> Door:
    return Door(lambda house, day: GIVEN[service](house, **{name: day}), takes)
