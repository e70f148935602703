"""Everything about some people erased: what no link finds first, by each house, then their rows, children before parents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.joining import tables as joined
from backend.core.privacy import tables
from backend.core.privacy.tables import Erased, Model, Table
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted

PEOPLE_AT_ONCE = 100
"""One transaction: some tenths of a second, so that nobody who writes waits behind it."""


def what_would_go(person: int) -> dict[Model, int]:
    """How many rows of each table would go with this person; tables without any left aside."""
    counts = {table.model: rows_about(table, [person]).count() for table in tables.of_people()}
    return {model: count for model, count in counts.items() if count}


@lifted(Gate.ERASING)
def erase(people: Sequence[int]) -> dict[Model, int]:
    """Erase them, in the caller's transaction; how many rows of each table went.

    Links to what goes are found by their way to the person, a row about two people goes with either.
    """
    found = {
        table.model: list(rows_about(table, people).values_list("pk", flat=True))
        for table in tables.of_people()
    }
    for eraser in tables.erasers():
        eraser(Erased(tuple(people), found))
    for table in reversed(tables.of_people()):
        rows = table.model._base_manager.filter(pk__in=rows_about(table, people).values("pk"))
        rows._raw_delete(rows.db)
    return {model: len(keys) for model, keys in found.items() if keys}


def clean_up() -> None:
    """Once they are gone for good: files made before that may still name them."""
    for gesture in tables.afterwards():
        gesture()


def erase_again() -> int:
    """Erase whom a backup brought back; how many."""
    return sum(gesture() for gesture in tables.once_restored())


def rows_about(table: Table, people: Sequence[int]) -> models.QuerySet[Any]:
    """Rows of these people."""
    root = joined.person_table().model
    if table.model is root:
        return table.model._base_manager.filter(pk__in=people)
    line = next(each for each in joined.registered() if each.model is table.model)
    direct = [each.name for each in joined.links_of(line) if each.related_model is root and not each.null]
    about = Q(**{f"{tables.path_to_person(table)}__in": people})
    for name in direct:
        about |= Q(**{f"{name}__in": people})
    return table.model._base_manager.filter(about)
