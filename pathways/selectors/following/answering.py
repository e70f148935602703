"""Who answers now for what somebody promised: the colleague named, else whoever accompanies the person today.

A role ends, a person changes structure, a hire passes to another team: what was planned keeps the name it was planned
under. While that colleague can still open the person's thread it is theirs; afterwards it falls to the advisor of the
stay whose door is open, to everyone behind that door when it has none, and to the manager in any case.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from backend.core.actor import ADVISING, FOLLOWS_OWN_PEOPLE, Actor, Role
from backend.organisations.models import Membership
from pathways import doors

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def answered_by(
    actor: Actor, rows: Rows, *, named: str, person: str, structure: str = "", on: date | None = None
) -> Rows:
    """Among rows of people the actor accompanies, those that are theirs to answer; no query is added.

    `named` and `person` lead from a row to the user it names and to its person; `structure` to where it was written,
    when a manager answers for what their own structure wrote and not for the rest of the group.
    """
    day = on or timezone.localdate()
    match actor.role:
        case Role.ADVISOR:
            fallen = ~_can_still_answer(named, person, day) & _falls_to(actor, person, day)
            return rows.filter(Q(**{named: actor.user_id}) | fallen)
        case Role.MANAGER if structure:
            own = Q(**{f"{structure}__in": actor.organisation_ids})
            return rows.filter(own | ~_can_still_answer(named, person, day))
        case _:
            return rows


def _can_still_answer(named: str, person: str, day: date) -> Exists:
    """Whether the colleague a row names still has a seat behind an open door of the person."""
    behind = doors.open_stays(day).filter(beneficiary_id=OuterRef(person))
    seats = _seats().filter(organisation_id=OuterRef("organisation_id"), user_id=OuterRef(OuterRef(named)))
    follows = (
        Q(advisor_id=OuterRef(named)) | Q(advisor__isnull=True) | Q(organisation__is_caseload_shared=True)
    )
    of_their_own, of_all = (
        seats.filter(role__in=FOLLOWS_OWN_PEOPLE),
        seats.exclude(role__in=FOLLOWS_OWN_PEOPLE),
    )
    return Exists(behind.filter(Exists(of_all) | Exists(of_their_own) & follows))


def _falls_to(actor: Actor, person: str, day: date) -> Q:
    """Whether the actor is the advisor of a stay whose door is open, or nobody with a seat there is."""
    behind = doors.open_stays(day).filter(beneficiary_id=OuterRef(person))
    mine = behind.filter(advisor_id=actor.user_id, organisation_id__in=actor.organisation_ids)
    seats = _seats().filter(organisation_id=OuterRef("organisation_id"), user_id=OuterRef("advisor_id"))
    return Q(Exists(mine)) | ~Q(Exists(behind.filter(Exists(seats))))


def _seats() -> models.QuerySet[Membership]:
    """Seats from which somebody accompanies people today."""
    return Membership.objects.live(timezone.now()).filter(role__in=ADVISING).order_by()
