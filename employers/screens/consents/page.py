"""Questions that wait, answers given."""

from __future__ import annotations

from typing import Any

from employers.models import ProfileConsent


def to_say_again(settled: list[ProfileConsent], waiting: list[ProfileConsent]) -> list[ProfileConsent]:
    """Noes that may still become a yes: the newest of each employer and job that no other question stands for."""
    stands = {(row.employer_id, row.proposal_id) for row in (*waiting, *(r for r in settled if r.is_live))}
    found: dict[tuple[int, int | None], ProfileConsent] = {}
    for row in settled:
        place = (row.employer_id, row.proposal_id)
        if row.may_be_said_again and place not in stands:
            found.setdefault(place, row)
    return list(found.values())


def waiting_and_settled(consents: Any) -> tuple[list[ProfileConsent], list[ProfileConsent]]:
    """Questions that wait for an answer, then the answers given."""
    rows = list(consents.select_related("employer", "proposal"))
    return [row for row in rows if row.waits], [row for row in rows if not row.waits]
