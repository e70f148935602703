"""What every row that is answered, corrected and taken back asks for."""

from __future__ import annotations

from rest_framework import serializers

from backend.core.api.serializers import DayField, Input
from pathways.enums import RefusalReason, RequestStatus

ANSWERS = [(status.value, status.label) for status in RequestStatus if status is not RequestStatus.ASKED]


class TakeBackSerializer(Input):
    """Pourquoi la ligne s’annule ; elle reste lisible."""

    reason = serializers.CharField(max_length=300)


class AnswerSerializer(Input):
    """La réponse reçue ; un refus dit sa raison."""

    status = serializers.ChoiceField(choices=ANSWERS)
    decided_on = DayField()
    refusal_reason = serializers.ChoiceField(choices=RefusalReason.choices, required=False, allow_blank=True)
