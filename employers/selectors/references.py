"""The number under which an employer knows a row: theirs alone, so that two employers cannot join what they see.

A job may be shared and a person shown to both; numbers drawn by the database would follow each other, or be the
same. Whoever is of a team keeps reading the row's own number (0033).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

from backend.core.actor import Actor
from backend.core.sealing.pseudonyms import reference
from employers.models import JobProposal, ProfileConsent

M = TypeVar("M", bound=models.Model)
_KINDS: dict[type[models.Model], str] = {ProfileConsent: "consent", JobProposal: "proposal"}


def number_shown(actor: Actor, model: type[models.Model], row_id: int) -> int:
    """The row's own number, or the one this employer knows it by."""
    if actor.employer_id is None:
        return row_id
    return reference(employer_id=actor.employer_id, kind=_KINDS[model], row_id=row_id)


def row_behind(actor: Actor, rows: Any, number: int) -> int | None:
    """The row's own number, looked for among `rows`, which the actor sees; None when none is known by this one."""
    if actor.employer_id is None:
        return number
    seen = rows.order_by().values_list("pk", flat=True)
    return next((pk for pk in seen if number_shown(actor, rows.model, pk) == number), None)


def in_an_order_that_says_nothing(actor: Actor, rows: Iterable[M]) -> Iterable[M]:
    """The same rows; for an employer in the order of their own numbers: the rank of a row is a number too."""
    if actor.employer_id is None:
        return rows
    return sorted(rows, key=lambda row: number_shown(actor, type(row), row.pk))
