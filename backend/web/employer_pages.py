"""Employers as the team reads them, and their own needs as they read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils import timezone

from backend.accounts.models import User
from backend.core.actor import Actor, Role
from backend.core.dates import months_after
from backend.organisations.models import Invitation, Membership
from backend.organisations.selectors.team import invitations_to
from backend.web.components.week import SeasonCurve, hours_in_words, season_curve
from competences.enums import Level
from employers.enums import AnalysisStatus, Daypart, EmployerAnswer, ProposalStatus
from employers.models import (
    Employer,
    EmployerAccess,
    JobProposal,
    Placement,
    PostHireFollowUp,
    ProfileConsent,
    TaskAnalysis,
    WorkTask,
)
from employers.permissions import may_open_door
from employers.rules.follow_up import LABELS, SUPPORT_MONTHS
from employers.selectors.profiles import ShownProfile, profiles_shown_to

PER_PAGE = 25


def employers_page(actor: Actor, text: str, number: str) -> Page[Any]:
    """Employers by name, with what is going on at each one, counted by the database."""
    found = Employer.objects.visible_to(actor)
    for word in text.split()[:6]:
        found = found.filter(
            Q(name__icontains=word) | Q(sector__icontains=word) | Q(establishments__commune__icontains=word)
        )
    # Counted apart from the search, whose joins would otherwise hide workplaces from the counts.
    rows = Employer.objects.filter(pk__in=found.values("pk")).annotate(
        analyses=Count("establishments__analyses", distinct=True),
        open_jobs=Count("proposals", filter=Q(proposals__status=ProposalStatus.OPEN), distinct=True),
        hires=Count("placements", distinct=True),
    )
    return Paginator(rows.order_by("name", "pk"), PER_PAGE).get_page(number)


class EmployerPage:
    """One employer in front of the team."""

    def __init__(self, actor: Actor, employer: Employer) -> None:
        self.actor, self.employer = actor, employer

    @property
    def may_write(self) -> bool:
        """Whether the actor works with this employer rather than only reads."""
        return self.actor.role in {Role.ADVISOR, Role.MANAGER}

    @property
    def may_open_door(self) -> bool:
        """Whether the actor gives this employer's contact their access."""
        return may_open_door(self.actor, self.employer)

    @cached_property
    def accesses(self) -> list[EmployerAccess]:
        """The contact's live doors, oldest first."""
        rows = EmployerAccess.objects.visible_to(self.actor).filter(employer=self.employer)
        return list(rows.live(timezone.now()).select_related("user").order_by("pk"))

    @cached_property
    def invitations(self) -> list[Invitation]:
        """Links sent to a contact and not used yet."""
        return invitations_to(self.actor, Role.EMPLOYER, self.employer.pk)

    @cached_property
    def establishments(self) -> list[Any]:
        """Workplaces with their analyses, newest first."""
        return list(self.employer.establishments.prefetch_related("analyses"))

    @cached_property
    def analyses(self) -> list[TaskAnalysis]:
        """Analyses of every workplace, newest first."""
        rows = TaskAnalysis.objects.visible_to(self.actor).filter(establishment__employer=self.employer)
        counted = rows.select_related("establishment").annotate(size=Count("tasks", distinct=True))
        return list(counted.order_by("-observed_on", "-pk"))

    @cached_property
    def proposals(self) -> list[JobProposal]:
        """Jobs this employer takes part in."""
        rows = JobProposal.objects.visible_to(self.actor).filter(employers=self.employer)
        return list(rows.annotate(size=Count("tasks", distinct=True)).order_by("-created_at", "-pk"))

    @cached_property
    def placements(self) -> list[Placement]:
        """Hires of people the actor may see."""
        rows = Placement.objects.visible_to(self.actor).filter(employer=self.employer)
        return list(rows.select_related("beneficiary"))


@dataclass(frozen=True, slots=True)
class TaskCard:
    """One task as a card: hours first, the curve, moments, marks and competences."""

    task: WorkTask
    hours: str
    curve: SeasonCurve
    moments: str
    asked: list[tuple[str, str]]


def task_cards(tasks: Any) -> list[TaskCard]:
    """Cards of these tasks, in the order they were written; competences read in one query."""
    return [_card(task) for task in tasks.prefetch_related("requirements__competence").order_by("pk")]


def _card(task: WorkTask) -> TaskCard:
    return TaskCard(
        task=task,
        hours=hours_in_words(float(task.weekly_hours)),
        curve=season_curve(task.season_hours),
        moments=", ".join(Daypart(each).label.lower() for each in task.dayparts),
        asked=[
            (required.competence.label, Level(required.level).label) for required in task.requirements.all()
        ],
    )


@dataclass(frozen=True, slots=True)
class Need:
    """An analysis given back, task by task."""

    analysis: TaskAnalysis
    cards: list[TaskCard]


@dataclass(frozen=True, slots=True)
class OpenJob:
    """A job being filled: the employer's own share of it."""

    title: str
    tasks: list[str]
    is_shared: bool


class NeedsPage:
    """What an employer finds: their needs as understood, who could do it, what is next and whom to call."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.employer = Employer.objects.visible_to(actor).select_related("organisation").get()

    @cached_property
    def needs(self) -> list[Need]:
        """Analyses given back to this employer."""
        rows = TaskAnalysis.objects.visible_to(self.actor).filter(status=AnalysisStatus.RETURNED)
        tasks = WorkTask.objects.visible_to(self.actor).filter(analysis__in=rows.values("pk"))
        cards = task_cards(tasks)
        return [
            Need(analysis, [card for card in cards if card.task.analysis_id == analysis.pk])
            for analysis in rows.select_related("establishment")
        ]

    @cached_property
    def jobs(self) -> list[OpenJob]:
        """Open jobs; the tasks of another employer who shares one stay their own business."""
        rows = JobProposal.objects.visible_to(self.actor).filter(status=ProposalStatus.OPEN)
        found = rows.prefetch_related("tasks__analysis__establishment", "employers")
        return [
            OpenJob(
                title=job.title,
                tasks=[
                    task.name
                    for task in job.tasks.all()
                    if task.analysis.establishment.employer_id == self.employer.pk
                ],
                is_shared=len(job.employers.all()) > 1,
            )
            for job in found
        ]

    @cached_property
    def profiles(self) -> list[ShownProfile]:
        """People who agreed to be shown to this employer, today."""
        return profiles_shown_to(self.actor)

    @cached_property
    def hires(self) -> list[Placement]:
        """Hires still supported, by contract and date; the employer knows who they hired."""
        since = months_after(timezone.localdate(), -SUPPORT_MONTHS)
        return list(Placement.objects.visible_to(self.actor).filter(started_on__gte=since))

    @property
    def waiting(self) -> int:
        """Profiles the employer has not answered yet."""
        return sum(not profile.answer for profile in self.profiles)

    @property
    def meetings(self) -> int:
        """People the employer wishes to meet."""
        return sum(profile.answer == EmployerAnswer.MEET for profile in self.profiles)

    @cached_property
    def contact(self) -> User | None:
        """Whom to write to: somebody of the structure that works with this employer."""
        seats = Membership.objects.live(timezone.now()).filter(
            organisation_id=self.employer.organisation_id, role__in=[Role.MANAGER, Role.ADVISOR]
        )
        seat = sorted(seats.select_related("user"), key=lambda each: (each.role != Role.MANAGER, each.pk))
        return seat[0].user if seat else None


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One contact of the support after a hire."""

    row: PostHireFollowUp
    label: str


def follow_up_lines(placement: Placement) -> list[FollowUpLine]:
    """Contacts planned and made, in order."""
    rows = placement.follow_ups.order_by("due_on", "pk")
    return [FollowUpLine(row, LABELS.get(row.milestone, row.milestone)) for row in rows]


def waiting_and_settled(consents: Any, today: date) -> tuple[list[ProfileConsent], list[ProfileConsent]]:
    """Questions that wait for an answer, then the answers given."""
    rows = list(consents.select_related("employer", "proposal"))
    waiting = [row for row in rows if row.decision == "DEMANDE" and row.ends_on >= today]
    return waiting, [row for row in rows if row not in waiting]
