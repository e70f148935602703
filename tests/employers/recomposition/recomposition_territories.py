"""Small territories written by hand, line by line."""

from __future__ import annotations

from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Competence, Employer, Parameters, Person, Task

FLAGS = {"p": "hard", "d": "devalued", "c": "skill_building"}


def line(
    name: str,
    hours: float | list[float],
    *,
    employer: str = "e1",
    family: str | None = None,
    flags: str = "",
    cost: float = 24.0,
    dayparts: str = "MA",
    needs: tuple[tuple[str, int], ...] = (),
    demands: str = "",
    periods: int = 4,
) -> Task:
    """A task, with the same hours in every period unless a list is given."""
    given = hours if isinstance(hours, list) else [hours] * periods
    return Task(
        id=name,
        employer=employer,
        name=name,
        family=family or name,
        dayparts=frozenset(dayparts),
        half_hours=tuple(round(2 * value) for value in given),
        competences=tuple(Competence(code, level) for code, level in needs),
        demands=frozenset(demands.split()),
        hourly_cost=cost,
        **{FLAGS[flag]: True for flag in flags},
    )


def everyone(count: int = 10, *, drivers: int = 0) -> tuple[Person, ...]:
    """Invented people who live beside the first employer and can come at any time; the first ones drive."""
    return tuple(
        Person(f"c{rank}", 0.0, 0.0, 50.0, frozenset("EMAS"), (("permis_b", 1),) if rank < drivers else ())
        for rank in range(count)
    )


def place(
    *tasks: Task,
    kilometres: float = 0.0,
    people: tuple[Person, ...] | None = None,
    periods: int = 4,
    **rules: float,
) -> Territory:
    """A territory of one or two employers, the second at a distance by road from the first."""
    employers = (
        Employer("e1", "Brioches du Val", 0.0, 0.0),
        Employer("e2", "Résidence Inventée", kilometres / 1.25, 0.0),
    )
    used = {task.employer for task in tasks}
    return Territory(
        periods,
        tuple(one for one in employers if one.id in used),
        tasks,
        everyone() if people is None else people,
        Parameters(**rules),
    )
