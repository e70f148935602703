"""Reads: the files that stand on several rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import models

from backend.core.actor import Actor
from backend.files.models import StoredFile


def files_on(
    actor: Actor, model: type[models.Model], rows: Iterable[models.Model]
) -> dict[int, list[StoredFile]]:
    """Files the actor reads on these rows of one table, row by row, in one question; none when there is no row."""
    found: dict[int, list[StoredFile]] = defaultdict(list)
    numbers = [row.pk for row in rows]
    if numbers:
        for stored in StoredFile.objects.visible_to(actor).of_all(model, numbers):
            found[stored.carrier_id].append(stored)
    return found
