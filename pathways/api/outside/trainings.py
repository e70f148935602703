"""Trainings: written down, told at their end, corrected, taken back, their certificate attached."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter
from backend.core.api.serializers import DayField, Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.files.api.files import StoredFileSerializer
from backend.files.api.sent import SendFileSerializer, sent_file
from backend.files.models import StoredFile
from backend.files.services import attach
from pathways import services
from pathways.enums import CancelReason
from pathways.enums.trainings import TrainingKind, TrainingOutcome
from pathways.models import Beneficiary, Training
from pathways.permissions import may_manage_people
from pathways.services.trainings import CORRECTED, SAID, TOLD


class TrainingFilter(Filters):
    """Trainings by person, kind, outcome, days; those taken back only when asked for."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    kind = django_filters.ChoiceFilter(choices=TrainingKind.choices)
    outcome = django_filters.ChoiceFilter(choices=TrainingOutcome.choices)
    started_from = DayFilter(field_name="started_on", lookup_expr="gte")
    started_to = DayFilter(field_name="started_on", lookup_expr="lte")
    is_cancelled = django_filters.BooleanFilter(
        field_name="cancelled_at", lookup_expr="isnull", exclude=True, label="Annulées par erreur de saisie."
    )


class RecordTrainingSerializer(ModelInput):
    """Une formation."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")

    class Meta:
        model = Training
        fields: ClassVar = ["beneficiary", *SAID]


class CorrectTrainingSerializer(ModelInput):
    """La formation telle qu’elle aurait dû être écrite ; ce qui n’est pas envoyé reste."""

    class Meta:
        model = Training
        fields: ClassVar = [*CORRECTED]


class FinishTrainingSerializer(ModelInput):
    """Le dernier jour, ce qui a été suivi, et comment elle s’est terminée."""

    on = DayField()
    outcome = serializers.ChoiceField(choices=TrainingOutcome.choices)

    class Meta:
        model = Training
        fields: ClassVar = ["on", *TOLD]


class CancelTrainingSerializer(Input):
    """Pourquoi la saisie est annulée."""

    reason = serializers.ChoiceField(choices=CancelReason.choices)


class TrainingSerializer(Output):
    """Une formation ; sans `outcome`, personne n’a encore dit comment elle s’est terminée."""

    cancel_reason = serializers.CharField(help_text="Vide tant qu’elle n’est pas annulée.")

    class Meta:
        model = Training
        fields: ClassVar = [
            "id", "beneficiary", "organisation", *CORRECTED, "cancelled_at", "cancel_reason", "version",
        ]  # fmt: skip


class TrainingViewSet(Lists, Shows, DomainViewSet):
    """Formations suivies pendant l’accompagnement, ou entre deux étapes."""

    model = Training
    serializer_class = TrainingSerializer
    filterset_class = TrainingFilter

    @creates(RecordTrainingSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Training:
        """Enregistrer une formation."""
        return services.record_training(actor=self.actor, **data)

    @updates(CorrectTrainingSerializer, may=may_manage_people)
    def partial_update(self, training: Training, data: dict[str, Any]) -> Training:
        """Corriger une formation."""
        return services.correct_training(
            actor=self.actor, training=training, version=training.version, **data
        )

    @verb(FinishTrainingSerializer, is_matched=True, may=may_manage_people)
    def finish(self, training: Training, data: dict[str, Any]) -> Training:
        """Dire comment elle s’est terminée."""
        return services.finish_training(actor=self.actor, training=training, version=training.version, **data)

    @verb(CancelTrainingSerializer, is_matched=True, may=may_manage_people)
    def cancel(self, training: Training, data: dict[str, Any]) -> Training:
        """Annuler une saisie faite par erreur : elle reste lisible et ne compte plus."""
        return services.cancel_training(actor=self.actor, training=training, version=training.version, **data)

    @verb(SendFileSerializer, gives=StoredFileSerializer, status=201, may=may_manage_people)
    def attach(self, training: Training, data: dict[str, Any]) -> StoredFile:
        """Joindre le certificat."""
        return attach(actor=self.actor, row=training, sent=sent_file(data))
