"""What the lists of the employers' side may be filtered by."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters

from backend.core.api.filters import DayFilter, Filters, IdFilter, TextFilter, YesNoFilter
from employers import enums


class EmployerFilter(Filters):
    """Employers by name and structure."""

    q = TextFilter(field_name="name", lookup_expr="icontains", label="Nom contenant ces lettres.")
    organisation = IdFilter(field_name="organisation_id")
    ordering = OrderingFilter(fields=["name", "id"])


class EmployerAccessFilter(Filters):
    """Accesses by employer and state."""

    employer = IdFilter(field_name="employer_id")
    is_live = YesNoFilter(field_name="ended_at", lookup_expr="isnull", label="Ouvert aujourd’hui.")


class EstablishmentFilter(Filters):
    """Workplaces by employer."""

    employer = IdFilter(field_name="employer_id")


class AnalysisFilter(Filters):
    """Task analyses by workplace, employer, state."""

    establishment = IdFilter(field_name="establishment_id")
    employer = IdFilter(field_name="establishment__employer_id")
    status = django_filters.ChoiceFilter(choices=enums.AnalysisStatus.choices)
    ordering = OrderingFilter(fields=["observed_on", "id"])


class TaskFilter(Filters):
    """Tasks by analysis, employer, family."""

    analysis = IdFilter(field_name="analysis_id")
    employer = IdFilter(field_name="analysis__establishment__employer_id")
    family = django_filters.ChoiceFilter(choices=enums.TaskFamily.choices)


class ProposalFilter(Filters):
    """Jobs by structure and state."""

    organisation = IdFilter(field_name="organisation_id")
    status = django_filters.ChoiceFilter(choices=enums.ProposalStatus.choices)
    ordering = OrderingFilter(fields=["created_at", "id"])


class ConsentFilter(Filters):
    """Answers by person, employer, job; an employer has no person to filter by."""

    beneficiary = IdFilter(method="filter_person", field_name="beneficiary_id")
    employer = IdFilter(field_name="employer_id")
    proposal = IdFilter(field_name="proposal_id")
    decision = django_filters.ChoiceFilter(choices=enums.ConsentDecision.choices)

    def filter_person(self, rows: Any, name: str, value: int) -> Any:
        """Never a way for an employer to find who stands behind a profile."""
        return rows.none() if self.actor.employer_id else rows.filter(**{name: value})


class PlacementFilter(ConsentFilter):
    """Hires by person, employer, day."""

    proposal = IdFilter(field_name="proposal_id")
    decision = None
    started_from = DayFilter(field_name="started_on", lookup_expr="gte")
    started_to = DayFilter(field_name="started_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["started_on", "id"])


class FollowUpFilter(Filters):
    """Contacts after a hire, by hire, person, state, day."""

    placement = IdFilter(field_name="placement_id")
    beneficiary = IdFilter(field_name="placement__beneficiary_id")
    is_done = YesNoFilter(field_name="done_on", lookup_expr="isnull", exclude=True)
    is_due = YesNoFilter(method="filter_due", label="À faire aujourd’hui ou en retard.")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["due_on", "id"])

    def filter_due(self, rows: Any, name: str, value: bool) -> Any:
        """Those the team should make today, or the others."""
        due = rows.due_by(timezone.localdate())
        return due if value else rows.exclude(pk__in=due.values("pk"))
