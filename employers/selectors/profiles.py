"""What an employer sees of a person who agreed: a pseudonym, their own tasks, what they ask, and nothing else.

The dataclass is the allow-list: no name, age, sex, address, structure nor reason ever reaches it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from backend.core.actor import Actor
from backend.core.sealing.pseudonyms import pseudonym, reference
from competences.enums import Level, ProofStatus
from competences.models import Assessment
from employers.models import ProfileConsent, WorkTask
from employers.selectors.ranking import tasks_of


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task of the employer's own job, and where the person stands before it."""

    name: str
    held: int
    asked: int

    @property
    def state(self) -> str:
        """In one word: every competence held, some, or none yet; a task that asks for none proves nothing."""
        if self.asked and self.held == self.asked:
            return "tenue"
        return "proche" if self.held else "à apprendre"


@dataclass(frozen=True, slots=True)
class ShownCompetence:
    """One competence with its level and how it is known."""

    label: str
    level: str
    proof: str


@dataclass(frozen=True, slots=True)
class ShownProfile:
    """A profile as this employer may see it."""

    consent_id: int
    reference: int
    pseudonym: str
    job: str
    tasks: tuple[TaskView, ...]
    competences: tuple[ShownCompetence, ...]
    answer: str
    valid_until: str
    """The month only, « 2027-02 »: the exact day, common to all who were asked at once, would join two employers' lists."""


def profiles_shown_to(actor: Actor, *, consent_id: int | None = None) -> list[ShownProfile]:
    """Profiles of the people who agreed, checked in the database at each request; pseudonym order says nothing."""
    consents = ProfileConsent.objects.visible_to(actor).select_related("proposal")
    if consent_id is not None:
        consents = consents.filter(pk=consent_id)
    rows = list(consents.order_by("pk"))
    held = _held_by({row.beneficiary_id for row in rows})
    tasks: dict[int, list[WorkTask]] = {}
    for row in rows:
        if row.proposal is not None and row.proposal.pk not in tasks:
            tasks[row.proposal.pk] = tasks_of(row.proposal)
    shown = [_shown(row, tasks[row.proposal_id or 0], held.get(row.beneficiary_id, {})) for row in rows]
    return sorted(shown, key=lambda profile: (profile.job, profile.pseudonym))


def profile_to_be_shown(consent: ProfileConsent) -> ShownProfile:
    """Exactly what the employer would see, for the person who is asked; the caller has checked whose it is."""
    tasks = tasks_of(consent.proposal) if consent.proposal else []
    held = _held_by({consent.beneficiary_id})
    return _shown(consent, tasks, held.get(consent.beneficiary_id, {}))


def _held_by(people: set[int]) -> dict[int, dict[int, Assessment]]:
    held: dict[int, dict[int, Assessment]] = {}
    latest = Assessment.objects.filter(beneficiary_id__in=people).latest_per_competence()
    for row in latest.select_related("competence"):
        held.setdefault(row.beneficiary_id, {})[row.competence_id] = row
    return held


def _shown(consent: ProfileConsent, tasks: list[WorkTask], held: dict[int, Assessment]) -> ShownProfile:
    own_tasks = [task for task in tasks if task.analysis.establishment.employer_id == consent.employer_id]
    asked = {required.competence_id for task in own_tasks for required in task.requirements.all()}
    best = sorted(
        (row for row in held.values() if row.competence_id in asked),
        key=lambda row: (-row.level, row.competence.label),
    )
    return ShownProfile(
        consent_id=consent.pk,
        reference=reference(employer_id=consent.employer_id, kind="consent", row_id=consent.pk),
        pseudonym=pseudonym(
            employer_id=consent.employer_id,
            beneficiary_id=consent.pseudonym_of,
            year=timezone.localdate().year,
        ),
        job=consent.proposal.title if consent.proposal else "",
        tasks=tuple(_task_view(task, held) for task in own_tasks),
        competences=tuple(
            ShownCompetence(row.competence.label, Level(row.level).label, ProofStatus(row.status).label)
            for row in best
        ),
        answer=consent.employer_answer,
        valid_until=f"{consent.ends_on:%Y-%m}",
    )


def _task_view(task: WorkTask, held: dict[int, Assessment]) -> TaskView:
    """A competence counts as held at the level the task asks, or above."""
    required = list(task.requirements.all())
    reached = sum(
        each.competence_id in held and held[each.competence_id].level >= each.level for each in required
    )
    return TaskView(name=task.name, held=reached, asked=len(required))
