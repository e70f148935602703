"""The beats every service shares: find under lock within the actor's reach, compare versions, check and save."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from backend.core.actor import Actor
from backend.core.errors import Conflict, OutOfReach

M = TypeVar("M", bound=models.Model)


def lock(actor: Actor, row: M) -> M:
    """The same row read again, locked until the transaction ends; refused outside the actor's scope."""
    return _found(type(row)._default_manager.select_for_update(of=("self",)), actor, row)


def within_reach(actor: Actor, row: M) -> M:
    """The same row read again within the actor's scope, without lock: for what a change only points to."""
    return _found(type(row)._default_manager.all(), actor, row)


def _found(rows: Any, actor: Actor, row: M) -> M:
    # A subquery rather than a filter: PostgreSQL cannot lock the rows of a DISTINCT.
    seen = type(row)._default_manager.all().visible_to(actor).values("pk")  # type: ignore[attr-defined]
    found: M | None = rows.filter(pk=row.pk, pk__in=seen).first()
    if found is None:
        raise OutOfReach
    return found


def check_version(row: Any, version: int) -> None:
    """Refuse to write over what someone else wrote since the form was opened, then count this change."""
    if row.version != version:
        raise Conflict(
            "conflict",
            "Quelqu’un a modifié cet élément depuis que vous l’avez ouvert. Votre saisie est conservée : "
            "relisez la version enregistrée, puis enregistrez à nouveau.",
        )
    row.version += 1


def save(row: M) -> M:
    """Check every promise of the model, then write."""
    row.full_clean()
    row.save()
    return row
