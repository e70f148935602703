"""The exits of a scope classed once for its screen, its list, its clicks and its exports, until its data change.

Which state of the data is read is said by the base itself (`reports.triggers`); what is kept therefore never answers
for another state, nor for another scope, day or rule book. Each process keeps the last few, a bounded number of rows.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from threading import Lock
from typing import TypeVar

from django.db import connection
from django.db.models import Count, Sum

from backend.core.actor import FOLLOWS_OWN_PEOPLE, Actor
from pathways.rules.dated.book import RuleBook
from reports.exits.compute.period import Period
from reports.models import SourceChange
from reports.triggers import WHOLE_BASE

T = TypeVar("T")
MOST_ROWS = 100_000
"""Exits kept by one process: some fifteen megabytes."""

_kept: OrderedDict[Hashable, tuple[int, object]] = OrderedDict()
_lock = Lock()


def state_of(actor: Actor) -> tuple[int, int]:
    """Which state of its data this scope is in: another after each write on one of its structures."""
    return _state(None if actor.is_operator else actor.organisation_ids)


def state_of_places(organisation_ids: Iterable[int]) -> str:
    """The same of these structures, as a mark one may keep: random draws, which say nothing of what was written."""
    return ":".join(map(str, _state(organisation_ids)))


def _state(organisation_ids: Iterable[int] | None) -> tuple[int, int]:
    rows = SourceChange.objects.all()
    if organisation_ids is not None:
        rows = rows.filter(organisation__in=[WHOLE_BASE, *organisation_ids])
    found = rows.aggregate(lines=Count("pk"), draws=Sum("draw"))
    return int(found["lines"]), int(found["draws"] or 0)


def kept(
    actor: Actor,
    period: Period,
    organisation_ids: frozenset[int] | None,
    *,
    book: RuleBook,
    today: date,
    compute: Callable[[], tuple[T, int]],
) -> T:
    """What `compute` gives for this scope and this state, and how many rows it holds."""
    whose = actor.user_id if actor.role in FOLLOWS_OWN_PEOPLE else None
    scope = (str(connection.settings_dict["NAME"]), actor.role, whose, actor.organisation_ids)
    key = (scope, period, organisation_ids, today, book, state_of(actor))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            found: T = _kept[key][1]  # type: ignore[assignment]
            return found
    made, rows = compute()
    with _lock:
        _kept[key] = rows, made
        while len(_kept) > 1 and sum(size for size, _ in _kept.values()) > MOST_ROWS:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Start again from nothing."""
    with _lock:
        _kept.clear()
