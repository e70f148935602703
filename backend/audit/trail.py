"""How services and pages write to the trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from backend.audit.models import Entry
from backend.core.actor import Actor
from backend.core.pages.once import once_per_page
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted

CHANGES_NOTHING = (".read", ".listed", ".refused")
"""How the actions of lines that say no change end."""


def record(actor: Actor, action: str, subject: models.Model | None = None, **detail: Any) -> Entry:
    """Append what the actor did, within the caller's transaction.

    `detail` holds codes, counts and identifiers only: never a name nor a free text. The person
    concerned is found on the subject itself, so that they can later ask who looked.
    """
    return append(_entry(actor, action, subject, detail))


def record_about(actor: Actor, action: str, kind: str, key: str, beneficiary_id: int, **detail: Any) -> Entry:
    """Append a line about a person that is found again by its kind and key, not by a row: the line itself is what is kept."""
    entry = _entry(actor, action, None, detail)
    entry.subject_kind, entry.subject_id, entry.beneficiary_id = kind, key, beneficiary_id
    return append(entry)


def record_each(actor: Actor, action: str, subjects: Iterable[models.Model]) -> None:
    """Append one line for each object shown, in one write."""
    with lifted(Gate.TRAIL):
        Entry.objects.bulk_create(_entry(actor, action, subject, {}) for subject in subjects)


@once_per_page
def last_write(user_id: int | None) -> int:
    """The newest line that says this user changed something; 0 when none does. Reading and being refused change nothing."""
    lines = Entry.objects.filter(user_id=user_id)
    for ending in CHANGES_NOTHING:
        lines = lines.exclude(action__endswith=ending)
    newest: int | None = lines.order_by("-id").values_list("id", flat=True).first()
    return newest or 0


def append(entry: Entry) -> Entry:
    """Write this line, whoever it speaks of."""
    with lifted(Gate.TRAIL):
        entry.save(force_insert=True)
    return entry


def _entry(actor: Actor, action: str, subject: models.Model | None, detail: dict[str, Any]) -> Entry:
    return Entry(
        user_id=actor.user_id,
        seat=actor.seat,
        role=actor.role,
        organisation_id=actor.organisation_id,
        action=action,
        subject_kind=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        beneficiary_id=_beneficiary_of(subject),
        detail=detail,
    )


def _beneficiary_of(subject: models.Model | None) -> int | None:
    if subject is None:
        return None
    if subject._meta.model_name == "beneficiary":
        return int(subject.pk)
    return getattr(subject, "beneficiary_id", None)
