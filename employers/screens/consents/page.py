"""Questions that wait, answers given."""

from __future__ import annotations

from typing import Any

from employers.models import ProfileConsent


def waiting_and_settled(consents: Any) -> tuple[list[ProfileConsent], list[ProfileConsent]]:
    """Questions that wait for an answer, then the answers given."""
    rows = list(consents.select_related("employer", "proposal"))
    return [row for row in rows if row.waits], [row for row in rows if not row.waits]
