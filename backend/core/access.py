"""Visibility that follows relations: a row is seen by whoever sees what it hangs from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from django.db import models

from backend.core.actor import Actor

Q = TypeVar("Q", bound="models.QuerySet[Any]")

People = Collection[int] | None
"""Ids of the people asked about; None for everybody within reach."""


def about(queryset: Q, people: People, path: str = "beneficiary") -> Q:
    """The same rows, narrowed to the people asked about; `path` leads from a row to its person."""
    return queryset if people is None else queryset.filter(**{f"{path}__in": list(people)})


def related_queryset(queryset: models.QuerySet[Any], path: str) -> Any:
    """The default queryset of the model found at the end of a relation path, as `stay__beneficiary`."""
    model: Any = queryset.model
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model
    return model._default_manager.all()


def of_visible(queryset: Q, actor: Actor, path: str) -> Q:
    """Rows whose object at `path` is visible to the actor; everything for the operator."""
    if actor.is_operator:
        return queryset
    seen = related_queryset(queryset, path).visible_to(actor).values("pk")
    return queryset.filter(**{f"{path}__in": seen})
