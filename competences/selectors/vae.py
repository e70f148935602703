"""A file of VAE as the rules read it, and what a page or a tool shows of it on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Prefetch, QuerySet

from competences.enums import VaeChannel, VaeFunding, VaeScope, VaeStepKind
from competences.models import VaeProject, VaeStep
from competences.rules.vae import TRANSITIONS, Delay, FileFacts, Reading, StepFacts, read_file
from competences.rules.vae.findings import remarks_on
from competences.rules.vae.funding import funding_findings
from competences.rules.vae.leave import Leave, leave_of
from competences.rules.vae.reading import portal_days
from pathways.rules.dated.book import RuleBook


@dataclass(frozen=True)
class VaeOnADay:
    """One file, with everything that is read of it that day."""

    project: VaeProject
    facts: FileFacts
    reading: Reading
    leave: Leave | None
    portal: tuple[date, date] | None
    remarks: tuple[str, ...]
    today: date

    @property
    def steps(self) -> list[VaeStep]:
        """Its steps, oldest first, cancelled ones included: nothing is hidden."""
        return sorted(self.project.steps.all(), key=lambda step: (step.on, step.pk))

    @property
    def late(self) -> list[Delay]:
        """Delays whose last day is over."""
        return [delay for delay in self.reading.delays if delay.is_late(self.today)]


def with_steps(projects: QuerySet[VaeProject]) -> QuerySet[VaeProject]:
    """The same files, their steps read with them."""
    steps = VaeStep.objects.select_related("author").order_by("on", "pk")
    return projects.select_related("beneficiary", "reference").prefetch_related(
        Prefetch("steps", queryset=steps)
    )


def step_facts(step: VaeStep) -> StepFacts:
    """A step as the rules read it."""
    return StepFacts(
        kind=VaeStepKind(step.kind),
        on=step.on,
        jury_on=step.jury_on,
        details=step.details,
        blocs=step.blocs,
        jury_members=step.jury_members,
        jury_knows_candidate=step.jury_knows_candidate,
        leave_on=step.leave_on,
        leave_hours=step.leave_hours,
    )


def file_facts(project: VaeProject, steps: Iterable[VaeStep] | None = None) -> FileFacts:
    """A file as the rules read it: the steps that stand."""
    rows = project.steps.all() if steps is None else steps
    return FileFacts(
        steps=tuple(step_facts(step) for step in rows if step.cancelled_at is None),
        certification=project.certification,
        scope=VaeScope(project.scope),
        channel=VaeChannel(project.channel),
        funding=VaeFunding(project.funding),
        quotes=project.quotes,
        companion_on_portal=project.companion_on_portal,
        replaced_on=project.replaced_on,
    )


def other_files(project: VaeProject) -> list[FileFacts]:
    """The person's other files, whoever wrote them: the limits of a year count them all."""
    others = VaeProject.objects.filter(beneficiary_id=project.beneficiary_id).exclude(pk=project.pk)
    return [file_facts(other) for other in others.prefetch_related("steps")]


def on_a_day(project: VaeProject, *, today: date, book: RuleBook) -> VaeOnADay:
    """Everything that is read of a file on a day."""
    facts = file_facts(project)
    money = (finding.message for finding in funding_findings(facts, on=today, book=book))
    return VaeOnADay(
        project=project,
        facts=facts,
        reading=read_file(facts, today=today, book=book),
        leave=leave_of(facts, today=today, book=book),
        portal=portal_days(facts, today=today, book=book),
        remarks=(*remarks_on(facts, today=today), *money),
        today=today,
    )


def settle(project: VaeProject, steps: Iterable[VaeStep], *, today: date, book: RuleBook) -> None:
    """Repeat on the file what its steps say, for lists and filters."""
    standing = sorted((step for step in steps if step.cancelled_at is None), key=attrgetter("on"))
    reading = read_file(file_facts(project, standing), today=today, book=book)
    project.status = reading.notified
    if standing:
        project.reached_on = next(
            (step.on for step in reversed(standing) if _leads_to(step) == reading.notified), standing[-1].on
        )
    project.next_due_on = min((delay.last_on for delay in reading.delays), default=None)


def _leads_to(step: VaeStep) -> str | None:
    return TRANSITIONS[VaeStepKind(step.kind)].leads_to
