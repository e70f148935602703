"""Correspondences of columns kept for a structure: read, corrected, shared, forgotten."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core import steps
from backend.core.api.endpoints import deletes, updates
from backend.core.api.serializers import Input, Output
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.exchange import services
from backend.exchange.matching.applying import Choice
from backend.exchange.models import ColumnMap
from backend.organisations.permissions import may_bring_data_in


class CorrectColumnMapSerializer(Input):
    """Ce que chaque colonne veut dire, dans l’ordre des titres ; nos mots pour les leurs ; proposée au groupe ou non."""

    columns = serializers.ListField(
        child=serializers.CharField(max_length=100, allow_blank=True), max_length=200, required=False
    )
    values = serializers.DictField(child=serializers.DictField(child=serializers.CharField()), required=False)
    is_shared = serializers.BooleanField(required=False)


class ColumnMapSerializer(Output):
    """Une correspondance : les titres du tableau, et notre colonne pour chacun, vide pour aucune."""

    titles = serializers.ListField(child=serializers.CharField())
    columns = serializers.ListField(child=serializers.CharField(allow_blank=True))
    values = serializers.DictField(child=serializers.DictField(child=serializers.CharField()))

    class Meta:
        model = ColumnMap
        fields: ClassVar = [
            "id", "organisation", "name", "titles", "columns", "values", "is_shared", "updated_at",
        ]  # fmt: skip
        left_out: ClassVar = {"shape": "a print of the titles, which are shown"}


class ColumnMapViewSet(Lists, Shows, DomainViewSet):
    """Correspondances de colonnes gardées pour les prochains tableurs."""

    model = ColumnMap
    serializer_class = ColumnMapSerializer
    joins = ("organisation",)

    @updates(CorrectColumnMapSerializer, may=may_bring_data_in)
    def partial_update(self, row: ColumnMap, data: dict[str, Any]) -> ColumnMap:
        """Corriger ce que les colonnes veulent dire, ou proposer la même chose au groupe."""
        choice = None
        if "columns" in data or "values" in data:
            choice = Choice(data.get("columns", row.columns), data.get("values", row.values))
        return services.correct_column_map(
            actor=self.actor, row=row, seen=steps.seen(row), choice=choice, is_shared=data.get("is_shared")
        )

    @deletes(may=may_bring_data_in)
    def destroy(self, row: ColumnMap) -> None:
        """Oublier une correspondance : elle sera demandée au prochain envoi."""
        services.forget_column_map(actor=self.actor, row=row)
