"""How the rows of each table follow when two files are made one: each domain declares its own tables.

    tables.register(Table(Stay, same=may_be_one, by_field=True))

What a table is not told about, it follows by itself: its rows change hands, and those that say the same twice are one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q

Model = type[models.Model]
Rank = Callable[[Any, Any], int]


class Side(StrEnum):
    """Of which of the two files."""

    KEPT = "kept"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Table:
    """One table whose rows belong to a person, directly or through rows of theirs.

    `same` says when a row of each file are one and the same: the fields that are then equal, or a function of the kept
    row and the other (0 when they are not, the closest pair first); without it, rows are one when they say exactly the
    same. What they say differently is asked, field by field (`by_field`) or for the row as a whole; `quiet` fields never
    are. An empty field takes what the other file says, unless emptiness says something there (`empty_speaks`: no last day
    is « still there »). `settles` gives a value from both without asking; `derives` follows from the row as it is left;
    `prefers` may answer for the whole row. `apart`: rows that are never made one with another. `stamps` are written on a
    row that changes hands. `follows` names the field of its parent whose answer says whether the row stands at all (an
    exit stands with the last day chosen).
    """

    model: Model
    same: tuple[str, ...] | Rank | None = None
    by_field: bool = False
    quiet: tuple[str, ...] = ()
    empty_speaks: tuple[str, ...] = ()
    settles: Mapping[str, Callable[[Any, Any], Any]] = field(default_factory=dict)
    derives: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    prefers: Callable[[Any, Any], Side | None] | None = None
    apart: Q | None = None
    stamps: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    follows: str = ""

    @property
    def label(self) -> str:
        """« pathways.Stay »."""
        return self.model._meta.label


@dataclass(frozen=True, slots=True)
class Number:
    """A plain number that leads to a row without being a link: of which table, or in which field that table is named.

    `shape` is how the number is written, when a text holds it.
    """

    model: Model
    name: str
    to: Model | None = None
    kind: str = ""
    among: Q = field(default_factory=Q)
    shape: str = ""

    def written(self, number: Any) -> Any:
        """The number as the field holds it."""
        return self.shape.format(number) if self.shape else number


_TABLES: list[Table] = []
_NUMBERS: list[Number] = []


def register(*tables: Table) -> None:
    """Called once from `AppConfig.ready()`: parents before what hangs from them, the person's own table first."""
    known = {table.model for table in _TABLES}
    _TABLES.extend(table for table in tables if table.model not in known)


def register_numbers(*numbers: Number) -> None:
    """The same, for numbers that are no links."""
    _NUMBERS.extend(number for number in numbers if number not in _NUMBERS)


def registered() -> list[Table]:
    """Every table, parents first."""
    return list(_TABLES)


def numbers() -> list[Number]:
    """Every number that is no link."""
    return list(_NUMBERS)


def person_table() -> Table:
    """The table of the person, from which everything hangs."""
    return _TABLES[0]


def links_of(table: Table) -> list[models.ForeignKey[Any, Any]]:
    """Fields of this table that lead to a row of another registered one, or of its own."""
    models_ = {each.model for each in _TABLES}
    return [field for field in table.model._meta.concrete_fields if field.related_model in models_]  # type: ignore[misc]


def owner_of(table: Table) -> models.ForeignKey[Any, Any]:
    """The link by which a row belongs to somebody: the first that is never empty."""
    return next(link for link in links_of(table) if not link.null and link.related_model is not table.model)


def path_to_person(table: Table) -> str:
    """« stay__beneficiary »: the links to follow from a row to the person; empty for the person's own table."""
    if table is person_table():
        return ""
    owner = owner_of(table)
    above = next(each for each in _TABLES if each.model is owner.related_model)
    return f"{owner.name}__{path_to_person(above)}".removesuffix("__")
