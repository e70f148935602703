"""Employers already known that one about to be added may be."""

from __future__ import annotations

from backend.core.actor import Actor
from backend.core.tables.ordering import Alphabetical
from employers.models import Employer
from employers.rules.likeness import are_alike, plain_name

MOST_SHOWN = 5
"""Beyond, a list is no longer looked at."""


def employers_alike(actor: Actor, *, name: str, siret: str = "") -> list[Employer]:
    """Those the actor sees under nearly the same name or under this SIRET, the first few by name; two queries."""
    typed = plain_name(name)
    known = (
        Employer.objects.visible_to(actor)
        .order_by(Alphabetical("name"), "pk")
        .values_list("pk", "name", "siret")
    )
    alike = [
        pk
        for pk, known_as, number in known.iterator(chunk_size=2_000)
        if (siret and number == siret) or are_alike(typed, plain_name(known_as))
    ]
    if not alike:
        return []
    return list(Employer.objects.select_related("organisation").in_bulk(alike[:MOST_SHOWN]).values())
