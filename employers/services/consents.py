"""Asking a person whether one employer may see their profile, and living by the answer."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import Conflict, DomainError, ensure
from backend.core.findings import raise_refusals
from backend.core.values.dates import last_day_after
from employers.enums import ConsentDecision
from employers.models import JobProposal, ProfileConsent
from employers.permissions import may_answer_consent, may_answer_profile, may_ask
from employers.rules import consents as rules
from employers.selectors.bars import bars_of, terms_of
from pathways.models import Beneficiary
from pathways.permissions import reads_own_thread
from pathways.rules.privacy import limitation_findings

TEXT_VERSION = "2026-11"
"""Which wording the person was shown; change it with the text of the page."""

VALID_MONTHS = 3
"""Our choice, no text sets it: about the time a job stays open. A yes is for this job, and lapses if nothing came of it."""


@transaction.atomic
def ask_consent(*, actor: Actor, proposal: JobProposal, beneficiary: Beneficiary) -> list[ProfileConsent]:
    """Ask a person about each employer of a job; asking again about a live question changes nothing."""
    proposal = steps.within_reach(actor, proposal)
    beneficiary = steps.within_reach(actor, beneficiary)
    ensure(may_ask(actor, beneficiary), "not_yours", "C’est à qui accompagne la personne de la solliciter.")
    is_limited = beneficiary.data_requests.limiting().exists()
    raise_refusals(limitation_findings(is_limited=is_limited))
    _check_open(proposal)
    _check_suits(proposal, beneficiary)
    known = _live(proposal, beneficiary)
    asked = {consent.employer_id for consent in known}
    new = [
        steps.save(
            ProfileConsent(
                beneficiary=beneficiary,
                employer=employer,
                proposal=proposal,
                text_version=TEXT_VERSION,
                asked_by_id=actor.user_id,
                ends_on=last_day_after(timezone.localdate(), VALID_MONTHS),
            )
        )
        for employer in proposal.employers.all()
        if employer.pk not in asked
    ]
    _tell(actor, "consent.asked", new)
    return [*known, *new]


_SAID_NO = frozenset({ConsentDecision.REFUSED, ConsentDecision.WITHDRAWN})


def _is_asked_again(consent: ProfileConsent) -> bool:
    """Whether a newer question about the same employer and job stands: that one is to be answered."""
    others = ProfileConsent.objects.filter(
        beneficiary_id=consent.beneficiary_id,
        employer_id=consent.employer_id,
        proposal_id=consent.proposal_id,
        decision__in=(ConsentDecision.ASKED, ConsentDecision.GRANTED),
    )
    return others.exclude(pk=consent.pk).exists()


def _live(proposal: JobProposal, beneficiary: Beneficiary) -> list[ProfileConsent]:
    """Questions and agreements that still stand; those past their end are closed, so as to be asked again."""
    rows = ProfileConsent.objects.select_for_update(of=("self",)).filter(
        proposal=proposal,
        beneficiary=beneficiary,
        decision__in=(ConsentDecision.ASKED, ConsentDecision.GRANTED),
    )
    live = []
    for row in rows:
        if row.ends_on >= timezone.localdate():
            live.append(row)
        else:
            row.decision = ConsentDecision.EXPIRED
            steps.save(row)
    return live


@transaction.atomic
def answer_consent(*, actor: Actor, consent: ProfileConsent, granted: bool) -> ProfileConsent:
    """Record the person's own answer, given here or told to their advisor; a no may become a yes, said by the person."""
    consent = _lock(actor, consent)
    changes_mind = granted and reads_own_thread(actor) and consent.decision in _SAID_NO
    if (consent.decision != ConsentDecision.ASKED and not changes_mind) or _is_asked_again(consent):
        raise Conflict(
            "already_answered", "Une réponse est déjà enregistrée. Rechargez la page pour la voir."
        )
    _check_open(consent.proposal)
    raise_refusals(rules.answer_findings(ends_on=consent.ends_on, today=timezone.localdate()))
    consent.decision = ConsentDecision.GRANTED if granted else ConsentDecision.REFUSED
    consent.decided_at, consent.decided_with_id = timezone.now(), _witness(actor)
    steps.save(consent)
    _tell(actor, "consent.answered", [consent])
    return consent


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent: ProfileConsent) -> ProfileConsent:
    """Close the profile to the employer, at once and without having to say why (RGPD, art. 7.3)."""
    consent = _lock(actor, consent)
    if consent.decision not in {ConsentDecision.ASKED, ConsentDecision.GRANTED}:
        return consent
    consent.decision = ConsentDecision.WITHDRAWN
    consent.decided_at, consent.decided_with_id = timezone.now(), _witness(actor)
    steps.save(consent)
    _tell(actor, "consent.withdrawn", [consent])
    return consent


@transaction.atomic
def answer_profile(*, actor: Actor, consent: ProfileConsent, answer: str) -> ProfileConsent:
    """The employer says whether they wish to meet the person behind a profile."""
    consent = steps.lock(actor, consent)
    ensure(may_answer_profile(actor), "not_yours", "C’est à l’employeur de répondre.")
    raise_refusals(rules.employer_answer_findings(answer))
    consent.employer_answer, consent.answered_at = answer, timezone.now()
    steps.save(consent)
    _tell(actor, "profile.answered", [consent])
    return consent


def _lock(actor: Actor, consent: ProfileConsent) -> ProfileConsent:
    consent = steps.lock(actor, consent)
    ensure(
        may_answer_consent(actor),
        "not_yours",
        "C’est à la personne de répondre, ou à son accompagnement avec elle.",
    )
    return consent


def _check_open(proposal: JobProposal | None) -> None:
    if proposal is not None and not proposal.is_open:
        raise DomainError(
            "job_over",
            "Ce poste n’est plus à pourvoir : personne n’est sollicité pour lui. Rouvrez-le d’abord.",
        )


def _check_suits(proposal: JobProposal, beneficiary: Beneficiary) -> None:
    """Nobody is asked about a job the law keeps them out of (R10, R38)."""
    terms = terms_of(proposal, proposal.tasks.all(), today=timezone.localdate())
    for bar in bars_of([beneficiary.pk], terms).get(beneficiary.pk, ()):
        raise DomainError(bar.code, bar.message, basis=bar.basis)


def _witness(actor: Actor) -> int | None:
    """Who wrote the answer down, when it was not the person."""
    return None if reads_own_thread(actor) else actor.user_id


def _tell(actor: Actor, action: str, consents: Iterable[ProfileConsent]) -> None:
    for consent in consents:
        trail.record(actor, action, consent, employer=consent.employer_id, decision=str(consent.decision))
