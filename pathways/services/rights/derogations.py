"""Derogations: asked, granted or refused, and taken back when they were a mistake."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import OutOfReach, ensure
from backend.core.findings import raise_refusals
from backend.files.services import forget_files
from pathways.enums import RequestStatus
from pathways.models import Derogation, Stay
from pathways.permissions import may_change_derogation, may_record_contract
from pathways.selectors.facts.decisions import DerogationsAround
from pathways.selectors.rule_book import read_book
from pathways.services.rights.passes import cancel

_NOT_YOURS = "Seule l’équipe de cette structure peut enregistrer les décisions sur ses contrats, tant que la personne y est."
_WRITTEN = (
    "motive", "decider", "starts_on", "ends_on", "training_ends_on", "asked_on", "status", "decided_on",
    "refusal_reason", "document", "document_on", "other_employer",
)  # fmt: skip


@transaction.atomic
def record_derogation(
    *,
    actor: Actor,
    stay: Stay,
    motive: str,
    decider: str,
    starts_on: date,
    asked_on: date,
    status: str = RequestStatus.ASKED,
    ends_on: date | None = None,
    training_ends_on: date | None = None,
    decided_on: date | None = None,
    refusal_reason: str = "",
    document: str = "",
    document_on: date | None = None,
    other_employer: str = "",
) -> Derogation:
    """Record a derogation of the structure of this stay, asked for or already answered (R03, R04, R05, R07)."""
    stay = steps.lock(actor, stay)
    ensure(may_record_contract(actor, stay), "not_yours", _NOT_YOURS)
    row = Derogation(
        beneficiary_id=stay.beneficiary_id,
        organisation_id=stay.organisation_id,
        recorded_by_id=actor.user_id,
        motive=motive,
        decider=decider,
        status=status,
        starts_on=starts_on,
        ends_on=ends_on,
        training_ends_on=training_ends_on,
        asked_on=asked_on,
        decided_on=decided_on,
        refusal_reason=refusal_reason,
        document=document.strip(),
        document_on=document_on,
        other_employer=other_employer,
    )
    _write(row, {})
    trail.record(actor, "derogation.recorded", row, status=str(status))
    return row


@transaction.atomic
def correct_derogation(*, actor: Actor, derogation: Derogation, version: int, **said: Any) -> Derogation:
    """Write what a decision should have said; what is not told stays as it was."""
    row = _standing(actor, derogation, version)
    _write(row, said)
    trail.record(actor, "derogation.corrected", row, status=str(row.status))
    return row


@transaction.atomic
def answer_derogation(
    *,
    actor: Actor,
    derogation: Derogation,
    version: int,
    status: str,
    decided_on: date,
    refusal_reason: str = "",
    document: str = "",
    document_on: date | None = None,
) -> Derogation:
    """Write what was answered to a request: granted, or refused with its reason."""
    row = _standing(actor, derogation, version)
    told = {"document": document, "document_on": document_on} if document else {}
    _write(row, {"status": status, "decided_on": decided_on, "refusal_reason": refusal_reason, **told})
    trail.record(actor, "derogation.answered", row, status=str(status))
    return row


@transaction.atomic
def cancel_derogation(*, actor: Actor, derogation: Derogation, version: int, reason: str) -> Derogation:
    """Take a decision back: it stays readable with its reason, without its files, and allows nothing more."""
    row = _standing(actor, derogation, version)
    forget_files(row)
    cancel(row, reason)
    trail.record(actor, "derogation.cancelled", row)
    return row


def _write(row: Derogation, said: dict[str, Any]) -> None:
    steps.write(row, said, _WRITTEN)
    around = DerogationsAround.of({row.beneficiary_id})
    raise_refusals(around.findings(row, today=timezone.localdate(), book=read_book()))
    steps.save(row)


def _standing(actor: Actor, derogation: Derogation, version: int) -> Derogation:
    row = steps.lock(actor, derogation)
    ensure(may_change_derogation(actor, row), "not_yours", _NOT_YOURS)
    if row.cancelled_at is not None:
        raise OutOfReach
    steps.check_version(row, version)
    return row
