"""What consents and hires share: a person stands behind each, whom an employer does not know, nor by which numbers."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from backend.core.api.filters import Filters, IdFilter
from backend.core.api.serializers import Output, actor_in
from employers.models import JobProposal
from employers.selectors.references import number_shown, row_behind

PERSON = ("beneficiary", "beneficiary_name")
"""What would name somebody to an employer."""


class OfPersonFilter(Filters):
    """Whatever links a person to an employer; an employer has no person to filter by."""

    beneficiary = IdFilter(method="filter_person", field_name="beneficiary_id")
    employer = IdFilter(field_name="employer_id")
    proposal = IdFilter(method="filter_proposal", field_name="proposal_id")

    def filter_person(self, rows: Any, name: str, value: int) -> Any:
        """Never a way for an employer to find who stands behind a profile."""
        return rows.none() if self.actor.employer_id else rows.filter(**{name: value})

    def filter_proposal(self, rows: Any, name: str, value: int) -> Any:
        """By the number this actor knows the job by."""
        jobs = JobProposal.objects.visible_to(self.actor)
        return rows.filter(**{name: row_behind(self.actor, jobs, value) or 0})


class KeyedOutput(Output):
    """What an employer reads under numbers of their own: `Meta.keyed` says which fields number which rows."""

    def to_representation(self, row: Any) -> dict[str, Any]:
        """The row's own numbers for a team, this employer's for an employer."""
        shown: dict[str, Any] = super().to_representation(row)
        actor = actor_in(self.context)
        if actor is None:
            return shown
        for name, model in self.Meta.keyed.items():  # type: ignore[attr-defined]
            if shown.get(name) is not None:
                shown[name] = number_shown(actor, model, shown[name])
        return shown


class KnownByNumber:
    """An element is asked for by the number its reader knows it by: an employer has their own."""

    def get_object(self) -> Any:
        """The row of the address; absent and out of scope are the same 404."""
        rows = self.get_queryset()  # type: ignore[attr-defined]
        actor = self.actor  # type: ignore[attr-defined]
        found = row_behind(actor, rows, int(self.kwargs["pk"]))  # type: ignore[attr-defined]
        row = None if found is None else rows.filter(pk=found).first()
        if row is None:
            raise Http404
        return row
