"""The rows of one structure that somebody reads, as the lines of the files they came by.

Rights are not written again here: each table is asked by its own `visible_to`, each column that some do not read by
`FileLayout.kept_back`. A row that names one which does not leave (of another structure, or kept back) leaves without
that name, or stays when the name is compulsory: a file is complete in itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from backend.core.actor import Actor
from backend.core.errors import OutOfReach
from backend.exchange import registry
from backend.exchange.layout import Column, FileLayout
from backend.exchange.report import in_words
from backend.exchange.scope import OUT_OF_SCOPE, Scope
from backend.organisations.models import Membership, Organisation

_AT_ONCE = 2_000
Ids = dict[int, str]


@dataclass(frozen=True, slots=True)
class Leaving:
    """The lines of one file, each a value per column."""

    layout: FileLayout
    lines: list[list[Any]]


def leaving_layouts() -> tuple[FileLayout, ...]:
    """The files a structure may take away."""
    return tuple(layout for layout in registry.layouts() if layout.placed_by and layout.holds is not None)


def rows_of(actor: Actor, organisation_id: int, layout: FileLayout) -> models.QuerySet[Any]:
    """What one file holds of a structure for whoever asks: what the file always holds, of that structure, read by them."""
    if layout.holds is None or not layout.placed_by:
        return layout.rows().none()
    seen: Any = layout.holds._default_manager
    own = seen.visible_to(actor).filter(**{layout.placed_by: organisation_id})
    return layout.rows().filter(pk__in=own.order_by().values("pk"))


def people_leaving(actor: Actor, organisation_id: int) -> set[int]:
    """Everybody whom these files are about: taking them away is reading them."""
    return {
        number
        for layout in leaving_layouts()
        if layout.holds is not None and (path := _way_to_a_person(layout.holds))
        for number in rows_of(actor, organisation_id, layout).order_by().values_list(path, flat=True)
        if number is not None
    }


def _way_to_a_person(model: type[models.Model]) -> str:
    if model._meta.model_name == "beneficiary":
        return "pk"
    return "beneficiary_id" if any(field.name == "beneficiary" for field in model._meta.fields) else ""


def has_something(actor: Actor, organisation_ids: Collection[int]) -> bool:
    """Whether one of these structures has any line of its own beside what it is."""
    return any(
        rows_of(actor, pk, layout).exists()
        for pk in organisation_ids
        for layout in leaving_layouts()
        if layout.holds is not Organisation
    )


def lines_of(actor: Actor, organisation: Organisation) -> Iterator[Leaving]:
    """Each file that has lines, in the order they are read back, its lines in an order that depends on nothing else."""
    if not Organisation.objects.covered_by(actor).filter(pk=organisation.pk).exists():
        raise OutOfReach
    named = _Named(Scope(organisation.pk))
    for layout in leaving_layouts():
        rows = list(rows_of(actor, organisation.pk, layout).iterator(_AT_ONCE))
        named.give(layout, rows)
        kept_back = layout.kept_back(actor) if layout.kept_back else _nothing
        found = [named.line(layout, row, kept_back(row)) for row in rows]
        lines = sorted((line for line in found if line is not None), key=lambda line: _rank(layout, line))
        if lines:
            yield Leaving(layout, lines)


def lines_settled(scope: Scope) -> dict[str, list[list[Any]]]:
    """What the files about a structure itself say of it now, as its archive writes them; for its own eyes."""
    named, told = _Named(scope), {}
    for layout in leaving_layouts():
        if layout.name in OUT_OF_SCOPE:
            rows = list(layout.rows().filter(**{layout.placed_by: scope.organisation_id}))
            named.give(layout, rows)
            told[layout.name] = [line for row in rows if (line := named.line(layout, row, ())) is not None]
    return told


def _nothing(row: Any) -> Collection[str]:
    return ()


class _Named:
    """The ids that rows leave under: what the structure sent, else ours; of what does not leave, none."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._ids: dict[type[models.Model], Ids] = {}
        team = Membership.objects.filter(organisation_id=scope.organisation_id)
        self._colleagues: Ids = dict(team.order_by().values_list("user_id", "user__email"))

    def give(self, layout: FileLayout, rows: list[Any]) -> None:
        """Name the rows of a file that gives ids."""
        if layout.holds is not None and any(column.name == "id" for column in layout.columns):
            self._ids[layout.holds] = {row.pk: self._scope.id_sent(row) for row in rows}

    def line(self, layout: FileLayout, row: Any, kept_back: Collection[str]) -> list[Any] | None:
        """The values of one row; None when it needs a name that does not leave."""
        cells = []
        for column in layout.columns:
            value = None if column.name in kept_back else self._cell(column, row)
            if value is None and column.is_compulsory and column.refers_to is not None:
                return None
            cells.append(value)
        return cells

    def _cell(self, column: Column, row: Any) -> Any:
        value = column.written(row)
        if column.refers_to is None or value is None:
            return in_words(value) if isinstance(value, dict) else value
        # Who is known by an address is an account: that of a colleague, past ones too, as reading them back asks.
        ids = self._ids.get(column.refers_to, {}) if column.known_by == "external_id" else self._colleagues
        return ids.get(value)


_FIGURES = re.compile(r"(\d+)")


def _rank(layout: FileLayout, line: list[Any]) -> list[Any]:
    """By what tells a line from the others, numbers as numbers; then by all it says."""
    names = [column.name for column in layout.columns]
    first = [line[names.index(name)] for name in layout.key]
    return [_natural(value) for value in (*first, *line)]


def _natural(value: Any) -> list[tuple[int, int, str]]:
    text = "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)
    parts = _FIGURES.split(text)
    return [(1, int(part), "") if rank % 2 else (0, 0, part) for rank, part in enumerate(parts)]
