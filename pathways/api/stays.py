"""Stays in a structure, from the first day to the exit."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import OrderingFilter
from rest_framework import serializers

from backend.core import steps
from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter, IdFilter, YesNoFilter
from backend.core.api.serializers import DayField, Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations.api.fields import colleague
from backend.organisations.enums import StructureKind
from backend.organisations.models import Organisation
from pathways import services
from pathways.api.exits import ExitSerializer
from pathways.api.shared import CancelSerializer, OfPersonFilter, advisor_field
from pathways.models import Beneficiary, Exit, Stay
from pathways.permissions import may_manage_people
from pathways.rules.exits.motives import MOTIVE_CHOICES


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


class OpenStaySerializer(ModelInput):
    """L’étape suivante d’un fil, dans sa propre structure."""

    beneficiary = ScopedField(Beneficiary)
    organisation = ScopedField(Organisation, within="covered_by")
    advisor = advisor_field()

    class Meta:
        model = Stay
        fields: ClassVar = ["beneficiary", "organisation", "started_on", "advisor"]


class CorrectStaySerializer(Input):
    """Le jour d’entrée, corrigé."""

    started_on = DayField()


class AssignAdvisorSerializer(Input):
    """Qui accompagne la personne ; nul pour toute l’équipe."""

    advisor = colleague(allow_null=True)


class CloseStaySerializer(ModelInput):
    """Comment la personne sort ; le motif peut venir plus tard."""

    on = DayField(help_text="Dernier jour dans la structure.")
    motive = serializers.ChoiceField(choices=MOTIVE_CHOICES, required=False, allow_blank=True)

    class Meta:
        model = Exit
        fields: ClassVar = ["on", "motive", "employer_name", "contract_months"]


class StaySerializer(Output):
    """Une étape du fil."""

    beneficiary_name = serializers.CharField(source="beneficiary.__str__")
    organisation_name = serializers.CharField(source="organisation.name")
    organisation_kind = serializers.ChoiceField(source="organisation.kind", choices=StructureKind.choices)
    advisor_name = serializers.CharField(source="advisor.get_full_name", default="")

    class Meta:
        model = Stay
        fields: ClassVar = [
            "id", "beneficiary", "beneficiary_name", "organisation", "organisation_name", "organisation_kind",
            "advisor", "advisor_name", "started_on", "ended_on",
        ]  # fmt: skip


class StayViewSet(Lists, Shows, DomainViewSet):
    """Passages en structure, de l’entrée à la sortie."""

    model = Stay
    joins: ClassVar = ("beneficiary", "organisation", "advisor")
    serializer_class = StaySerializer
    filterset_class = StayFilter

    @creates(OpenStaySerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Stay:
        """Accueillir de nouveau chez soi ; vers une autre structure, proposer un relais (`relays/`)."""
        return services.open_stay(actor=self.actor, **data)

    @updates(CorrectStaySerializer, may=may_manage_people)
    def partial_update(self, stay: Stay, data: dict[str, Any]) -> Stay:
        """Corriger le jour d’entrée ; celui d’avant reste au journal."""
        day = {"started_on": stay.started_on, **data}
        return services.correct_stay(actor=self.actor, stay=stay, seen=steps.seen(stay), **day)

    @verb(CancelSerializer, status=204, is_matched=True, may=may_manage_people)
    def cancel(self, stay: Stay, data: dict[str, Any]) -> None:
        """Annuler un passage ouvert par erreur ; ses contrats et sa sortie s’annulent d’abord."""
        services.cancel_stay(actor=self.actor, stay=stay, seen=steps.seen(stay), **data)

    @verb(CloseStaySerializer, gives=ExitSerializer, status=201, may=may_manage_people)
    def close(self, stay: Stay, data: dict[str, Any]) -> Exit:
        """Enregistrer la sortie ; les contrats en cours se terminent le même jour."""
        return services.close_stay(actor=self.actor, stay=stay, **data)

    @verb(AssignAdvisorSerializer, may=may_manage_people)
    def assign(self, stay: Stay, data: dict[str, Any]) -> Stay:
        """Choisir qui accompagne la personne pendant ce passage."""
        return services.assign_advisor(actor=self.actor, stay=stay, **data)
