"""What is left to do before the welcome: who, by when; both structures write it, and say when it is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from backend.core.values.plausible import promise_findings
from pathways.enums import RelaySubject
from pathways.models import Relay, RelayStep
from pathways.rules.relays.findings import preparing_findings
from pathways.selectors.following.hands import may_prepare

_NOT_YOURS = "Seules les deux structures du relais écrivent ce qu’il reste à faire."
SAID = ("subject", "label", "hand", "due_on")
"""What a step says, in the order in which it is read."""


@transaction.atomic
def plan_relay_step(
    *, actor: Actor, relay: Relay, label: str, hand: str, due_on: date, subject: str = RelaySubject.OTHER
) -> RelayStep:
    """Add something to do before the welcome."""
    relay = _open(actor, relay)
    raise_refusals(promise_findings(due_on, field="due_on", today=timezone.localdate()))
    step = steps.save(RelayStep(relay=relay, subject=subject, label=label.strip(), hand=hand, due_on=due_on))
    trail.record(actor, "relay.step_planned", step)
    return step


@transaction.atomic
def correct_relay_step(*, actor: Actor, step: RelayStep, version: int, **said: Any) -> RelayStep:
    """Say it otherwise: what is not told stays. `TypeError` for another field."""
    row = _taken(actor, step, version)
    if "due_on" in steps.write(row, said, SAID):
        raise_refusals(promise_findings(row.due_on, field="due_on", today=timezone.localdate()))
    steps.save(row)
    trail.record(actor, "relay.step_corrected", row, fields=sorted(said))
    return row


@transaction.atomic
def settle_relay_step(*, actor: Actor, step: RelayStep, version: int, is_done: bool) -> RelayStep:
    """Say that it was gone through today, or that it was not after all."""
    row = _taken(actor, step, version)
    row.done_on = timezone.localdate() if is_done else None
    steps.save(row)
    trail.record(actor, "relay.step_settled", row, is_done=is_done)
    return row


@transaction.atomic
def remove_relay_step(*, actor: Actor, step: RelayStep, version: int) -> None:
    """Take away what was written by mistake; the trail keeps that it was there."""
    row = _taken(actor, step, version)
    trail.record(actor, "relay.step_removed", row)
    row.delete()


def _taken(actor: Actor, step: RelayStep, version: int) -> RelayStep:
    row = steps.lock(actor, step)
    _open(actor, row.relay)
    steps.check_version(row, version)
    return row


def _open(actor: Actor, relay: Relay) -> Relay:
    """The relay under lock, while the welcome is still ahead."""
    row = steps.lock(actor, relay)
    ensure(may_prepare(actor, row), "not_yours", _NOT_YOURS)
    raise_refusals(preparing_findings(row.state_on(timezone.localdate())))
    return row
