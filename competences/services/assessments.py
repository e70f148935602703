"""Recording what somebody was seen doing, and taking back a slip of the thumb."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from backend.accounts.models import User
from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from backend.files.models import StoredFile
from backend.files.services import Sent, attach, forget_files
from competences.enums import ProofStatus
from competences.models import Assessment, Competence
from competences.permissions import may_assess, may_comment, may_take_back_reading
from competences.rules.assessments import comment_findings, day_findings, taking_back_findings
from pathways.models import Beneficiary
from pathways.permissions import accompanies


@transaction.atomic
def assess(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    competence: Competence,
    level: int,
    status: str = ProofStatus.OBSERVED,
    context: str = "",
    assessed_on: date,
) -> Assessment:
    """Record a level with its proof; the same observer on the same day corrects their own reading."""
    beneficiary = steps.within_reach(actor, beneficiary)
    ensure(
        may_assess(actor, ProofStatus(status)) and accompanies(actor, beneficiary),
        "not_yours",
        "Votre rôle ne permet pas d’enregistrer cette preuve.",
    )
    born_on = beneficiary.birth_date
    raise_refusals(day_findings(assessed_on=assessed_on, today=timezone.localdate(), born_on=born_on))

    assessment, created = Assessment.objects.get_or_create(
        beneficiary=beneficiary,
        competence=competence,
        assessed_on=assessed_on,
        status=status,
        observer_name=_name_of(actor),
        defaults={
            "level": level,
            "context": context,
            "observer_id": actor.user_id,
            "organisation_id": actor.organisation_id,
        },
    )
    if not created:
        assessment.level, assessment.context = level, context or assessment.context
    assessment.full_clean(validate_unique=False, validate_constraints=False)
    assessment.save()

    trail.record(
        actor, "competence.assessed", assessment, competence=competence.code, level=level, status=str(status)
    )
    return assessment


@transaction.atomic
def undo_assessment(*, actor: Actor, assessment: Assessment) -> None:
    """Take back one's own reading the day it was recorded; later, a newer reading corrects it.

    The whole day: a tap on the wrong person is often seen at the next break, the page left since.
    """
    assessment = steps.lock(actor, assessment)
    ensure(
        may_take_back_reading(actor, assessment, today=timezone.localdate()),
        "too_late",
        "Une observation s’annule le jour où elle est enregistrée, par qui l’a faite. Enregistrez une nouvelle observation pour la corriger.",
    )
    raise_refusals(taking_back_findings(comment=assessment.comment))
    trail.record(actor, "competence.assessment_undone", assessment)
    forget_files(assessment)
    assessment.delete()


@transaction.atomic
def explain_assessment(*, actor: Actor, assessment: Assessment, context: str) -> Assessment:
    """Add a word to one's own reading, the day it was recorded: where, on what occasion."""
    assessment = steps.lock(actor, assessment)
    ensure(
        may_take_back_reading(actor, assessment, today=timezone.localdate()),
        "too_late",
        "Un mot s’ajoute le jour où l’observation est enregistrée, par qui l’a faite.",
    )
    steps.write(assessment, {"context": context}, ("context",))
    assessment.full_clean(validate_unique=False, validate_constraints=False)
    assessment.save(update_fields=["context"])
    trail.record(actor, "competence.explained", assessment)
    return assessment


@transaction.atomic
def prove_assessment(*, actor: Actor, assessment: Assessment, file: Sent) -> StoredFile:
    """Put a photo or a document on what was seen, on the day or later."""
    assessment = steps.within_reach(actor, assessment)
    return attach(actor=actor, row=assessment, sent=file)


@transaction.atomic
def comment_assessment(*, actor: Actor, assessment: Assessment, seen: str, comment: str) -> Assessment:
    """Write what the person thinks of what was seen of them; both stay, an empty text takes the answer back."""
    assessment = steps.lock(actor, assessment)
    ensure(
        may_comment(actor) and accompanies(actor, assessment.beneficiary),
        "not_yours",
        "La personne, ou qui l’accompagne, écrit ce qu’elle pense d’une observation.",
    )
    steps.check_seen(assessment, seen)
    raise_refusals(comment_findings(status=assessment.status))
    steps.write(assessment, {"comment": comment}, ("comment",))
    assessment.full_clean(validate_unique=False, validate_constraints=False)
    assessment.save(update_fields=["comment"])
    trail.record(
        actor, "competence.commented" if assessment.comment else "competence.comment_taken_back", assessment
    )
    return assessment


def _name_of(actor: Actor) -> str:
    """Who saw it, kept in words: accounts close, proofs stay."""
    if actor.user_id is None:
        return actor.label
    return User.objects.get(pk=actor.user_id).get_full_name()
