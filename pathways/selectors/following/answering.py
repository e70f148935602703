"""Who answers now for what somebody promised: the colleague named, else whoever accompanies the person today.

A role ends, a person changes structure, a hire passes to another team: what was planned keeps the name it was planned
under. While that colleague can still open the person's thread it is theirs; afterwards it falls to the advisor of the
stay whose door is open, to everyone behind that door when it has none, and to the manager in any case.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from backend.core.actor import ADVISING, FOLLOWS_OWN_PEOPLE, Actor, Role
from backend.core.pages.once import once_per_page
from backend.core.tables.among import Ids, among
from backend.organisations.models import Membership
from pathways import doors
from pathways.permissions import follows_own_people
from pathways.rules.answering import Hands, OpenDoor, Seat

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def answered_by(
    actor: Actor, rows: Rows, *, named: str, person: str, structure: str = "", on: date | None = None
) -> Rows:
    """Among rows of people the actor accompanies, those that are theirs to answer.

    `named` and `person` lead from a row to the user it names and to its person; `structure` to where it was written,
    when a manager answers for what their own structure wrote and not for the rest of the group. Who stands behind the
    doors is asked once for a page, in two questions.
    """
    day = on or timezone.localdate()
    match actor.role:
        case Role.ADVISOR:
            mine = Q(**{named: actor.user_id})
            fallen = Q(**{f"{person}__in": among(_fallen(actor, day))})
            return rows.filter(mine | fallen & _left(actor, named, person, day))
        case Role.MANAGER if structure:
            own = Q(**{f"{structure}__in": actor.organisation_ids})
            return rows.filter(own | _left(actor, named, person, day))
        case _:
            return rows


def _left(actor: Actor, named: str, person: str, day: date) -> Q:
    """Rows whose named colleague has no seat any more behind an open door of the person."""
    left = Q()
    for users, people in _held(actor, day):
        left &= ~Q(**{f"{named}__in": users, f"{person}__in": among(people)})
    return left


@once_per_page
def _fallen(actor: Actor, day: date) -> Ids:
    """People whose promises fall to the actor, an advisor, once whoever made them is gone."""
    return Ids(_hands(actor, day).fall_to(actor.user_id or 0, actor.organisation_ids))


@once_per_page
def _held(actor: Actor, day: date) -> list[tuple[list[int], Ids]]:
    """Which colleagues can still open the threads of which people, among those that could fall to the actor."""
    asked = _fallen(actor, day) if follows_own_people(actor) else None
    grouped = _hands(actor, day).by_people(asked)
    return [(users, Ids(people)) for people, users in grouped.items()]


@once_per_page
def _hands(actor: Actor, day: date) -> Hands:
    """Who stands that day behind the doors of the people the actor accompanies."""
    opened = doors.open_stays(day).filter(beneficiary_id__in=doors.accompanied(actor, on=day))
    found = [
        OpenDoor(*door)
        for door in opened.values_list(
            "beneficiary_id", "organisation_id", "advisor_id", "organisation__is_caseload_shared"
        )
    ]
    seats = Membership.objects.live(timezone.now()).filter(
        role__in=ADVISING, organisation_id__in={door.organisation for door in found}
    )
    held = seats.order_by().values_list("organisation_id", "user_id", "role")
    return Hands(found, [Seat(place, user, role in FOLLOWS_OWN_PEOPLE) for place, user, role in held])
