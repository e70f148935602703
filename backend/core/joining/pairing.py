"""Which row of one file is which row of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from django.db import models

from backend.core.joining import tables
from backend.core.joining.tables import Table
from backend.core.sealing.encryption import Unread

Mapped = Callable[["models.ForeignKey[Any, Any]", Any], Any]
Pair = tuple[Any, Any]


def pairs(
    table: Table,
    kept: Sequence[Any],
    gone: Sequence[Any],
    mapped: Mapped,
    told: Iterable[models.Field[Any, Any]],
) -> list[Pair]:
    """Pairs of rows that are one, each row in one pair at most; rows of other parents are never one."""
    links = tables.links_of(table)
    parents = [link for link in links if not link.null and link.related_model is not table.model]

    def above(row: Any, see: Mapped) -> tuple[Any, ...]:
        return tuple(see(link, getattr(row, link.attname)) for link in parents)

    if callable(table.same) and not _has_one_place(links):
        return _closest(
            table.same, kept, gone, lambda row: above(row, mapped), lambda row: above(row, _as_it_is)
        )
    said = _said_by(table, links, list(told))
    waiting: dict[Hashable, list[Any]] = defaultdict(list)
    for row in kept:
        waiting[above(row, _as_it_is), said(row, _as_it_is)].append(row)
    found = []
    for row in gone:
        same = waiting[above(row, mapped), said(row, mapped)]
        if same:
            found.append((same.pop(0), row))
    return found


def _closest(
    rank: tables.Rank,
    kept: Sequence[Any],
    gone: Sequence[Any],
    above_gone: Callable[[Any], Any],
    above_kept: Callable[[Any], Any],
) -> list[Pair]:
    """The best pairs first: an open stay is one with the open one, not with a past one it happens to cross."""
    ranked = [
        (-rank(here, there), here.pk, there.pk, here, there)
        for there in gone
        for here in kept
        if above_kept(here) == above_gone(there) and rank(here, there)
    ]
    found, taken = [], set()
    for _, first, second, here, there in sorted(ranked, key=lambda each: each[:3]):
        if ("kept", first) not in taken and ("gone", second) not in taken:
            taken |= {("kept", first), ("gone", second)}
            found.append((here, there))
    return found


def _said_by(
    table: Table, links: Sequence[models.ForeignKey[Any, Any]], told: Sequence[models.Field[Any, Any]]
) -> Callable[[Any, Mapped], Hashable]:
    """What two rows must both say: nothing where there is room for one only, the fields named, or everything."""
    if _has_one_place(links):
        return lambda row, see: ()
    if isinstance(table.same, tuple):
        fields = {each.name: each.attname for each in table.model._meta.concrete_fields}
        named = [fields[name] for name in table.same]
        return lambda row, see: tuple(_print(getattr(row, name)) for name in named)
    optional = [link for link in links if link.null and link.related_model is not table.model]
    return lambda row, see: (
        *(_print(getattr(row, each.attname)) for each in told),
        *(see(link, getattr(row, link.attname)) for link in optional),
    )


def _has_one_place(links: Iterable[models.ForeignKey[Any, Any]]) -> bool:
    return any(link.unique and not link.null for link in links)


def _as_it_is(link: models.ForeignKey[Any, Any], pk: Any) -> Any:
    return pk


def _print(value: Any) -> Hashable:
    """A value to compare; a text that no key opens is one with the same seal only."""
    return ("sealed", value.sealed) if isinstance(value, Unread) else repr(value)
