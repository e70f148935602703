"""Steps that other domains add to the thread (a job found): each registers once, everyone who draws a line asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Protocol

from django.db.models import Q

from backend.core.actor import Actor
from backend.core.values.dates import months_after
from pathways.rules.timeline import Step

_LENGTHS = (*range(1, 13), 18, 24, 36, 60, 600)
"""Months by which fixed terms are looked for, so that the base answers without adding months to a column.

Each of the first twelve: that is how long most are, and someone kept for nothing costs a whole line to read."""


class StepSource(Protocol):
    """What a domain knows of the thread beside the stays, within what the actor may see."""

    def steps_of(self, actor: Actor, people: Collection[int]) -> Mapping[int, list[Step]]:
        """Steps of these people, in a constant number of queries."""

    def people_since(self, actor: Actor, day: date) -> Any:
        """Ids of the people whose step may have ended on or after that day, as a subquery."""


_SOURCES: list[StepSource] = []


def register(source: StepSource) -> None:
    """Add a domain's steps; called once from `AppConfig.ready()`."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def steps_elsewhere(actor: Actor, people: Collection[int]) -> Mapping[int, list[Step]]:
    """Every step of these people outside their stays."""
    found: dict[int, list[Step]] = defaultdict(list)
    for source in _SOURCES:
        for person, steps in source.steps_of(actor, people).items():
            found[person] += steps
    return found


def left_elsewhere_since(actor: Actor, day: date, *, people: str) -> Q:
    """A filter on `people`: those whose step elsewhere may have ended on or after that day."""
    found = Q(pk__in=())
    for source in _SOURCES:
        found |= Q(**{f"{people}__in": source.people_since(actor, day)})
    return found


def term_may_end_since(day: date, *, start: str, months: str) -> Q:
    """A filter: a fixed term that may end on or after that day; never misses one, may keep a few others."""
    found = Q(pk__in=())
    for shorter, length in pairwise((-1, *_LENGTHS)):
        is_about = Q(**{f"{months}__gt": shorter, f"{months}__lte": length})
        found |= is_about & Q(**{f"{start}__gte": months_after(day, -length)})
    return found
