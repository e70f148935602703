"""Who could hold a task: demands, levels, licence, travel and time of day; never who the person is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import hypot

from employers.recomposition.facts.vocabulary import (
    LICENCE_PREFIX,
    ROAD_FACTOR,
    Competence,
    Employer,
    Person,
    Task,
)

LEVEL_GAP_ALLOWED = 1  # one level below is learnt on the job


def reaches(person: Person, site: Employer) -> bool:
    """Whether the site lies within the distance the person can travel."""
    return ROAD_FACTOR * hypot(person.x_km - site.x_km, person.y_km - site.y_km) <= person.radius_km + 1e-9


def meets(person: Person, competence: Competence) -> bool:
    """At most one level short; a licence is held exactly or not at all."""
    held = person.level_of.get(competence.code, 0)
    gap = 0 if competence.code.startswith(LICENCE_PREFIX) else LEVEL_GAP_ALLOWED
    return held + gap >= competence.level


def can_hold(person: Person, task: Task, site: Employer) -> bool:
    """Whether this person could do this task at this site: the definition, in one sentence."""
    return (
        not (person.exclusions & task.demands)
        and bool(person.dayparts & task.dayparts)
        and all(meets(person, competence) for competence in task.competences)
        and reaches(person, site)
    )


class Able:
    """Sets of people kept as bits, so that thousands of jobs can be asked « who could do this? »."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people
        self._known: dict[object, int] = {}

    def for_task(self, task: Task, site: Employer) -> int:
        """The people for whom `can_hold` is true, each as the bit of their rank."""
        bits = self._where(("site", site), lambda person: reaches(person, site))
        bits &= self._where(task.dayparts, lambda person: bool(person.dayparts & task.dayparts))
        bits &= self._where(("demands", task.demands), lambda person: not person.exclusions & task.demands)
        for competence in task.competences:
            bits &= self.meeting(competence)
        return bits

    def meeting(self, competence: Competence) -> int:
        """The people who meet one requirement."""
        return self._where(competence, lambda person: meets(person, competence))

    def _where(self, key: object, test: Callable[[Person], bool]) -> int:
        if key not in self._known:
            self._known[key] = sum(1 << rank for rank, person in enumerate(self._people) if test(person))
        return self._known[key]


def common(sets: Iterable[int], people: int) -> int:
    """People present in every set; everyone when there is no set."""
    bits = (1 << people) - 1
    for one in sets:
        bits &= one
    return bits
