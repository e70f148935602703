"""How many people wait between two steps, as the menu and *Ma journée* both say it."""

from __future__ import annotations

from datetime import date

from backend.core.actor import Actor
from backend.web.counts import counted
from pathways.selectors import between_steps


def between(actor: Actor, today: date) -> int:
    """How many they are, counted."""
    return len(between_steps(actor, today))


def between_counted(actor: Actor, today: date) -> int:
    """How many they are, counted once for the menu and the page."""
    return counted(actor, "web:between", today, lambda: between(actor, today))
