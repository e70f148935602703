"""The hand of the person: they give some groups of fields, others or none, and take back what they gave when they wish.

They answer in their own space, or with their adviser, whose name and the day are then kept (RGPD, art. 7).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from backend.accounts.models import User
from backend.core.actor import ADVISING, PEOPLE_IN_PATHWAY, Actor
from backend.mail import outbox
from backend.mail.enums import MessageKind
from backend.organisations.models import Membership
from pathways.models import Relay
from pathways.rules.relays.findings import agreement_findings
from pathways.rules.relays.table import Move, parts_text
from pathways.services.relays.shared import forget_messages, moved, taken


@transaction.atomic
def agree_to_relay(
    *, actor: Actor, relay: Relay, version: int, parts: Collection[str], agreed_on: date | None = None
) -> Relay:
    """Give these groups of fields, and no other, to the structure: from now on it may answer."""
    row = _given(actor, relay, version, Move.AGREE, parts, agreed_on)
    moved(actor, row, Move.AGREE)
    _tell_receiver(row)
    return row


@transaction.atomic
def change_agreement(
    *, actor: Actor, relay: Relay, version: int, parts: Collection[str], agreed_on: date | None = None
) -> Relay:
    """Give more, or less; read at once, were the person already welcomed."""
    row = _given(actor, relay, version, Move.CHANGE, parts, agreed_on)
    return moved(actor, row, Move.CHANGE)


@transaction.atomic
def deny_relay(*, actor: Actor, relay: Relay, version: int) -> Relay:
    """Say no: the other structure will never know that it was proposed."""
    row = taken(actor, relay, Move.DENY, version)
    row.agreed_with_id = _witness(actor)
    return moved(actor, row, Move.DENY)


@transaction.atomic
def withdraw_agreement(*, actor: Actor, relay: Relay, version: int) -> Relay:
    """Take back what was given: nothing of it is read from the next request on.

    After a welcome the stay goes on; the structure keeps the name, the contact, and what it wrote itself.
    """
    row = taken(actor, relay, Move.WITHDRAW, version)
    moved(actor, row, Move.WITHDRAW)
    forget_messages(row)
    return row


def _given(
    actor: Actor, relay: Relay, version: int, move: Move, parts: Collection[str], agreed_on: date | None
) -> Relay:
    today = timezone.localdate()
    day = agreed_on if agreed_on is not None and not _is_oneself(actor) else today
    proposed_on = timezone.localdate(relay.created_at)
    found = agreement_findings(parts=parts, agreed_on=day, proposed_on=proposed_on, today=today)
    row = taken(actor, relay, move, version, found=found)
    row.parts, row.agreed_on, row.agreed_with_id = parts_text(parts), day, _witness(actor)
    return row


def _is_oneself(actor: Actor) -> bool:
    return actor.role in PEOPLE_IN_PATHWAY


def _witness(actor: Actor) -> int | None:
    """Who wrote the answer down for the person; nobody when they answered themselves."""
    return None if _is_oneself(actor) else actor.user_id


def _tell_receiver(relay: Relay) -> None:
    """Write to who may answer that something waits: neither the person nor what they gave is in the message."""
    text = render_to_string("pathways/relays/email/proposed.txt", {"relay": relay})
    for address in _addresses(relay):
        outbox.write(
            to=address,
            subject="Passerelles : une proposition de relais attend votre réponse",
            text=text,
            kind=MessageKind.RELAY,
            about=relay,
            good_until=timezone.make_aware(datetime.combine(relay.expires_on, time.max)),
        )


def _addresses(relay: Relay) -> list[str]:
    if relay.receiver_id is None:
        return [relay.to_email]
    seats = Membership.objects.live(timezone.now()).filter(organisation=relay.receiver_id, role__in=ADVISING)
    team = User.objects.filter(pk__in=seats.values("user_id"), is_active=True).exclude(email="")
    return sorted(set(team.values_list("email", flat=True)))
