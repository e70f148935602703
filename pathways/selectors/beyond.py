"""Files opened outside a caseload: whom, by whom, why, until when; read from the trail, which is where they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from backend.accounts.models import User
from backend.audit.models import Entry
from backend.core.actor import FOLLOWS_OWN_PEOPLE, Actor
from pathways.doors import opened_beyond
from pathways.enums import BeyondMotive
from pathways.models import Beneficiary
from pathways.permissions import reads_openings

SHOWN_DAYS = 31


@dataclass(frozen=True, slots=True)
class Opening:
    """One file opened outside a caseload."""

    beneficiary: Beneficiary
    who: str
    motive: str
    at: datetime
    until: datetime

    @property
    def is_live(self) -> bool:
        """Whether it still opens the file."""
        return self.until > timezone.now()

    @property
    def motive_label(self) -> str:
        """« Une urgence »."""
        return motive_in_words(self.motive)


def motive_in_words(code: str) -> str:
    """The motive as it is read; the code of one that is no longer in the list."""
    return BeyondMotive(code).label if code in BeyondMotive.values else code


def openings_read_by(actor: Actor, *, days: int = SHOWN_DAYS) -> list[Opening]:
    """Those of the last month in one's structure, the newest first: all of them, or one's own; three queries at most."""
    if not reads_openings(actor):
        return []
    since = timezone.now() - timedelta(days=days)
    lines = opened_beyond(actor.organisation_ids).filter(at__gte=since).order_by("-id")
    if actor.role in FOLLOWS_OWN_PEOPLE:
        lines = lines.filter(subject_id=str(actor.user_id))
    return _told(actor, list(lines))


def _told(actor: Actor, lines: list[Entry]) -> list[Opening]:
    if not lines:
        return []
    # An advisor's own are named even once closed: they read that name when they opened it.
    people = Beneficiary.objects.filter(pk__in=_numbers(lines)).in_bulk()
    users = User.objects.in_bulk({line.user_id for line in lines if line.user_id})
    return [
        Opening(
            beneficiary=people[line.beneficiary_id],
            who=str(users.get(line.user_id or 0, "Un compte fermé")),
            motive=line.detail["motive"],
            at=line.at,
            until=datetime.fromtimestamp(line.detail["until"], UTC),
        )
        for line in lines
        if line.beneficiary_id in people
    ]


def _numbers(lines: Iterable[Entry]) -> set[int]:
    return {line.beneficiary_id for line in lines if line.beneficiary_id is not None}
