"""Derogations: decisions on the contracts of a person in a structure."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.endpoints import creates, verb
from backend.core.api.serializers import TOLD_BY_THE_TRAIL, DayField, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.files.api.files import StoredFileSerializer
from backend.files.api.sent import SendFileSerializer, sent_file
from backend.files.models import StoredFile
from backend.files.services import attach
from pathways import services
from pathways.api.rights.shared import AnswerSerializer, TakeBackSerializer
from pathways.api.shared import OfPersonFilter
from pathways.models import Derogation, Stay
from pathways.permissions import may_manage_people


class CorrectDerogationSerializer(ModelInput):
    """La décision telle qu’elle aurait dû être dite ; un champ facultatif qui n’est pas dit ne change pas."""

    class Meta:
        model = Derogation
        fields: ClassVar = [
            "motive", "decider", "status", "asked_on", "decided_on", "starts_on", "ends_on", "training_ends_on",
            "other_employer", "refusal_reason", "document", "document_on",
        ]  # fmt: skip


class RecordDerogationSerializer(CorrectDerogationSerializer):
    """Une dérogation de la structure du passage, demandée ou déjà décidée."""

    stay = ScopedField(Stay)

    class Meta:
        model = Derogation
        fields: ClassVar = ["stay", *CorrectDerogationSerializer.Meta.fields]


class AnswerDerogationSerializer(AnswerSerializer):
    """La réponse reçue, et la pièce qui la dit."""

    document = serializers.CharField(max_length=160, required=False, allow_blank=True)
    document_on = DayField(required=False, allow_null=True)


class DerogationSerializer(Output):
    """Une dérogation ; annulée, elle ne permet plus rien."""

    class Meta:
        model = Derogation
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "motive", "decider", "status", "asked_on", "decided_on", "starts_on",
            "ends_on", "training_ends_on", "other_employer", "refusal_reason", "document", "document_on", "created_at", "cancelled_at",
            "cancel_reason", "version",
        ]  # fmt: skip
        left_out: ClassVar = {"recorded_by": TOLD_BY_THE_TRAIL}


class DerogationViewSet(Lists, Shows, DomainViewSet):
    """Dérogations : qui décide, pour quel motif, de quand à quand."""

    model = Derogation
    serializer_class = DerogationSerializer
    filterset_class = OfPersonFilter

    @creates(RecordDerogationSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Derogation:
        """Enregistrer une dérogation."""
        return services.record_derogation(actor=self.actor, **data)

    @verb(CorrectDerogationSerializer, is_matched=True, may=may_manage_people)
    def correct(self, derogation: Derogation, data: dict[str, Any]) -> Derogation:
        """Corriger une dérogation."""
        return services.correct_derogation(
            actor=self.actor, derogation=derogation, version=derogation.version, **data
        )

    @verb(AnswerDerogationSerializer, is_matched=True, may=may_manage_people, url_path="answer")
    def record_answer(self, derogation: Derogation, data: dict[str, Any]) -> Derogation:
        """Enregistrer la réponse à une demande."""
        return services.answer_derogation(
            actor=self.actor, derogation=derogation, version=derogation.version, **data
        )

    @verb(SendFileSerializer, gives=StoredFileSerializer, status=201, may=may_manage_people)
    def attach(self, derogation: Derogation, data: dict[str, Any]) -> StoredFile:
        """Joindre la décision."""
        return attach(actor=self.actor, row=derogation, sent=sent_file(data))

    @verb(TakeBackSerializer, is_matched=True, may=may_manage_people)
    def cancel(self, derogation: Derogation, data: dict[str, Any]) -> Derogation:
        """Annuler une dérogation enregistrée par erreur."""
        return services.cancel_derogation(
            actor=self.actor, derogation=derogation, version=derogation.version, **data
        )
