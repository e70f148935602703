"""The beats every service shares: find under lock within the actor's reach, compare versions, check and save."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from inspect import isfunction
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.errors import Conflict, OutOfReach
from backend.core.sealing.encryption import Sealed

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
        raise _conflict()
    row.version += 1


def seen(row: models.Model) -> str:
    """A print of all that a row says: what a form carries along, so as to know that nobody changed it since.

    Every write changes it, whoever wrote and wherever: no count of versions to forget.
    """
    said = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    plain = json.dumps([row._meta.label, said], cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def check_seen(row: models.Model, print_seen: str) -> None:
    """Refuse to write over what someone else wrote since the form was opened."""
    if seen(row) != print_seen:
        raise _conflict()


def check_names(said: Iterable[str], fields: Collection[str]) -> None:
    """`TypeError` when a gesture would write something else than its own `fields`: a caller's mistake, never a person's."""
    if unknown := set(said) - set(fields):
        raise TypeError(f"cannot write {', '.join(sorted(unknown))}")


def write(row: models.Model, said: Mapping[str, Any], fields: Collection[str]) -> list[str]:
    """Write what is said on a row, unsaved, without the spaces around a text; the names of what changed, sorted.

    What is not said stays. `TypeError` for a name that is not one of `fields`.
    """
    check_names(said, fields)
    told = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    changed = sorted(name for name, value in told.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, told[name])
    return changed


def put(row: models.Model, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Write these values on a row, unsaved, and give back those they replace, as the trail may keep them.

    Dates, codes and numbers are kept; of a text typed freely, only that it changed. Empty when nothing changes; a row
    that counts its versions counts this one.
    """
    was = {}
    for name, value in changes.items():
        before = getattr(row, name)
        if before != value:
            was[name] = for_the_trail(row, name)
            setattr(row, name, value)
    if was and hasattr(row, "version"):
        row.version += 1
    return was


def for_the_trail(row: models.Model, name: str) -> Any:
    """One value as the trail may hold it: « … » for what is typed freely or sealed, the number of what a link points to."""
    field = row._meta.get_field(name)
    value = getattr(row, getattr(field, "attname", name))
    is_typed = isinstance(field, models.CharField | models.TextField) and not _is_a_code(field)
    if is_typed or isinstance(field, Sealed):
        return "" if value in (None, "") else "…"
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _is_a_code(field: models.Field[Any, Any]) -> bool:
    """Whether a text is one of a list, or has a shape that is checked: « K2204 », the number of a PASS."""
    return bool(field.choices) or any(isfunction(check) for check in field.validators)


def _conflict() -> Conflict:
    return Conflict(
        "conflict",
        "Quelqu’un a modifié cet élément depuis que vous l’avez ouvert. Votre saisie est conservée : "
        "relisez la version enregistrée, puis enregistrez à nouveau.",
    )


def take_back(row: M, reason: str) -> M:
    """Take back a row written by mistake, with its reason: it stays readable, and counts no more."""
    row.cancelled_at, row.cancel_reason = timezone.now(), reason.strip()  # type: ignore[attr-defined]
    return save(row)


def save(row: M) -> M:
    """Check every promise of the model, then write."""
    row.full_clean()
    row.save()
    return row
