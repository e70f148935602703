"""How solid a team is: every work served at once, by different persons, and what happens when one is away.

« Deux personnes par activité » says nothing when the same two cover everything. Here each person serves one need at a
time, and the largest number of needs served together is found by matching.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from backend.core.values.dates import months_after

ALL = Fraction(1)
PROOF_MONTHS = 24
"""Beyond two years without being seen again, a gesture is no longer counted on for a replacement: our choice, no law."""
FEWEST_PEOPLE = 5
"""Below five people, the figures of a team would tell of each of them to who does not read what they can do."""


def oldest_proof(day: date) -> date:
    """The first day whose readings still count on `day`."""
    return months_after(day, -PROOF_MONTHS)


@dataclass(frozen=True, slots=True)
class Team:
    """Who can do what alone, and how many persons each activity needs at the same time (1 or more)."""

    needs: Mapping[str, int]
    links: Mapping[str, frozenset[str]]

    @property
    def needed(self) -> int:
        """Persons needed at the same time, all activities together."""
        return sum(self.needs.values())

    def without(self, person: str) -> Team:
        """The same team on a day when this person is away."""
        return replace(self, links={name: able for name, able in self.links.items() if name != person})

    def trained(self, person: str, activity: str) -> Team:
        """The same team once this person can do this activity alone."""
        return replace(self, links={**self.links, person: self.links[person] | {activity}})


@dataclass(frozen=True, slots=True)
class Measures:
    """A team in exact fractions, each from 0 to 1: couverture, solidité, pire cas, chaîne; and the key persons.

    `coverage`: needs served together; `solidity`: the same, on average, when one person is away; `worst`: at worst;
    `chain`: pairs of activities that persons link; `chain_without_one`: the same, at worst, when one person is away.
    """

    served: int
    needed: int
    coverage: Fraction
    solidity: Fraction
    worst: Fraction
    key_people: tuple[str, ...]
    chain: Fraction
    chain_without_one: Fraction

    @property
    def rank(self) -> tuple[Fraction, ...]:
        """What makes a team better than another, the most important first."""
        return (self.coverage, self.solidity, self.worst, self.chain_without_one, self.chain)


@dataclass(frozen=True, slots=True)
class Training:
    """One person learning one activity, and the team it would make."""

    person: str
    activity: str
    after: Measures


@dataclass(frozen=True, slots=True)
class Absence:
    """What is done when somebody is away: who takes over what, in order; `lost` is the activity left to nobody."""

    person: str
    serves: str | None
    moves: tuple[tuple[str, str], ...]
    lost: str | None


def measures(team: Team) -> Measures:
    """Every measure of a team; a team without need is wholly served, one without anybody serves nothing."""
    served, keys = _served_and_keys(team)
    people, needed = len(team.links), team.needed
    if not needed:
        coverage = solidity = worst = ALL
    else:
        coverage = Fraction(served, needed)
        solidity = Fraction(people * served - len(keys), people * needed) if people else Fraction(0)
        worst = Fraction(served - bool(keys), needed) if people else Fraction(0)
    return Measures(served, needed, coverage, solidity, worst, keys, chain(team), chain_without_one(team))


def assignment(team: Team) -> dict[str, list[str]]:
    """The largest number of needs served at once: by activity, who serves it; always the same for a same team."""
    serving: dict[str, list[str]] = {activity: [] for activity in sorted(team.needs)}
    for person in sorted(team.links, key=lambda name: (len(team.links[name]), name)):
        _place(person, team, serving, set())
    return serving


def _place(person: str, team: Team, serving: dict[str, list[str]], tried: set[str]) -> bool:
    """Give this person a need, others moving to another of theirs if they must; False when nothing is gained."""
    for activity in sorted(team.links[person]):
        if activity in tried or activity not in serving:
            continue
        tried.add(activity)
        there = serving[activity]
        if len(there) < team.needs[activity]:
            there.append(person)
            return True
        for rank, other in enumerate(there):
            if _place(other, team, serving, tried):
                there[rank] = person
                return True
    return False


def _served_and_keys(team: Team) -> tuple[int, tuple[str, ...]]:
    """How many needs are served, and the persons without whom one less would be.

    Somebody is not key when a chain of replacements leads to them from somebody who serves nothing.
    """
    serving = assignment(team)
    busy = {person for people in serving.values() for person in people}
    spared = deque(person for person in team.links if person not in busy)
    seen = set(spared)
    while spared:
        for activity in team.links[spared.popleft()]:
            for other in serving.get(activity, ()):
                if other not in seen:
                    seen.add(other)
                    spared.append(other)
    return len(busy), tuple(sorted(busy - seen))


def chain(team: Team) -> Fraction:
    """Share of the pairs of activities between which replacements may pass; all of them when there is no pair."""
    return _linked_pairs(team.needs, team.links.values())


def chain_without_one(team: Team) -> Fraction:
    """The same, at worst, when one person is away; whoever does one thing only links nothing."""
    links = list(team.links.values())
    linking = [rank for rank, able in enumerate(links) if len(able) > 1]
    whole = _linked_pairs(team.needs, links)
    without = (_linked_pairs(team.needs, links[:rank] + links[rank + 1 :]) for rank in linking)
    return min(without, default=whole)


def _linked_pairs(activities: Iterable[str], links: Iterable[frozenset[str]]) -> Fraction:
    parts: list[set[str]] = [{activity} for activity in activities]
    pairs = len(parts) * (len(parts) - 1) // 2
    if not pairs:
        return ALL
    for able in links:
        joined = [part for part in parts if part & able]
        if len(joined) > 1:
            parts = [part for part in parts if not part & able]
            parts.append(set().union(*joined))
    return Fraction(sum(len(part) * (len(part) - 1) // 2 for part in parts), pairs)


def best_trainings(team: Team) -> list[Training]:
    """The single training that makes the team most solid; ties are all given, none when none makes it better.

    Two persons who can do the same things are one case: it is weighed once.
    """
    before = measures(team)
    alike: dict[tuple[frozenset[str], str], list[str]] = {}
    for person, able in sorted(team.links.items()):
        for activity in sorted(team.needs.keys() - able):
            alike.setdefault((able, activity), []).append(person)
    weighed = {case: measures(team.trained(people[0], case[1])) for case, people in alike.items()}
    best = max((after.rank for after in weighed.values()), default=before.rank)
    if best <= before.rank:
        return []
    found = [
        Training(person, activity, weighed[able, activity] if person == people[0]
                 else measures(team.trained(person, activity)))
        for (able, activity), people in alike.items()
        if weighed[able, activity].rank == best
        for person in people
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.activity, each.person))


def absence(team: Team, person: str) -> Absence:
    """What a day without this person asks of the others: the shortest chain of moves that keeps everything served."""
    serving = assignment(team)
    serves = next((activity for activity, people in serving.items() if person in people), None)
    if serves is None:
        return Absence(person, None, (), None)
    at = {name: activity for activity, people in serving.items() for name in people if name != person}
    came_from: dict[str, tuple[str, str] | None] = {serves: None}
    waiting = deque([serves])
    while waiting:
        activity = waiting.popleft()
        able = [name for name in sorted(team.links) if name != person and activity in team.links[name]]
        for name in able:
            there = at.get(name)
            if there is None:
                return Absence(person, serves, _moves(activity, name, came_from), None)
            if there not in came_from:
                came_from[there] = (activity, name)
                waiting.append(there)
    return Absence(person, serves, (), serves)


def _moves(
    activity: str, name: str, came_from: Mapping[str, tuple[str, str] | None]
) -> tuple[tuple[str, str], ...]:
    """From the activity left to the person who was free: who goes where."""
    moves = [(name, activity)]
    step = came_from[activity]
    while step is not None:
        activity, name = step
        moves.append((name, activity))
        step = came_from[activity]
    return tuple(reversed(moves))
