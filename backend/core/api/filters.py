"""Filters a list accepts, declared one by one: anything else in the address is refused by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django_filters import rest_framework as django_filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from backend.core.pages.forms import DayField, WholeField
from backend.core.sealing.codes import saying
from backend.core.tables.ordering import Alphabetical
from backend.core.values.numbers import whole_number

SHOWN_NAME = 60


class NameOrdering(django_filters.OrderingFilter):
    """`name`, `-name`: the order of the alphabet, accents counted for nothing; any other field as it is."""

    def get_ordering_value(self, param: str) -> Any:
        """The name folded, the rest untouched."""
        if param.removeprefix("-") != "name":
            return super().get_ordering_value(param)
        folded = Alphabetical("name")
        return folded.desc() if param.startswith("-") else folded.asc()


@extend_schema_field(OpenApiTypes.INT64)
class IdFilter(django_filters.Filter):
    """The identifier of something related."""

    field_class = WholeField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, **kwargs)


class TextFilter(django_filters.CharFilter):
    """A short text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=200, **kwargs)


@extend_schema_field(OpenApiTypes.DATE)
class DayFilter(django_filters.Filter):
    """A day, as 2026-11-22."""

    field_class = DayField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, input_formats=["%Y-%m-%d"], **kwargs)


@extend_schema_field(OpenApiTypes.BOOL)
class YesNoFilter(django_filters.TypedChoiceFilter):
    """`true` or `false`, nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = [("true", "oui"), ("false", "non")]
        super().__init__(*args, choices=choices, coerce=lambda value: value == "true", **kwargs)


def by_code(rows: Any, name: str, value: str) -> Any:
    """The `method` of a filter on a sealed code: the rows in reach are opened, then those that say it are asked for."""
    return saying(rows, name, (value,))


class Filters(django_filters.FilterSet):
    """What the filters of every list share: who asks, and the day it is for them."""

    @property
    def actor(self) -> Any:
        """The actor of the request."""
        return self.request.actor  # type: ignore[union-attr]


class StrictFilterBackend(django_filters.DjangoFilterBackend):
    """Applies the declared filters; a value that cannot be read is a 400 with its reason."""

    def get_filterset_class(self, view: Any, queryset: models.QuerySet[Any] | None = None) -> Any:
        """The view's own, when its action is a list."""
        return getattr(view, "filterset_class", None)


def refuse_unknown_parameters(request: Request, known: Iterable[str]) -> None:
    """400 naming each parameter nobody declared, so that a mistyped filter never widens a list."""
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        words = ErrorDetail("Ce paramètre n’existe pas ici. Consultez la documentation.", "unknown_parameter")
        raise ValidationError({name[:SHOWN_NAME] or "(vide)": [words] for name in unknown})


def whole_parameter(request: Request, name: str, *, default: int, most: int) -> int:
    """A whole number from 1 to `most`, asked in the address; 400 when it is anything else."""
    number = whole_number(request.query_params.get(name, default), at_most=most)
    if not number:
        raise ValidationError({name: [f"Indiquez un nombre entier de 1 à {most}."]})
    return number
