"""What a page reads of one person, once for all its parts: the alerts, the line, the story, the panels.

Each reading is what this actor may see, in the order of its table. Nothing is remembered beyond a reading page.

An alert asked about everybody lets the base sort; asked about one person, it sorts what their page reads anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from backend.core.actor import Actor
from backend.core.pages.once import once_per_page
from pathways.models import (
    Action,
    BarrierReading,
    DataRequest,
    HoursWish,
    IaePass,
    Immersion,
    Interview,
    MedicalVisit,
    PassProlongation,
    PassSuspension,
    Relay,
    SavedDays,
    Stay,
    Training,
)
from pathways.querysets.thread import RelayQuerySet
from pathways.selectors.steps import with_contracts

Row = TypeVar("Row")


def of_each(read: Callable[[Actor, int], Iterable[Row]], actor: Actor, people: Collection[int]) -> list[Row]:
    """One of these readings, for each of these people."""
    return [row for person in people for row in read(actor, person)]


@once_per_page
def stays_of(actor: Actor, person: int) -> tuple[Stay, ...]:
    """Their steps with structure, contracts, exit and referent, oldest first; two queries."""
    found = Stay.objects.visible_to(actor).filter(beneficiary_id=person)
    return tuple(with_contracts(found).select_related("advisor"))


@once_per_page
def passes_of(actor: Actor, person: int) -> tuple[IaePass, ...]:
    """Their PASS, oldest first."""
    return tuple(IaePass.objects.visible_to(actor).filter(beneficiary_id=person))


@once_per_page
def suspensions_of(actor: Actor, person: int) -> tuple[PassSuspension, ...]:
    """What suspends their PASS and stands, oldest first."""
    found = PassSuspension.objects.visible_to(actor).standing().filter(iae_pass__beneficiary_id=person)
    return tuple(found.select_related("iae_pass__beneficiary"))


@once_per_page
def prolongations_of(actor: Actor, person: int) -> tuple[PassProlongation, ...]:
    """What was asked to prolong their PASS and stands, whatever the answer, oldest first."""
    found = PassProlongation.objects.visible_to(actor).standing().filter(iae_pass__beneficiary_id=person)
    return tuple(found)


@once_per_page
def interviews_of(actor: Actor, person: int) -> tuple[Interview, ...]:
    """What was said, newest first; who reads the text is `permissions.may_read_synthesis`."""
    found = Interview.objects.visible_to(actor).filter(beneficiary_id=person)
    return tuple(found.select_related("author", "organisation"))


@once_per_page
def actions_of(actor: Actor, person: int) -> tuple[Action, ...]:
    """What was decided, done or not, soonest first."""
    return tuple(Action.objects.visible_to(actor).filter(beneficiary_id=person))


@once_per_page
def barrier_readings_of(actor: Actor, person: int) -> tuple[BarrierReading, ...]:
    """Every reading of a frein, oldest first."""
    return tuple(BarrierReading.objects.visible_to(actor).filter(beneficiary_id=person))


@once_per_page
def immersions_of(actor: Actor, person: int) -> tuple[Immersion, ...]:
    """Their immersions (PMSMP) nobody took back, newest first."""
    found = Immersion.objects.visible_to(actor).standing().filter(beneficiary_id=person)
    return tuple(found.select_related("beneficiary", "organisation"))


@once_per_page
def trainings_of(actor: Actor, person: int) -> tuple[Training, ...]:
    """Their trainings nobody took back, newest first."""
    found = Training.objects.visible_to(actor).standing().filter(beneficiary_id=person)
    return tuple(found.select_related("beneficiary", "organisation"))


@once_per_page
def wishes_of(actor: Actor, person: int) -> tuple[HoursWish, ...]:
    """The hours they want, those nobody took back, newest first."""
    found = HoursWish.objects.visible_to(actor).standing().filter(beneficiary_id=person)
    return tuple(found.select_related("beneficiary", "organisation"))


@once_per_page
def visits_of(actor: Actor, person: int) -> tuple[MedicalVisit, ...]:
    """Their medical visits nobody took back, newest first."""
    found = MedicalVisit.objects.visible_to(actor).standing().filter(beneficiary_id=person)
    return tuple(found.select_related("beneficiary", "organisation"))


@once_per_page
def saved_days_of(actor: Actor, person: int) -> tuple[SavedDays, ...]:
    """The days off they saved, counts nobody took back, newest first."""
    found = SavedDays.objects.visible_to(actor).standing().filter(beneficiary_id=person)
    return tuple(found.select_related("beneficiary", "organisation"))


@once_per_page
def relays_of(actor: Actor, person: int) -> tuple[Relay, ...]:
    """Their relays, whatever became of them, newest first; two queries."""
    return tuple(whole_relays(Relay.objects.visible_to(actor).filter(beneficiary_id=person)))


def whole_relays(relays: RelayQuerySet) -> RelayQuerySet:
    """The same relays with their person, both structures and what is left to do."""
    return relays.select_related("beneficiary", "organisation", "receiver").prefetch_related("steps")


@once_per_page
def data_requests_of(actor: Actor, person: int) -> tuple[DataRequest, ...]:
    """What they asked of their data, answered or not, newest first."""
    found = DataRequest.objects.visible_to(actor).filter(beneficiary_id=person)
    return tuple(found.select_related("beneficiary"))
