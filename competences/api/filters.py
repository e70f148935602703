"""What the lists of trades, competences and proofs may be filtered by."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters

from backend.core.api.filters import DayFilter, Filters, IdFilter, TextFilter, YesNoFilter
from backend.core.values.text import normalise
from competences import enums
from competences.selectors.occupations import find_occupations

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

    q = TextFilter(method="filter_words", label="Mots du libellé, sans accents ni ordre.")
    nature = django_filters.ChoiceFilter(choices=enums.Nature.choices)
    code = TextFilter()
    rome_code = TextFilter(field_name="citations__occupation__rome_code", label="Citées par ce métier.")

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        """Every word typed is in the label."""
        for word in normalise(value).split()[:6]:
            rows = rows.filter(search_label__contains=word)
        return rows


class AssessmentFilter(Filters):
    """Proofs by person, competence, status, day; `is_latest` keeps what the person holds today."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    competence = TextFilter(field_name="competence__code")
    status = django_filters.ChoiceFilter(choices=enums.ProofStatus.choices)
    assessed_from = DayFilter(field_name="assessed_on", lookup_expr="gte")
    assessed_to = DayFilter(field_name="assessed_on", lookup_expr="lte")
    is_latest = YesNoFilter(
        method="filter_latest", label="La dernière lecture de chaque compétence seulement."
    )
    ordering = OrderingFilter(fields=["assessed_on", "id"])

    def filter_latest(self, rows: Any, name: str, value: bool) -> Any:
        """One row per person and competence, or the whole history."""
        return rows.latest_per_competence() if value else rows


class VaeFilter(Filters):
    """VAE by person and stage."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    status = django_filters.ChoiceFilter(choices=enums.VaeStatus.choices)
    due_to = DayFilter(field_name="next_due_on", lookup_expr="lte")


class LicenceFilter(Filters):
    """Licences by person and end."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    expires_to = DayFilter(field_name="expires_on", lookup_expr="lte")
