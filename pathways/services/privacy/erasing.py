"""People erased for good, with a line of the trail that says when and why, never who."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.privacy import erasing, traces
from pathways.models import Beneficiary

_FILE = "effacements.log"


@transaction.atomic
def erase_people(*, actor: Actor, people: Sequence[int], reason: str) -> int:
    """Erase these people and all that is theirs; how many. `reason` is a code (« retention », « request »)."""
    locked = list(Beneficiary.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    if not locked:
        return 0
    gone = [(each.pk, each.created_at) for each in locked]
    for each in locked:
        trail.record(actor, "beneficiary.erased", each, reason=reason)
    erasing.erase([pk for pk, _ in gone])
    transaction.on_commit(lambda: _remember(gone))
    return len(gone)


def erase_again() -> int:
    """Erase whom a backup brought back, as the operation of the service; how many.

    A number drawn again since for somebody else was created at another instant: it is left alone.
    """
    known = _remembered()
    back = Beneficiary.objects.filter(pk__in=list(known)).values_list("pk", "created_at")
    people = [pk for pk, created_at in back if created_at.isoformat() == known[pk]]
    done = 0
    for start in range(0, len(people), erasing.PEOPLE_AT_ONCE):
        done += erase_people(
            actor=Actor.operator(), people=people[start : start + erasing.PEOPLE_AT_ONCE], reason="restored"
        )
    return done


def leave_no_trace() -> bool:
    """Write the file of the base anew, if somebody was erased since the last time; whether it was done."""
    return traces.wipe(_file())


def _file() -> Path:
    """Outside the base, and not among what a backup brings back: numbers and instants, no name."""
    return Path(settings.DATA_DIR) / _FILE


def _remember(gone: Sequence[tuple[int, datetime]]) -> None:
    descriptor = os.open(_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as lines:
        today = timezone.localdate().isoformat()
        lines.writelines(f"{today} {pk} {created_at.isoformat()}\n" for pk, created_at in gone)


def _remembered() -> dict[int, str]:
    if not _file().is_file():
        return {}
    lines = (line.split(" ") for line in _file().read_text("ascii").splitlines())
    return {int(pk): instant for _, pk, instant in lines}
