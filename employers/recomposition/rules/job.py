"""The rules a job must keep, as one would read them to a staff representative.

Every rule looks at one job and says, in French, what it breaks; an empty answer means the job is acceptable.
Hours are half-hours a week. Quality rules are tested in every period: a cap tested on the year only lets all the
hard hours be packed into one season. Sources: Code du travail, art. L3131-1 (11 h of rest, hence 13 h of
amplitude), L3123-27 (part time), L5132-15-1 (a CDDI in ACI); the others are house rules, see `Parameters`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import ceil

from employers.recomposition.documents.words import hours_text, percent_text, period_name
from employers.recomposition.facts.measures import Measures
from employers.recomposition.facts.vocabulary import DAYPARTS, HALF_HOURS_PER_HOUR, Parameters

ROOM = {"E": 30, "M": 40, "A": 40, "S": 30}  # half-hours a week that fit in each part of the day
DAYPART_CLOCK = {"E": (5, 8), "M": (8, 12), "A": (12, 17), "S": (17, 21)}
MAX_AMPLITUDE_HOURS = 13  # 24 h less the 11 h of daily rest
EARLY_DAY, LATE_DAY = frozenset("EMA"), frozenset("MAS")  # a job is early or late, never both
EVENING = frozenset("S")


@dataclass(frozen=True)
class Breach:
    """One rule broken by one job."""

    rule: str
    message: str
    period: int | None = None


def exact(share: float) -> Fraction:
    """A share typed as 0.4 is two fifths, not the nearest binary number."""
    return Fraction(str(share))


def min_half_hours(parameters: Parameters) -> int:
    """Fewest half-hours a week of a job, in every period."""
    return ceil(exact(parameters.min_hours) * HALF_HOURS_PER_HOUR)


def max_half_hours(parameters: Parameters) -> int:
    """Most half-hours a week of a job, in every period."""
    return int(exact(parameters.max_hours) * HALF_HOURS_PER_HOUR)


def min_share_half_hours(parameters: Parameters, periods: int) -> int:
    """Fewest half-hours of one task in a job, added over all periods; a task in a job has at least one."""
    return max(1, ceil(exact(parameters.min_task_hours) * HALF_HOURS_PER_HOUR * periods))


def weekly_hours(job: Measures, rules: Parameters) -> Iterator[Breach]:
    """Between the minimum and the maximum, every week of every period."""
    periods = len(job.totals)
    for period, total in enumerate(job.totals):
        when = period_name(period, periods)
        if total < min_half_hours(rules):
            text = f"{hours_text(total)} par semaine {when}, moins que le minimum de {rules.min_hours:g} h"
            yield Breach("hours", text, period)
        if total > max_half_hours(rules):
            text = f"{hours_text(total)} par semaine {when}, plus que le maximum de {rules.max_hours:g} h"
            yield Breach("hours", text, period)


def employers_count(job: Measures, rules: Parameters) -> Iterator[Breach]:
    """A person cannot have too many bosses."""
    if len(job.employers) > rules.max_employers:
        yield Breach("employers", f"{len(job.employers)} employeurs, plus que {rules.max_employers}")


def distance(job: Measures, rules: Parameters) -> Iterator[Breach]:
    """Any two sites of a job are close enough."""
    if job.furthest_km > rules.max_km + 1e-9:
        yield Breach("distance", f"{job.furthest_km:.1f} km entre deux sites, plus que {rules.max_km:g} km")


def heavy_cap(job: Measures, rules: Parameters) -> Iterator[Breach]:
    """Hard or devalued hours keep under their cap in each period, not on the year."""
    for period in range(len(job.totals)):
        share = job.heavy_share(period)
        if share > exact(rules.heavy_cap):
            when = period_name(period, len(job.totals))
            cap = percent_text(rules.heavy_cap)
            text = f"{percent_text(share)} d’heures pénibles ou dévalorisées {when}, plafond {cap}"
            yield Breach("heavy", text, period)


def skill_floor(job: Measures, rules: Parameters) -> Iterator[Breach]:
    """Enough hours that develop a competence, over the year."""
    if job.skill_share < exact(rules.skill_floor):
        floor = percent_text(rules.skill_floor)
        text = f"{percent_text(job.skill_share)} d’heures qui développent une compétence, minimum {floor}"
        yield Breach("skill", text)


def variety(job: Measures, rules: Parameters) -> Iterator[Breach]:
    """More than one family of tasks."""
    if len(job.families) < rules.min_families:
        yield Breach("variety", f"{len(job.families)} famille de tâches, moins que {rules.min_families}")


def focus(job: Measures, rules: Parameters) -> Iterator[Breach]:
    """Not too many tasks, and none too small to be worth a line."""
    if len(job.tasks) > rules.max_tasks:
        yield Breach("tasks", f"{len(job.tasks)} tâches, plus que {rules.max_tasks}")
    least = min_share_half_hours(rules, len(job.totals))
    for task, share in zip(job.tasks, job.shares, strict=True):
        if sum(share) < least:
            yield Breach(
                "small", f"« {task.name} » : moins de {rules.min_task_hours:g} h par semaine en moyenne"
            )


def windows(job: Measures, rules: Parameters) -> Iterator[Breach]:
    """Early or late, never both; and the hours of each part of the day fit in it.

    For movable tasks the second part is Hall's condition: whatever parts of the day are looked at together, the
    tasks that can only be done then do not need more than the room there is.
    """
    if not any(_fits(job, day) for day in (EARLY_DAY, LATE_DAY)):
        yield Breach("windows", _why_no_day_fits(job))


def enough_people(job: Measures, rules: Parameters) -> Iterator[Breach]:
    """Enough people nearby could hold every task of the job, so that somebody can choose it."""
    if job.people < rules.min_people:
        yield Breach(
            "people", f"{job.people} personne(s) pour l’ensemble des tâches, moins que {rules.min_people}"
        )


RULES: tuple[Callable[[Measures, Parameters], Iterator[Breach]], ...] = (
    weekly_hours,
    employers_count,
    distance,
    heavy_cap,
    skill_floor,
    variety,
    focus,
    windows,
    enough_people,
)


def breaches(job: Measures, rules: Parameters) -> list[Breach]:
    """Every rule this job breaks, in the order of `RULES`."""
    return [breach for rule in RULES for breach in rule(job, rules)]


def daypart_sets(day: frozenset[str]) -> list[frozenset[str]]:
    """Every non-empty set of parts of one kind of day."""
    parts = [part for part in DAYPARTS if part in day]
    return [frozenset(some) for size in range(1, len(parts) + 1) for some in combinations(parts, size)]


def room(parts: frozenset[str]) -> int:
    """Half-hours a week that fit in these parts of the day together."""
    return sum(ROOM[part] for part in parts)


def _fits(job: Measures, day: frozenset[str]) -> bool:
    if any(not task.dayparts & day for task in job.tasks):
        return False
    return all(
        _needed(job, day, parts, period) <= room(parts)
        for parts in daypart_sets(day)
        for period in range(len(job.totals))
    )


def _needed(job: Measures, day: frozenset[str], parts: frozenset[str], period: int) -> int:
    bound = zip(job.tasks, job.shares, strict=True)
    return sum(share[period] for task, share in bound if task.dayparts & day <= parts)


def amplitude_hours(job: Measures) -> int:
    """Hours from the latest possible start to the earliest possible end of the day its tasks impose."""
    start = min(max(DAYPART_CLOCK[part][0] for part in task.dayparts) for task in job.tasks)
    end = max(min(DAYPART_CLOCK[part][1] for part in task.dayparts) for task in job.tasks)
    return end - start


def _why_no_day_fits(job: Measures) -> str:
    if amplitude_hours(job) > MAX_AMPLITUDE_HOURS:
        return f"amplitude {amplitude_hours(job)} h > {MAX_AMPLITUDE_HOURS} h"
    return "les heures imposées à un même moment de la journée ne tiennent pas dans la semaine"
