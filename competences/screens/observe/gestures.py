"""What an encadrant may tick today: for one person, the gestures of their post; for a gesture, the people of the team."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet

from backend.core.actor import Actor
from backend.core.tables.ordering import Alphabetical
from competences.enums import Level, Nature, ProofStatus
from competences.models import Assessment, Competence, Occupation
from competences.permissions import may_take_back_reading
from competences.selectors.person import assessments_of
from competences.selectors.wording import find_competences, trades_of
from pathways.models import Beneficiary, Contract, Stay
from pathways.selectors.people import find_people

SHOWN = 12
FOUND = 8
LATELY_DAYS = 30
ANSWERS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class LevelButton:
    """One of the four big buttons."""

    level: int
    label: str
    is_pressed: bool


@dataclass(frozen=True, slots=True)
class GestureRow:
    """One competence of one person, and what was ticked for it today; `names_person` where a page shows several.

    `problem` is why the last press was refused, `is_fresh` that it was just recorded, `sent_for` the former day that a
    press kept without network was recorded for.
    """

    person: Beneficiary
    competence: Competence
    today: Assessment | None
    names_person: bool = False
    answers: tuple[Assessment, ...] = ()
    may_undo: bool = False
    is_fresh: bool = False
    sent_for: str = ""
    problem: str = ""

    @property
    def title(self) -> str:
        """What tells this row from the others of its page."""
        return str(self.person) if self.names_person else str(self.competence.label)

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
    answers = _answers_of(actor, person)
    rows = rows_of(actor, [person], competences, today)
    return [replace(row, answers=answers.get(row.competence.pk, ())) for row in rows]


def rows_of(
    actor: Actor,
    people: Collection[Beneficiary],
    competences: Iterable[Competence],
    today: date,
    *,
    names_person: bool = False,
) -> list[GestureRow]:
    """Every one of these gestures for every one of these people, gesture by gesture; one question."""
    mine = Assessment.objects.visible_to(actor).filter(
        beneficiary_id__in=[person.pk for person in people],
        observer_id=actor.user_id,
        assessed_on=today,
        status=ProofStatus.OBSERVED,
    )
    ticked = {(reading.beneficiary_id, reading.competence_id): reading for reading in mine}
    return [
        row_of(actor, person, each, ticked.get((person.pk, each.pk)), today=today, names_person=names_person)
        for each in competences
        for person in people
    ]


def row_of(
    actor: Actor,
    person: Beneficiary,
    competence: Competence,
    ticked: Assessment | None,
    *,
    today: date,
    names_person: bool,
) -> GestureRow:
    """One row, as it stands."""
    may_undo = ticked is not None and may_take_back_reading(actor, ticked, today=today)
    return GestureRow(person, competence, ticked, names_person=names_person, may_undo=may_undo)


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


def people_present(actor: Actor, today: date, *, named: str = "") -> list[Beneficiary]:
    """People with a stay under way in the actor's structure, those they usually see first; `named`, those of that name."""
    people = Beneficiary.objects.accompanied_by(actor).present_on(today, actor.organisation_ids)
    if named:
        people = find_people(people, named)
    seen_before = observed_lately(actor, today)
    return sorted(people, key=lambda person: person.pk not in seen_before)


def answers_to(actor: Actor) -> list[Assessment]:
    """What people said of the actor's own observations, the latest observed first."""
    mine = Assessment.objects.visible_to(actor).filter(observer_id=actor.user_id).exclude(comment="")
    return list(mine.select_related("beneficiary", "competence")[:ANSWERS_SHOWN])


def trades_at_work(actor: Actor, today: date) -> list[Occupation]:
    """The trades written on the contracts that run today, by name."""
    stays = Stay.objects.visible_to(actor).open_on(today).filter(organisation_id__in=actor.organisation_ids)
    contracts = Contract.objects.running_on(today).filter(stay__in=stays).exclude(rome_code="")
    codes = contracts.order_by().values("rome_code")
    return list(Occupation.objects.current().filter(rome_code__in=codes).order_by(Alphabetical("label")))


def trades_of_person(actor: Actor, person: Beneficiary, today: date) -> list[str]:
    """Codes of the trades written on the contracts of somebody that run today."""
    stays = Stay.objects.visible_to(actor).filter(beneficiary=person).open_on(today)
    contracts = Contract.objects.running_on(today).filter(stay__in=stays).exclude(rome_code="")
    return list(contracts.order_by().values_list("rome_code", flat=True).distinct())


def gestures_of_trades(codes: Collection[str], *, limit: int) -> list[Competence]:
    """What is at the heart of these trades first, each gesture once; families are not seen at work, gestures are."""
    cited = Competence.objects.choosable().filter(
        citations__occupation__rome_code__in=codes, is_macro=False, nature=Nature.KNOW_HOW
    )
    ordered = cited.order_by("citations__prominence", "label").values_list("pk", flat=True)
    return in_this_order(list(dict.fromkeys(ordered))[:limit])


def in_this_order(keys: Collection[int]) -> list[Competence]:
    """These competences, in the order of their keys."""
    known = Competence.objects.in_bulk(list(keys))
    return [known[pk] for pk in keys if pk in known]


def _answers_of(actor: Actor, person: Beneficiary) -> dict[int, tuple[Assessment, ...]]:
    """What the person said of each observation, by competence."""
    found: dict[int, tuple[Assessment, ...]] = {}
    for reading in assessments_of(actor, person.pk):
        if reading.comment:
            found[reading.competence_id] = (*found.get(reading.competence_id, ()), reading)
    return found


def _of_the_post(actor: Actor, person: Beneficiary, today: date) -> list[Competence]:
    """First what was already seen, newest first, then the core of the trade written on the contract."""
    seen = Assessment.objects.visible_to(actor).filter(beneficiary=person).order_by("-assessed_on", "-id")
    ids = dict.fromkeys(seen.values_list("competence_id", flat=True)[: SHOWN * 4])
    codes = trades_of_person(actor, person, today)
    cited = Competence.objects.choosable().filter(citations__occupation__rome_code__in=codes, is_macro=False)
    ids |= dict.fromkeys(
        cited.order_by("citations__prominence", "label").values_list("pk", flat=True)[:SHOWN]
    )
    return in_this_order(list(ids)[:SHOWN])
