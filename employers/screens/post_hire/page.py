"""Contacts of the support after a hire, with their names."""

from __future__ import annotations

from dataclasses import dataclass

from backend.core.actor import Actor
from employers.models import Placement, PostHireFollowUp
from employers.rules.post_hire import LABELS


@dataclass(frozen=True, slots=True)
class PostHireLine:
    """One contact of the support after a hire."""

    row: PostHireFollowUp
    label: str


def post_hire_lines(actor: Actor, placement: Placement) -> list[PostHireLine]:
    """Contacts planned and made, in order."""
    rows = PostHireFollowUp.objects.visible_to(actor).filter(placement=placement).order_by("due_on", "pk")
    return [PostHireLine(row, LABELS.get(row.milestone, row.milestone)) for row in rows]
