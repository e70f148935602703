"""What was seen, sent in number: at once, or when the network came back; each once, each judged alone."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from backend.core.api.endpoints import puts
from backend.core.api.serializers import DayField, Input, WholeField
from backend.core.api.views import ApiViewSet
from competences import services
from competences.enums import Level
from competences.models import Competence
from competences.permissions import may_observe
from competences.services.observations import MOST_TAPS


class ObservationSerializer(Input):
    """Un niveau vu, pour une personne et un geste ; sa clé est tirée au hasard par qui l’envoie, une fois pour toutes."""

    key = serializers.RegexField(r"^[0-9A-Za-z-]{8,60}$", help_text="De 8 à 60 lettres, chiffres ou tirets.")
    beneficiary = WholeField(min_value=1)
    competence = serializers.CharField(max_length=20, help_text="Code de la compétence dans le référentiel.")
    level = serializers.ChoiceField(choices=Level.choices)
    assessed_on = DayField(required=False, help_text="Aujourd’hui par défaut.")
    context = serializers.CharField(  # type: ignore[assignment]
        max_length=200, required=False, allow_blank=True
    )


class PutObservationsSerializer(Input):
    """Des observations, 200 au plus, dans l’ordre où elles ont été faites."""

    observations = serializers.ListField(child=ObservationSerializer(), max_length=MOST_TAPS)


class OutcomeSerializer(serializers.Serializer[Any]):
    """Ce qu’est devenue une observation ; `refusal` dit en une phrase pourquoi elle n’est pas enregistrée."""

    key = serializers.CharField(source="tap.key")
    is_recorded = serializers.BooleanField()
    assessment = serializers.IntegerField(allow_null=True)
    code = serializers.CharField()
    refusal = serializers.CharField()


class OutcomesSerializer(serializers.Serializer[Any]):
    """Chaque observation, dans l’ordre envoyé."""

    results = OutcomeSerializer(many=True)


class ObservationsViewSet(ApiViewSet):
    """Observations envoyées en nombre, reconnues à leur clé."""

    http_method_names = ("put", "head")  # type: ignore[assignment]
    serializer_class = OutcomesSerializer

    @puts(PutObservationsSerializer, gives=OutcomesSerializer, may=may_observe)
    def create(self, data: dict[str, Any]) -> dict[str, Any]:
        """Enregistrer ce qui a été vu ; renvoyée, une observation ne compte pas deux fois."""
        asked = {each["competence"] for each in data["observations"]}
        known = dict(Competence.objects.filter(code__in=asked).values_list("code", "pk"))
        taps = [
            services.Tap(
                key=each["key"],
                beneficiary=each["beneficiary"],
                competence=known.get(each["competence"], 0),
                level=each["level"],
                seen_on=each.get("assessed_on") or timezone.localdate(),
                context=each.get("context", ""),
            )
            for each in data["observations"]
        ]
        return {"results": services.record_observations(actor=self.actor, taps=taps)}
