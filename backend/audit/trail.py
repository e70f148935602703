"""How services and pages write to the trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from backend.audit.models import Entry
from backend.core.actor import Actor
from backend.core.pages.once import once_per_page


def record(actor: Actor, action: str, subject: models.Model | None = None, **detail: Any) -> Entry:
    """Append what the actor did, within the caller's transaction.

    `detail` holds codes, counts and identifiers only: never a name nor a free text. The person
    concerned is found on the subject itself, so that they can later ask who looked.
    """
    entry = _entry(actor, action, subject, detail)
    entry.save(force_insert=True)
    return entry


def record_each(actor: Actor, action: str, subjects: Iterable[models.Model]) -> None:
    """Append one line for each object shown, in one write."""
    Entry.objects.bulk_create(_entry(actor, action, subject, {}) for subject in subjects)


@once_per_page
def last_write(user_id: int | None) -> int:
    """The newest line that says this user changed something; 0 when none does. Opening a file changes nothing."""
    lines = Entry.objects.filter(user_id=user_id).exclude(action__endswith=".read")
    newest: int | None = lines.order_by("-id").values_list("id", flat=True).first()
    return newest or 0


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
