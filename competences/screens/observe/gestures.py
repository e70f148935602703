"""What an encadrant may tick today for one person: the gestures of their post, and those seen before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.core.actor import Actor
from backend.core.values.text import normalise
from competences.enums import Level, ProofStatus
from competences.models import Assessment, Competence
from pathways.models import Beneficiary, Contract, Stay

SHOWN = 12
FOUND = 8


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
    competences = _found(text) if text else _of_the_post(actor, person, today)
    ticked = _ticked_today(actor, person, today)
    return [GestureRow(competence, ticked.get(competence.pk)) for competence in competences]


def gesture_of(actor: Actor, person: Beneficiary, competence: Competence, today: date) -> GestureRow:
    """One row, as it stands now."""
    return GestureRow(competence, _ticked_today(actor, person, today).get(competence.pk))


def counts_of_the_day(actor: Actor, today: date) -> dict[int, int]:
    """How many competences the actor ticked today, person by person."""
    counts: dict[int, int] = {}
    mine = Assessment.objects.visible_to(actor).filter(observer_id=actor.user_id, assessed_on=today)
    for person_id in mine.values_list("beneficiary_id", flat=True):
        counts[person_id] = counts.get(person_id, 0) + 1
    return counts


def people_present(actor: Actor, today: date) -> list[Beneficiary]:
    """People with a stay under way in the actor's structure."""
    people = Beneficiary.objects.accompanied_by(actor)
    return list(people.present_on(today, actor.organisation_ids))


def _ticked_today(actor: Actor, person: Beneficiary, today: date) -> dict[int, Assessment]:
    mine = Assessment.objects.visible_to(actor).filter(
        beneficiary=person, observer_id=actor.user_id, assessed_on=today, status=ProofStatus.OBSERVED
    )
    return {reading.competence_id: reading for reading in mine}


def _found(text: str) -> list[Competence]:
    found = Competence.objects.current()
    for word in normalise(text).split()[:6]:
        found = found.filter(search_label__contains=word)
    return list(found[:FOUND])


def _of_the_post(actor: Actor, person: Beneficiary, today: date) -> list[Competence]:
    """First what was already seen, newest first, then the core of the trade written on the contract."""
    seen = Assessment.objects.visible_to(actor).filter(beneficiary=person).order_by("-assessed_on", "-id")
    ids = dict.fromkeys(seen.values_list("competence_id", flat=True)[: SHOWN * 4])
    stays = Stay.objects.visible_to(actor).filter(beneficiary=person).open_on(today)
    codes = (
        Contract.objects.running_on(today).filter(stay__in=stays).exclude(rome_code="").values("rome_code")
    )
    cited = Competence.objects.current().filter(citations__occupation__rome_code__in=codes, is_macro=False)
    ids |= dict.fromkeys(
        cited.order_by("citations__prominence", "label").values_list("pk", flat=True)[:SHOWN]
    )
    wanted = list(ids)[:SHOWN]
    known = Competence.objects.in_bulk(wanted)
    return [known[pk] for pk in wanted]
