"""Trades and competences: public knowledge, read by everyone signed in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Case, IntegerField, Value, When
from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.api.endpoints import reads
from backend.core.api.filters import Filters, TextFilter
from backend.core.api.serializers import Output
from backend.core.api.views import DomainViewSet, Lists, Shows
from competences import enums
from competences.models import Competence, Occupation, OccupationCompetence
from competences.selectors.occupations import find_occupations
from competences.selectors.wording import named, trades_of

FOUND = 50


class OccupationFilter(Filters):
    """Trades, by the words people use for them."""

    q = TextFilter(method="filter_words", label="Métier en mots de tous les jours, le plus proche d’abord.")
    domain_code = TextFilter()

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        """The nearest trades, best first."""
        codes = [hit.rome_code for hit in find_occupations(value, top=FOUND)]
        rank = [When(rome_code=code, then=Value(position)) for position, code in enumerate(codes)]
        if not rank:
            return rows.none()
        return rows.filter(rome_code__in=codes).order_by(Case(*rank, output_field=IntegerField()))


class CompetenceFilter(Filters):
    """Competences by words, nature, trade."""

    q = TextFilter(
        method="filter_words",
        label="Mots du libellé ou du terrain, sans accents ni ordre ; les plus proches d’abord.",
    )
    nature = django_filters.ChoiceFilter(choices=enums.Nature.choices)
    code = TextFilter()
    rome_code = TextFilter(field_name="citations__occupation__rome_code", label="Citées par ce métier.")

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        """Those that hold every word typed, the likeliest first; all of them when no word is typed."""
        return named(rows, value, trades=trades_of(self.request.actor)) if value.strip() else rows


class OccupationSerializer(Output):
    """Un métier."""

    class Meta:
        model = Occupation
        fields: ClassVar = [
            "id", "rome_code", "label", "parent_code", "domain_code", "domain_label", "definition",
            "is_retired",
        ]  # fmt: skip


class CompetenceSerializer(Output):
    """Une compétence du référentiel."""

    class Meta:
        model = Competence
        fields: ClassVar = ["id", "code", "label", "nature", "macro_code", "is_macro", "is_retired"]
        left_out: ClassVar = {
            "search_label": "made of the label, for the search",
            "field_words": "the same, in the words of the field",
            "functional_code": "where it stands in the tree of the ROME, which has its own site",
        }


class CitedCompetenceSerializer(Output):
    """Une compétence citée par un métier, et combien elle le caractérise."""

    code = serializers.CharField(source="competence.code")
    label = serializers.CharField(source="competence.label")  # type: ignore[assignment]
    nature = serializers.CharField(source="competence.nature")

    class Meta:
        model = OccupationCompetence
        fields: ClassVar = ["code", "label", "nature", "prominence"]
        left_out: ClassVar = {
            "occupation": "shown under its occupation",
        }


class ReferentialViewSet(Lists, Shows, DomainViewSet):
    """The referential is public knowledge: everyone signed in reads it."""

    def scoped(self, rows: Any) -> Any:
        """What is in use; a retired line is still shown by its address."""
        return rows.current() if self.action == "list" else rows


class OccupationViewSet(ReferentialViewSet):
    """Métiers du référentiel."""

    model = Occupation
    serializer_class = OccupationSerializer
    filterset_class = OccupationFilter

    @reads(CitedCompetenceSerializer, is_list=True)
    def competences(self, occupation: Occupation) -> Any:
        """Les compétences que ce métier cite, cœur de métier d’abord."""
        cited = occupation.citations.filter(competence__is_retired=False).select_related("competence")
        return cited.order_by("prominence", "competence__label", "pk")


class CompetenceViewSet(ReferentialViewSet):
    """Compétences du référentiel : savoir-faire, savoir-être, savoirs."""

    model = Competence
    serializer_class = CompetenceSerializer
    filterset_class = CompetenceFilter

    def scoped(self, rows: Any) -> Any:
        """What a form offers; a retired line is still shown by its address."""
        return rows.choosable() if self.action == "list" else rows
