"""What is kept about one person, table by table, as they may read it and as a tool may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from backend.core.actor import Actor
from backend.core.joining.values import in_words, is_blank
from backend.core.privacy import tables
from backend.core.privacy.tables import Table


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it says to people, column by column, and what it says to a tool."""

    words: tuple[tuple[str, str], ...]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one table."""

    name: str
    title: str
    purpose: str
    kept: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is kept and not given, and why."""

    what: str
    reason: str


def sections_of(person: int, actor: Actor) -> list[Section]:
    """Everything given about this person, empty tables left aside; a constant number of queries for each table.

    The person receives all of it; a professional, what they read themselves.
    """
    found = (_section(table, person, actor) for table in tables.of_people() if table.title)
    return [section for section in found if section.lines]


def left_out_of(person: int) -> list[LeftOut]:
    """Tables that hold something about this person and are not given, each with its reason."""
    held = [table for table in tables.of_people() if not table.title and rows_of(table, person).exists()]
    return [LeftOut(_capital(str(table.model._meta.verbose_name_plural)), table.not_given) for table in held]


def rows_of(table: Table, person: int) -> models.QuerySet[Any]:
    """The rows of one person."""
    path = tables.path_to_person(table) or "pk"
    rows: models.QuerySet[Any] = table.model._base_manager.filter(**{path: person}).order_by("pk")
    return rows


def is_given_all(actor: Actor, person: int) -> bool:
    """Who receives everything: the person themselves, and the operator, who hands it to them."""
    return actor.is_operator or (actor.beneficiary_id is not None and actor.beneficiary_id == person)


def _section(table: Table, person: int, actor: Actor) -> Section:
    fields = table.given()
    links = [each.name for each in fields if isinstance(each, models.ForeignKey)]
    rows = rows_of(table, person).select_related(*links) if links else rows_of(table, person)
    is_whole = is_given_all(actor, person)
    if not is_whole:
        seen = table.model._default_manager.all().visible_to(actor)  # type: ignore[attr-defined]
        rows = rows.filter(pk__in=seen.order_by().values("pk"))
    lines = []
    for row in rows:
        hidden = frozenset() if is_whole or table.hides is None else table.hides(actor, row)
        lines.append(_line(table, row, [each for each in fields if each.name not in hidden]))
    return Section(table.model._meta.db_table, table.title, table.purpose, table.kept, tuple(lines))


def _line(table: Table, row: models.Model, fields: Sequence[models.Field[Any, Any]]) -> Line:
    said = [each for each in fields if not is_blank(getattr(row, each.attname))]
    return Line(
        words=tuple((_capital(str(each.verbose_name)), _in_words(table, row, each)) for each in said),
        values={each.name: _value(row, each) for each in fields},
    )


def _in_words(table: Table, row: models.Model, field: models.Field[Any, Any]) -> str:
    if field.name in table.told:
        return table.told[field.name](row)
    return in_words(row, field)


def _value(row: models.Model, field: models.Field[Any, Any]) -> Any:
    """As JSON holds it; what a link points to is named."""
    value = getattr(row, field.name) if isinstance(field, models.ForeignKey) else getattr(row, field.attname)
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
