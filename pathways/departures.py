"""People a colleague who leaves accompanies today, and who accompanies them next."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from backend.accounts.models import User
from backend.core.actor import ADVISING, Actor
from backend.core.values.dates import NBSP
from backend.organisations.departures import HandOver
from backend.organisations.models import Membership
from pathways.models import Stay
from pathways.services.people import hand_over_stays


def people_left_behind(actor: Actor, membership: Membership) -> str:
    """« 12 personnes accompagnées sont à confier à quelqu’un d’autre. », empty when the actor sees nobody there."""
    count = Stay.objects.visible_to(actor).filter(pk__in=_accompanied_from(membership)).count()
    if not count:
        return ""
    who = "personne accompagnée est" if count == 1 else "personnes accompagnées sont"
    return f"{count}{NBSP}{who} à confier à quelqu’un d’autre."


def waits(membership: Membership) -> bool:
    """Whether anybody would be left without a referent."""
    return _accompanied_from(membership).exists()


def give(actor: Actor, membership: Membership, successor: User) -> int:
    """Name the successor as the referent of each of them; the trail has one line for each."""
    return hand_over_stays(actor=actor, stays=_accompanied_from(membership), successor=successor)


def _accompanied_from(membership: Membership) -> QuerySet[Stay]:
    """Open stays that this seat is the referent of, unless the account keeps another such seat there."""
    seats = Membership.objects.live(timezone.now()).filter(
        user=membership.user_id, organisation=membership.organisation_id, role__in=ADVISING
    )
    if membership.organisation_id is None or membership.role not in ADVISING:
        return Stay.objects.none()
    if seats.exclude(pk=membership.pk).exists():
        return Stay.objects.none()
    open_today = Stay.objects.open_on(timezone.localdate())
    return open_today.filter(advisor=membership.user_id, organisation=membership.organisation_id)


HAND_OVER = HandOver(left_behind=people_left_behind, waits=waits, give=give)
