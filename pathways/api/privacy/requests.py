"""Requests about one's data: asked, answered, withdrawn; and until when data are kept."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.endpoints import creates, verb
from backend.core.api.serializers import DayField, Input, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways.api.shared import OfPersonFilter
from pathways.enums import DataRequestKind, DataRequestState
from pathways.models import Beneficiary, DataRequest, Retention
from pathways.permissions import answers_requests, keeps_longer, reads_data_kept
from pathways.services.privacy import requests, retention


class AskSerializer(Input):
    """Ce que la personne demande, avec ses mots."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    kind = serializers.ChoiceField(choices=DataRequestKind.choices)
    words = serializers.CharField(max_length=2_000, required=False, allow_blank=True)


class AnswerSerializer(Input):
    """Accordé ou refusé ; un refus se dit avec ses raisons."""

    is_granted = serializers.BooleanField()
    answer = serializers.CharField(max_length=2_000, required=False, allow_blank=True)


class DataRequestSerializer(Output):
    """Une demande sur ses données, et sa réponse."""

    class Meta:
        model = DataRequest
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "kind", "words", "asked_by", "asked_at", "due_on", "status", "answer",
            "answered_by", "answered_at", "lifted_at", "version",
        ]  # fmt: skip


class AnsweredSerializer(serializers.Serializer[Any]):
    """Ce que la réponse a fait ; après un effacement, la demande n’est plus là."""

    status = serializers.ChoiceField(choices=DataRequestState.choices)
    is_erased = serializers.BooleanField()


class DataRequestViewSet(Lists, Shows, DomainViewSet):
    """Demandes de correction, de limitation et d’effacement (RGPD, art. 16 à 18)."""

    model = DataRequest
    serializer_class = DataRequestSerializer
    filterset_class = OfPersonFilter

    @creates(AskSerializer, may=reads_data_kept)
    def create(self, data: dict[str, Any]) -> DataRequest:
        """Noter une demande ; une réponse est due dans le mois."""
        return requests.ask(actor=self.actor, **data)

    @verb(
        AnswerSerializer, gives=AnsweredSerializer, is_matched=True, may=answers_requests, url_path="answer"
    )
    def record_answer(self, request: DataRequest, data: dict[str, Any]) -> dict[str, Any]:
        """Répondre ; un effacement accordé est fait aussitôt, pour de bon."""
        words = data.pop("answer", "")
        left = requests.answer(
            actor=self.actor, request=request, version=request.version, words=words, **data
        )
        return {"status": left.status if left else DataRequestState.GRANTED, "is_erased": left is None}

    @verb(may=reads_data_kept)
    def withdraw(self, request: DataRequest, data: dict[str, Any]) -> DataRequest:
        """Retirer une demande, ou lever une limitation."""
        return requests.withdraw(actor=self.actor, request=request)


class KeepLongerSerializer(Input):
    """Une exception : de qui, jusqu’à quand, pourquoi."""

    beneficiary = ScopedField(Beneficiary)
    kept_until = DayField()
    kept_because = serializers.CharField(max_length=500)


class RetentionSerializer(Output):
    """Jusqu’à quand les données d’une personne sont gardées : l’effacement annoncé, ou l’exception écrite."""

    class Meta:
        model = Retention
        fields: ClassVar = [
            "id", "beneficiary", "noticed_on", "erases_on", "kept_until", "kept_because", "kept_by",
        ]  # fmt: skip


class RetentionViewSet(Lists, Shows, DomainViewSet):
    """Durées de conservation : effacements annoncés et exceptions écrites."""

    model = Retention
    serializer_class = RetentionSerializer
    filterset_class = OfPersonFilter

    @creates(KeepLongerSerializer, may=keeps_longer)
    def create(self, data: dict[str, Any]) -> Retention:
        """Garder plus longtemps, par une exception écrite et datée."""
        return retention.keep_longer(
            actor=self.actor,
            beneficiary=data["beneficiary"],
            until=data["kept_until"],
            because=data["kept_because"],
        )
