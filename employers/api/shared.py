"""What consents and hires share: a person stands behind each, whom an employer does not know."""

from __future__ import annotations

from typing import Any

from backend.core.api.filters import Filters, IdFilter

PERSON = ("beneficiary", "beneficiary_name")
"""What would name somebody to an employer."""


class OfPersonFilter(Filters):
    """Whatever links a person to an employer; an employer has no person to filter by."""

    beneficiary = IdFilter(method="filter_person", field_name="beneficiary_id")
    employer = IdFilter(field_name="employer_id")
    proposal = IdFilter(field_name="proposal_id")

    def filter_person(self, rows: Any, name: str, value: int) -> Any:
        """Never a way for an employer to find who stands behind a profile."""
        return rows.none() if self.actor.employer_id else rows.filter(**{name: value})
