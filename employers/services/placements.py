"""A hire: one act that closes the stay with its exit, opens six months of support and feeds the figures."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import Conflict, DomainError, ensure
from backend.core.findings import raise_refusals
from employers.enums import ProposalStatus
from employers.models import Employer, JobProposal, Placement, PostHireFollowUp
from employers.permissions import may_hire_from, may_record_post_hire
from employers.rules.hires import contract_findings, day_findings
from employers.rules.post_hire import contact_findings, hire_findings
from employers.services.jobs_found import plan_post_hire
from pathways.models import Stay
from pathways.rules.exits.motives import motive_of_a_hire
from pathways.services import close_stay


@transaction.atomic
def hire(
    *,
    actor: Actor,
    stay: Stay,
    employer: Employer,
    kind: str,
    started_on: date,
    months: int | None = None,
    trial_ends_on: date | None = None,
    left_on: date | None = None,
    proposal: JobProposal | None = None,
) -> Placement:
    """Record that the person leaves this stay for a job; nothing is typed again.

    `left_on` is the last day in the structure, the day of the hire by default. The motive of the exit follows
    from the contract: CDI, fixed term of six months and more, or less.
    """
    stay = steps.lock(actor, stay)
    employer = steps.within_reach(actor, employer)
    ensure(
        may_hire_from(actor, stay),
        "not_yours",
        "Seule l’équipe qui accompagne la personne peut l’enregistrer.",
    )
    raise_refusals(contract_findings(kind=kind, months=months))
    raise_refusals(
        hire_findings(
            started_on=started_on,
            trial_ends_on=trial_ends_on,
            today=timezone.localdate(),
            born_on=stay.beneficiary.birth_date,
        )
    )
    raise_refusals(day_findings(started_on=started_on, trial_ends_on=trial_ends_on, left_on=left_on))
    proposal = steps.lock(actor, proposal) if proposal else None
    _check_open(proposal)
    check_employer(employer, proposal)
    _check_not_hired_yet(stay)

    exit_ = close_stay(
        actor=actor,
        stay=stay,
        on=left_on or started_on,
        motive=motive_of_a_hire(contract_kind=kind, months=months),
        employer_name=employer.name,
        contract_months=months,
    )
    placement = Placement.objects.filter(exit=exit_).first() or Placement(exit=exit_)
    placement.beneficiary_id = stay.beneficiary_id
    placement.employer = employer
    placement.proposal = proposal
    placement.advisor_id = stay.advisor_id or actor.user_id
    placement.kind, placement.months = kind, months
    placement.started_on, placement.trial_ends_on = started_on, trial_ends_on
    steps.save(placement)
    plan_post_hire(placement)
    _fill(placement.proposal)
    trail.record(actor, "person.hired", placement, kind=str(kind), employer=employer.pk)
    return placement


@transaction.atomic
def record_post_hire(
    *, actor: Actor, follow_up: PostHireFollowUp, situation: str, on: date, note: str = ""
) -> PostHireFollowUp:
    """Record what a contact found; « injoignable » is an answer, and is counted."""
    follow_up = steps.lock(actor, follow_up)
    ensure(
        may_record_post_hire(actor, follow_up.placement),
        "not_yours",
        "Seule l’équipe qui suit la personne dans son emploi peut l’enregistrer, tant que ce suivi dure.",
    )
    if follow_up.done_on is not None:
        raise Conflict("already_done", "Ce suivi est déjà enregistré. Rechargez la page pour le voir.")
    hired_on, today = follow_up.placement.started_on, timezone.localdate()
    raise_refusals(
        contact_findings(on=on, hired_on=hired_on, due_on=follow_up.due_on, situation=situation, today=today)
    )
    follow_up.situation, follow_up.done_on, follow_up.note = situation, on, note.strip()
    steps.save(follow_up)
    trail.record(actor, "post_hire.recorded", follow_up, milestone=follow_up.milestone, situation=situation)
    return follow_up


def _check_open(proposal: JobProposal | None) -> None:
    if proposal is not None and not proposal.is_open:
        raise DomainError(
            "job_over",
            "Ce poste n’est plus à pourvoir. Rouvrez-le d’abord, ou enregistrez l’embauche depuis la fiche de la personne.",
        )


def check_employer(employer: Employer, proposal: JobProposal | None) -> None:
    """A hire that comes from a job is at one of its employers."""
    if proposal is not None and not proposal.employers.filter(pk=employer.pk).exists():
        raise DomainError(
            "employer_not_of_job", "Choisissez un des employeurs de ce poste.", field="employer"
        )


def _check_not_hired_yet(stay: Stay) -> None:
    if Placement.objects.filter(exit__stay=stay, employer__isnull=False).exists():
        raise Conflict(
            "already_hired",
            "Une embauche est déjà enregistrée pour cette sortie. Rechargez la page pour la voir.",
        )


def _fill(proposal: JobProposal | None) -> None:
    if proposal is not None:
        proposal.status = ProposalStatus.FILLED
        proposal.version += 1
        proposal.save()
