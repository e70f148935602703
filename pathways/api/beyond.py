"""Files opened outside a caseload, for tools: who opened whose, why, until when; opening one, named whole."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.core.api.endpoints import creates
from backend.core.api.serializers import BirthField, Input
from backend.core.api.views import ApiViewSet, Lists
from pathways.enums import BeyondMotive
from pathways.permissions import may_open_beyond
from pathways.selectors.beyond import Opening, openings_read_by
from pathways.services.beyond import open_beyond_caseload


class OpeningSerializer(serializers.Serializer[Any]):
    """Un dossier ouvert hors de ses suivis."""

    beneficiary = serializers.IntegerField(source="beneficiary.pk")
    opened_by = serializers.CharField(source="who", help_text="Qui l’a ouvert.")
    motive = serializers.ChoiceField(choices=BeyondMotive.choices)
    opened_at = serializers.DateTimeField(source="at")
    ends_at = serializers.DateTimeField(source="until", help_text="Au-delà, le dossier se referme seul.")


class OpenSerializer(Input):
    """Qui, nommé en entier, et pourquoi ; la date de naissance départage deux homonymes."""

    last_name = serializers.CharField(max_length=100)
    first_name = serializers.CharField(max_length=100)
    birth_date = BirthField(required=False)
    motive = serializers.ChoiceField(choices=BeyondMotive.choices)


class OpeningViewSet(Lists, ApiViewSet):
    """Dossiers ouverts hors de ses suivis, avec un motif et pour un temps, depuis un mois."""

    serializer_class = OpeningSerializer

    def get_queryset(self) -> Any:
        """Those of one's structure for who answers for it, one's own for an advisor."""
        return [] if getattr(self, "swagger_fake_view", False) else openings_read_by(self.actor)

    def filter_queryset(self, queryset: Any) -> Any:
        """A month of openings is not filtered."""
        return queryset

    @creates(OpenSerializer, gives=OpeningSerializer, may=may_open_beyond)
    def create(self, data: dict[str, Any]) -> Opening:
        """Ouvrir le dossier d’une personne de sa structure qu’une ou un collègue accompagne."""
        return open_beyond_caseload(actor=self.actor, **data)
