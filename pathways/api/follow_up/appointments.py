"""Appointments: planned, postponed, settled."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core import steps
from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter, IdFilter
from backend.core.api.serializers import Input, InstantField, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import enums, services
from pathways.api.shared import CancelSerializer, OfPersonFilter
from pathways.models import Appointment, Beneficiary
from pathways.permissions import may_manage_people


class AppointmentFilter(OfPersonFilter):
    """Appointments by person, colleague, state, day."""

    advisor = IdFilter(field_name="advisor_id")
    status = django_filters.ChoiceFilter(choices=enums.AppointmentStatus.choices)
    starts_from = DayFilter(field_name="starts_at__date", lookup_expr="gte")
    starts_to = DayFilter(field_name="starts_at__date", lookup_expr="lte")
    ordering = OrderingFilter(fields=["starts_at", "id"])


class PlanAppointmentSerializer(ModelInput):
    """Une heure, une personne, une raison."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")

    class Meta:
        model = Appointment
        fields: ClassVar = ["beneficiary", "starts_at", "purpose"]


class CorrectAppointmentSerializer(ModelInput):
    """L’heure ou la raison d’un rendez-vous, corrigées."""

    class Meta:
        model = Appointment
        fields: ClassVar = ["starts_at", "purpose"]


class SettleAppointmentSerializer(Input):
    """Ce qu’un rendez-vous est devenu."""

    status = serializers.ChoiceField(choices=enums.AppointmentStatus.choices)


class PostponeAppointmentSerializer(Input):
    """La nouvelle heure d’un rendez-vous."""

    starts_at = InstantField()


class AppointmentSerializer(Output):
    """Un rendez-vous."""

    beneficiary_name = serializers.CharField(source="beneficiary.__str__")
    advisor_name = serializers.CharField(source="advisor.get_full_name")
    remarks = serializers.SerializerMethodField(
        help_text="Ce que l’enregistrement avait à dire, en phrases ; vide à la lecture."
    )

    class Meta:
        model = Appointment
        fields: ClassVar = [
            "id", "beneficiary", "beneficiary_name", "organisation", "advisor", "advisor_name", "starts_at",
            "purpose", "status", "interview", "remarks",
        ]  # fmt: skip

    def get_remarks(self, appointment: Appointment) -> list[str]:
        """The sentences a screen shows once it is recorded."""
        return [remark.message for remark in appointment.remarks]


class AppointmentViewSet(Lists, Shows, DomainViewSet):
    """Rendez-vous."""

    model = Appointment
    joins: ClassVar = ("beneficiary", "advisor")
    serializer_class = AppointmentSerializer
    filterset_class = AppointmentFilter

    def read_again(self, done: Any) -> Any:
        """The appointment as its own address shows it, with what recording it had to say."""
        shown = super().read_again(done)
        shown.remarks = done.remarks
        return shown

    @creates(PlanAppointmentSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Appointment:
        """Prendre un rendez-vous."""
        return services.plan_appointment(actor=self.actor, **data)

    @updates(CorrectAppointmentSerializer, may=may_manage_people)
    def partial_update(self, appointment: Appointment, data: dict[str, Any]) -> Appointment:
        """Corriger un rendez-vous ; ce qu’il disait avant reste au journal."""
        said = {"starts_at": appointment.starts_at, "purpose": appointment.purpose, **data}
        seen = steps.seen(appointment)
        return services.correct_appointment(actor=self.actor, appointment=appointment, seen=seen, **said)

    @verb(CancelSerializer, status=204, is_matched=True, may=may_manage_people)
    def cancel(self, appointment: Appointment, data: dict[str, Any]) -> None:
        """Annuler un rendez-vous saisi par erreur ; un rendez-vous qui n’aura pas lieu se règle plutôt."""
        seen = steps.seen(appointment)
        services.cancel_appointment(actor=self.actor, appointment=appointment, seen=seen, **data)

    @verb(SettleAppointmentSerializer, may=may_manage_people)
    def settle(self, appointment: Appointment, data: dict[str, Any]) -> Appointment:
        """Dire ce qu’un rendez-vous est devenu."""
        return services.settle_appointment(actor=self.actor, appointment=appointment, **data)

    @verb(PostponeAppointmentSerializer, may=may_manage_people)
    def postpone(self, appointment: Appointment, data: dict[str, Any]) -> Appointment:
        """Reporter un rendez-vous ; l’heure d’avant reste au journal."""
        return services.postpone_appointment(actor=self.actor, appointment=appointment, **data)
