"""La compétence qui débloque, for one person and for the people present: known tasks and trades, weighed together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models.functions import Coalesce

from backend.core.actor import Actor
from backend.core.tables.among import among
from backend.core.values.numbers import decimal_in_words
from competences.enums import Level, LicenceKind
from competences.models import Assessment, Licence
from competences.rules.licences import held_until
from competences.rules.polycompetence.person import gains
from competences.selectors.polycompetence import Level as Reading
from competences.selectors.polycompetence import in_order, levels_of, readings_of
from competences.selectors.trades import TradesInUse, trades_in_use, words_of
from employers.models import TaskRequirement, WorkTask
from employers.rules.unlocking import (
    Kind,
    KnownTask,
    KnownTasks,
    SharedUnlock,
    Unlock,
    best_with_ties,
    hours_open,
    shared,
    unlocks,
)
from pathways.models import Beneficiary

SHOWN = 5
MOST_PEOPLE = 60
"""People a page still weighs one by one."""


@dataclass(frozen=True, slots=True)
class NamedUnlock:
    """One thing to gain, in words; `is_told` when the person already declares it: it only waits to be seen."""

    unlock: Unlock
    label: str
    level: str
    tasks: tuple[str, ...]
    held: tuple[str, ...]
    near: tuple[str, ...]
    is_told: bool

    @property
    def breadth_words(self) -> str:
        """« 0,4 »; empty when the breadth does not move."""
        return _number(self.unlock.breadth)


@dataclass(frozen=True, slots=True)
class PersonUnlocks:
    """What would open most to one person, the hours open to them already, the hours known in all."""

    first: tuple[NamedUnlock, ...]
    tied_not_shown: int
    hours_open: Decimal
    hours_known: Decimal


@dataclass(frozen=True, slots=True)
class NamedSharedUnlock:
    """One training in words, and whom it would open something to."""

    unlock: SharedUnlock
    label: str
    level: str
    people: tuple[Beneficiary, ...]

    @property
    def breadth_words(self) -> str:
        """« 1,2 »; empty when no breadth moves."""
        return _number(self.unlock.breadth)


def _number(value: Fraction) -> str:
    return decimal_in_words(Decimal(value.numerator) / Decimal(value.denominator), 2) if value else ""


def known_tasks(actor: Actor) -> KnownTasks:
    """Every task of the analyses one sees, with what it asks, in two questions; empty for who meets no employer."""
    official = Coalesce("competence__equivalent__official__code", "competence__code")
    asked: dict[int, list[tuple[str, int]]] = defaultdict(list)
    tasks = WorkTask.objects.visible_to(actor).order_by("pk")
    rows = TaskRequirement.objects.filter(task__in=tasks.order_by().values("pk")).order_by("pk")
    for task, code, level in rows.values_list("task_id", official, "level").iterator(chunk_size=10_000):
        asked[task].append((code, level))
    return KnownTasks.build(
        KnownTask(pk, hours, tuple(asked[pk]), tuple(licences))
        for pk, hours, licences in tasks.values_list("pk", "weekly_hours", "licences")
    )


def unlocks_of(actor: Actor, person: Beneficiary, *, today: date) -> PersonUnlocks:
    """What one thing more would open to this person: proved today, whatever they declare besides."""
    in_use = trades_in_use()
    tasks = known_tasks(actor)
    levels, told = levels_of(readings_of(actor, person.pk))
    titles = _titles(actor, [person.pk], today).get(person.pk, frozenset())
    found, tied = best_with_ties(unlocks(tasks, levels, titles, gains(levels, in_use.trades)), most=SHOWN)
    return PersonUnlocks(
        tuple(_named(found, in_use, told)),
        tied,
        hours_open(tasks, levels, titles),
        tasks.hours,
    )


def shared_unlocks(actor: Actor, *, today: date) -> list[NamedSharedUnlock]:
    """Which single training would open most to the people present whom the actor accompanies."""
    in_use = trades_in_use()
    present = Beneficiary.objects.accompanied_by(actor).present_on(today, actor.organisation_ids)
    people = {each.pk: each for each in present.order_by("pk")[:MOST_PEOPLE]}
    tasks = known_tasks(actor)
    by_person: dict[int, list[Reading]] = defaultdict(list)
    for reading in in_order(Assessment.objects.visible_to(actor).filter(beneficiary_id__in=people)):
        by_person[reading.person].append(reading)
    titles = _titles(actor, people, today)
    theirs = {}
    for pk in people:
        levels, _ = levels_of(by_person[pk])
        theirs[str(pk)] = unlocks(
            tasks, levels, titles.get(pk, frozenset()), gains(levels, in_use.trades) if levels else {}
        )
    found = shared(theirs)[:SHOWN]
    words = words_of(each.code for each in found if each.kind is Kind.COMPETENCE)
    return [
        NamedSharedUnlock(
            each,
            _label(each.kind, each.code, words),
            _level(each.level),
            tuple(people[int(pk)] for pk in each.people),
        )
        for each in found
    ]


def _titles(actor: Actor, people: Collection[int], today: date) -> dict[int, frozenset[str]]:
    """Habilitations that hold that day, person by person."""
    rows: dict[int, list[Licence]] = defaultdict(list)
    for row in Licence.objects.visible_to(actor).standing().filter(beneficiary_id__in=among(list(people))):
        rows[row.beneficiary_id].append(row)
    return {
        owner: frozenset(
            kind for kind, end in held_until(theirs, on=today).items() if end is None or end >= today
        )
        for owner, theirs in rows.items()
    }


def _named(found: list[Unlock], in_use: TradesInUse, told: dict[str, int]) -> list[NamedUnlock]:
    words = words_of(each.code for each in found if each.kind is Kind.COMPETENCE)
    keys = [key for each in found for key in each.tasks]
    names = dict(WorkTask.objects.filter(pk__in=keys).values_list("pk", "name"))
    return [
        NamedUnlock(
            each,
            _label(each.kind, each.code, words),
            _level(each.level),
            tuple(dict.fromkeys(names[key] for key in each.tasks)),
            tuple(in_use.label(code) for code in each.held),
            tuple(in_use.label(code) for code in each.near),
            each.kind is Kind.COMPETENCE and told.get(each.code, 0) >= each.level,
        )
        for each in found
    ]


def _label(kind: Kind, code: str, words: dict[str, str]) -> str:
    return LicenceKind(code).label if kind is Kind.LICENCE else words.get(code, code)


def _level(level: int) -> str:
    return Level(level).label.lower() if level else ""
