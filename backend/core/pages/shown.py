"""Whom a page or an answer shows in a list: said by whoever shows them, written in the trail once the answer is made.

`backend/audit/answers.py` writes one line an answer, whatever the number of people.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

_DEPTH = 3


def show_people(request: Any, people: Iterable[int]) -> None:
    """Remember that this answer shows these people."""
    http = getattr(request, "_request", request)
    http.people_shown = {*people_shown(http), *people}


def people_shown(request: Any) -> set[int]:
    """Everybody this answer shows, as far as it was said."""
    shown: set[int] = getattr(request, "people_shown", set())
    return shown


def people_of(rows: Iterable[Any]) -> set[int]:
    """The people these rows are about, without asking the database: themselves, or what was read with them."""
    return {person for row in rows if (person := _person_of(row, _DEPTH)) is not None}


def _person_of(row: Any, depth: int) -> int | None:
    if not isinstance(row, models.Model):
        return _person_of_a_shape(row, depth)
    if row._meta.model_name == "beneficiary":
        return int(row.pk)
    number: int | None = getattr(row, "beneficiary_id", None)
    if number is not None or depth == 0:
        return number
    joined = (_person_of(each, depth - 1) for each in row._state.fields_cache.values() if each is not None)
    return next((found for found in joined if found is not None), None)


def _person_of_a_shape(row: Any, depth: int) -> int | None:
    """A line drawn from several tables names its person as tables do."""
    number = getattr(row, "beneficiary_id", None)
    person = getattr(row, "person", None) or getattr(row, "beneficiary", None)
    if number is None and isinstance(person, models.Model) and depth:
        return _person_of(person, depth - 1)
    return number if isinstance(number, int) else None
