"""The answers kept for the tables of a structure: read again, corrected, shared with its group, forgotten."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.exchange.matching.applying import Choice
from backend.exchange.models import ColumnMap
from backend.exchange.permissions import may_import
from backend.exchange.services.columns import AskedTable, asked, checked, of_no_person
from backend.organisations.selectors.groups import same_group

_NOT_YOURS = "Seule la personne responsable de cette structure peut changer ses correspondances de colonnes."


def table_of(row: ColumnMap, chosen: Choice | None = None) -> AskedTable:
    """The table as it is asked about, with the words already translated rather than values of people."""
    return asked(_told(row), chosen)


@transaction.atomic
def correct_column_map(
    *, actor: Actor, row: ColumnMap, seen: str, choice: Choice | None = None, is_shared: bool | None = None
) -> ColumnMap:
    """Say otherwise what each column is, or whether the group is proposed the same; the next sending reads so."""
    row = steps.lock(actor, row)
    ensure(may_import(actor, row.organisation), "not_yours", _NOT_YOURS)
    steps.check_seen(row, seen)
    if choice is not None:
        kept = checked(_told(row), choice)
        if not any(kept.columns):
            raise DomainError(
                "no_column", "Choisissez au moins une colonne, ou oubliez cette correspondance."
            )
        row.columns, row.values = kept.columns, of_no_person(kept.values)
    if is_shared is not None:
        row.is_shared = is_shared and same_group(row.organisation_id).exists()
    row.save()
    trail.record(actor, "column_map.corrected", row, structure=row.organisation_id, shared=row.is_shared)
    return row


@transaction.atomic
def forget_column_map(*, actor: Actor, row: ColumnMap) -> None:
    """Forget what was answered: the next table of these titles is asked about again."""
    row = steps.lock(actor, row)
    ensure(may_import(actor, row.organisation), "not_yours", _NOT_YOURS)
    trail.record(actor, "column_map.forgotten", row, structure=row.organisation_id)
    row.delete()


def _told(row: ColumnMap) -> dict[str, Any]:
    titles = row.titles or ["" for _ in row.columns]
    words = [list(row.values.get(key, {})) for key in row.columns]
    return {
        "key": str(row.pk),
        "name": row.name or "le tableau",
        "said": [],
        "titles": titles,
        "samples": [words[rank] if rank < len(words) else [] for rank in range(len(titles))],
        "columns": row.columns,
        "reasons": ["" for _ in titles],
        "values": row.values,
    }
