"""In whose name one acts in a relay: it depends on who accompanies the person, or still waits with them, today."""

from __future__ import annotations

from django.utils import timezone

from backend.core.actor import Actor
from pathways.enums import RelayHand
from pathways.models import Beneficiary, Relay
from pathways.permissions import may_manage_people, may_record_follow_up, reads_own_thread
from pathways.rules.relays.table import TABLE, Move
from pathways.selectors.between import is_watched


def may_propose_relay(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Who accompanies the person today proposes them to another structure; or who waits for what follows, as « Entre deux »."""
    return may_record_follow_up(actor, beneficiary) or (
        may_manage_people(actor) and is_watched(actor, beneficiary.pk, timezone.localdate())
    )


def hands_of(actor: Actor, relay: Relay) -> frozenset[RelayHand]:
    """In whose name the actor acts in this relay; nobody's when it is not theirs to touch.

    The person's answer may be written, as they said it, by who accompanies them on either side of the relay: whoever
    reads them no more cannot give them to read (decision 0009).
    """
    if actor.is_operator:
        return frozenset(RelayHand)
    if reads_own_thread(actor):
        is_oneself = relay.beneficiary_id == actor.beneficiary_id
        return frozenset({RelayHand.PERSON}) if is_oneself else frozenset()
    if not may_manage_people(actor):
        return frozenset()
    theirs = {RelayHand.PERSON} if may_record_follow_up(actor, relay.beneficiary) else set()
    if relay.organisation_id in actor.organisation_ids:
        return frozenset({RelayHand.SENDER, *theirs} if may_propose_relay(actor, relay.beneficiary) else ())
    if relay.receiver_id is None or relay.receiver_id in actor.organisation_ids:
        return frozenset({RelayHand.RECEIVER, *theirs})
    return frozenset()


def may_make(actor: Actor, relay: Relay, move: Move) -> bool:
    """Whether this move is the actor's to make; whether it can be made now is `rules.relays`'s to say."""
    return bool(hands_of(actor, relay) & TABLE[move].hands)


def may_prepare(actor: Actor, relay: Relay) -> bool:
    """Both structures write what is left to do before the welcome."""
    return bool(hands_of(actor, relay) & {RelayHand.SENDER, RelayHand.RECEIVER})
