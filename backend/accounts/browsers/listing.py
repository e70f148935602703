"""One's own open sessions: what is told of each, and how one is closed from another."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from backend.accounts.browsers.devices import UNKNOWN_DEVICE
from backend.accounts.browsers.limits import DEVICE, OPENED_AT, SEEN_AT
from backend.accounts.models import OpenSession
from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import OutOfReach


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says of one session; `mark` names it without being what opens it."""

    mark: str
    device: str
    opened_at: datetime
    seen_at: datetime
    is_here: bool


def sessions_of(user_id: int, *, here: str | None) -> list[Told]:
    """The sessions of this account that still open something, this one first, then the latest seen.

    `here` is the key of the session that asks.
    """
    now = timezone.now()
    rows = OpenSession.objects.filter(user_id=user_id, expire_date__gt=now)
    told = (_told(row, here) for row in rows)
    idle = settings.SESSION_IDLE_SECONDS
    live = [each for each in told if each.is_here or (now - each.seen_at).total_seconds() < idle]
    return sorted(live, key=lambda each: (not each.is_here, -each.seen_at.timestamp()))


@transaction.atomic
def close_session(*, actor: Actor | None, user_id: int, mark: str) -> None:
    """Close one of one's own sessions, at its next request; `OutOfReach` when there is none of this mark."""
    rows = OpenSession.objects.select_for_update().filter(user_id=user_id)
    row = next((each for each in rows if hmac.compare_digest(mark_of(each.session_key), mark)), None)
    if row is None:
        raise OutOfReach
    row.delete()
    if actor is not None:
        trail.record(actor, "session.closed")


def mark_of(key: str) -> str:
    """Sixteen signs that tell one's sessions apart: a page never shows what a cookie holds."""
    return hashlib.sha256(f"session|{key}".encode()).hexdigest()[:16]


def _told(row: Any, here: str | None) -> Told:
    said = row.get_decoded()
    return Told(
        mark_of(row.session_key),
        said.get(DEVICE) or UNKNOWN_DEVICE,
        _moment(said.get(OPENED_AT)),
        _moment(said.get(SEEN_AT)),
        row.session_key == here,
    )


def _moment(seconds: float | None) -> datetime:
    return datetime.fromtimestamp(seconds, UTC) if seconds else timezone.now()
