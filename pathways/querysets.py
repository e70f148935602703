"""Who may see what of a thread; a role not listed sees nothing.

Steps of the thread (stays, contracts, PASS, exits) follow the person: whoever accompanies them today sees
the whole line, as the State platform already shows. What was said along the way (interviews, freins, goals)
stays among the structures of one group, and a private note with its author.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from backend.core.access import of_visible, related_queryset
from backend.core.actor import Actor, Role
from backend.core.text import normalise

if TYPE_CHECKING:
    from pathways.models import (  # noqa: F401
        Beneficiary,
        BeneficiaryAccess,
        Contract,
        Exit,
        Interview,
        MonthlyHours,
        PrivateNote,
        Stay,
    )

TEAM = frozenset({Role.ADVISOR, Role.MANAGER, Role.BENEFICIARY, Role.OPERATOR})
"""Who reads the social side of a thread."""

ADMINISTRATIVE = TEAM | {Role.GROUP_HEAD}
"""Who reads its administrative side."""


def _stays_that_open_the_door(actor: Actor) -> Q:
    """Which stays make their person visible to this actor."""
    match actor.role:
        case Role.ADVISOR:
            own = (
                Q(advisor_id=actor.user_id)
                | Q(advisor__isnull=True)
                | Q(organisation__is_caseload_shared=True)
            )
            return Q(organisation_id=actor.organisation_id) & own
        case Role.SUPERVISOR:
            return Q(organisation_id=actor.organisation_id, ended_on__isnull=True)
        case _:
            return Q(organisation_id__in=actor.organisation_ids)


class BeneficiaryQuerySet(models.QuerySet["Beneficiary"]):
    """People accompanied."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own caseload, one's structure for its manager, oneself; never for an employer."""
        match actor.role:
            case Role.OPERATOR:
                return self
            case Role.BENEFICIARY:
                return self.filter(pk=actor.beneficiary_id)
            case Role.ADVISOR | Role.SUPERVISOR | Role.MANAGER | Role.GROUP_HEAD:
                doors = related_queryset(self, "stays").filter(_stays_that_open_the_door(actor))
                return self.filter(Exists(doors.filter(beneficiary_id=OuterRef("pk"))))
            case _:
                return self.none()

    def matching(self, text: str) -> Self:
        """People whose name contains every word typed, whatever accents, order, apostrophes and spaces."""
        found = self
        for word in normalise(text).split()[:6]:
            found = found.filter(search_key__contains=word)
        return found

    def present_on(self, day: date, organisation_ids: frozenset[int]) -> Self:
        """People with a stay under way that day in one of these structures."""
        stays = related_queryset(self, "stays").open_on(day).filter(organisation_id__in=organisation_ids)
        return self.filter(Exists(stays.filter(beneficiary_id=OuterRef("pk"))))


class OfBeneficiaryQuerySet(models.QuerySet[Any]):
    """The PASS and the situation at entry."""

    def visible_to(self, actor: Actor) -> Self:
        """Advisor, manager and the person; the group's head sees a PASS, never a situation."""
        allowed = ADMINISTRATIVE if self.model._meta.model_name == "iaepass" else TEAM
        if actor.role not in allowed:
            return self.none()
        return of_visible(self, actor, "beneficiary")


class AccessQuerySet(models.QuerySet["BeneficiaryAccess"]):
    """Doors of the people themselves."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the people one accompanies; the person's own."""
        if actor.role not in TEAM:
            return self.none()
        return of_visible(self, actor, "beneficiary")

    def live(self, now: datetime) -> Self:
        """Accesses not ended yet."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now))


class StayQuerySet(models.QuerySet["Stay"]):
    """Steps of the thread."""

    def visible_to(self, actor: Actor) -> Self:
        """Every step of a visible person; a supervisor sees those of their own structure only."""
        if actor.role is Role.SUPERVISOR:
            return self.filter(_stays_that_open_the_door(actor))
        if actor.role not in ADMINISTRATIVE:
            return self.none()
        return of_visible(self, actor, "beneficiary")

    def covered_by(self, actor: Actor) -> Self:
        """Steps the actor answers for: in their own perimeter, among their own people."""
        if actor.is_operator:
            return self
        if actor.role not in {Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.GROUP_HEAD}:
            return self.none()
        return self.filter(_stays_that_open_the_door(actor))

    def open_on(self, day: date) -> Self:
        """Stays under way on this day, first and last day included."""
        return self.filter(started_on__lte=day).exclude(ended_on__lt=day)


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts of the steps."""

    def visible_to(self, actor: Actor) -> Self:
        """Contracts of visible stays."""
        return of_visible(self, actor, "stay")

    def running_on(self, day: date) -> Self:
        """Contracts under way that day, by their real end when known, else the planned one."""
        begun = self.filter(started_on__lte=day).exclude(ended_on__lt=day)
        return begun.exclude(ended_on__isnull=True, planned_end_on__lt=day)


class MonthlyHoursQuerySet(models.QuerySet["MonthlyHours"]):
    """Hours worked."""

    def visible_to(self, actor: Actor) -> Self:
        """Hours of visible contracts."""
        return of_visible(self, actor, "contract")


class ExitQuerySet(models.QuerySet["Exit"]):
    """How stays ended."""

    def visible_to(self, actor: Actor) -> Self:
        """Exits of visible people; a supervisor has no use for them."""
        if actor.role not in ADMINISTRATIVE:
            return self.none()
        return of_visible(self, actor, "stay__beneficiary")

    def covered_by(self, actor: Actor) -> Self:
        """Exits from the stays the actor answers for."""
        if actor.is_operator:
            return self
        covered = related_queryset(self, "stay").covered_by(actor).values("pk")
        return self.visible_to(actor).filter(stay__in=covered)

    def between(self, start: date, end: date) -> Self:
        """Exits of the period, both days included."""
        return self.filter(occurred_on__range=(start, end))


class FollowUpQuerySet(models.QuerySet[Any]):
    """Freins, goals, actions, appointments: the social side, shared inside one group."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of visible people recorded in the actor's own group; the person sees all of theirs."""
        if actor.role not in TEAM:
            return self.none()
        rows = of_visible(self, actor, "beneficiary")
        if actor.role in {Role.ADVISOR, Role.MANAGER}:
            return rows.filter(
                Q(organisation_id__in=actor.group_organisation_ids) | Q(organisation__isnull=True)
            )
        return rows


class InterviewQuerySet(FollowUpQuerySet):
    """Interviews follow the same rule; who reads their text is `permissions.may_read_synthesis`."""

    def before(self, instant: datetime) -> Self:
        """Interviews held before that instant."""
        return self.filter(happened_at__lt=instant)


class PrivateNoteQuerySet(models.QuerySet["PrivateNote"]):
    """Notes kept by their author."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own notes about people still in one's caseload; nobody else's, whatever the role."""
        if actor.role is not Role.ADVISOR:
            return self.none()
        rows = of_visible(self, actor, "interview__beneficiary")
        return rows.filter(author_id=actor.user_id)
