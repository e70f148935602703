"""Invents territories that look like real ones, for tests, benchmarks and demonstrations; nothing here is a survey.

The sectors, hours, costs and seasons are made up from the order of magnitude of the field: about twelve tasks and
forty delegable hours an employer, half of them hard or devalued, some only at dawn, some only in summer.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Competence, Employer, Parameters, Person, Task
from employers.recomposition.invented.sectors import SECTORS, Season, TaskTemplate

BASIN_KM = 30.0  # side of an employment basin
TOWN_SPREAD_KM = 3.5
TASKS_PER_EMPLOYER = 12
PEOPLE_PER_EMPLOYER = 6
DELEGABLE_SHARE = 0.875  # leaves about 3.5 hours a week and a task
MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class Town:
    """A place around which employers and people gather."""

    x_km: float
    y_km: float

    def somewhere(self, rng: random.Random) -> tuple[float, float]:
        """A point around the town, rounded to 100 m."""
        return (
            round(rng.gauss(self.x_km, TOWN_SPREAD_KM), 1),
            round(rng.gauss(self.y_km, TOWN_SPREAD_KM), 1),
        )


def invent_territory(
    *,
    employers: int,
    seed: int,
    tasks: int | None = None,
    people: int | None = None,
    periods: int = 4,
    parameters: Parameters | None = None,
) -> Territory:
    """A territory that depends on its arguments only: same seed, same territory."""
    rng = random.Random(f"{employers}-{tasks}-{people}-{periods}-{seed}")  # noqa: S311 - invented data, no secret
    towns = [
        Town(rng.uniform(0, BASIN_KM), rng.uniform(0, BASIN_KM)) for _ in range(max(1, round(employers**0.5)))
    ]
    sites = [_employer(rng, rank, towns) for rank in range(employers)]
    wanted = TASKS_PER_EMPLOYER * employers if tasks is None else tasks
    lines = [
        _task(rng, rank, site, periods)
        for rank, site in enumerate(_in_turn(rng, sites, wanted if sites else 0))
    ]
    count = 10 + PEOPLE_PER_EMPLOYER * employers if people is None else people
    return Territory(
        periods,
        tuple(site for site, _ in sites),
        tuple(lines),
        tuple(_person(rng, rank, towns) for rank in range(count)),
        parameters or Parameters(),
    )


Site = tuple[Employer, tuple[TaskTemplate, ...]]


def _in_turn(rng: random.Random, sites: list[Site], wanted: int) -> list[tuple[Employer, TaskTemplate]]:
    """One task after another for each employer in turn, without repeating a template while some are left."""
    decks: dict[str, list[TaskTemplate]] = {}
    drawn = []
    for rank in range(wanted):
        employer, templates = sites[rank % len(sites)]
        if not decks.get(employer.id):
            decks[employer.id] = rng.sample(templates, len(templates))
        drawn.append((employer, decks[employer.id].pop()))
    return drawn


def _employer(rng: random.Random, rank: int, towns: list[Town]) -> Site:
    sector, templates = rng.choice(sorted(SECTORS.items()))
    x_km, y_km = rng.choice(towns).somewhere(rng)
    return Employer(f"e{rank + 1}", f"{sector} inventé n° {rank + 1}", x_km, y_km), templates


def _task(rng: random.Random, rank: int, drawn: tuple[Employer, TaskTemplate], periods: int) -> Task:
    employer, template = drawn
    typical = DELEGABLE_SHARE * rng.uniform(*template.hours)
    return Task(
        id=f"t{rank + 1}",
        employer=employer.id,
        name=template.name,
        family=template.family,
        dayparts=frozenset(template.dayparts),
        half_hours=tuple(round(2 * typical * factor) for factor in _season(rng, template.season, periods)),
        hard="p" in template.flags,
        devalued="d" in template.flags,
        skill_building="c" in template.flags,
        competences=tuple(Competence(code, level) for code, level in template.competences),
        demands=frozenset(template.demands),
        hourly_cost=float(rng.randint(*template.cost)),
    )


def _season(rng: random.Random, season: Season, periods: int) -> list[float]:
    """One factor per period, read from the curve of the season over twelve months, with a little noise."""
    months = [season.curve[int(period * MONTHS_PER_YEAR / periods)] for period in range(periods)]
    return [max(0.0, factor * rng.uniform(0.92, 1.08)) for factor in months]


def _person(rng: random.Random, rank: int, towns: list[Town]) -> Person:
    x_km, y_km = rng.choice(towns).somewhere(rng)
    drives = rng.random() < 0.45
    levels = {code: rng.choice((0, 1, 1, 2)) for code in COMPETENCES if rng.random() < 0.6}
    if drives:
        levels["permis_b"] = 1
    return Person(
        id=f"c{rank + 1}",
        x_km=x_km,
        y_km=y_km,
        radius_km=rng.choice((20.0, 25.0, 30.0)) if drives else rng.choice((6.0, 9.0, 12.0, 15.0)),
        dayparts=frozenset(rng.choice(("EMA", "MA", "MA", "MAS", "EMAS", "EM"))),
        levels=tuple(sorted(levels.items())),
        exclusions=frozenset(demand for demand in DEMANDS if rng.random() < 0.12),
        families=frozenset(rng.sample(FAMILIES, 3)),
    )


_TEMPLATES = [template for templates in SECTORS.values() for template in templates]
FAMILIES = sorted({template.family for template in _TEMPLATES})
DEMANDS = sorted({demand for template in _TEMPLATES for demand in template.demands})
COMPETENCES = sorted(
    {code for template in _TEMPLATES for code, _ in template.competences if not code.startswith("permis")}
)
