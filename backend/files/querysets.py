"""Who reads which file: whoever reads the row that carries it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models

from backend.core.actor import Actor
from backend.files import carriers


class StoredFileQuerySet(models.QuerySet[Any]):
    """Files kept."""

    def visible_to(self, actor: Actor) -> Self:
        """The file of a row that the actor reads today; nobody keeps a file once the row is out of reach."""
        return self.filter(carriers.read_by(actor))

    def of(self, row: models.Model) -> Self:
        """Those of one row, the first sent first."""
        return self.filter(carrier=row._meta.label_lower, carrier_id=row.pk)

    def of_all(self, model: type[models.Model], numbers: Iterable[int]) -> Self:
        """Those of several rows of one table."""
        return self.filter(carrier=model._meta.label_lower, carrier_id__in=list(numbers))
