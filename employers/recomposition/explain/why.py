"""Why a job is as it is: the rules that hold it back, period by period, said from the same figures the rules use."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from employers.recomposition.documents.words import listed, number_text, percent_text, period_name
from employers.recomposition.facts.measures import Measures
from employers.recomposition.facts.vocabulary import Parameters
from employers.recomposition.rules.job import exact, max_half_hours, min_half_hours


def binding_rules(job: Measures, rules: Parameters) -> list[str]:
    """One sentence per rule that one more half-hour, task or employer, or one person fewer, would break."""
    return list(_sentences(job, rules))


def robustness(job: Measures, rules: Parameters) -> int:
    """How many of its employers could withdraw, one at a time, and leave enough hours in every period."""
    return sum(job.left_without(employer) >= min_half_hours(rules) for employer in job.employers)


def is_fragile(job: Measures, rules: Parameters) -> bool:
    """Whether no employer at all could withdraw: the « fragile » badge."""
    return robustness(job, rules) == 0


def _sentences(job: Measures, rules: Parameters) -> Iterator[str]:
    cap = exact(rules.heavy_cap)
    heavy = _when(job, lambda period: job.heavy[period] + 1 > cap * (job.totals[period] + 1))
    if heavy and any(task.heavy for task in job.tasks):
        yield f"Limité par le plafond de {percent_text(rules.heavy_cap)} d’heures pénibles ou dévalorisées {heavy}."
    longest = _when(job, lambda period: job.totals[period] >= max_half_hours(rules))
    if longest:
        yield f"Au maximum de {number_text(rules.max_hours)} h par semaine {longest}."
    shortest = _when(job, lambda period: job.totals[period] <= min_half_hours(rules))
    if shortest:
        yield f"Au minimum de {number_text(rules.min_hours)} h par semaine {shortest}."
    if job.skill - 1 < exact(rules.skill_floor) * (job.total - 1):
        yield f"Au minimum de {percent_text(rules.skill_floor)} d’heures qui développent une compétence."
    yield from _counts(job, rules)


def _counts(job: Measures, rules: Parameters) -> Iterator[str]:
    if len(job.tasks) >= rules.max_tasks:
        yield f"Au maximum de {rules.max_tasks} tâches."
    if len(job.employers) >= rules.max_employers > 1:
        yield f"Au maximum de {rules.max_employers} employeurs."
    if 0 < job.people <= rules.min_people:
        yield f"Seules {job.people} personnes peuvent tenir toutes les tâches ; il en faut {rules.min_people}."


def _when(job: Measures, holds: Callable[[int], bool]) -> str:
    """« en juin et en juillet », « en toute période », or nothing."""
    periods = [period for period in range(len(job.totals)) if holds(period)]
    if len(periods) == len(job.totals):
        return "en toute période"
    return listed([period_name(period, len(job.totals)) for period in periods])
