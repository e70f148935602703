"""Who opens files at all; which ones, the row that carries each of them says."""

from __future__ import annotations

from backend.core.actor import OBSERVES, SKILL_READERS, Actor


def may_read_files(actor: Actor) -> bool:
    """Whoever reads something that carries files."""
    return actor.role in SKILL_READERS


def may_send_files(actor: Actor) -> bool:
    """Whoever writes something that carries files."""
    return actor.role in OBSERVES
