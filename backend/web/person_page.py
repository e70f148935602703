"""Everything a person's page shows, gathered from every domain within what the actor may see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from django.utils import timezone

from backend.alerts.registry import Alert
from backend.core.actor import Actor, Role
from backend.core.dates import NBSP
from backend.organisations.models import Invitation
from backend.organisations.selectors.team import invitations_to
from backend.web.components.charts import Spark, spark
from backend.web.components.frise import Frise
from backend.web.components.thread_frise import frise_of
from backend.web.entry_lines import EntryLines, entry_lines
from competences.enums import Level, ProofStatus
from competences.models import Assessment, Licence, VaeProject
from pathways.enums import AppointmentStatus, BarrierTheme, ProgressStatus
from pathways.models import Action, Appointment, Beneficiary, BeneficiaryAccess, EntryProfile, Goal, Stay
from pathways.permissions import may_close, may_open_thread, may_record_contract, may_record_follow_up
from pathways.rules.timeline import Mark, Thread
from pathways.selectors import StoryEntry, barrier_curves, story_of, thread_of
from pathways.selectors.barriers import BarrierCurve
from pathways.selectors.caseload import situation_of
from pathways.selectors.steps import with_contracts

_OPEN = (ProgressStatus.TO_DO, ProgressStatus.DOING)
_GAINED = (ProofStatus.RECOGNISED, ProofStatus.CERTIFIED)
_SOCIAL = frozenset({Role.ADVISOR, Role.MANAGER, Role.BENEFICIARY})
STORY_SHOWN = 12
COMPETENCES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class StayLine:
    """One step as the side of the page lists it, with what the actor may do there."""

    stay: Stay
    situation: str
    contract_id: int | None
    may_record: bool
    may_close: bool


@dataclass(frozen=True, slots=True)
class BarrierLine:
    """A frein: its curve, where it stands, where it goes."""

    curve: BarrierCurve
    spark: Spark
    words: str


class PersonPage:
    """One person seen by one actor on one day; each part is read when the template shows it."""

    def __init__(self, actor: Actor, person: Beneficiary, today: date, alerts: list[Alert]) -> None:
        self.actor, self.person, self.today = actor, person, today
        self.alerts = [alert for alert in alerts if alert.beneficiary_id == person.pk]

    @property
    def is_social(self) -> bool:
        """Whether the actor reads freins, goals and what was said; never an encadrant."""
        return self.actor.role in _SOCIAL

    @property
    def may_note(self) -> bool:
        """Whether the actor writes the thread."""
        return may_record_follow_up(self.actor, self.person)

    @property
    def may_observe(self) -> bool:
        """Whether the actor ticks what they saw the person do."""
        return self.actor.role in {Role.SUPERVISOR, Role.ADVISOR}

    @property
    def may_open_thread(self) -> bool:
        """Whether the actor gives the person an access to their own thread."""
        return may_open_thread(self.actor)

    @property
    def may_offer_thread(self) -> bool:
        """Whether there is a door to give: one at a time."""
        return self.may_open_thread and not self.accesses

    @cached_property
    def accesses(self) -> list[BeneficiaryAccess]:
        """The person's own live doors."""
        rows = BeneficiaryAccess.objects.visible_to(self.actor).filter(beneficiary=self.person)
        return list(rows.live(timezone.now()).select_related("user").order_by("pk"))

    @cached_property
    def invitations(self) -> list[Invitation]:
        """Links sent to the person and not used yet."""
        return invitations_to(self.actor, Role.BENEFICIARY, self.person.pk)

    @cached_property
    def entry(self) -> EntryLines:
        """The situation at entry, as far as it is known."""
        profile = EntryProfile.objects.visible_to(self.actor).filter(beneficiary=self.person).first()
        return entry_lines(profile)

    @cached_property
    def stays(self) -> list[Stay]:
        """Steps of the person, newest first."""
        stays = Stay.objects.visible_to(self.actor).filter(beneficiary=self.person)
        return list(with_contracts(stays).select_related("advisor").order_by("-started_on", "-id"))

    @cached_property
    def open_stays(self) -> list[Stay]:
        """Steps under way."""
        return [stay for stay in self.stays if stay.ended_on is None or stay.ended_on >= self.today]

    @property
    def stay_lines(self) -> list[StayLine]:
        """Steps under way, then those just left, with their buttons."""
        return [self._line(stay) for stay in self.stays]

    def _line(self, stay: Stay) -> StayLine:
        is_open = stay in self.open_stays
        contracts = list(stay.contracts.all())
        return StayLine(
            stay=stay,
            situation=situation_of(stay, self.today) if is_open else "",
            contract_id=contracts[-1].pk if contracts else None,
            may_record=is_open and may_record_contract(self.actor, stay),
            may_close=may_close(self.actor, stay),
        )

    @cached_property
    def thread(self) -> Thread:
        """The line across structures, jobs and gains included."""
        return thread_of(
            self.actor,
            self.person,
            today=self.today,
            extra_marks=_gains(self.actor, self.person),
        )

    @property
    def frise(self) -> Frise:
        """The picture of the thread."""
        return frise_of(self.thread)

    @cached_property
    def story(self) -> list[StoryEntry]:
        """What happened, newest first."""
        return story_of(self.actor, self.person, extra=_observations(self.actor, self.person))

    @property
    def story_first(self) -> list[StoryEntry]:
        """What the page shows at once."""
        return self.story[:STORY_SHOWN]

    @property
    def story_rest(self) -> list[StoryEntry]:
        """What it keeps folded."""
        return self.story[STORY_SHOWN:]

    @cached_property
    def appointments(self) -> list[Appointment]:
        """Meetings planned, and those of the past nobody said anything about."""
        found = Appointment.objects.visible_to(self.actor).filter(
            beneficiary=self.person, status=AppointmentStatus.PLANNED
        )
        return list(found.select_related("advisor"))

    @cached_property
    def actions(self) -> list[Action]:
        """What is still to do, soonest first."""
        return list(Action.objects.visible_to(self.actor).filter(beneficiary=self.person, status__in=_OPEN))

    @cached_property
    def goals(self) -> list[Goal]:
        """What the person aims at, the open ones first."""
        goals = list(Goal.objects.visible_to(self.actor).filter(beneficiary=self.person))
        return sorted(goals, key=lambda goal: (goal.status not in _OPEN, goal.due_on or date.max, goal.pk))

    @cached_property
    def vae_projects(self) -> list[VaeProject]:
        """Certifications aimed at, the newest stage first."""
        return list(VaeProject.objects.visible_to(self.actor).filter(beneficiary=self.person))

    @cached_property
    def licences(self) -> list[Licence]:
        """Habilitations, the soonest to expire first."""
        found = list(Licence.objects.visible_to(self.actor).filter(beneficiary=self.person))
        return sorted(found, key=lambda licence: licence.expires_on or date.max)

    @cached_property
    def barriers(self) -> list[BarrierLine]:
        """A curve per frein spoken of."""
        return [
            BarrierLine(
                curve=curve,
                spark=spark([(point.day, point.impact) for point in curve.points]),
                words=f"{curve.latest.label}, {curve.trend.lower()}",
            )
            for curve in barrier_curves(self.actor, self.person)
        ]

    @property
    def themes_not_spoken_of(self) -> int:
        """How many freins were never spoken of: not the same as « none »."""
        return len(BarrierTheme) - len(self.barriers)

    @cached_property
    def competences(self) -> list[Assessment]:
        """The latest reading of each competence, the best held first."""
        latest = (
            Assessment.objects.visible_to(self.actor).filter(beneficiary=self.person).latest_per_competence()
        )
        return sorted(
            latest.select_related("competence"),
            key=lambda reading: (-reading.level, reading.competence.label),
        )

    @property
    def competences_first(self) -> list[Assessment]:
        """The few the page shows at once."""
        return self.competences[:COMPETENCES_SHOWN]

    @property
    def proofs(self) -> str:
        """« 9 observées, 3 reconnues »: three words never mixed up."""
        counts = Counter(reading.status for reading in self.competences)
        words = {
            ProofStatus.DECLARED: ("déclarée", "déclarées"),
            ProofStatus.OBSERVED: ("observée", "observées"),
            ProofStatus.RECOGNISED: ("reconnue", "reconnues"),
            ProofStatus.CERTIFIED: ("certifiée", "certifiées"),
        }
        return ", ".join(
            f"{counts[status]}{NBSP}{words[status][counts[status] > 1]}"
            for status in ProofStatus
            if counts[status]
        )


def _gains(actor: Actor, person: Beneficiary) -> list[Mark]:
    """Habilitations obtained, competences recognised or certified."""
    licences = Licence.objects.visible_to(actor).filter(beneficiary=person)
    gained = Assessment.objects.visible_to(actor).filter(beneficiary=person, status__in=_GAINED)
    days = {
        (reading.assessed_on, reading.get_status_display())
        for reading in gained.only("assessed_on", "status")
    }
    return [
        *(Mark("Acquis", licence.label, licence.obtained_on) for licence in licences),
        *(Mark("Acquis", f"Compétences : {word.lower()}s", day) for day, word in days),
    ]


def _observations(actor: Actor, person: Beneficiary) -> list[StoryEntry]:
    """What was seen on the workplace: one entry per day and observer."""
    seen = (
        Assessment.objects.visible_to(actor)
        .filter(beneficiary=person)
        .select_related("competence", "observer")
    )
    days: dict[tuple[date, str, str], list[str]] = {}
    for reading in seen:
        who = str(reading.observer) if reading.observer else reading.observer_name
        words = f"{reading.competence.label} : {Level(reading.level).label.lower()}"
        days.setdefault((reading.assessed_on, reading.get_status_display(), who), []).append(words)
    return [
        StoryEntry(
            timezone.make_aware(datetime.combine(day, time(12))),
            "observation",
            f"Compétences : {status.lower()}s" if len(words) > 1 else f"Compétence {status.lower()}",
            author=who,
            changes=tuple(words),
        )
        for (day, status, who), words in days.items()
    ]
