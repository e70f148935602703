"""How long a structure stops watching someone who is between two steps: for this wait, never for the next one."""

from __future__ import annotations

from datetime import date


def is_about(*, ended_on: date, waiting_since: date) -> bool:
    """Whether a decision of that day speaks of this wait; a wait that begins later is watched anew. No text: our choice."""
    return waiting_since <= ended_on
