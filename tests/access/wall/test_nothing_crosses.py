"""SEC-15: whatever the SQL says, a connection reads and writes the rows of those it works for, and nobody else's."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection
from django.db.models import Q

from backend.core.actor import Role
from backend.core.joining import tables as joined
from backend.core.wall import beside
from backend.core.wall.gates import Gate
from backend.core.wall.policies import walled
from backend.core.wall.raising import state_of
from backend.core.wall.reach import NOBODY, lifted, reach_of, within
from employers.enums import ConsentDecision
from employers.models import Placement, ProfileConsent
from pathways.models import Relay, Stay
from pathways.rules.relays.table import READ_BY_RECEIVER
from tests import factories as make
from tests.access.answers import nothing_kept
from tests.access.world import ROLES

pytestmark = pytest.mark.django_db
OF = {each.model._meta.db_table: each for each in joined.registered()}
TABLES = list(OF)
BESIDE = {each.model._meta.db_table for each in beside.registered()}


def asked(sentence, *values):
    with connection.cursor() as cursor:
        cursor.execute(sentence, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def person_of(table):
    return joined.path_to_person(OF[table]) or "pk"


def a_row_out_of_reach(wall, world, table):
    """Of the person followed elsewhere: its key, and all it holds as PostgreSQL tells it."""
    ours = within_reach(wall, actor_of(world, Role.ADVISOR))
    with wall.aside():
        rows = OF[table].model._base_manager.filter(~Q(**{f"{person_of(table)}__in": ours}))
        key = rows.values_list("pk", flat=True).first()
        if key is None:
            return None, None
        told = asked(f'SELECT row_to_json(t) FROM "{table}" t WHERE t.{pk_of(table)} = %s', key)  # noqa: S608
        return key, told[0][0]


def pk_of(table):
    return OF[table].model._meta.pk.column


def actor_of(world, role):
    return world.seats[role].as_actor()


def within_reach(wall, actor):
    """Whom this seat may reach, found by our models and not by the wall."""
    if actor.role is Role.BENEFICIARY:
        return {actor.beneficiary_id}
    with wall.aside():
        stays = Stay.objects.filter(organisation_id__in=actor.organisation_ids)
        relays = Relay.objects.filter(receiver_id__in=actor.organisation_ids, status__in=READ_BY_RECEIVER)
        agreed = ProfileConsent.objects.filter(
            employer_id=actor.employer_id or 0, decision=ConsentDecision.GRANTED
        )
        hired = Placement.objects.filter(employer_id=actor.employer_id or 0)
        found = [
            set(rows.values_list("beneficiary_id", flat=True)) for rows in (stays, relays, agreed, hired)
        ]
    return set().union(*found)


def test_SEC_15_every_table_of_people_stands_behind_the_wall(wall):
    state = state_of()
    assert set(state.behind) == {each.table for each in walled()} == set(OF) | BESIDE
    assert state.is_whole


@pytest.mark.parametrize("table", TABLES)
def test_SEC_15_whoever_works_for_nobody_reads_nothing(wall, walled_world, table):
    with within(NOBODY):
        assert asked(f'SELECT count(*) FROM "{table}"') == [(0,)]  # noqa: S608
    with lifted(Gate.COMMAND):
        everything = asked(f'SELECT count(*) FROM "{table}"')  # noqa: S608
    with wall.aside():
        assert asked(f'SELECT count(*) FROM "{table}"') == everything  # noqa: S608


@pytest.mark.parametrize("role", ROLES)
def test_SEC_15_a_seat_reads_its_people_and_nobody_else(wall, walled_world, role):
    actor, wrong = actor_of(walled_world, role), {}
    expected = within_reach(wall, actor)
    for table, each in OF.items():
        rows = each.model._base_manager.order_by()
        with wall.aside():
            theirs = set(rows.filter(**{f"{person_of(table)}__in": expected}).values_list("pk", flat=True))
        with within(reach_of(actor)):
            read = {key for (key,) in asked(f'SELECT {pk_of(table)} FROM "{table}"')}  # noqa: S608
        if read != theirs:
            wrong[table] = (len(read - theirs), len(theirs - read))
    assert wrong == {}


@pytest.mark.parametrize("table", TABLES)
def test_SEC_15_nothing_is_written_on_somebody_out_of_reach(wall, walled_world, table):
    key, row = a_row_out_of_reach(wall, walled_world, table)
    assert key is not None, "no row of anybody else: give the world one"
    number = pk_of(table)
    with nothing_kept(), within(reach_of(actor_of(walled_world, Role.ADVISOR))):
        assert asked(f'UPDATE "{table}" SET {number} = {number} WHERE {number} = %s', key) == 0  # noqa: S608
        assert asked(f'DELETE FROM "{table}" WHERE {number} = %s', key) == 0  # noqa: S608
    columns = ", ".join(
        f'"{field.column}"' for field in OF[table].model._meta.concrete_fields if not field.generated
    )
    told = (
        f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM json_populate_record(NULL::"{table}", %s)'  # noqa: S608
    )
    with (
        nothing_kept(),
        within(reach_of(actor_of(walled_world, Role.ADVISOR))),
        pytest.raises(DatabaseError, match="row-level security"),
    ):
        asked(told, json.dumps(row))


def test_SEC_15_what_is_set_in_a_transaction_that_goes_back_goes_back_with_it(wall, walled_world):
    ours, everybody = (
        reach_of(actor_of(walled_world, Role.ADVISOR)),
        "SELECT count(*) FROM pathways_beneficiary",
    )
    with within(ours):
        before = asked(everybody)
        with lifted(Gate.COMMAND):
            assert asked(everybody) > before
        with pytest.raises(DatabaseError, match="division"), nothing_kept(), lifted(Gate.COMMAND):
            asked("SELECT 1 / 0")
        assert asked(everybody) == before
    assert asked(everybody) == [(0,)]


def test_SEC_15_whoever_is_welcomed_or_leaves_is_within_reach_or_not_at_once(wall, walled_world):
    """Who is within reach is kept for the length of a page: never past what the page itself writes."""
    actor, away = actor_of(walled_world, Role.ADVISOR), walled_world.objects["person"]["elsewhere"]
    there = "SELECT count(*) FROM pathways_beneficiary WHERE id = %s"
    with nothing_kept(), within(reach_of(actor)):
        assert asked(there, away.pk) == [(0,)]
        with lifted(Gate.WELCOME):
            stay = make.StayFactory(beneficiary=away, organisation_id=min(actor.organisation_ids))
        assert asked(there, away.pk) == [(1,)]
        Stay.objects.filter(pk=stay.pk).delete()
        assert asked(there, away.pk) == [(0,)]
