"""« Qualité des données »: what the rules would refuse today, row by row; read only, settled where each row stands."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.views import ApiViewSet
from backend.core.rule_lines import address_behind
from backend.organisations.permissions import may_bring_data_in
from pathways.models import Exit, IaePass, Immersion, Stay, Training
from pathways.selectors.data_quality import Reserve, reserves_to_settle

TABLES = {Stay: "stays", Exit: "exits", IaePass: "passes", Immersion: "immersions", Training: "trainings"}
"""Where the API shows what a row speaks of."""
CODE = OpenApiParameter(
    "code", OpenApiTypes.STR, description="Un seul code de constat, par exemple « cddi_minimum »."
)


class ReserveSerializer(serializers.Serializer[Any]):
    """Un point à régler : ce que la règle constate, dans quoi, et quoi faire."""

    code = serializers.CharField(source="finding.code", help_text="Code stable, celui du refus à la saisie.")
    sentence = serializers.CharField(source="finding.sentence")
    way_out = serializers.CharField(
        source="finding.way_out", help_text="Quoi faire ; vide si la phrase le dit."
    )
    basis = serializers.CharField(
        source="finding.basis", help_text="Texte de loi ou de pratique ; vide sinon."
    )
    rule = serializers.SerializerMethodField(
        help_text="Où lire la règle, « /regles/#R02 » ; vide sans règle numérotée."
    )
    is_contradiction = serializers.BooleanField(
        source="finding.is_contradiction", help_text="Ne peut pas être vrai ; une réserve, sinon."
    )
    beneficiary = serializers.IntegerField(source="person.pk")
    subject_kind = serializers.SerializerMethodField(
        help_text="Où lire l’élément : stays, exits, passes, immersions ou trainings."
    )
    subject = serializers.IntegerField(source="target.pk")
    what = serializers.CharField(help_text="Ce dont il s’agit, comme à l’écran.")
    day = serializers.DateField()

    def get_rule(self, reserve: Reserve) -> str:
        """The address of its line."""
        return address_behind(reserve.finding.code) or ""

    def get_subject_kind(self, reserve: Reserve) -> str:
        """The table of the API where the row to settle is."""
        return TABLES[type(reserve.target)]


class DataQualityViewSet(ApiViewSet):
    """Qualité des données : ce qui est enregistré et que la règle refuserait à la saisie, jusqu’à sa correction."""

    serializer_class = ReserveSerializer

    def known_parameters(self) -> set[str]:
        """A page, and one code."""
        return {*super().known_parameters(), "code"}

    @extend_schema(parameters=[CODE])
    def list(self, request: Request) -> Response:
        """Les points à régler des structures dont vous répondez, personne par personne ; vide pour les autres rôles."""
        if not may_bring_data_in(self.actor):
            return self.paged([])
        code = request.query_params.get("code")
        return self.paged(reserves_to_settle(self.actor, today=timezone.localdate(), code=code))
