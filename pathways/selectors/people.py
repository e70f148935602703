"""Finding one person among those the actor may see, before a second file is opened for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from backend.core.values.text import SHORTEST_SLIP, normalise, one_slip_apart
from pathways.models import Beneficiary
from pathways.querysets import BeneficiaryQuerySet

FORGIVING_UNDER = 5_000
"""Names are compared one by one only when the exact search found nobody, in a list shorter than this."""
MOST_FORGIVEN = 50


def find_people(people: BeneficiaryQuerySet, text: str) -> BeneficiaryQuerySet:
    """People of this list whose name holds every word typed; when nobody does, those one slip away.

    The second reading costs one query of the names and a comparison of each: see `FORGIVING_UNDER`.
    """
    found = people.matching(text)
    words = normalise(text).split()
    if not any(len(word) >= SHORTEST_SLIP for word in words) or found.exists():
        return found
    names = list(people.values_list("pk", "search_name")[:FORGIVING_UNDER])
    if len(names) == FORGIVING_UNDER:
        return found
    close = [pk for pk, name in names if all(_is_close(word, name) for word in words)]
    return people.filter(pk__in=close[:MOST_FORGIVEN])


def _is_close(word: str, name: str) -> bool:
    """Whether the name holds the word, or a word one slip from it, its beginning being enough."""
    if word in name.replace(" ", ""):
        return True
    if len(word) < SHORTEST_SLIP:
        return False
    parts = [*name.split(), name.replace(" ", "")]
    return any(one_slip_apart(word, part[:length]) for part in parts for length in _lengths(word, part))


def _lengths(word: str, part: str) -> set[int]:
    return {min(len(part), len(word) + more) for more in (-1, 0, 1)}


def births(people: Collection[int]) -> dict[int, date]:
    """The known birth dates of these people; one query."""
    rows = Beneficiary.objects.filter(pk__in=people, birth_date__isnull=False)
    return dict(rows.order_by().values_list("pk", "birth_date"))  # type: ignore[arg-type]
