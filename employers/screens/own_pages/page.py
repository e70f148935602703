"""What an employer finds: needs as understood, profiles of people who agreed, what is next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from backend.accounts.models import User
from backend.core.actor import ADVISING, Actor, Role
from backend.organisations.models import Membership
from employers.enums import AnalysisStatus, EmployerAnswer, ProposalStatus
from employers.models import Employer, JobProposal, Placement, TaskAnalysis, WorkTask
from employers.rules.post_hire import oldest_hire_supported
from employers.screens.analyses.cards import TaskCard, shared_marks, task_cards
from employers.selectors.profiles import ShownProfile, profiles_shown_to


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
        cards = task_cards(tasks, marks=shared_marks)
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
        since = oldest_hire_supported(timezone.localdate())
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
        """Whom to call or write to: somebody of the structure that works with this employer."""
        seats = Membership.objects.live(timezone.now()).filter(
            organisation_id=self.employer.organisation_id, role__in=ADVISING
        )
        seat = sorted(seats.select_related("user"), key=lambda each: (each.role != Role.MANAGER, each.pk))
        return seat[0].user if seat else None
