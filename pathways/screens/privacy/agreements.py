"""What a person agreed to on their thread: relays, their own access."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.privacy.agreements import Agreement
from pathways.enums import RelayPart, RelayStatus
from pathways.models import Beneficiary, BeneficiaryAccess, Relay
from pathways.rules.relays.table import Move, read_parts
from pathways.selectors.following.hands import may_make
from pathways.selectors.relays import target_of


def relay_agreements(actor: Actor, person: Beneficiary) -> Iterator[Agreement]:
    """What the person gives to read to another structure, group of fields by group of fields."""
    rows = Relay.objects.visible_to(actor).filter(beneficiary=person, agreed_on__isnull=False)
    for relay in rows.select_related("receiver", "organisation", "beneficiary"):
        is_live = relay.status not in (RelayStatus.WITHDRAWN, RelayStatus.CANCELLED, RelayStatus.DECLINED)
        parts = read_parts(relay.parts)
        yield Agreement(
            what="Donner à lire pour un relais",
            to_whom=target_of(relay),
            state=relay.get_status_display().lower(),
            is_live=is_live,
            on=relay.agreed_on or timezone.localdate(relay.created_at),
            ended_on=None if is_live else relay.moved_on,
            withdraw=reverse(f"web:relay_{Move.WITHDRAW}", args=[relay.pk])
            if may_make(actor, relay, Move.WITHDRAW)
            else "",
            is_asked_first=True,
            detail=", ".join(RelayPart(each).label for each in RelayPart.values if each in parts),
        )


def own_access(actor: Actor, person: Beneficiary) -> Iterator[Agreement]:
    """The access the person accepted: it shows to nobody else, and is closed by whoever accompanies them."""
    for access in BeneficiaryAccess.objects.visible_to(actor).filter(beneficiary=person):
        is_live = access.ended_at is None
        yield Agreement(
            what="Lire son propre parcours",
            to_whom="la personne elle-même",
            state="ouvert" if is_live else "fermé",
            is_live=is_live,
            on=timezone.localdate(access.started_at),
            ended_on=None if access.ended_at is None else timezone.localdate(access.ended_at),
        )
