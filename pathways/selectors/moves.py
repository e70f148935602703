"""How the date of what was planned moved: the trail holds every former date, the pages tell the last one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Q
from django.utils import timezone

from backend.audit.models import Entry
from backend.core.values.dates import french_move
from pathways.models import Action, Appointment

Planned = TypeVar("Planned", bound=Action | Appointment)


def with_moves(rows: list[Planned]) -> list[Planned]:
    """The same rows, each saying how its date moved; one query whatever their number, actions and meetings together.

    The rows are those the actor already sees: their own dates hold nothing more.
    """
    if not rows:
        return rows
    moves: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in _entries(rows):
        moves[entry.subject_kind, entry.subject_id].append(entry)
    for row in rows:
        if found := moves.get((row._meta.label_lower, str(row.pk))):
            row.moved = _words(row, found)
    return rows


def _entries(rows: Iterable[Action | Appointment]) -> Iterable[Entry]:
    numbers: dict[Any, list[str]] = defaultdict(list)
    for row in rows:
        numbers[row._meta].append(str(row.pk))
    moved = Q()
    for kind, theirs in numbers.items():
        moved |= Q(
            subject_kind=kind.label_lower, subject_id__in=theirs, action=f"{kind.model_name}.postponed"
        )
    return Entry.objects.filter(moved).order_by("id")


def _words(row: Action | Appointment, moves: list[Entry]) -> str:
    """« reporté du 12 au 19 décembre », « reportée 3 fois, en dernier du 12 au 19 décembre »."""
    verb = "reportée" if isinstance(row, Action) else "reporté"
    if moves[-1].detail["was"] is None:
        return ""
    often = f" {len(moves)} fois, en dernier" if len(moves) > 1 else ""
    return f"{verb}{often} {_from_to(moves[-1].detail['was'], moves[-1].detail['now'])}"


def _from_to(was: str, now: str) -> str:
    """Two days, or two hours of one day."""
    first, last = (timezone.localtime(datetime.fromisoformat(at)) if "T" in at else None for at in (was, now))
    if first is None or last is None:
        return french_move(date.fromisoformat(was), date.fromisoformat(now))
    if first.date() == last.date():
        return f"de {first:%H:%M} à {last:%H:%M}"
    return french_move(first.date(), last.date())
