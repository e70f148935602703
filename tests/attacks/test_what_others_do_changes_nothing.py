"""SEC-06: whatever a structure elsewhere writes, changes or erases, no byte of what ours reads moves.

Five hundred changes drawn from one seed, then every list and every page without an object is read again, by who reads a
whole structure and by an employer. More of them, read again by every role:
`PASSERELLES_CHANGES=20000 PASSERELLES_CHANGES_SEED=7 python -m pytest tests/attacks/test_what_others_do_changes_nothing.py`.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import Error, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.urls import reverse

from backend.core.actor import Role
from backend.core.sealing.encryption import Sealed
from backend.web import counts
from tests import factories as make
from tests.access.answers import NEVER_THE_SAME, nothing_kept
from tests.access.policy import REACH, WEB
from tests.access.routes import every_route
from tests.access.world import ROLES, World

pytestmark = pytest.mark.django_db
COUNT = int(os.environ.get("PASSERELLES_CHANGES", "500"))
SEED = int(os.environ.get("PASSERELLES_CHANGES_SEED", "6"))
WHOLE = "PASSERELLES_CHANGES" in os.environ
READERS = ROLES if WHOLE else (Role.MANAGER, Role.EMPLOYER)
EVERYBODYS = {
    "competence",
    "group_request",
    # A certification that one structure typed, its blocs and what they ask are knowledge shared on purpose: whoever signs
    # in reads them, so that nobody types the same diploma twice. Only the structure that typed it corrects it.
    "certification",
    "bloc",
    "bloc_line",
}
"""What the world files under « elsewhere » and belongs to everybody or to a structure alone."""


def read_by_right(role: Role) -> frozenset[str]:
    """Kinds of elsewhere that this role reads because of what it is: the head of the network, structures and their groups."""
    return frozenset(kind for kind, reach in REACH.items() if "elsewhere" in reach.get(role, ())) - EVERYBODYS


BY_RIGHT = sorted({read_by_right(role) for role in READERS}, key=len)
"""Readers are asked together when they read the same of elsewhere, which then does not move."""


def addresses() -> list[str]:
    """Every list of the API and every page that is about no object."""
    lists = [
        reverse(route.name)
        for route in every_route()
        if route.name.startswith("api:")
        and not route.captures
        and "get" in getattr(route.view, "actions", {})
    ]
    pages = [
        reverse(name)
        for name, page in WEB.items()
        if page.kind is None and not page.extra and "GET" in page.methods
    ]
    return sorted({*lists, *pages})


def read(
    world: World, readers: tuple[Role, ...] = READERS, where: list[str] | None = None
) -> dict[tuple[str, str], tuple[int, bytes]]:
    """What each reader is answered there, everywhere when nothing is said."""
    told = {}
    for role in readers:
        for address in where or addresses():
            counts.forget()
            with nothing_kept():
                answer = world.clients[role].get(address)
            # A workbook made for the occasion says when it was made.
            said = b"" if answer.content.startswith(b"PK") else NEVER_THE_SAME.sub(b"", answer.content)
            told[role.value, address] = answer.status_code, said
    return told


def _value(field: models.Field[Any, Any], chance: Random) -> Any:
    """Something this column may hold."""
    if field.choices:
        return chance.choice([value for value, _ in field.flatchoices])
    match field:
        case models.BooleanField():
            return chance.random() < 0.5
        case models.DateTimeField():
            return None
        case models.DateField():
            return date(2026, 11, 1) + timedelta(days=chance.randint(-900, 200))
        case models.IntegerField() | models.DecimalField() | models.FloatField():
            return chance.randint(0, 90)
        case models.TextField() | models.CharField():
            return f"Changé {chance.random():.9f}"[: field.max_length or 40]
        case _:
            return None


def _columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [
        field
        for field in model._meta.local_fields
        if not (field.primary_key or field.is_relation or isinstance(field, Sealed | models.JSONField))
    ]


def change(world: World, chance: Random, unmoved: frozenset[str]) -> str:
    """One change elsewhere: a value, a row more, a row less; what was done, empty when the base refused it."""
    row = world.objects[chance.choice(sorted(set(world.objects) - EVERYBODYS - unmoved))].get("elsewhere")
    if row is None:
        return ""
    try:
        with transaction.atomic():
            if chance.random() < 0.25:
                return _add(world, chance)
            if chance.random() < 0.05:
                type(row)._base_manager.filter(pk=row.pk).delete()
                return f"less {row._meta.model_name}"
            field = chance.choice(_columns(type(row)))
            value = _value(field, chance)
            if value is None:
                return ""
            type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: value})
            return f"{row._meta.model_name}.{field.name}"
    except (Error, ProtectedError, RestrictedError):
        return ""


def _add(world: World, chance: Random) -> str:
    place = world.objects["structure"]["elsewhere"]
    stay = make.StayFactory(organisation=place)
    match chance.randrange(5):
        case 0:
            make.ContractFactory(stay=stay)
        case 1:
            make.InterviewFactory(beneficiary=stay.beneficiary, organisation=place)
        case 2:
            make.GoalFactory(beneficiary=stay.beneficiary, organisation=place)
        case 3:
            make.EmployerFactory(organisation=place)
        case _:
            make.LicenceFactory(beneficiary=stay.beneficiary)
    return "more"


@pytest.mark.parametrize("by_right", BY_RIGHT, ids=lambda kinds: "-".join(sorted(kinds)) or "nothing")
def test_no_change_elsewhere_moves_a_byte_here(world, by_right):
    readers = tuple(role for role in READERS if read_by_right(role) == by_right)
    before, chance = read(world, readers), Random(SEED)
    with nothing_kept():
        done = [what for _ in range(2 * COUNT) if (what := change(world, chance, by_right))][:COUNT]
        after = read(world, readers)
    assert len(done) >= 0.8 * COUNT
    assert len(set(done)) > 60
    assert [where for where, answer in before.items() if after[where] != answer] == []


def test_a_change_here_would_be_seen(world):
    """The same comparison, for one name of ours."""
    reader, where = (Role.ADVISOR,), [reverse("api:people-list"), reverse("web:people")]
    before = read(world, reader, where)
    assert read(world, reader, where) == before
    with nothing_kept():
        person = world.objects["person"]["own"]
        type(person).objects.filter(pk=person.pk).update(first_name="Autrement")
        after = read(world, reader, where)
    assert all(after[each] != before[each] for each in before)
