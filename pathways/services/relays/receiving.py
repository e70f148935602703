"""The hand that may welcome: it accepts, proposes another day, does not follow up, tells the meeting, and welcomes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from backend.accounts.models import User
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import OutOfReach
from backend.core.findings import raise_refusals
from backend.organisations.models import Organisation
from pathways.enums import RelayHand, RelaySubject
from pathways.models import Relay, RelayStep, Stay
from pathways.rules.relays.findings import (
    ENTRY_CONDITIONS,
    days_findings,
    meeting_findings,
    open_conditions,
    welcome_findings,
)
from pathways.rules.relays.table import Move
from pathways.rules.stays import entry_findings
from pathways.services.appointments import check_is_to_come
from pathways.services.people import check_no_overlap, start_stay
from pathways.services.relays.shared import forget_messages, lock_person, moved, taken


@transaction.atomic
def accept_relay(*, actor: Actor, relay: Relay, version: int) -> Relay:
    """Accept to meet the person on the day proposed; the steps this kind of structure asks for are written down."""
    row = taken(actor, relay, Move.ACCEPT, version)
    _answered_by(actor, row)
    _write_conditions(row)
    return moved(actor, row, Move.ACCEPT)


@transaction.atomic
def suggest_meeting_day(*, actor: Actor, relay: Relay, version: int, meets_at: datetime) -> Relay:
    """Propose another day to meet: the structure that proposed the relay takes it, or takes its proposal back."""
    row = taken(actor, relay, Move.SUGGEST, version)
    check_is_to_come(meets_at, field="meets_at")
    today, day = timezone.localdate(), timezone.localdate(meets_at)
    row.meets_at = meets_at
    row.planned_on = max(row.planned_on, day)
    raise_refusals(days_findings(meets_on=day, planned_on=row.planned_on, today=today))
    _answered_by(actor, row)
    _write_conditions(row)
    return moved(actor, row, Move.SUGGEST)


@transaction.atomic
def decline_relay(*, actor: Actor, relay: Relay, version: int, refusal_reason: str) -> Relay:
    """Do not follow up, and say why; from then on nothing of the person is read here."""
    row = taken(actor, relay, Move.DECLINE, version)
    row.refusal_reason = refusal_reason
    _answered_by(actor, row)
    moved(actor, row, Move.DECLINE)
    forget_messages(row)
    return row


@transaction.atomic
def record_relay_meeting(*, actor: Actor, relay: Relay, version: int, met_on: date) -> Relay:
    """Write that the three met; either structure may."""
    found = meeting_findings(met_on=met_on, agreed_on=relay.agreed_on, today=timezone.localdate())
    row = taken(actor, relay, Move.MEET, version, found=found)
    row.met_on = met_on
    return moved(actor, row, Move.MEET)


@transaction.atomic
def welcome_by_relay(
    *, actor: Actor, relay: Relay, version: int, started_on: date, advisor: User | None = None
) -> Relay:
    """Welcome the person: a stay opens here, and of the thread what they gave; the other structure keeps its own.

    From then on this relay bounds what the structure reads, in place of any former one.
    """
    row = taken(actor, relay, Move.WELCOME, version)
    if row.receiver is None:
        raise OutOfReach
    person, place, today = lock_person(row), row.receiver, timezone.localdate()
    done = row.steps.filter(done_on__isnull=False).values_list("subject", flat=True)
    raise_refusals(
        welcome_findings(given=row.state_on(today).given, open_conditions=open_conditions(place.kind, done))
    )
    raise_refusals(entry_findings(started_on=started_on, today=today, born_on=person.birth_date))
    check_no_overlap(Stay.objects.filter(beneficiary=person, organisation=place), started_on)
    row.stay = start_stay(actor, person, place, started_on, advisor)
    row.holds = True
    return moved(actor, row, Move.WELCOME)


def _answered_by(actor: Actor, relay: Relay) -> None:
    """A proposal made to an address is its structure's from the first answer on: the whole team then follows it."""
    if relay.receiver_id is None and actor.organisation_id is not None:
        relay.receiver = Organisation.objects.get(pk=actor.organisation_id)


def _write_conditions(relay: Relay) -> None:
    """The entry conditions of this kind of structure, each with who sees to it: the wish is the sender's to gather."""
    kind = relay.receiver.kind if relay.receiver is not None else ""
    known = set(relay.steps.values_list("subject", flat=True))
    for subject in ENTRY_CONDITIONS.get(kind, ()):
        if subject not in known:
            by = RelayHand.SENDER if subject == RelaySubject.WISH else RelayHand.RECEIVER
            step = RelayStep(
                relay=relay, subject=subject, label=subject.label, hand=by, due_on=relay.planned_on
            )
            steps.save(step)
