"""SEC-15: what no link ties to a person (trail, files, drafts, jobs) is read and written by its account, structure or person alone."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.models import IdempotencyRecord
from backend.core.wall import beside
from backend.core.wall.gates import Gate
from backend.core.wall.reach import NOBODY, lifted, reach_of, within
from backend.exchange.models import ImportJob, StructureCopy
from backend.files.models import StoredFile
from backend.web.models import Draft
from pathways.models import Reunion
from reports.models import ExportJob
from tests.access.answers import nothing_kept
from tests.access.wall.test_nothing_crosses import actor_of, asked, within_reach
from tests.access.world import ROLES

pytestmark = pytest.mark.django_db
BESIDE = {each.model._meta.db_table: each for each in beside.registered()}
TRAIL = Entry._meta.db_table
FORMER = 7_654_321


@pytest.fixture(scope="module", autouse=True)
def _rows(walled_world):
    """One row or more in each table for each seat of the world, and the same for everybody's people."""
    people, places = walled_world.objects["person"], walled_world.objects["structure"]
    with lifted(Gate.COMMAND):
        for seat in walled_world.seats.values():
            Draft.objects.create(user=seat.user, seat=seat.seat_key, form="follow_up:1", content="Bonjour")
            IdempotencyRecord.objects.create(user=seat.user, key=uuid.uuid4().hex, digest="0" * 64)
            Entry.objects.create(user_id=seat.user.pk, role="", action="session.opened")
            asked_by = {"user": seat.user, "seat": seat.seat_key}
            ExportJob.objects.create(**asked_by, kind="stays", format="csv", parameters={})
            for job in (ImportJob, StructureCopy):
                job.objects.create(**asked_by, organisation=places["own"])
        for person in people.values():
            StoredFile.objects.create(
                carrier="competences.licence",
                carrier_id=1,
                beneficiary_id=person.pk,
                kind="PDF",
                size=1,
                place=uuid.uuid4().hex,
            )
            Entry.objects.create(role="", action="beneficiary.read", beneficiary_id=person.pk)
        for place in places.values():
            Entry.objects.create(role="", action="team.read", organisation_id=place.pk)
        Entry.objects.create(role="", action="beneficiary.read", beneficiary_id=FORMER)
        Reunion.objects.create(kept=people["own"], gone_id=FORMER, memory="")
        Entry.objects.create(role="", action="session.refused")


def theirs(wall, table, actor):
    """The rows that this seat may reach, found by our models and not by the wall."""
    each, reached = BESIDE[table], within_reach(wall, actor)
    with wall.aside():
        rows = each.model._base_manager.all()
        found = rows.filter(**{f"{each.account}": actor.user_id}) if each.account else rows.none()
        if each.structure:
            found |= rows.filter(**{f"{each.structure}__in": actor.organisation_ids})
        if each.person:
            former = Reunion.objects.filter(kept__in=reached).values_list("gone_id", flat=True)
            known = reached | set(former) if each.is_never_changed else reached
            found |= rows.filter(**{f"{each.person}__in": known})
        if each.is_never_changed:
            found |= rows.filter(**{f"{name}__isnull": True for name in each.leads_to})
        return set(found.values_list("pk", flat=True)), set(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("table", sorted(BESIDE))
def test_SEC_15_each_seat_reads_there_what_is_its_own(wall, walled_world, table):
    wrong, hidden = {}, 0
    for role in ROLES:
        actor = actor_of(walled_world, role)
        mine, all_of_them = theirs(wall, table, actor)
        with within(reach_of(actor)):
            read = {key for (key,) in asked(f'SELECT id FROM "{table}"')}  # noqa: S608
        hidden += len(all_of_them - read)
        if read != mine:
            wrong[role] = (len(read - mine), len(mine - read))
    assert wrong == {}
    assert hidden > 0


@pytest.mark.parametrize("table", sorted(BESIDE))
def test_SEC_15_whoever_works_for_nobody_reads_nothing_there(wall, walled_world, table):
    leads_nowhere = [f"{name} IS NULL" for name in BESIDE[table].leads_to] if table == TRAIL else ["false"]
    with within(NOBODY):
        assert asked(f'SELECT count(*) FROM "{table}" WHERE NOT ({" AND ".join(leads_nowhere)})') == [(0,)]  # noqa: S608


@pytest.mark.parametrize("table", sorted(BESIDE))
def test_SEC_15_a_row_of_somebody_else_is_neither_changed_nor_made(wall, walled_world, table):
    actor = actor_of(walled_world, Role.ADVISOR)
    mine, all_of_them = theirs(wall, table, actor)
    other = sorted(all_of_them - mine, key=str)[0]
    with within(reach_of(actor)), nothing_kept():
        assert asked(f'UPDATE "{table}" SET id = id WHERE id = %s', other) == 0  # noqa: S608
        assert asked(f'DELETE FROM "{table}" WHERE id = %s', other) == 0  # noqa: S608
    if BESIDE[table].is_never_changed:
        return
    named = (BESIDE[table].account or BESIDE[table].person).removesuffix("_id") + "_id"
    own = sorted(mine, key=str)[0]
    takes = f'CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT "{named}" FROM "{table}" WHERE id = %s'  # noqa: S608
    gives = f'UPDATE "{table}" SET "{named}" = (SELECT "{named}" FROM kept) WHERE id = %s'  # noqa: S608
    with wall.aside():
        asked(takes, other)
        asked("GRANT SELECT ON kept TO PUBLIC")
    with within(reach_of(actor)), pytest.raises(DatabaseError, match="row-level security"), nothing_kept():
        asked(gives, own)
    with wall.aside():
        asked("DROP TABLE kept")
