"""Medical visits: noted once made, corrected, taken back. Only what an employer may hold is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import Conflict, ensure
from backend.core.findings import Finding, brought_by_a_change, raise_refusals
from pathways.enums.travelling import VisitRhythm
from pathways.models import Beneficiary, MedicalVisit
from pathways.permissions import may_record_visit
from pathways.rules.travelling.visits import visit_findings
from pathways.selectors.facts.travelling import VisitsAround
from pathways.selectors.rule_book import read_book

_NOT_YOURS = "Seule l’équipe qui accompagne la personne aujourd’hui note ses visites médicales."
NOTED = ("kind", "made_on", "rhythm", "paper", "service", "jobs", "due_on")
"""What is written of a visit."""


@transaction.atomic
def record_visit(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    kind: str,
    made_on: date,
    paper: str,
    rhythm: str = VisitRhythm.ORDINARY,
    service: str = "",
    jobs: Iterable[str] = (),
    due_on: date | None = None,
) -> MedicalVisit:
    """Note a visit already made: its day, the paper received, the work it covers, the day the next one is due."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_record_visit(actor, beneficiary), "not_yours", _NOT_YOURS)
    visit = MedicalVisit(
        beneficiary=beneficiary,
        organisation_id=actor.organisation_id,
        kind=kind,
        made_on=made_on,
        rhythm=rhythm,
        paper=paper,
        service=service.strip(),
        jobs=as_kept(jobs),
        due_on=due_on,
    )
    raise_refusals(visit_findings_of(visit))

    steps.save(visit)
    trail.record(actor, "medical_visit.recorded", visit)
    return visit


@transaction.atomic
def correct_visit(*, actor: Actor, visit: MedicalVisit, version: int, **changes: Any) -> MedicalVisit:
    """Write a visit again as it should have been; what is not given stays. `TypeError` for another field."""
    visit = _locked(actor, visit, version)
    known = visit_findings_of(visit)
    if "jobs" in changes:
        changes["jobs"] = as_kept(changes["jobs"])
    steps.write(visit, changes, NOTED)
    raise_refusals(brought_by_a_change(known, visit_findings_of(visit)))

    steps.save(visit)
    trail.record(actor, "medical_visit.corrected", visit, fields=sorted(changes))
    return visit


@transaction.atomic
def cancel_visit(*, actor: Actor, visit: MedicalVisit, version: int, reason: str) -> MedicalVisit:
    """Take back a visit written by mistake: it stays readable in the API, and counts no more."""
    visit = _locked(actor, visit, version)
    steps.take_back(visit, reason)
    trail.record(actor, "medical_visit.cancelled", visit, reason=str(reason))
    return visit


def visit_findings_of(visit: MedicalVisit) -> list[Finding]:
    """What the rules say of a visit, saved or not, beside the person's others."""
    around = VisitsAround.of([visit.beneficiary_id])
    return visit_findings(around.facts(visit, today=timezone.localdate()), book=read_book())


def as_kept(jobs: Iterable[str]) -> str:
    """Codes of the ROME as one text, in the order they are given."""
    return ",".join(jobs)


def _locked(actor: Actor, visit: MedicalVisit, version: int) -> MedicalVisit:
    """The visit again, under lock, as nobody took it back; its person too, whose other visits are read."""
    steps.lock(actor, visit.beneficiary)
    visit = steps.lock(actor, visit)
    ensure(may_record_visit(actor, visit.beneficiary), "not_yours", _NOT_YOURS)
    steps.check_version(visit, version)
    if visit.cancelled_at is not None:
        raise Conflict(
            "visit_is_cancelled", "Cette visite a été annulée : elle ne change plus. Notez-la à nouveau."
        )
    return visit
