"""Files that may be one person's, among those the actor accompanies: for one of them, for all, for somebody who arrives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q

from backend.core.actor import Actor
from backend.core.tables.births import may_be
from backend.core.values.text import tight
from pathways.models import Beneficiary, Stay, ToldApart
from pathways.querysets.thread import BeneficiaryQuerySet
from pathways.rules.twins.look_alikes import Identity, Resemblance, closest, keys_of, resemblance

COMPARED = 5_000
"""Names are read and compared one by one; beyond, a list is no longer somebody's caseload."""
MOST_LOOK_ALIKES = 10
MOST_PAIRS = 200
CROWD = 60
"""A key that so many share tells nobody from anybody."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Somebody who may be the person looked at, with their latest stay the actor sees, and why."""

    person: Beneficiary
    stay: Stay | None
    resemblance: Resemblance


@dataclass(frozen=True, slots=True)
class LookAlikePair:
    """Two files that look alike, the older one first."""

    one: LookAlike
    other: LookAlike
    resemblance: Resemblance


def identity_of(person: Beneficiary) -> Identity:
    """What tells a person from another, as their file says it."""
    return Identity(person.last_name, person.first_name, person.birth_date, person.phone, person.email)


def look_alikes_of(actor: Actor, person: Beneficiary) -> list[LookAlike]:
    """Other files the actor accompanies that may be this person's, the likeliest first; those told apart left out."""
    apart = _told_apart(person.pk)
    others = Beneficiary.objects.accompanied_by(actor).exclude(pk__in=apart | {person.pk})
    who = identity_of(person)
    return _with_stays(actor, closest(who, _identities(_near(others, who)))[:MOST_LOOK_ALIKES])


def look_alikes(actor: Actor, who: Identity) -> list[LookAlike]:
    """Visible people who may be somebody who arrives, the likeliest first. Nobody out of the actor's sight is counted."""
    found = closest(who, _identities(_near(Beneficiary.objects.visible_to(actor), who)))
    return _with_stays(actor, found[:MOST_LOOK_ALIKES])


def look_alike_pairs(actor: Actor) -> list[LookAlikePair]:
    """Files of one's own people that look alike two by two, the likeliest first, `MOST_PAIRS` at most."""
    people = dict(_identities(Beneficiary.objects.accompanied_by(actor)))
    apart = {
        frozenset(pair) for pair in ToldApart.objects.visible_to(actor).values_list("first_id", "second_id")
    }
    found = [
        (one, other, seen)
        for one, other in _worth_comparing(people)
        if frozenset((one, other)) not in apart and (seen := resemblance(people[one], people[other])).likeness
    ]
    found.sort(key=lambda each: (-each[2].likeness, each[0], each[1]))
    kept = found[:MOST_PAIRS]
    shown = {
        each.person.pk: each
        for each in _with_stays(actor, [(pk, seen) for *pair, seen in kept for pk in pair])
    }
    return [LookAlikePair(shown[one], shown[other], seen) for one, other, seen in kept]


def _worth_comparing(people: dict[int, Identity]) -> Iterator[tuple[int, int]]:
    """Pairs that share a beginning or an end of name, or a birth date."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for number, who in people.items():
        for key in keys_of(who):
            sharing[key].append(number)
    seen = {
        pair for group in sharing.values() if len(group) <= CROWD for pair in combinations(sorted(group), 2)
    }
    yield from sorted(seen)


def _near(people: BeneficiaryQuerySet, who: Identity) -> BeneficiaryQuerySet:
    """Everybody of a caseload; in a longer list, who has the same letters in their name or was born the same day."""
    if people.count() <= COMPARED:
        return people
    last, first = tight(who.last_name), tight(who.first_name)
    same = Q(search_key__in={last + first, first + last})
    return people.filter(same | may_be("birth_date", who.birth_date) if who.birth_date else same)


def _identities(people: BeneficiaryQuerySet) -> Iterator[tuple[int, Identity]]:
    rows = people.order_by("pk").values_list("pk", "last_name", "first_name", "birth_date", "phone", "email")
    for number, last, first, born_on, phone, email in rows[:COMPARED]:
        yield number, Identity(last, first, born_on, phone, email)


def _told_apart(number: int) -> set[int]:
    first = ToldApart.objects.filter(first=number).values_list("second_id", flat=True)
    second = ToldApart.objects.filter(second=number).values_list("first_id", flat=True)
    return {*first, *second}


def _with_stays(actor: Actor, found: Iterable[tuple[int, Resemblance]]) -> list[LookAlike]:
    """The people with their latest stay; two queries."""
    kept = list(found)
    people = Beneficiary.objects.in_bulk([number for number, _ in kept])
    stays = Stay.objects.visible_to(actor).filter(beneficiary__in=people).select_related("organisation")
    latest = {stay.beneficiary_id: stay for stay in stays.order_by("started_on")}
    return [LookAlike(people[number], latest.get(number), seen) for number, seen in kept]
