"""Who may see what of the employers' side; an employer sees their own needs, and people only by consent."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from backend.core.access import of_visible
from backend.core.actor import (
    ADVISING,
    EMPLOYERS,
    READS_HIRES,
    SOCIAL_READERS,
    WORKS_WITH_EMPLOYERS,
    Actor,
    Role,
)
from employers.enums import AnalysisStatus, ConsentDecision, ProposalStatus
from employers.rules.post_hire import LAST_CALL, LAST_MILESTONE, oldest_hire_supported
from pathways import doors

if TYPE_CHECKING:
    from employers.models import (  # noqa: F401
        Employer,
        EmployerAccess,
        Establishment,
        JobProposal,
        Placement,
        PostHireFollowUp,
        ProfileConsent,
        TaskAnalysis,
        TaskRequirement,
        WorkTask,
    )


class EmployerQuerySet(models.QuerySet["Employer"]):
    """Employers known to the territory."""

    def visible_to(self, actor: Actor) -> Self:
        """An employer sees itself; who works with employers sees those shared with their structure."""
        if actor.is_operator:
            return self
        if actor.role in EMPLOYERS:
            return self.filter(pk=actor.employer_id)
        if actor.role in WORKS_WITH_EMPLOYERS:
            return self.filter(organisation_id__in=actor.employer_ids)
        return self.none()


class EstablishmentQuerySet(models.QuerySet["Establishment"]):
    """Places where an employer works."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible employers."""
        return of_visible(self, actor, "employer")


class TaskAnalysisQuerySet(models.QuerySet["TaskAnalysis"]):
    """Looks at the work of an establishment."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible employers; an employer reads one once it was given back."""
        rows = of_visible(self, actor, "establishment__employer")
        return rows.filter(status=AnalysisStatus.RETURNED) if actor.role in EMPLOYERS else rows


class WorkTaskQuerySet(models.QuerySet["WorkTask"]):
    """Tasks seen at an employer's."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible analyses."""
        return of_visible(self, actor, "analysis")


class TaskRequirementQuerySet(models.QuerySet["TaskRequirement"]):
    """What a task asks for."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible tasks."""
        return of_visible(self, actor, "task")


class JobProposalQuerySet(models.QuerySet["JobProposal"]):
    """Jobs composed with one or several employers."""

    def visible_to(self, actor: Actor) -> Self:
        """Those that concern a visible employer, each once; for a team, visible employers only.

        A job made with employers of two groups would tell each of them of the other's: it is read by who works with all
        of them.
        """
        rows = of_visible(self, actor, "employers")
        if actor.role in WORKS_WITH_EMPLOYERS:
            through = self.model.employers.through._default_manager
            theirs: Any = through.filter(jobproposal_id__in=rows.values("pk")).values("jobproposal_id")
            elsewhere = Count("pk", filter=~Q(employer__organisation_id__in=actor.employer_ids))
            whole = theirs.annotate(elsewhere=elsewhere).filter(elsewhere=0)
            rows = rows.filter(pk__in=whole.values("jobproposal_id"))
        return rows.distinct()


class EmployerAccessQuerySet(models.QuerySet["EmployerAccess"]):
    """Doors of the employers' contacts."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the employers the team works with."""
        if actor.is_operator:
            return self
        if actor.role in ADVISING:
            return self.filter(employer__organisation_id__in=actor.employer_ids)
        return self.none()

    def live(self, now: datetime) -> Self:
        """Accesses not ended yet."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now))


class ProfileConsentQuerySet(models.QuerySet["ProfileConsent"]):
    """What each person answered about each employer."""

    def visible_to(self, actor: Actor) -> Self:
        """Who accompanies the person and the person read every answer; the employer live agreements for open jobs, but
        of people who asked that their data not be used."""
        if actor.is_operator:
            return self
        match actor.role:
            case Role.EMPLOYER:
                own = self.filter(employer_id=actor.employer_id, proposal__isnull=False)
                return own.granted().for_open_jobs().exclude(beneficiary_id__in=doors.limited())
            case Role.BENEFICIARY:
                return self.filter(beneficiary_id=actor.beneficiary_id)
            case _ if actor.role in ADVISING:
                return doors.of_accompanied(self, actor)
            case _:
                return self.none()

    def waiting(self) -> Self:
        """Questions whose answer still serves: asked, not past their end, for a job somebody is looked for."""
        return self.filter(decision=ConsentDecision.ASKED, ends_on__gte=timezone.localdate()).for_open_jobs()

    def granted(self) -> Self:
        """Agreements that stand: granted, not withdrawn, not past their end."""
        return self.filter(decision=ConsentDecision.GRANTED, ends_on__gte=timezone.localdate())

    def for_open_jobs(self) -> Self:
        """Agreements whose purpose lasts: once the job is filled or closed there is nothing left to show for."""
        return self.filter(Q(proposal__isnull=True) | Q(proposal__status=ProposalStatus.OPEN))


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Hires followed."""

    def visible_to(self, actor: Actor) -> Self:
        """Who accompanies the person, the person, the employer who hired; the hires that ended one's own stays."""
        if actor.is_operator:
            return self
        match actor.role:
            case Role.EMPLOYER:
                return self.filter(employer_id=actor.employer_id)
            case Role.BENEFICIARY:
                return self.filter(beneficiary_id=actor.beneficiary_id)
            case _ if actor.role in READS_HIRES:
                own: Self = self.model._default_manager.filter(doors.own_stays(actor, "exit__stay__"))  # type: ignore[assignment]
                return doors.of_accompanied_or_own(self, actor, own)
            case _:
                return self.none()

    def supported_on(self, actor: Actor, day: date) -> Self:
        """Hires that ended one's own stays and whose support lasts: six months, then the time of a last call."""
        return self.filter(doors.own_stays(actor, "exit__stay__")).lasting(day)

    def lasting(self, day: date) -> Self:
        """Hires whose support lasts that day, whoever gives it."""
        waits_for_its_last_call = Q(
            follow_ups__milestone=LAST_MILESTONE,
            follow_ups__done_on__isnull=True,
            follow_ups__due_on__gte=day - LAST_CALL,
        )
        lasts = Q(started_on__gte=oldest_hire_supported(day))
        return self.filter(lasts | waits_for_its_last_call).distinct()


class PostHireQuerySet(models.QuerySet["PostHireFollowUp"]):
    """Milestones of the support after a hire."""

    def visible_to(self, actor: Actor) -> Self:
        """The team and the person; what they said of the job is not the employer's to read."""
        if actor.role not in SOCIAL_READERS:
            return self.none()
        return of_visible(self, actor, "placement")

    def due_by(self, day: date) -> Self:
        """Milestones not done that fall on or before that day."""
        return self.filter(done_on__isnull=True, due_on__lte=day)
