"""Diagnoses of eligibility: recorded, corrected, taken back; their documents erased in time (R24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import OutOfReach, ensure
from backend.core.findings import Finding, raise_refusals
from backend.core.values.dates import months_after
from backend.files.services import Sent, attach, forget_files
from pathways.models import Beneficiary, EligibilityDiagnosis
from pathways.permissions import may_change_diagnosis, may_diagnose
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.eligibility import DOCUMENTS_KEPT
from pathways.rules.eligibility.findings import diagnosis_findings, documents_are_due
from pathways.selectors.facts.eligibility import diagnosis_facts
from pathways.selectors.facts.rights import place_of
from pathways.selectors.rule_book import read_book
from pathways.services.rights.passes import cancel

_NOT_YOURS = (
    "Seule l’équipe d’insertion qui accompagne la personne aujourd’hui peut enregistrer son éligibilité."
)
_WRITTEN = ("made_by", "made_on", "prescriber", "declared_on", "criteria", "documents")


@transaction.atomic
def record_diagnosis(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    made_by: str,
    made_on: date,
    criteria: Iterable[str] = (),
    documents: Mapping[str, date] | None = None,
    prescriber: str = "",
    declared_on: date | None = None,
    file: Sent | None = None,
) -> EligibilityDiagnosis:
    """Record a diagnosis of the structure, or one a prescripteur made for it; `documents` gives the day of each by criterion.

    One that lacks criteria is recorded too: what is missing is said of it, and asked when a contract begins (R22).
    """
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_diagnose(actor, beneficiary), "not_yours", _NOT_YOURS)
    row = EligibilityDiagnosis(
        beneficiary=beneficiary,
        organisation=place_of(actor, beneficiary.pk).organisation,
        recorded_by_id=actor.user_id,
    )
    _write(
        row,
        {
            "made_by": made_by,
            "made_on": made_on,
            "prescriber": prescriber,
            "declared_on": declared_on,
            "criteria": list(criteria),
            "documents": documents or {},
        },
    )
    if file is not None:
        attach(actor=actor, row=row, sent=file)
    trail.record(actor, "eligibility.recorded", row, made_by=str(made_by))
    return row


@transaction.atomic
def correct_diagnosis(
    *, actor: Actor, diagnosis: EligibilityDiagnosis, version: int, file: Sent | None = None, **said: Any
) -> EligibilityDiagnosis:
    """Write what a diagnosis should have said; what is not told stays as it was."""
    row = _standing(actor, diagnosis, version)
    _write(row, said)
    if file is not None:
        attach(actor=actor, row=row, sent=file)
    trail.record(actor, "eligibility.corrected", row, made_by=str(row.made_by))
    return row


@transaction.atomic
def cancel_diagnosis(
    *, actor: Actor, diagnosis: EligibilityDiagnosis, version: int, reason: str
) -> EligibilityDiagnosis:
    """Take a diagnosis back: it stays readable with its reason, without its files."""
    row = _standing(actor, diagnosis, version)
    forget_files(row)
    cancel(row, reason)
    trail.record(actor, "eligibility.cancelled", row)
    return row


def diagnosis_findings_of(row: EligibilityDiagnosis, *, book: RuleBook) -> list[Finding]:
    """What the rules find in a diagnosis on its own day."""
    return list(
        diagnosis_findings(
            diagnosis_facts(row),
            structure_kind=row.organisation.kind,
            today=timezone.localdate(),
            book=book,
            born_on=row.beneficiary.birth_date,
        )
    )


def purge_documents() -> int:
    """Erase the files of diagnoses whose time has passed (R24); how many diagnoses. Asked by the clock, for everybody."""
    book, today = read_book(), timezone.localdate()
    soonest = months_after(today, -min(int(row.value) for row in book.history(DOCUMENTS_KEPT)))
    numbers = list(
        EligibilityDiagnosis.objects.with_documents()
        .filter(made_on__lte=soonest)
        .values_list("pk", flat=True)
    )
    return sum(_purge(number, today, book) for number in numbers)


@transaction.atomic
def _purge(number: int, today: date, book: RuleBook) -> bool:
    """One diagnosis at a time: a file that cannot go keeps no other."""
    row = EligibilityDiagnosis.objects.with_documents().select_for_update().filter(pk=number).first()
    if row is None or not documents_are_due(diagnosis_facts(row), today=today, book=book):
        return False
    forget_files(row)
    row.documents, row.purged_on = {}, today
    steps.save(row)
    trail.record(Actor.operator(), "eligibility.purged", row)
    return True


def _write(row: EligibilityDiagnosis, said: dict[str, Any]) -> None:
    if "documents" in said:
        said["documents"] = {str(code): day.isoformat() for code, day in said["documents"].items()}
    steps.write(row, said, _WRITTEN)
    row.clean_fields()
    raise_refusals(diagnosis_findings_of(row, book=read_book()))
    steps.save(row)


def _standing(actor: Actor, diagnosis: EligibilityDiagnosis, version: int) -> EligibilityDiagnosis:
    row = steps.lock(actor, diagnosis)
    if row.cancelled_at is not None:
        raise OutOfReach
    ensure(may_change_diagnosis(actor, row), "not_yours", _NOT_YOURS)
    steps.check_version(row, version)
    return row
