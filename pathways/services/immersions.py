"""Immersions (PMSMP): written with their convention, renewed once, ended early, told at the end, corrected, taken back."""

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
from pathways.models import Beneficiary, Immersion
from pathways.permissions import may_record_immersion
from pathways.rules.immersions import immersion_findings, review_findings
from pathways.selectors.outside.immersion_facts import facts_of
from pathways.selectors.rule_book import read_book

_NOT_YOURS = "Seule l’équipe qui accompagne la personne aujourd’hui peut écrire ses immersions."
_KEPT_BY_A_RENEWAL = (
    "beneficiary_id", "organisation_id", "prescriber", "host_name", "host_town", "host_siret", "tutor_name",
    "tutor_role", "purpose", "objectives",
)  # fmt: skip
_CORRECTED = frozenset(
    {
        "prescriber", "host_name", "host_town", "host_siret", "tutor_name", "tutor_role", "purpose", "objectives",
        "started_on", "planned_end_on", "ended_on", "hours", "reviewed_on",
    }
)  # fmt: skip
"""What a correction may write again; whose it is, and what was said of it, are other gestures."""


@transaction.atomic
def record_immersion(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    prescriber: str,
    host_name: str,
    purpose: str,
    objectives: str,
    started_on: date,
    planned_end_on: date,
    host_town: str = "",
    host_siret: str = "",
    tutor_name: str = "",
    tutor_role: str = "",
    hours: Decimal | None = None,
) -> Immersion:
    """Write a convention, within the limits of the law (R32, R33, R34)."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_record_immersion(actor, beneficiary), "not_yours", _NOT_YOURS)
    immersion = Immersion(
        beneficiary=beneficiary,
        organisation_id=actor.organisation_id,
        prescriber=prescriber,
        host_name=host_name.strip(),
        host_town=host_town.strip(),
        host_siret=host_siret,
        tutor_name=tutor_name.strip(),
        tutor_role=tutor_role.strip(),
        purpose=purpose,
        objectives=objectives.strip(),
        started_on=started_on,
        planned_end_on=planned_end_on,
        hours=hours,
    )
    raise_refusals(immersion_findings_of(immersion))

    steps.save(immersion)
    trail.record(actor, "immersion.recorded", immersion)
    return immersion


@transaction.atomic
def renew_immersion(
    *,
    actor: Actor,
    immersion: Immersion,
    version: int,
    started_on: date,
    planned_end_on: date,
    hours: Decimal | None = None,
) -> Immersion:
    """Renew a convention once, for the same object and the same objectives (R32)."""
    first = _locked(actor, immersion, version)
    renewal = Immersion(
        **{name: getattr(first, name) for name in _KEPT_BY_A_RENEWAL},
        renews=first,
        started_on=started_on,
        planned_end_on=planned_end_on,
        hours=hours,
    )
    raise_refusals(immersion_findings_of(renewal))

    steps.save(first)
    steps.save(renewal)
    trail.record(actor, "immersion.renewed", renewal)
    return renewal


@transaction.atomic
def correct_immersion(*, actor: Actor, immersion: Immersion, version: int, **changes: Any) -> Immersion:
    """Write a convention again as it should have been; what is not given stays. `TypeError` for another field."""
    immersion = _locked(actor, immersion, version)
    known = immersion_findings_of(immersion)
    steps.write(immersion, changes, _CORRECTED)
    raise_refusals(brought_by_a_change(known, immersion_findings_of(immersion)))
    if immersion.reviewed_on is not None:
        raise_refusals(
            review_findings(
                reviewed_on=immersion.reviewed_on,
                started_on=immersion.started_on,
                today=timezone.localdate(),
                has_words=True,
            )
        )

    steps.save(immersion)
    trail.record(actor, "immersion.corrected", immersion, fields=sorted(changes))
    return immersion


@transaction.atomic
def end_immersion(*, actor: Actor, immersion: Immersion, version: int, on: date) -> Immersion:
    """Write the real last day of an immersion cut short."""
    immersion = _locked(actor, immersion, version)
    known = immersion_findings_of(immersion)
    immersion.ended_on = on
    raise_refusals(brought_by_a_change(known, immersion_findings_of(immersion)))

    steps.save(immersion)
    trail.record(actor, "immersion.ended", immersion)
    return immersion


@transaction.atomic
def review_immersion(
    *,
    actor: Actor,
    immersion: Immersion,
    version: int,
    reviewed_on: date,
    tutor_review: str = "",
    person_review: str = "",
) -> Immersion:
    """Write what the tutor and the person say of it (art. D5135-6); one may come before the other."""
    immersion = _locked(actor, immersion, version)
    raise_refusals(
        review_findings(
            reviewed_on=reviewed_on,
            started_on=immersion.started_on,
            today=timezone.localdate(),
            has_words=bool(tutor_review.strip() or person_review.strip()),
        )
    )
    immersion.reviewed_on = reviewed_on
    immersion.tutor_review, immersion.person_review = tutor_review.strip(), person_review.strip()

    steps.save(immersion)
    trail.record(actor, "immersion.reviewed", immersion)
    return immersion


@transaction.atomic
def cancel_immersion(*, actor: Actor, immersion: Immersion, version: int, reason: str) -> Immersion:
    """Take back a convention written by mistake: it stays readable here, and counts no more."""
    immersion = _locked(actor, immersion, version)
    if immersion.renewals.standing().exists():  # type: ignore[attr-defined]
        raise Conflict(
            "immersion_is_renewed",
            "Cette convention a été renouvelée : annulez d’abord son renouvellement.",
        )
    steps.take_back(immersion, reason)
    trail.record(actor, "immersion.cancelled", immersion, reason=str(reason))
    return immersion


def immersion_findings_of(immersion: Immersion) -> list[Finding]:
    """What the rules say of a convention, saved or not, beside the person's others."""
    return immersion_findings(facts_of(immersion, today=timezone.localdate()), book=read_book())


def _locked(actor: Actor, immersion: Immersion, version: int) -> Immersion:
    """The convention again, under lock, as nobody took it back; its person too, whose other conventions are read."""
    steps.lock(actor, immersion.beneficiary)
    immersion = steps.lock(actor, immersion)
    ensure(may_record_immersion(actor, immersion.beneficiary), "not_yours", _NOT_YOURS)
    steps.check_version(immersion, version)
    if immersion.cancelled_at is not None:
        raise Conflict(
            "immersion_is_cancelled",
            "Cette immersion a été annulée : elle ne change plus. Enregistrez-la à nouveau.",
        )
    return immersion
