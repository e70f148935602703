"""One employer as the team reads them, and the list of them all."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from backend.core.actor import Actor, Role
from backend.core.tables.ordering import Alphabetical
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted
from backend.organisations.selectors.team import Invited, invitations_to
from employers.enums import ProposalStatus
from employers.models import Employer, EmployerAccess, JobProposal, Placement, TaskAnalysis
from employers.permissions import may_open_door, may_work_with_employers
from employers.selectors.hires import with_hires

PER_PAGE = 25


@lifted(Gate.HIRES)
def employers_page(actor: Actor, text: str, number: str) -> Page[Any]:
    """Employers by name, with what is going on at each one, counted by the database."""
    found = Employer.objects.visible_to(actor)
    for word in text.split()[:6]:
        found = found.filter(
            Q(name__icontains=word) | Q(sector__icontains=word) | Q(establishments__commune__icontains=word)
        )
    # Counted apart from the search, whose joins would otherwise hide workplaces from the counts.
    rows = with_hires(Employer.objects.filter(pk__in=found.values("pk"))).annotate(
        analyses=Count("establishments__analyses", distinct=True),
        open_jobs=Count("proposals", filter=Q(proposals__status=ProposalStatus.OPEN), distinct=True),
    )
    page = Paginator(rows.order_by(Alphabetical("name"), "pk"), PER_PAGE).get_page(number)
    page.object_list = list(page.object_list)  # read while the gate is open
    return page


class EmployerPage:
    """One employer in front of the team."""

    def __init__(self, actor: Actor, employer: Employer) -> None:
        self.actor, self.employer = actor, employer

    @property
    def may_write(self) -> bool:
        """Whether the actor works with this employer."""
        return may_work_with_employers(self.actor)

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
    def invitations(self) -> list[Invited]:
        """Links sent to a contact and not used yet."""
        return invitations_to(self.actor, Role.EMPLOYER, self.employer.pk)

    @cached_property
    def establishments(self) -> list[Any]:
        """Workplaces with their analyses, newest first."""
        analyses = Prefetch("analyses", TaskAnalysis.objects.visible_to(self.actor))
        return list(self.employer.establishments.prefetch_related(analyses))

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

    @cached_property
    def hires(self) -> int:
        """How many people this employer hired, as the list of employers says; `placements` are those read here."""
        with lifted(Gate.HIRES):
            found: Any = with_hires(Employer.objects.filter(pk=self.employer.pk)).get()
        return int(found.hires)
