"""Diagnoses of eligibility: who made them, the criteria, the documents, and what is missing."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.endpoints import creates, reads, verb
from backend.core.api.serializers import TOLD_BY_THE_TRAIL, DayField, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.files.api.files import StoredFileSerializer
from backend.files.api.sent import SendFileSerializer, sent_file
from backend.files.models import StoredFile
from backend.files.services import attach
from pathways import services
from pathways.api.rights.shared import TakeBackSerializer
from pathways.api.shared import OfPersonFilter
from pathways.enums import Criterion
from pathways.models import Beneficiary, EligibilityDiagnosis
from pathways.permissions import may_manage_people
from pathways.selectors.facts.eligibility import read_diagnosis


class CorrectDiagnosisSerializer(ModelInput):
    """Le diagnostic tel qu’il aurait dû être dit ; un champ facultatif qui n’est pas dit ne change pas."""

    criteria: Any = serializers.ListField(
        child=serializers.ChoiceField(choices=Criterion.choices), required=False, max_length=len(Criterion)
    )
    documents = serializers.DictField(
        child=DayField(), required=False, help_text="Le jour de chaque pièce vue, par code de critère."
    )

    class Meta:
        model = EligibilityDiagnosis
        fields: ClassVar = ["made_by", "made_on", "prescriber", "declared_on", "criteria", "documents"]


class RecordDiagnosisSerializer(CorrectDiagnosisSerializer):
    """Un diagnostic d’éligibilité, de la structure ou d’un prescripteur."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")

    class Meta:
        model = EligibilityDiagnosis
        fields: ClassVar = ["beneficiary", *CorrectDiagnosisSerializer.Meta.fields]


class DiagnosisSerializer(Output):
    """Un diagnostic d’éligibilité ; annulé, il n’ouvre plus rien."""

    criteria = serializers.ListField(child=serializers.ChoiceField(choices=Criterion.choices))
    documents = serializers.DictField(child=serializers.DateField())

    class Meta:
        model = EligibilityDiagnosis
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "made_by", "made_on", "prescriber", "declared_on", "criteria",
            "documents", "purged_on", "created_at", "cancelled_at", "cancel_reason", "version",
        ]  # fmt: skip
        left_out: ClassVar = {"recorded_by": TOLD_BY_THE_TRAIL}


class DiagnosisReadingSerializer(serializers.Serializer[Any]):
    """Où en est un diagnostic aujourd’hui."""

    valid_until = serializers.DateField(help_text="Dernier jour où il vaut, sans PASS.")
    holds_today = serializers.BooleanField(
        source="is_valid", help_text="Vrai aussi tant qu’un PASS IAE court."
    )
    missing = serializers.CharField(
        help_text="Ce qui manque dans cette structure, en clair ; vide quand rien ne manque."
    )
    stale = serializers.ListField(
        child=serializers.ChoiceField(choices=Criterion.choices),
        help_text="Critères dont la pièce est périmée.",
    )
    without_document = serializers.ListField(
        child=serializers.ChoiceField(choices=Criterion.choices), help_text="Critères sans pièce vue."
    )
    documents_kept_until = serializers.DateField(help_text="Dernier jour où les pièces sont gardées.")


class DiagnosisViewSet(Lists, Shows, DomainViewSet):
    """Diagnostics d’éligibilité à l’insertion par l’activité économique."""

    model = EligibilityDiagnosis
    serializer_class = DiagnosisSerializer
    filterset_class = OfPersonFilter

    @creates(RecordDiagnosisSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> EligibilityDiagnosis:
        """Enregistrer un diagnostic."""
        return services.record_diagnosis(actor=self.actor, **data)

    @verb(CorrectDiagnosisSerializer, is_matched=True, may=may_manage_people)
    def correct(self, diagnosis: EligibilityDiagnosis, data: dict[str, Any]) -> EligibilityDiagnosis:
        """Corriger ou compléter un diagnostic."""
        return services.correct_diagnosis(
            actor=self.actor, diagnosis=diagnosis, version=diagnosis.version, **data
        )

    @verb(TakeBackSerializer, is_matched=True, may=may_manage_people)
    def cancel(self, diagnosis: EligibilityDiagnosis, data: dict[str, Any]) -> EligibilityDiagnosis:
        """Annuler un diagnostic enregistré par erreur : ses pièces sont effacées."""
        return services.cancel_diagnosis(
            actor=self.actor, diagnosis=diagnosis, version=diagnosis.version, **data
        )

    @verb(SendFileSerializer, gives=StoredFileSerializer, status=201, may=may_manage_people)
    def attach(self, diagnosis: EligibilityDiagnosis, data: dict[str, Any]) -> StoredFile:
        """Joindre une pièce."""
        return attach(actor=self.actor, row=diagnosis, sent=sent_file(data))

    @reads(DiagnosisReadingSerializer)
    def reading(self, diagnosis: EligibilityDiagnosis) -> Any:
        """Ce qu’il vaut aujourd’hui, et ce qui manque."""
        return read_diagnosis(diagnosis)
