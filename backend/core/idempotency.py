"""Sending the same thing twice records it once: the second time gets the first answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from backend.core.errors import InProgress, KeyReused
from backend.core.models import IdempotencyRecord

KEPT_FOR = timedelta(hours=24)
"""How long a request sent again still finds its first answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered the first time: an HTTP status, a JSON body (API) or an address (screens)."""

    status: int
    body: Any = None
    location: str = ""


def digest_of(*parts: bytes | str) -> str:
    """Fingerprint of a request: method, path, body."""
    joined = b"\x00".join(part.encode() if isinstance(part, str) else part for part in parts)
    return hashlib.sha256(joined).hexdigest()


def reserve(*, user_id: int, key: str, digest: str) -> Answer | None:
    """Take the key inside the caller's transaction; the stored answer when it was already used.

    Because the reservation lives and dies with the transaction, a killed process frees its key.
    `KeyReused` when the same key comes with another request, `InProgress` while the first is in progress.
    """
    try:
        with transaction.atomic():
            IdempotencyRecord.objects.create(user_id=user_id, key=key, digest=digest)
    except IntegrityError:
        return _answered(IdempotencyRecord.objects.get(user_id=user_id, key=key), digest)
    return None


def hold_unused(*, user_id: int, key: str) -> bool:
    """Whether the key has not served yet; while the caller's transaction lasts, nobody else can use it.

    Whoever comes with the same key meanwhile waits for us, then finds what we wrote.
    """
    try:
        with transaction.atomic():
            held = IdempotencyRecord.objects.create(user_id=user_id, key=key, digest="")
    except IntegrityError:
        return False
    held.delete()
    return True


def was_asked_already(*, user_id: int, key: str, digest: str) -> bool:
    """Whether the very same thing was asked and done under another key, while answers are kept."""
    done = IdempotencyRecord.objects.filter(user_id=user_id, digest=digest, status__isnull=False)
    return done.exclude(key=key).exists()


def _answered(record: IdempotencyRecord, digest: str) -> Answer:
    if record.digest != digest:
        raise KeyReused
    if record.status is None:
        raise InProgress
    return Answer(record.status, record.body, record.location)


def remember(*, user_id: int, key: str, answer: Answer) -> None:
    """Keep what was answered, in the same transaction as what was done."""
    IdempotencyRecord.objects.filter(user_id=user_id, key=key).update(
        status=answer.status, body=answer.body, location=answer.location
    )


def forget_old_answers(*, now: datetime | None = None) -> int:
    """Delete the answers nobody may ask for again, with what they said of people; how many."""
    old = IdempotencyRecord.objects.filter(created_at__lt=(now or timezone.now()) - KEPT_FOR)
    return old.delete()[0]
