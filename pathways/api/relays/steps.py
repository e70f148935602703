"""What is left to do before a welcome: who, by when."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import Filters, IdFilter
from backend.core.api.serializers import Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import services
from pathways.models import Relay, RelayStep
from pathways.permissions import may_manage_people
from pathways.services.relays.preparing import SAID


class StepFilter(Filters):
    """Steps of one relay."""

    relay = IdFilter(field_name="relay_id")


class CorrectStepSerializer(ModelInput):
    """Une étape avant l’accueil."""

    class Meta:
        model = RelayStep
        fields: ClassVar = [*SAID]


class PlanStepSerializer(CorrectStepSerializer):
    """Une étape de plus."""

    relay = ScopedField(Relay)

    class Meta:
        model = RelayStep
        fields: ClassVar = ["relay", *SAID]


class SettleStepSerializer(Input):
    """Faite, ou pas encore."""

    is_done = serializers.BooleanField()


class RelayStepSerializer(Output):
    """Une étape : qui la fait, avant quand, et le jour où elle l’a été."""

    class Meta:
        model = RelayStep
        fields: ClassVar = ["id", "relay", *SAID, "done_on", "version"]


class RelayStepViewSet(Lists, Shows, DomainViewSet):
    """Étapes d’un relais, écrites par les deux structures."""

    model = RelayStep
    joins: ClassVar = ("relay",)
    serializer_class = RelayStepSerializer
    filterset_class = StepFilter

    @creates(PlanStepSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> RelayStep:
        """Ajouter une étape."""
        return services.plan_relay_step(actor=self.actor, **data)

    @updates(CorrectStepSerializer, may=may_manage_people)
    def partial_update(self, step: RelayStep, data: dict[str, Any]) -> RelayStep:
        """Corriger une étape."""
        return services.correct_relay_step(actor=self.actor, step=step, version=step.version, **data)

    @verb(SettleStepSerializer, is_matched=True, may=may_manage_people)
    def settle(self, step: RelayStep, data: dict[str, Any]) -> RelayStep:
        """Dire qu’elle est faite, ou pas encore."""
        return services.settle_relay_step(actor=self.actor, step=step, version=step.version, **data)

    @verb(status=204, is_matched=True, may=may_manage_people)
    def cancel(self, step: RelayStep, data: dict[str, Any]) -> None:
        """Retirer une étape écrite par erreur."""
        services.remove_relay_step(actor=self.actor, step=step, version=step.version)
