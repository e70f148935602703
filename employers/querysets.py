"""Who may see what of the employers' side; an employer sees their own needs, and people only by consent."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from backend.core.access import of_visible
from backend.core.actor import Actor, Role
from employers.enums import AnalysisStatus, ConsentDecision, ProposalStatus

if TYPE_CHECKING:
    from employers.models import (  # noqa: F401
        Employer,
        EmployerAccess,
        Placement,
        PostHireFollowUp,
        ProfileConsent,
    )

TEAM = frozenset({Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.GROUP_HEAD})


class EmployerQuerySet(models.QuerySet["Employer"]):
    """Employers known to the territory."""

    def visible_to(self, actor: Actor) -> Self:
        """An employer sees itself; teams see the employers their own group works with."""
        if actor.is_operator:
            return self
        if actor.role is Role.EMPLOYER:
            return self.filter(pk=actor.employer_id)
        if actor.role in TEAM:
            return self.filter(organisation_id__in=actor.group_organisation_ids)
        return self.none()


class OfEmployerQuerySet(models.QuerySet[Any]):
    """Establishments, task analyses, tasks, proposals: whatever hangs from an employer."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of visible employers; an employer reads an analysis and its tasks once given back."""
        name = self.model._meta.model_name or ""
        rows = of_visible(self, actor, EMPLOYER_PATHS[name]).distinct()
        if actor.role is Role.EMPLOYER and name in STATUS_PATHS:
            return rows.filter(**{STATUS_PATHS[name]: AnalysisStatus.RETURNED})
        return rows


EMPLOYER_PATHS = {
    "establishment": "employer",
    "taskanalysis": "establishment__employer",
    "worktask": "analysis__establishment__employer",
    "taskrequirement": "task__analysis__establishment__employer",
    "jobproposal": "employers",
}
STATUS_PATHS = {
    "taskanalysis": "status",
    "worktask": "analysis__status",
    "taskrequirement": "task__analysis__status",
}


class EmployerAccessQuerySet(models.QuerySet["EmployerAccess"]):
    """Doors of the employers' contacts."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the employers the team works with."""
        if actor.is_operator:
            return self
        if actor.role in {Role.ADVISOR, Role.MANAGER}:
            return self.filter(employer__organisation_id__in=actor.group_organisation_ids)
        return self.none()

    def live(self, now: datetime) -> Self:
        """Accesses not ended yet."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now))


class ProfileConsentQuerySet(models.QuerySet["ProfileConsent"]):
    """What each person answered about each employer."""

    def visible_to(self, actor: Actor) -> Self:
        """The person's team and the person read every answer; the employer only live agreements for open jobs."""
        if actor.is_operator:
            return self
        match actor.role:
            case Role.EMPLOYER:
                return self.filter(employer_id=actor.employer_id).granted().for_open_jobs()
            case Role.BENEFICIARY:
                return self.filter(beneficiary_id=actor.beneficiary_id)
            case Role.ADVISOR | Role.MANAGER:
                return of_visible(self, actor, "beneficiary")
            case _:
                return self.none()

    def granted(self) -> Self:
        """Agreements that stand: granted, not withdrawn, not past their end."""
        return self.filter(decision=ConsentDecision.GRANTED, ends_on__gte=timezone.localdate())

    def for_open_jobs(self) -> Self:
        """Agreements whose purpose lasts: once the job is filled or closed there is nothing left to show for."""
        return self.filter(Q(proposal__isnull=True) | Q(proposal__status=ProposalStatus.OPEN))


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Hires followed."""

    def visible_to(self, actor: Actor) -> Self:
        """The person's team, the person, and the employer who hired."""
        if actor.is_operator:
            return self
        match actor.role:
            case Role.EMPLOYER:
                return self.filter(employer_id=actor.employer_id)
            case Role.BENEFICIARY:
                return self.filter(beneficiary_id=actor.beneficiary_id)
            case Role.ADVISOR | Role.MANAGER | Role.GROUP_HEAD:
                return of_visible(self, actor, "beneficiary")
            case _:
                return self.none()


class PostHireQuerySet(models.QuerySet["PostHireFollowUp"]):
    """Milestones of the support after a hire."""

    def visible_to(self, actor: Actor) -> Self:
        """The team and the person; what they said of the job is not the employer's to read."""
        if actor.role not in {Role.ADVISOR, Role.MANAGER, Role.BENEFICIARY, Role.OPERATOR}:
            return self.none()
        return of_visible(self, actor, "placement")

    def due_by(self, day: date) -> Self:
        """Milestones not done that fall on or before that day."""
        return self.filter(done_on__isnull=True, due_on__lte=day)
