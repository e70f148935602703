"""A person's page: what comes next, the story, the steps, the freins, the goals, the entry, their own access."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from backend.core.actor import Role
from backend.organisations.selectors.team import invitations_to
from backend.panels.registry import Reader, person_page
from backend.web.components.charts import Spark, spark
from pathways.enums import BarrierTheme
from pathways.models import BeneficiaryAccess, EntryProfile, Reunion, Stay
from pathways.permissions import (
    may_close,
    may_join_files,
    may_manage_people,
    may_open_thread,
    may_record_contract,
    may_record_hours,
)
from pathways.screens.people.entry import entry_lines
from pathways.screens.person import page
from pathways.selectors import barrier_curves
from pathways.selectors.barriers import BarrierCurve
from pathways.selectors.caseload import situation_of

STORY_SHOWN = 12
_IN_ACTIONS = "action_overdue"
"""A late action stands once on the page, among the actions, where it is settled."""


@person_page.register(place="next", order=10)
class WhatComesNext:
    """Alerts, appointments and actions of this person."""

    template = "pathways/person/_next.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """What is late first; nothing once the thread is closed to this actor."""
        if not reader.once(page.is_open):
            return None
        return {
            "alerts": [alert for alert in reader.alerts if alert.kind != _IN_ACTIONS],
            "appointments": reader.once(page.appointments),
            "actions": reader.once(page.actions),
            "may_write": reader.once(page.may_write),
            "is_whole": reader.once(page.is_social),
        }


@person_page.register(place="story", order=10)
class Story:
    """What happened, newest first, the oldest folded."""

    template = "pathways/person/_story.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The first entries, then the rest."""
        entries = reader.once(page.story)
        return {"first": entries[:STORY_SHOWN], "rest": entries[STORY_SHOWN:]}


@dataclass(frozen=True, slots=True)
class StayLine:
    """One step as the side of the page lists it, with what the actor may do there."""

    stay: Stay
    situation: str
    contract_id: int | None
    may_record: bool
    may_record_hours: bool
    may_close: bool


@person_page.register(place="rest", order=10)
class Stays:
    """Steps under way, then those just left, with their buttons."""

    template = "pathways/person/_stays.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """One line a stay."""
        return {
            "lines": [_stay_line(reader, stay) for stay in reader.once(page.stays)],
            "may_correct": may_manage_people(reader.actor),
            "may_join": may_join_files(reader.actor) and reader.once(page.is_open),
        }


@person_page.register(place="rest", order=5)
class FilesJoined:
    """Files joined to this one lately, while they can still be separated."""

    template = "pathways/person/_reunions.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Nothing for most people."""
        if not may_join_files(reader.actor):
            return None
        joined = Reunion.objects.visible_to(reader.actor).standing().filter(kept=reader.person)
        lately = [each for each in joined.select_related("made_by") if each.last_day >= reader.today]
        return {"lately": lately} if lately else None


def _stay_line(reader: Reader, stay: Stay) -> StayLine:
    is_open = stay in reader.once(page.open_stays)
    contracts = list(stay.contracts.all())
    return StayLine(
        stay=stay,
        situation=situation_of(stay, reader.today) if is_open else "",
        contract_id=contracts[-1].pk if contracts else None,
        may_record=is_open and may_record_contract(reader.actor, stay),
        may_record_hours=bool(contracts) and may_record_hours(reader.actor, stay),
        may_close=may_close(reader.actor, stay),
    )


@dataclass(frozen=True, slots=True)
class BarrierLine:
    """A frein: its curve, where it stands, where it goes."""

    curve: BarrierCurve
    spark: Spark
    words: str


@person_page.register(place="rest", order=20)
class Barriers:
    """Freins spoken of; the others are counted, because silence is not absence."""

    template = "pathways/person/_barriers.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For who reads the social side of the thread."""
        if not reader.once(page.is_social):
            return None
        lines = [
            BarrierLine(
                curve=curve,
                spark=spark([(point.day, point.impact) for point in curve.points]),
                words=f"{curve.latest.label}, {curve.trend.lower()}",
            )
            for curve in barrier_curves(reader.actor, reader.person)
        ]
        return {"lines": lines, "not_spoken_of": len(BarrierTheme) - len(lines)}


@person_page.register(place="rest", order=30)
class Goals:
    """What the person aims at."""

    template = "pathways/person/_goals.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For who reads the social side of the thread."""
        if not reader.once(page.is_social):
            return None
        return {"goals": reader.once(page.goals), "may_write": reader.once(page.may_write)}


@person_page.register(place="rest", order=60)
class SituationAtEntry:
    """What was known when the person came in."""

    template = "pathways/person/_entry.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For who reads the social side of the thread."""
        if not reader.once(page.is_social):
            return None
        profile = EntryProfile.objects.visible_to(reader.actor).filter(beneficiary=reader.person).first()
        return {"entry": entry_lines(profile), "may_write": reader.once(page.may_write)}


@person_page.register(place="rest", order=70)
class OwnAccess:
    """Whether the person reads their own thread, and the door to give them: one at a time."""

    template = "pathways/person/_own_access.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For who may open or close that door."""
        if not may_open_thread(reader.actor, reader.person):
            return None
        rows = BeneficiaryAccess.objects.visible_to(reader.actor).filter(beneficiary=reader.person)
        accesses = list(rows.live(timezone.now()).select_related("user").order_by("pk"))
        return {
            "accesses": accesses,
            "invitations": invitations_to(reader.actor, Role.BENEFICIARY, reader.person.pk),
            "may_offer": not accesses,
        }
