"""Contacts of the support after a hire, with their names."""

from __future__ import annotations

from dataclasses import dataclass

from employers.models import Placement, PostHireFollowUp
from employers.rules.follow_up import LABELS


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One contact of the support after a hire."""

    row: PostHireFollowUp
    label: str


def follow_up_lines(placement: Placement) -> list[FollowUpLine]:
    """Contacts planned and made, in order."""
    rows = placement.follow_ups.order_by("due_on", "pk")
    return [FollowUpLine(row, LABELS.get(row.milestone, row.milestone)) for row in rows]
