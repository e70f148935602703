"""Rows put by a tool, by the ids it gives: the tables of the exchange format, with the checks and the rights of a file."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.api.endpoints import puts
from backend.core.api.serializers import Input, ScopedField
from backend.core.api.views import ApiViewSet
from backend.exchange import services
from backend.exchange.api.imports import ChangeSerializer, DecisionsField
from backend.organisations.models import Organisation
from backend.organisations.permissions import may_bring_data_in


@extend_schema_field(OpenApiTypes.ANY)
class CellField(serializers.Field[Any, Any, Any, Any]):
    """Une valeur simple : texte, nombre, oui ou non ; une liste de codes ; rien."""

    default_error_messages = {
        "invalid": "Écrivez une valeur simple : un texte, un nombre, vrai ou faux, ou rien."
    }

    def to_internal_value(self, data: Any) -> Any:
        """The value, whole numbers of a float without their decimals."""
        plain = str | int | float | bool
        if not isinstance(data, plain) and not (
            isinstance(data, list) and all(isinstance(each, plain) for each in data)
        ):
            self.fail("invalid")
        return int(data) if isinstance(data, float) and data.is_integer() else data

    def to_representation(self, value: Any) -> Any:
        """As it is."""
        return value


class PutRowsSerializer(Input):
    """Des lignes par table (« salaries », « contrats »…), 500 au plus ; leurs colonnes sont celles de docs/echange.md."""

    organisation = ScopedField(Organisation, within="covered_by")
    tables = serializers.DictField(
        child=serializers.ListField(
            child=serializers.DictField(child=CellField(allow_null=True)), max_length=services.MOST_ROWS
        )
    )
    decisions = DecisionsField(required=False)


class ProblemSerializer(serializers.Serializer[Any]):
    """Ce qui empêche une ligne, ou ce qu’il faut en savoir."""

    file = serializers.CharField()
    column = serializers.CharField()
    value = serializers.CharField()
    problem = serializers.CharField()
    what_to_do = serializers.CharField()
    severity = serializers.CharField()


class PutRowSerializer(serializers.Serializer[Any]):
    """Ce qu’est devenue une ligne ; la première d’une table est la ligne 1."""

    table = serializers.CharField()
    row = serializers.IntegerField()
    id = serializers.CharField()
    outcome = serializers.ChoiceField(choices=["ajoutée", "modifiée", "inchangée", "refusée"])
    problems = ProblemSerializer(many=True)


class PutSerializer(serializers.Serializer[Any]):
    """Chaque ligne et ce qu’elle est devenue ; les valeurs connues ici que les lignes disent autrement."""

    counts = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))
    rows = PutRowSerializer(many=True)
    changes = ChangeSerializer(many=True)
    notices = ProblemSerializer(many=True)


class BulkViewSet(ApiViewSet):
    """Lignes du format d’échange, posées en nombre par un outil."""

    http_method_names = ("put", "head")  # type: ignore[assignment]
    serializer_class = PutSerializer

    @puts(PutRowsSerializer, gives=PutSerializer, may=may_bring_data_in)
    def create(self, data: dict[str, Any]) -> Any:
        """Poser jusqu’à 500 lignes, reconnues à vos identifiants : renvoyées, elles ne changent rien."""
        return services.put_rows(
            actor=self.actor,
            organisation=data["organisation"],
            tables=data["tables"],
            decisions=data.get("decisions"),
        )
