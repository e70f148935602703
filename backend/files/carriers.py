"""What may carry files: each domain registers its tables, with who may add one and who may take one away.

    carriers.register(Carrier(Licence, name="habilitation", may_change=may_write_licences))

A file is read by whoever reads the row that carries it: `visible_to` of that row is asked at every download.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.actor import Actor

MOST_FILES = 10
"""On one row: a proof is a few pages, not a cupboard."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """One table whose rows carry files; `may_change(actor, row)` says who adds one to a row and takes one away."""

    model: type[models.Model]
    name: str
    may_change: Callable[[Actor, Any], bool]

    @property
    def label(self) -> str:
        """As stored beside each file."""
        return self.model._meta.label_lower


_CARRIERS: dict[str, Carrier] = {}


def register(*carriers: Carrier) -> None:
    """Called once from `AppConfig.ready()`."""
    for carrier in carriers:
        _CARRIERS[carrier.label] = carrier


def registered() -> list[Carrier]:
    """Every table that carries files, in a stable order."""
    return [_CARRIERS[label] for label in sorted(_CARRIERS)]


def carrier_of(row: models.Model) -> Carrier:
    """How rows of this table carry files; `KeyError` when its domain registered nothing."""
    return _CARRIERS[row._meta.label_lower]


def named(label: str) -> Carrier | None:
    """The carrier of this label; None once its table is gone."""
    return _CARRIERS.get(label)


def read_by(actor: Actor) -> Q:
    """Files on rows that the actor reads, carrier by carrier."""
    seen = Q(pk__in=())
    for carrier in registered():
        rows = carrier.model._default_manager.all().visible_to(actor)  # type: ignore[attr-defined]
        seen |= Q(carrier=carrier.label, carrier_id__in=rows.order_by().values("pk"))
    return seen
