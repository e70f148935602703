"""What an encadrant may tick today for one person: the gestures of their post, and those seen before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from backend.core.actor import Actor
from competences.enums import Level, ProofStatus
from competences.models import Assessment, Competence
from competences.selectors.wording import find_competences, trades_of
from pathways.models import Beneficiary, Contract, Stay

SHOWN = 12
FOUND = 8
LATELY_DAYS = 30


@dataclass(frozen=True, slots=True)
class LevelButton:
    """One of the four big buttons."""

    level: int
    label: str
    is_pressed: bool


@dataclass(frozen=True, slots=True)
class GestureRow:
    """One competence of the day and what was ticked for it."""

    competence: Competence
    today: Assessment | None

    @property
    def buttons(self) -> list[LevelButton]:
        """Four levels, in the words of the workshop."""
        ticked = self.today.level if self.today else 0
        return [LevelButton(level.value, level.label, level.value == ticked) for level in Level]


def gestures_of(actor: Actor, person: Beneficiary, today: date, *, text: str = "") -> list[GestureRow]:
    """The rows of one person's day; a search shows what it finds instead."""
    competences = (
        find_competences(text, trades=trades_of(actor), limit=FOUND)
        if text
        else _of_the_post(actor, person, today)
    )
    ticked = _ticked_today(actor, person, today)
    return [GestureRow(competence, ticked.get(competence.pk)) for competence in competences]


def gesture_of(actor: Actor, person: Beneficiary, competence: Competence, today: date) -> GestureRow:
    """One row, as it stands now."""
    return GestureRow(competence, _ticked_today(actor, person, today).get(competence.pk))


def competences_of(actor: Actor, person: Beneficiary) -> QuerySet[Competence]:
    """What a form offers, and whatever the person was already seen doing, retired since or not."""
    seen = Assessment.objects.visible_to(actor).filter(beneficiary=person).values("competence_id")
    return Competence.objects.choosable(held=seen)


def counts_of_the_day(actor: Actor, today: date) -> dict[int, int]:
    """How many competences the actor ticked today, person by person."""
    counts: dict[int, int] = {}
    mine = Assessment.objects.visible_to(actor).filter(observer_id=actor.user_id, assessed_on=today)
    for person_id in mine.values_list("beneficiary_id", flat=True):
        counts[person_id] = counts.get(person_id, 0) + 1
    return counts


def observed_lately(actor: Actor, today: date) -> set[int]:
    """People the actor observed in the last `LATELY_DAYS` days: most likely their own team."""
    since = today - timedelta(days=LATELY_DAYS)
    mine = Assessment.objects.visible_to(actor).filter(observer_id=actor.user_id, assessed_on__gte=since)
    return set(mine.values_list("beneficiary_id", flat=True))


def people_present(actor: Actor, today: date) -> list[Beneficiary]:
    """People with a stay under way in the actor's structure."""
    people = Beneficiary.objects.accompanied_by(actor)
    return list(people.present_on(today, actor.organisation_ids))


def _ticked_today(actor: Actor, person: Beneficiary, today: date) -> dict[int, Assessment]:
    mine = Assessment.objects.visible_to(actor).filter(
        beneficiary=person, observer_id=actor.user_id, assessed_on=today, status=ProofStatus.OBSERVED
    )
    return {reading.competence_id: reading for reading in mine}


def _of_the_post(actor: Actor, person: Beneficiary, today: date) -> list[Competence]:
    """First what was already seen, newest first, then the core of the trade written on the contract."""
    seen = Assessment.objects.visible_to(actor).filter(beneficiary=person).order_by("-assessed_on", "-id")
    ids = dict.fromkeys(seen.values_list("competence_id", flat=True)[: SHOWN * 4])
    stays = Stay.objects.visible_to(actor).filter(beneficiary=person).open_on(today)
    codes = (
        Contract.objects.running_on(today).filter(stay__in=stays).exclude(rome_code="").values("rome_code")
    )
    cited = Competence.objects.choosable().filter(citations__occupation__rome_code__in=codes, is_macro=False)
    ids |= dict.fromkeys(
        cited.order_by("citations__prominence", "label").values_list("pk", flat=True)[:SHOWN]
    )
    wanted = list(ids)[:SHOWN]
    known = Competence.objects.in_bulk(wanted)
    return [known[pk] for pk in wanted]
