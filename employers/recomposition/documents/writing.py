"""Writes territories and jobs in the exchange format, the same one that is read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import (
    DAYPARTS,
    HALF_HOURS_PER_HOUR,
    Choices,
    Job,
    Task,
    TaskShare,
)

Document = dict[str, Any]


def hours(half_hours: tuple[int, ...]) -> list[float]:
    """Half-hours as hours."""
    return [value / HALF_HOURS_PER_HOUR for value in half_hours]


def territory_document(territory: Territory) -> Document:
    """A territory as `read_territory` reads it."""
    return {
        "periods": territory.periods,
        "parameters": asdict(territory.parameters),
        "employers": [asdict(employer) for employer in territory.employers],
        "tasks": [_task(task) for task in territory.tasks],
        "people": [
            {
                "id": person.id,
                "x_km": person.x_km,
                "y_km": person.y_km,
                "radius_km": person.radius_km,
                "dayparts": _dayparts(person.dayparts),
                "levels": dict(person.levels),
                "exclusions": sorted(person.exclusions),
                "families": sorted(person.families),
            }
            for person in territory.people
        ],
    }


def jobs_document(jobs: tuple[Job, ...]) -> list[Document]:
    """Jobs as lists of task shares, in hours."""
    return [{"tasks": shares_document(job)} for job in jobs]


def shares_document(job: Job) -> list[Document]:
    """The shares of one job, in hours."""
    return [{"task": share.task, "hours": hours(share.half_hours)} for share in job.shares]


def read_jobs(document: list[Document]) -> tuple[Job, ...]:
    """Jobs written by `jobs_document`."""
    return tuple(
        Job(
            tuple(
                TaskShare(
                    share["task"], tuple(round(value * HALF_HOURS_PER_HOUR) for value in share["hours"])
                )
                for share in job["tasks"]
            )
        )
        for job in document
    )


def choices_document(choices: Choices) -> Document:
    """Human choices, in a form that JSON can carry."""
    return {
        "pinned": jobs_document(choices.pinned),
        "apart": sorted(sorted(pair) for pair in choices.apart),
        "locked": sorted(choices.locked),
        "refused": sorted(sorted(tasks) for tasks in choices.refused),
    }


def read_choices(document: Document) -> Choices:
    """Choices written by `choices_document`."""
    return Choices(
        pinned=read_jobs(document["pinned"]),
        apart=frozenset(frozenset(pair) for pair in document["apart"]),
        locked=frozenset(document["locked"]),
        refused=frozenset(frozenset(tasks) for tasks in document["refused"]),
    )


def _task(task: Task) -> Document:
    return {
        "id": task.id,
        "employer": task.employer,
        "name": task.name,
        "family": task.family,
        "dayparts": _dayparts(task.dayparts),
        "hours": hours(task.half_hours),
        "hard": task.hard,
        "devalued": task.devalued,
        "skill_building": task.skill_building,
        "competences": [asdict(competence) for competence in task.competences],
        "demands": sorted(task.demands),
        "hourly_cost": task.hourly_cost,
    }


def _dayparts(parts: frozenset[str]) -> list[str]:
    return [part for part in DAYPARTS if part in parts]
