"""Trainings: written down, told at their end, corrected, taken back."""

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
from backend.files.services import forget_files
from pathways.models import Beneficiary, Training
from pathways.permissions import may_record_training
from pathways.rules.trainings import training_findings
from pathways.selectors.outside.training_facts import facts_of

_NOT_YOURS = "Seule l’équipe qui accompagne la personne aujourd’hui peut écrire ses formations."
SAID = (
    "title", "provider", "kind", "certification_code", "licence", "funder", "time", "decided_by", "started_on",
    "planned_end_on", "planned_days", "planned_hours",
)  # fmt: skip
"""What a training says from its first day, in the order in which it is read."""
TOLD = ("outcome", "stop_reason", "certified_on", "done_days", "done_hours")
"""What its last day says of it."""
CORRECTED = (*SAID, "ended_on", *TOLD)
"""What a correction may write again; whose it is, and that it is taken back, are other gestures."""


@transaction.atomic
def record_training(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    title: str,
    kind: str,
    started_on: date,
    planned_end_on: date,
    provider: str = "",
    certification_code: str = "",
    licence: str = "",
    funder: str = "",
    time: str = "",
    decided_by: str = "",
    planned_days: int | None = None,
    planned_hours: Decimal | None = None,
) -> Training:
    """Write a training, to come, under way or over; how it ended is told next."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_record_training(actor, beneficiary), "not_yours", _NOT_YOURS)
    training = Training(
        beneficiary=beneficiary,
        organisation_id=actor.organisation_id,
        title=title.strip(),
        provider=provider.strip(),
        kind=kind,
        certification_code=certification_code,
        licence=licence.strip(),
        funder=funder,
        time=time,
        decided_by=decided_by,
        started_on=started_on,
        planned_end_on=planned_end_on,
        planned_days=planned_days,
        planned_hours=planned_hours,
    )
    raise_refusals(training_findings_of(training))

    steps.save(training)
    trail.record(actor, "training.recorded", training)
    return training


@transaction.atomic
def finish_training(
    *,
    actor: Actor,
    training: Training,
    version: int,
    on: date,
    outcome: str,
    stop_reason: str = "",
    certified_on: date | None = None,
    done_days: int | None = None,
    done_hours: Decimal | None = None,
) -> Training:
    """Tell how it ended: its last day, what was followed, the certificate obtained or why it stopped."""
    training = _locked(actor, training, version)
    known = training_findings_of(training)
    training.ended_on, training.outcome, training.stop_reason = on, outcome, stop_reason
    training.certified_on, training.done_days, training.done_hours = certified_on, done_days, done_hours
    raise_refusals(brought_by_a_change(known, training_findings_of(training)))

    steps.save(training)
    trail.record(actor, "training.finished", training, outcome=str(outcome))
    return training


@transaction.atomic
def correct_training(*, actor: Actor, training: Training, version: int, **changes: Any) -> Training:
    """Write a training again as it should have been; what is not given stays. `TypeError` for another field."""
    training = _locked(actor, training, version)
    known = training_findings_of(training)
    steps.write(training, changes, CORRECTED)
    raise_refusals(brought_by_a_change(known, training_findings_of(training)))

    steps.save(training)
    trail.record(actor, "training.corrected", training, fields=sorted(changes))
    return training


@transaction.atomic
def cancel_training(*, actor: Actor, training: Training, version: int, reason: str) -> Training:
    """Take back a training written by mistake: it stays readable here without its files, and counts no more."""
    training = _locked(actor, training, version)
    forget_files(training)
    steps.take_back(training, reason)
    trail.record(actor, "training.cancelled", training, reason=str(reason))
    return training


def training_findings_of(training: Training) -> list[Finding]:
    """What the rules say of a training, saved or not, beside the person's others."""
    return training_findings(facts_of(training, today=timezone.localdate()))


def _locked(actor: Actor, training: Training, version: int) -> Training:
    """The training again, under lock, as nobody took it back; its person too, whose other trainings are read."""
    steps.lock(actor, training.beneficiary)
    training = steps.lock(actor, training)
    ensure(may_record_training(actor, training.beneficiary), "not_yours", _NOT_YOURS)
    steps.check_version(training, version)
    if training.cancelled_at is not None:
        raise Conflict(
            "training_is_cancelled",
            "Cette formation a été annulée : elle ne change plus. Enregistrez-la à nouveau.",
        )
    return training
