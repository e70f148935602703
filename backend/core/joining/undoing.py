"""Two files again: each line written is put back, and what was written since stays where it was written.

A value changed since is left as it is. A row added since goes with what it hangs from; one that hangs from both sides
stays on the file that was kept, and lets go of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db import models

from backend.core.joining import tables
from backend.core.joining.changes import Change
from backend.core.joining.plan import SENDER_ID
from backend.core.joining.tables import Table
from backend.core.joining.values import alike

VERSION = "version"


@dataclass(slots=True)
class Undone:
    """How many values had changed since, rows went along, links were let go of, rows could not come back."""

    left_as_changed: int = 0
    went_along: int = 0
    let_go: int = 0
    lost: int = 0


def undo(changes: Iterable[Change], *, kept: Any, gone: Any) -> Undone:
    """Put every line back; `kept` and `gone` are the keys of the two people."""
    ordered, done = list(changes), Undone()
    for change in ordered:
        if change.values:
            _put_back(change, done)
    coming = {(change.model, change.pk) for change in ordered if change.whole is not None}
    for change in ordered:
        if change.whole is not None:
            _bring_back(change, coming, done)
    for table in tables.registered()[1:]:
        _part(table, kept, gone, done)
    return done


def _put_back(change: Change, done: Undone) -> None:
    row = change.rows.first()
    said = {name: pair for name, pair in change.values.items() if name != VERSION}
    before = {name: was for name, (was, now) in said.items() if row and alike(getattr(row, name), now)}
    if row is None:
        return
    done.left_as_changed += len(said) - len(before)
    if not before:
        return
    if VERSION in change.values:
        was, now = change.values[VERSION]
        # Somebody wrote since: a form opened in between must notice.
        before[VERSION] = was if row.version == now else row.version + 1
    change.rows.update(**before)


def _bring_back(change: Change, coming: set[tuple[tables.Model, Any]], done: Undone) -> None:
    values = dict(change.whole or {})
    for link in _links_to_what_left(change.model, values, coming):
        if not link.null:
            done.lost += 1
            return
        values[link.attname] = None
        done.let_go += 1
    told = values.get(SENDER_ID)
    if told and change.model._base_manager.filter(**{SENDER_ID: told}).exists():
        values[SENDER_ID] = ""
    change.model(**values).save_base(raw=True, force_insert=True)


def _links_to_what_left(
    model: tables.Model, values: dict[str, Any], coming: set[tuple[tables.Model, Any]]
) -> Iterator[models.ForeignKey[Any, Any]]:
    """Links to rows of the people that were taken back meanwhile."""
    table = next((each for each in tables.registered() if each.model is model), None)
    for link in tables.links_of(table) if table else ():
        pk, other = values.get(link.attname), cast("tables.Model", link.related_model)
        if pk is not None and (other, pk) not in coming and not other._base_manager.filter(pk=pk).exists():
            yield link


def _part(table: Table, kept: Any, gone: Any, done: Undone) -> None:
    """No row of one file leads to a row of the other."""
    root, path, owner = tables.person_table().model, tables.path_to_person(table), tables.owner_of(table)
    others = [each for each in tables.links_of(table) if each is not owner and each.related_model is not root]
    for link in others:
        beyond = next(each for each in tables.registered() if each.model is link.related_model)
        far = f"{link.name}__{tables.path_to_person(beyond)}"
        for here, there in ((kept, gone), (gone, kept)):
            for row in table.model._base_manager.filter(**{path: here, far: there}):
                stays = any(each is not link and _is_of(row, each, here) for each in others)
                if here == kept and owner.related_model is root and not stays:
                    _update(row, owner.attname, gone)
                    done.went_along += 1
                elif link.null:
                    _update(row, link.attname, None)
                    done.let_go += 1


def _is_of(row: Any, link: models.ForeignKey[Any, Any], person: Any) -> bool:
    other = getattr(row, link.name)
    if other is None:
        return False
    beyond = next(each for each in tables.registered() if each.model is link.related_model)
    path = tables.path_to_person(beyond)
    found: bool = type(other)._base_manager.filter(pk=other.pk, **{path: person}).exists()
    return found


def _update(row: Any, name: str, value: Any) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**{name: value})
