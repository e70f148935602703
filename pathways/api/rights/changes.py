"""Suspensions and prolongations of PASS IAE."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.endpoints import creates, verb
from backend.core.api.filters import Filters, IdFilter
from backend.core.api.serializers import TOLD_BY_THE_TRAIL, DayField, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.files.api.files import StoredFileSerializer
from backend.files.api.sent import SendFileSerializer, sent_file
from backend.files.models import StoredFile
from backend.files.services import attach
from pathways import services
from pathways.api.rights.shared import AnswerSerializer, TakeBackSerializer
from pathways.models import IaePass, PassProlongation, PassSuspension
from pathways.permissions import may_manage_people


class PassChangeFilter(Filters):
    """Changes by PASS and person."""

    iae_pass = IdFilter(field_name="iae_pass_id")
    beneficiary = IdFilter(field_name="iae_pass__beneficiary_id")


class CorrectSuspensionSerializer(ModelInput):
    """La suspension telle qu’elle aurait dû être dite."""

    class Meta:
        model = PassSuspension
        fields: ClassVar = ["motive", "starts_on", "ends_on"]


class RecordSuspensionSerializer(ModelInput):
    """Une suspension ; sans fin, la plus longue possible, comme sur la plateforme."""

    iae_pass = ScopedField(IaePass)
    ends_on = DayField(required=False, allow_null=True)

    class Meta:
        model = PassSuspension
        fields: ClassVar = ["iae_pass", "motive", "starts_on", "ends_on"]


class PassSuspensionSerializer(Output):
    """Une suspension de PASS IAE ; annulée, elle ne compte plus."""

    beneficiary = serializers.IntegerField(source="iae_pass.beneficiary_id")

    class Meta:
        model = PassSuspension
        fields: ClassVar = [
            "id", "iae_pass", "beneficiary", "organisation", "motive", "starts_on", "ends_on", "created_at",
            "cancelled_at", "cancel_reason", "version",
        ]  # fmt: skip
        left_out: ClassVar = {"recorded_by": TOLD_BY_THE_TRAIL}


class PassSuspensionViewSet(Lists, Shows, DomainViewSet):
    """Suspensions des PASS IAE : la fin du PASS avance d’autant."""

    model = PassSuspension
    joins: ClassVar = ("iae_pass",)
    serializer_class = PassSuspensionSerializer
    filterset_class = PassChangeFilter

    @creates(RecordSuspensionSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> PassSuspension:
        """Suspendre un PASS."""
        return services.record_suspension(actor=self.actor, **data)[0]

    @verb(CorrectSuspensionSerializer, is_matched=True, may=may_manage_people)
    def correct(self, suspension: PassSuspension, data: dict[str, Any]) -> PassSuspension:
        """Corriger une suspension, ou la terminer plus tôt."""
        return services.correct_suspension(
            actor=self.actor, suspension=suspension, version=suspension.version, **data
        )[0]

    @verb(TakeBackSerializer, is_matched=True, may=may_manage_people)
    def cancel(self, suspension: PassSuspension, data: dict[str, Any]) -> PassSuspension:
        """Annuler une suspension enregistrée par erreur : la fin du PASS revient d’autant."""
        return services.cancel_suspension(
            actor=self.actor, suspension=suspension, version=suspension.version, **data
        )


class CorrectProlongationSerializer(ModelInput):
    """La demande telle qu’elle aurait dû être dite."""

    class Meta:
        model = PassProlongation
        fields: ClassVar = ["motive", "ends_on", "asked_on", "prescriber", "document", "document_on"]


class AskProlongationSerializer(CorrectProlongationSerializer):
    """Une demande de prolongation, jusqu’à `ends_on`."""

    iae_pass = ScopedField(IaePass)

    class Meta:
        model = PassProlongation
        fields: ClassVar = ["iae_pass", *CorrectProlongationSerializer.Meta.fields]


class AnswerProlongationSerializer(AnswerSerializer):
    """La réponse du prescripteur."""

    prescriber = serializers.CharField(max_length=160, required=False, allow_blank=True)


class PassProlongationSerializer(Output):
    """Une demande de prolongation et sa réponse ; annulée, elle ne compte plus."""

    beneficiary = serializers.IntegerField(source="iae_pass.beneficiary_id")

    class Meta:
        model = PassProlongation
        fields: ClassVar = [
            "id", "iae_pass", "beneficiary", "organisation", "motive", "starts_on", "ends_on", "status", "asked_on",
            "decided_on", "refusal_reason", "prescriber", "document", "document_on", "created_at", "cancelled_at",
            "cancel_reason", "version",
        ]  # fmt: skip
        left_out: ClassVar = {"recorded_by": TOLD_BY_THE_TRAIL}


class PassProlongationViewSet(Lists, Shows, DomainViewSet):
    """Prolongations des PASS IAE : demandées, accordées ou refusées."""

    model = PassProlongation
    joins: ClassVar = ("iae_pass",)
    serializer_class = PassProlongationSerializer
    filterset_class = PassChangeFilter

    @creates(AskProlongationSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> PassProlongation:
        """Demander une prolongation ; là où la structure décide, elle est accordée le jour même."""
        return services.ask_prolongation(actor=self.actor, **data)

    @verb(CorrectProlongationSerializer, is_matched=True, may=may_manage_people)
    def correct(self, prolongation: PassProlongation, data: dict[str, Any]) -> PassProlongation:
        """Corriger une demande."""
        return services.correct_prolongation(
            actor=self.actor, prolongation=prolongation, version=prolongation.version, **data
        )

    @verb(AnswerProlongationSerializer, is_matched=True, may=may_manage_people, url_path="answer")
    def record_answer(self, prolongation: PassProlongation, data: dict[str, Any]) -> PassProlongation:
        """Enregistrer la réponse du prescripteur."""
        return services.answer_prolongation(
            actor=self.actor, prolongation=prolongation, version=prolongation.version, **data
        )

    @verb(SendFileSerializer, gives=StoredFileSerializer, status=201, may=may_manage_people)
    def attach(self, prolongation: PassProlongation, data: dict[str, Any]) -> StoredFile:
        """Joindre la pièce de la demande."""
        return attach(actor=self.actor, row=prolongation, sent=sent_file(data))

    @verb(TakeBackSerializer, is_matched=True, may=may_manage_people)
    def cancel(self, prolongation: PassProlongation, data: dict[str, Any]) -> PassProlongation:
        """Annuler une demande enregistrée par erreur."""
        return services.cancel_prolongation(
            actor=self.actor, prolongation=prolongation, version=prolongation.version, **data
        )
