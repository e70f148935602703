"""Many people read in a day: said by mail, the same day, to those who answer for the place, whoever read included.

Whoever read knows whether it was them; the others ask why. One message a seat a week: a tool that reads everything each night
has been explained once, and stays on *Ma journée*.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from backend.audit import trail
from backend.audit.mass_reading import PEOPLE_A_DAY, ManyRead, many_read_anywhere
from backend.audit.models import Entry
from backend.core.actor import LEADS_A_TEAM, Actor
from backend.core.values.numbers import whole_number
from backend.mail import outbox
from backend.mail.enums import MessageKind
from backend.organisations.models import Membership

QUIET_DAYS = 7
_TOLD = "many_read.told"


def tell_of_many_read(today: date) -> int:
    """Write the messages of the day; how many seats were told about."""
    return sum(_tell(each) for each in many_read_anywhere(today))


@transaction.atomic
def _tell(found: ManyRead) -> bool:
    seat = Membership.objects.filter(user_id=found.user_id, pk=_number_of(found.seat)).first()
    if seat is None or _was_told(seat):
        return False
    words = {"seat": seat, "people": found.people, "budget": PEOPLE_A_DAY, "quiet": QUIET_DAYS}
    text = render_to_string("organisations/team/email/many_read.txt", words)
    for address in _who_answers(seat):
        outbox.write(
            to=address,
            subject="Passerelles : beaucoup de dossiers lus aujourd’hui",
            text=text,
            kind=MessageKind.READINGS,
            about=seat,
        )
    trail.record(Actor.operator(), _TOLD, seat, people=found.people)
    return True


def _number_of(seat_key: str) -> int:
    kind, _, number = seat_key.partition(":")
    return (whole_number(number) or 0) if kind == "membership" else 0


def _was_told(seat: Membership) -> bool:
    since = timezone.now() - timedelta(days=QUIET_DAYS)
    return Entry.objects.about(seat).filter(action=_TOLD, at__gte=since).exists()


def _who_answers(seat: Membership) -> list[str]:
    """Whoever leads the same structure or the same group; the person who read, always."""
    place = Q(organisation_id=seat.organisation_id, organisation__isnull=False) | Q(
        group_id=seat.group_id, group__isnull=False
    )
    lead = Membership.objects.live(timezone.now()).filter(place, role__in=LEADS_A_TEAM, user__is_active=True)
    return sorted({*lead.values_list("user__email", flat=True), seat.user.email})
