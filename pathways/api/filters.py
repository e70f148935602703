"""What the lists of the thread may be filtered and ordered by; screens share the same declarations."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters

from backend.core.api.filters import DayFilter, Filters, IdFilter, TextFilter, YesNoFilter
from backend.organisations.enums import StructureKind
from pathways import enums
from pathways.models import Stay
from pathways.rules.exits.motives import MOTIVE_CHOICES
from pathways.selectors import find_people


class PersonFilter(Filters):
    """People by name, structure, referent, presence."""

    q = TextFilter(method="filter_words", label="Mots du nom, sans accents ni ordre.")
    organisation = IdFilter(
        method="filter_stays", field_name="organisation_id", label="Passée par la structure."
    )
    kind = django_filters.ChoiceFilter(
        choices=StructureKind.choices, method="filter_stays", field_name="organisation__kind",
        label="Passée par une structure de ce type.",
    )  # fmt: skip
    advisor = IdFilter(method="filter_stays", field_name="advisor_id", label="Suivie par ce référent.")
    is_present = YesNoFilter(method="filter_present", label="Présente aujourd’hui dans une structure.")
    ordering = OrderingFilter(fields={"search_name": "name", "id": "id"})

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        """Every word typed is in the name; one slip is forgiven when nobody is found."""
        return find_people(rows, value)

    def filter_stays(self, rows: Any, name: str, value: Any) -> Any:
        """People with such a stay, among those the actor may see."""
        return rows.filter(pk__in=self._stays().filter(**{name: value}).values("beneficiary_id"))

    def filter_present(self, rows: Any, name: str, value: bool) -> Any:
        """People with a stay under way today, or without any."""
        present = self._stays().open_on(timezone.localdate()).values("beneficiary_id")
        return rows.filter(pk__in=present) if value else rows.exclude(pk__in=present)

    def _stays(self) -> Any:
        return Stay.objects.visible_to(self.actor).order_by()


class OfPersonFilter(Filters):
    """Whatever hangs from one person."""

    beneficiary = IdFilter(field_name="beneficiary_id")


class PersonAccessFilter(OfPersonFilter):
    """Accesses by person and state."""

    is_live = YesNoFilter(field_name="ended_at", lookup_expr="isnull", label="Ouvert aujourd’hui.")


class StayFilter(OfPersonFilter):
    """Stays by person, structure, referent, dates."""

    organisation = IdFilter(field_name="organisation_id")
    advisor = IdFilter(field_name="advisor_id")
    is_open = YesNoFilter(field_name="ended_on", lookup_expr="isnull", label="Passages en cours.")
    open_on = DayFilter(method="filter_open", label="En cours ce jour-là.")
    started_from = DayFilter(field_name="started_on", lookup_expr="gte")
    started_to = DayFilter(field_name="started_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["started_on", "ended_on", "id"])

    def filter_open(self, rows: Any, name: str, value: Any) -> Any:
        """Stays under way that day."""
        return rows.open_on(value)


class ContractFilter(Filters):
    """Contracts by stay, person, kind, dates."""

    beneficiary = IdFilter(field_name="stay__beneficiary_id")
    stay = IdFilter(field_name="stay_id")
    kind = django_filters.ChoiceFilter(choices=enums.ContractKind.choices)
    running_on = DayFilter(method="filter_running", label="En cours ce jour-là.")
    planned_end_from = DayFilter(field_name="planned_end_on", lookup_expr="gte")
    planned_end_to = DayFilter(field_name="planned_end_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["started_on", "planned_end_on", "id"])

    def filter_running(self, rows: Any, name: str, value: Any) -> Any:
        """Contracts under way that day."""
        return rows.running_on(value)


class HoursFilter(Filters):
    """Hours by contract, person, month."""

    beneficiary = IdFilter(field_name="contract__stay__beneficiary_id")
    contract = IdFilter(field_name="contract_id")
    month_from = DayFilter(field_name="month", lookup_expr="gte")
    month_to = DayFilter(field_name="month", lookup_expr="lte")
    client_kind = django_filters.ChoiceFilter(choices=enums.ClientKind.choices)


class PassFilter(OfPersonFilter):
    """PASS by person and end."""

    ends_from = DayFilter(field_name="ends_on", lookup_expr="gte")
    ends_to = DayFilter(field_name="ends_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["starts_on", "ends_on", "id"])


class InterviewFilter(OfPersonFilter):
    """Interviews by person, author, kind, day; never by their text."""

    author = IdFilter(field_name="author_id")
    kind = django_filters.ChoiceFilter(choices=enums.InterviewKind.choices)
    mode = django_filters.ChoiceFilter(choices=enums.InterviewMode.choices)
    happened_from = DayFilter(field_name="happened_at__date", lookup_expr="gte")
    happened_to = DayFilter(field_name="happened_at__date", lookup_expr="lte")
    ordering = OrderingFilter(fields=["happened_at", "id"])


class GoalFilter(OfPersonFilter):
    """Goals by person and state."""

    status = django_filters.ChoiceFilter(choices=enums.ProgressStatus.choices)
    ordering = OrderingFilter(fields=["due_on", "id"])


class ActionFilter(GoalFilter):
    """Actions by person, goal, colleague, state, day."""

    goal = IdFilter(field_name="goal_id")
    assignee = IdFilter(field_name="assignee_id")
    due_from = DayFilter(field_name="due_on", lookup_expr="gte")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte")


class AppointmentFilter(OfPersonFilter):
    """Appointments by person, colleague, state, day."""

    advisor = IdFilter(field_name="advisor_id")
    status = django_filters.ChoiceFilter(choices=enums.AppointmentStatus.choices)
    starts_from = DayFilter(field_name="starts_at__date", lookup_expr="gte")
    starts_to = DayFilter(field_name="starts_at__date", lookup_expr="lte")
    ordering = OrderingFilter(fields=["starts_at", "id"])


class BarrierFilter(OfPersonFilter):
    """Readings of freins by person, theme, day."""

    theme = django_filters.ChoiceFilter(choices=enums.BarrierTheme.choices)
    read_from = DayFilter(field_name="read_on", lookup_expr="gte")
    read_to = DayFilter(field_name="read_on", lookup_expr="lte")


class ExitFilter(Filters):
    """Exits by person, structure, motive, day; `is_complete` for those whose motive is known."""

    beneficiary = IdFilter(field_name="stay__beneficiary_id")
    organisation = IdFilter(field_name="stay__organisation_id")
    motive = django_filters.ChoiceFilter(choices=MOTIVE_CHOICES)
    is_complete = YesNoFilter(method="filter_complete", label="Sorties dont le motif est connu.")
    occurred_from = DayFilter(field_name="occurred_on", lookup_expr="gte")
    occurred_to = DayFilter(field_name="occurred_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["occurred_on", "id"])

    def filter_complete(self, rows: Any, name: str, value: bool) -> Any:
        """Exits with a motive, or waiting for one."""
        return rows.filter(~Q(motive="") if value else Q(motive=""))
