"""Whom a line without an id speaks of, among the people of one structure: by name, and birth date when it gives one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from backend.core.values.births import may_be_one
from backend.core.values.text import tight
from backend.exchange import values
from backend.exchange.layout import Cells
from backend.exchange.scope import Scope
from backend.exchange.values import BadValue
from pathways.models import Beneficiary


def people_of(organisation_id: int) -> Callable[[Cells], str]:
    """The id of the only person of that name there, whatever the order of its two parts; empty when none or several.

    A birth date on both sides must be the same, of what is known of each; on one side only, it tells two people apart rather than one.
    """
    scope, named = Scope(organisation_id), defaultdict[str, list[tuple[str, date | None]]](list)
    rows = Beneficiary.objects.filter(stays__organisation_id=organisation_id).distinct()
    for row in rows.only("pk", "external_id", "last_name", "first_name", "birth_date"):
        named[_name(row.last_name, row.first_name)].append((scope.id_sent(row), row.birth_date))

    def recognise(cells: Cells) -> str:
        born_on = _day(cells.get("date_naissance", ""))
        found = [
            own_id
            for own_id, birth_date in named.get(_name(cells.get("nom", ""), cells.get("prenom", "")), ())
            if born_on is None or (birth_date is not None and may_be_one(born_on, birth_date))
        ]
        return found[0] if len(found) == 1 else ""

    return recognise


def _name(last: str, first: str) -> str:
    return min(tight(last) + tight(first), tight(first) + tight(last))


def _day(cell: str) -> date | None:
    try:
        return values.birth_date(cell) if cell else None
    except BadValue:
        return None
