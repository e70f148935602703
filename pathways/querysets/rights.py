"""Who may see the rights that follow a person: with the door, then nobody of the structure they left."""

from __future__ import annotations

from typing import Self

from pathways.enums import RelayPart
from pathways.querysets.thread import FollowUpQuerySet


class FollowingQuerySet(FollowUpQuerySet):
    """Rights that follow a person to the next employer: with the door, never kept by the structure they left."""

    part = RelayPart.RIGHTS

    def standing(self) -> Self:
        """Those nobody took back."""
        return self.filter(cancelled_at__isnull=True)


class MedicalVisitQuerySet(FollowingQuerySet):
    """Medical visits: they touch on health."""


class SavedDaysQuerySet(FollowingQuerySet):
    """Days off saved."""
