"""Questions that wait, answers given."""

from __future__ import annotations

from datetime import date
from typing import Any

from employers.enums import ConsentDecision
from employers.models import ProfileConsent


def waiting_and_settled(consents: Any, today: date) -> tuple[list[ProfileConsent], list[ProfileConsent]]:
    """Questions that wait for an answer, then the answers given."""
    rows = list(consents.select_related("employer", "proposal"))
    waiting = [row for row in rows if row.decision == ConsentDecision.ASKED and row.ends_on >= today]
    return waiting, [row for row in rows if row not in waiting]
