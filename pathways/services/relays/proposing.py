"""The hand that proposes: a relay is proposed, corrected while nobody answered, its new day confirmed, or taken back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import OutOfReach, ensure
from backend.core.findings import raise_refusals
from backend.organisations.models import Organisation
from pathways.models import Beneficiary, Relay, Stay
from pathways.rules.relays.findings import days_findings, target_findings, twice_findings
from pathways.rules.relays.table import Move
from pathways.rules.transitions import cancel_findings
from pathways.selectors.following.hands import may_propose_relay
from pathways.services.appointments import check_is_to_come
from pathways.services.relays.shared import delay_of, forget_messages, moved, taken

_NOT_YOURS = (
    "Seule l’équipe qui accompagne la personne, ou qui la suit entre deux étapes, peut proposer un relais."
)


@transaction.atomic
def propose_relay(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    message: str,
    meets_at: datetime,
    planned_on: date,
    receiver: Organisation | None = None,
    to_email: str = "",
    meets_where: str = "",
) -> Relay:
    """Propose a person to another structure of the group, or to an address elsewhere; nobody there knows before they agree."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_propose_relay(actor, beneficiary), "not_yours", _NOT_YOURS)
    to_email = to_email.strip().lower()
    receiver = _within_the_group(actor, receiver)
    sender = _sender(actor, beneficiary)
    is_oneself = receiver is not None and receiver.pk == sender.pk
    raise_refusals(
        target_findings(
            names_a_structure=receiver is not None, names_an_address=bool(to_email), is_oneself=is_oneself
        )
    )
    today = timezone.localdate()
    same = Relay.objects.filter(beneficiary=beneficiary, receiver=receiver, to_email=to_email)
    raise_refusals(twice_findings(is_under_way=same.under_way(today).exists()))
    _check_days(meets_at, planned_on)

    relay = Relay(
        beneficiary=beneficiary,
        organisation=sender,
        recorded_by_id=actor.user_id,
        receiver=receiver,
        to_email=to_email,
        message=message.strip(),
        meets_at=meets_at,
        meets_where=meets_where.strip(),
        planned_on=planned_on,
        moved_on=today,
    )
    relay.expires_on = delay_of(relay, today)
    steps.save(relay)
    trail.record(actor, "relay.proposed", relay, receiver=relay.receiver_id)
    return relay


@transaction.atomic
def correct_relay(
    *,
    actor: Actor,
    relay: Relay,
    version: int,
    message: str | None = None,
    meets_at: datetime | None = None,
    planned_on: date | None = None,
    meets_where: str | None = None,
) -> Relay:
    """Say it otherwise, before the person answers; to whom it goes does not change: another one is proposed."""
    row = taken(actor, relay, Move.CORRECT, version)
    if message is not None:
        row.message = message.strip()
    if meets_where is not None:
        row.meets_where = meets_where.strip()
    if meets_at is not None or planned_on is not None:
        row.meets_at, row.planned_on = meets_at or row.meets_at, planned_on or row.planned_on
        _check_days(row.meets_at, row.planned_on)
    return moved(actor, row, Move.CORRECT)


@transaction.atomic
def confirm_meeting_day(*, actor: Actor, relay: Relay, version: int) -> Relay:
    """Take the other day the structure proposed: it is accepted."""
    row = taken(actor, relay, Move.CONFIRM, version)
    _check_days(row.meets_at, row.planned_on)
    return moved(actor, row, Move.CONFIRM)


@transaction.atomic
def cancel_relay(*, actor: Actor, relay: Relay, version: int, reason: str) -> Relay:
    """Take a proposal back, at any time before the welcome: the other structure reads nothing of it any more."""
    row = taken(actor, relay, Move.CANCEL, version, found=cancel_findings(reason))
    row.cancelled_at, row.cancel_reason = timezone.now(), reason.strip()
    moved(actor, row, Move.CANCEL)
    forget_messages(row)
    return row


def _check_days(meets_at: datetime, planned_on: date) -> None:
    check_is_to_come(meets_at, field="meets_at")
    raise_refusals(
        days_findings(
            meets_on=timezone.localdate(meets_at), planned_on=planned_on, today=timezone.localdate()
        )
    )


def _within_the_group(actor: Actor, receiver: Organisation | None) -> Organisation | None:
    """The structure chosen, when its team shares the thread; any other answers as unknown."""
    if receiver is None:
        return None
    found = Organisation.objects.relayed_by(actor).filter(pk=receiver.pk).first()
    if found is None:
        raise OutOfReach
    return found


def _sender(actor: Actor, beneficiary: Beneficiary) -> Organisation:
    """The structure in whose name one proposes: one's own, or that of the person's last stay at the command line."""
    if actor.organisation_id is not None:
        return Organisation.objects.get(pk=actor.organisation_id)
    last = Stay.objects.filter(beneficiary=beneficiary).select_related("organisation").last()
    if last is None:
        raise OutOfReach
    return last.organisation
