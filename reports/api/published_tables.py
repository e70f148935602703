"""Tables that were published, and publishing one more."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.api.endpoints import creates
from backend.core.api.filters import Filters, IdFilter
from backend.core.api.serializers import Input, Output, ScopedField, WholeField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations.models import Organisation
from reports import services
from reports.api.exit_statistics import NetworkLineSerializer
from reports.exits.published import has_moved_since, lines_of
from reports.models import Breakdown, PublishedTable
from reports.permissions import may_publish


class PublishedTableFilter(Filters):
    """Published tables by year and structure."""

    year = IdFilter(field_name="year")
    organisation = IdFilter(field_name="organisation_id")


class PublishTableSerializer(Input):
    """Les sorties d’une année terminée, d’une structure ou de toutes les siennes."""

    year = WholeField(min_value=2000, max_value=2100)
    breakdown = serializers.ChoiceField(choices=Breakdown.choices)
    organisation = ScopedField(Organisation, within="covered_by", required=False, allow_null=True)


class PublishedTableSerializer(Output):
    """Un tableau tel qu’il a été publié ; nul veut dire masqué."""

    lines = serializers.SerializerMethodField()
    has_moved_since = serializers.SerializerMethodField()

    class Meta:
        model = PublishedTable
        fields: ClassVar = [
            "id", "year", "rank", "breakdown", "organisation", "group", "lines", "threshold", "rules", "published_by",
            "published_at", "has_moved_since",
        ]  # fmt: skip
        left_out: ClassVar = {"data_state": "a mark of ours; `has_moved_since` says what it tells"}

    @extend_schema_field(NetworkLineSerializer(many=True))
    def get_lines(self, table: PublishedTable) -> Any:
        """The lines then the total, with the rates that both counts allow."""
        return NetworkLineSerializer(lines_of(table), many=True).data

    def get_has_moved_since(self, table: PublishedTable) -> bool:
        """Whether something was written since in its structures, which the table does not say."""
        return has_moved_since(table)


class PublishedTableViewSet(Lists, Shows, DomainViewSet):
    """Tableaux publiés : masqués à côté de ceux d’avant, jamais changés ; ceux de ses structures."""

    model = PublishedTable
    serializer_class = PublishedTableSerializer
    filterset_class = PublishedTableFilter

    @creates(PublishTableSerializer, may=may_publish)
    def create(self, data: dict[str, Any]) -> PublishedTable:
        """Publier un tableau ; le même, déjà publié, est rendu tel qu’il est sorti."""
        return services.publish_table(actor=self.actor, **data)
