"""« Ce chantier » : the gestures of a work, kept under a name by who observes there."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.endpoints import creates, updates
from backend.core.api.filters import Filters, YesNoFilter
from backend.core.api.serializers import ModelInput, Output
from backend.core.api.views import DomainViewSet, Lists, Shows
from competences import services
from competences.api.fields import CompetenceField
from competences.models import GestureList
from competences.permissions import may_keep_gestures
from competences.services.gesture_lists import MOST_GESTURES


class GestureListFilter(Filters):
    """Lists by what became of them."""

    is_put_aside = YesNoFilter(field_name="is_put_aside")


class KeepGesturesSerializer(ModelInput):
    """Un chantier et les gestes qu’on y voit."""

    competences = serializers.ListField(child=CompetenceField(), max_length=MOST_GESTURES * 2)

    class Meta:
        model = GestureList
        fields: ClassVar = ["label", "competences"]


class CorrectGesturesSerializer(KeepGesturesSerializer):
    """La même liste, corrigée ; mise de côté, elle n’est plus proposée."""

    class Meta:
        model = GestureList
        fields: ClassVar = ["label", "competences", "is_put_aside"]


class GestureListSerializer(Output):
    """Une liste de gestes, par leurs codes."""

    competences = serializers.SerializerMethodField()

    class Meta:
        model = GestureList
        fields: ClassVar = ["id", "organisation", "label", "author", "competences", "is_put_aside", "version"]

    def get_competences(self, kept: GestureList) -> list[str]:
        """Codes of the referential, in the order of the list."""
        return [line.competence.code for line in kept.lines.all()]


class GestureListViewSet(Lists, Shows, DomainViewSet):
    """Listes de gestes d’un chantier, tenues par qui observe dans la structure."""

    model = GestureList
    serializer_class = GestureListSerializer
    filterset_class = GestureListFilter

    def shaped(self, rows: Any) -> Any:
        """With their gestures."""
        return rows.prefetch_related("lines__competence")

    @creates(KeepGesturesSerializer, may=may_keep_gestures)
    def create(self, data: dict[str, Any]) -> GestureList:
        """Garder les gestes d’un chantier sous un nom."""
        return services.keep_gestures(actor=self.actor, **data)

    @updates(CorrectGesturesSerializer, may=may_keep_gestures)
    def partial_update(self, kept: GestureList, data: dict[str, Any]) -> GestureList:
        """Corriger le nom ou les gestes, mettre de côté, proposer à nouveau."""
        return services.correct_gestures(actor=self.actor, kept=kept, version=kept.version, **data)
