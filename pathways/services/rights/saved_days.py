"""Days off saved: counted by the structure that owes them, corrected, taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import Conflict, ensure
from backend.core.findings import Finding, brought_by_a_change, raise_refusals
from pathways.models import Beneficiary, SavedDays
from pathways.permissions import may_change_saved, may_record_saved
from pathways.rules.travelling.saved import saved_findings
from pathways.selectors.facts.travelling import SavedAround

_NOT_YOURS = "Seule l’équipe qui accompagne la personne aujourd’hui note les jours que sa structure lui doit."
COUNTED = ("kind", "days", "counted_on", "fate")
"""What is written of days saved."""


@transaction.atomic
def record_saved_days(
    *, actor: Actor, beneficiary: Beneficiary, kind: str, days: Decimal, counted_on: date, fate: str
) -> SavedDays:
    """Note what is left of days off, as one's own structure counts them that day."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_record_saved(actor, beneficiary), "not_yours", _NOT_YOURS)
    saved = SavedDays(
        beneficiary=beneficiary,
        organisation_id=actor.organisation_id,
        kind=kind,
        days=days,
        counted_on=counted_on,
        fate=fate,
    )
    raise_refusals(saved_findings_of(saved))

    steps.save(saved)
    trail.record(actor, "saved_days.recorded", saved)
    return saved


@transaction.atomic
def correct_saved_days(*, actor: Actor, saved: SavedDays, version: int, **changes: Any) -> SavedDays:
    """Write a count again as it should have been, or say what became of the days. `TypeError` for another field."""
    saved = _locked(actor, saved, version)
    known = saved_findings_of(saved)
    steps.write(saved, changes, COUNTED)
    raise_refusals(brought_by_a_change(known, saved_findings_of(saved)))

    steps.save(saved)
    trail.record(actor, "saved_days.corrected", saved, fields=sorted(changes))
    return saved


@transaction.atomic
def cancel_saved_days(*, actor: Actor, saved: SavedDays, version: int, reason: str) -> SavedDays:
    """Take back a count written by mistake: it stays readable in the API, and counts no more."""
    saved = _locked(actor, saved, version)
    steps.take_back(saved, reason)
    trail.record(actor, "saved_days.cancelled", saved, reason=str(reason))
    return saved


def saved_findings_of(saved: SavedDays) -> list[Finding]:
    """What the rules say of a count, saved or not, beside the person's others and their contracts."""
    around = SavedAround.of([saved.beneficiary_id])
    return saved_findings(around.facts(saved, today=timezone.localdate()))


def _locked(actor: Actor, saved: SavedDays, version: int) -> SavedDays:
    """The count again, under lock, as nobody took it back; its person too, whose other counts are read."""
    steps.lock(actor, saved.beneficiary)
    saved = steps.lock(actor, saved)
    if saved.cancelled_at is not None:
        steps.check_version(saved, version)
        raise Conflict(
            "saved_days_are_cancelled",
            "Ces jours ont été annulés : ils ne changent plus. Notez-les à nouveau.",
        )
    ensure(may_change_saved(actor, saved), "not_yours", _NOT_YOURS)
    steps.check_version(saved, version)
    return saved
