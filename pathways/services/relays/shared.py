"""What every gesture of a relay does: take it under lock, hold the move against the table, keep its days, tell the trail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain

from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import OutOfReach, ensure
from backend.core.findings import Finding, raise_refusals
from backend.mail import outbox
from pathways.models import Beneficiary, Relay
from pathways.rules.relays.findings import last_day, move_findings
from pathways.rules.relays.table import Move
from pathways.selectors.following.hands import may_make
from pathways.selectors.rule_book import read_book

_NOT_YOURS = "Ce geste revient à une autre main de ce relais : la personne, la structure qui propose ou celle qui accueille."


def taken(actor: Actor, relay: Relay, move: Move, version: int, *, found: Iterable[Finding] = ()) -> Relay:
    """The relay under lock, once this move may be made by this actor, now; its version counted."""
    row = steps.lock(actor, relay)
    ensure(may_make(actor, row, move), "not_yours", _NOT_YOURS)
    raise_refusals(chain(move_findings(row.state_on(timezone.localdate()), move), found))
    steps.check_version(row, version)
    return row


def moved(actor: Actor, relay: Relay, move: Move) -> Relay:
    """Write where the move leads, and until when that waits; the trail keeps the move and the state, no word."""
    today = timezone.localdate()
    leads = relay.state_on(today).leads(move)
    if leads is None:  # `taken` has just said that it does
        raise OutOfReach
    relay.status, relay.moved_on = leads, today
    relay.expires_on = delay_of(relay, today)
    steps.save(relay)
    trail.record(actor, f"relay.{PAST[move]}", relay, status=str(leads))
    return relay


def delay_of(relay: Relay, today: date) -> date:
    """The last day the state it is in waits for an answer."""
    return last_day(
        relay.status,
        today=today,
        meets_on=timezone.localdate(relay.meets_at),
        planned_on=relay.planned_on,
        book=read_book(),
    )


def forget_messages(relay: Relay) -> None:
    """What was written and did not leave is not true any more."""
    outbox.drop(relay._meta.label_lower, [relay.pk])


def lock_person(relay: Relay) -> Beneficiary:
    """The person, locked: two welcomes of one person do not cross. Who may is asked of the relay."""
    return Beneficiary.objects.select_for_update(of=("self",)).get(pk=relay.beneficiary_id)


PAST = {
    Move.CORRECT: "corrected",
    Move.AGREE: "agreed",
    Move.DENY: "denied",
    Move.CHANGE: "agreement_changed",
    Move.ACCEPT: "accepted",
    Move.SUGGEST: "day_suggested",
    Move.CONFIRM: "day_confirmed",
    Move.DECLINE: "declined",
    Move.MEET: "met",
    Move.WELCOME: "welcomed",
    Move.WITHDRAW: "agreement_withdrawn",
    Move.CANCEL: "cancelled",
}
"""How the trail names what was done."""
