"""PASS IAE received for a person: its dates, the count of its days, its closing."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from django_filters import OrderingFilter
from rest_framework import serializers

from backend.core import steps
from backend.core.api.endpoints import creates, reads, updates, verb
from backend.core.api.filters import DayFilter
from backend.core.api.serializers import DayField, Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import services
from pathways.api.shared import CancelSerializer, OfPersonFilter
from pathways.models import Beneficiary, IaePass
from pathways.permissions import may_manage_people
from pathways.rules.passes.count import count_days
from pathways.selectors.facts.rights import pass_facts
from pathways.selectors.rule_book import read_book


class PassFilter(OfPersonFilter):
    """PASS by person and end."""

    ends_from = DayFilter(field_name="ends_on", lookup_expr="gte")
    ends_to = DayFilter(field_name="ends_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["starts_on", "ends_on", "id"])


class RecordPassSerializer(ModelInput):
    """Un PASS reçu ; sans fin, elle est calculée comme sur la plateforme."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    ends_on = DayField(required=False, allow_null=True)

    class Meta:
        model = IaePass
        fields: ClassVar = ["beneficiary", "number", "starts_on", "ends_on"]


class CorrectPassSerializer(ModelInput):
    """Le numéro ou les dates d’un PASS, corrigés."""

    class Meta:
        model = IaePass
        fields: ClassVar = ["number", "starts_on", "ends_on"]


class PassSerializer(Output):
    """Un PASS IAE."""

    class Meta:
        model = IaePass
        fields: ClassVar = ["id", "beneficiary", "number", "starts_on", "ends_on", "closed_on"]
        left_out: ClassVar = {
            "closing_note": "what was looked at before closing is read on the page of the PASS, by who changes it",
        }


class CountLineSerializer(serializers.Serializer[Any]):
    """Une ligne du compte."""

    words = serializers.CharField()
    days = serializers.IntegerField(help_text="Jours ajoutés ; retirés quand le nombre est négatif.")


class PassCountSerializer(serializers.Serializer[Any]):
    """Les jours restants d’un PASS, et les lignes qui les font."""

    left = serializers.IntegerField(help_text="Jours après aujourd’hui ; 0 le dernier jour, négatif ensuite.")
    end = serializers.DateField(help_text="La fin gardée.")
    computed_end = serializers.DateField(
        help_text="La fin que nous comptons, suspensions et prolongations comprises."
    )
    difference = serializers.IntegerField(help_text="Jours entre les deux : une date reçue l’emporte.")
    lines = CountLineSerializer(many=True)


class ClosePassSerializer(Input):
    """Le jour de la clôture, et l’examen de la situation."""

    on = DayField()
    note = serializers.CharField(max_length=500)


class PassViewSet(Lists, Shows, DomainViewSet):
    """PASS IAE."""

    model = IaePass
    serializer_class = PassSerializer
    filterset_class = PassFilter

    @creates(RecordPassSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> IaePass:
        """Enregistrer un PASS reçu ; le même numéro à nouveau met ses dates à jour."""
        return services.record_pass(actor=self.actor, **data)

    @updates(CorrectPassSerializer, may=may_manage_people)
    def partial_update(self, iae: IaePass, data: dict[str, Any]) -> IaePass:
        """Corriger le numéro ou les dates ; ceux d’avant restent au journal."""
        known = {name: getattr(iae, name) for name in CorrectPassSerializer.Meta.fields}
        return services.correct_pass(actor=self.actor, iae=iae, seen=steps.seen(iae), **{**known, **data})

    @verb(CancelSerializer, status=204, is_matched=True, may=may_manage_people)
    def cancel(self, iae: IaePass, data: dict[str, Any]) -> None:
        """Annuler un PASS saisi par erreur."""
        services.cancel_pass(actor=self.actor, iae=iae, seen=steps.seen(iae), **data)

    @reads(PassCountSerializer)
    def count(self, iae_pass: IaePass) -> Any:
        """Combien de jours restent, et comment on les a comptés."""
        return count_days(pass_facts(iae_pass), today=timezone.localdate(), book=read_book())

    @verb(ClosePassSerializer, may=may_manage_people)
    def close(self, iae_pass: IaePass, data: dict[str, Any]) -> IaePass:
        """Clore le parcours après une longue suspension d’affilée."""
        return services.close_pass(actor=self.actor, iae_pass=iae_pass, **data)

    @verb(may=may_manage_people)
    def reopen(self, iae_pass: IaePass, data: dict[str, Any]) -> IaePass:
        """Revenir sur une clôture enregistrée par erreur."""
        return services.reopen_pass(actor=self.actor, iae_pass=iae_pass)
