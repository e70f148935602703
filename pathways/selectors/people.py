"""Finding one person among those the actor may see, before a second file is opened for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from backend.core.actor import Actor
from backend.core.tables.among import among
from backend.core.values.text import SHORTEST_SLIP, normalise, one_slip_apart
from backend.organisations.models import Organisation
from backend.organisations.querysets import OrganisationQuerySet
from pathways.models import Beneficiary, Stay
from pathways.permissions import may_open_stay
from pathways.querysets.thread import BeneficiaryQuerySet

FORGIVING_UNDER = 5_000
"""Names are compared one by one only when the exact search found nobody, in a list shorter than this."""
MOST_FORGIVEN = 50


def taking_back(actor: Actor, person: Beneficiary) -> OrganisationQuerySet:
    """Structures where the actor may welcome somebody again: one's own, where they have no stay under way."""
    own = Organisation.objects.covered_by(actor)
    if not may_open_stay(actor, person, actor.organisation_id or 0):
        return own.none()
    under_way = Stay.objects.filter(beneficiary=person, ended_on__isnull=True)
    return own.exclude(pk__in=under_way.values("organisation_id"))


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


def named(people: Collection[int]) -> dict[int, Beneficiary]:
    """These people by their number, in one query whatever their number; the caller knows they may be named."""
    return {person.pk: person for person in Beneficiary.objects.filter(pk__in=among(people)).order_by()}


def births(people: Collection[int]) -> dict[int, date]:
    """The known birth dates of these people; one query."""
    rows = Beneficiary.objects.filter(pk__in=people, birth_date__isnull=False)
    return dict(rows.order_by().values_list("pk", "birth_date"))  # type: ignore[arg-type]
