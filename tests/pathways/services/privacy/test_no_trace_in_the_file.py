"""SEC-42: the file of a SQLite base, byte by byte, names nobody who was erased, whatever stood in the free space of its pages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from backend.core.actor import Actor
from pathways.models import Beneficiary
from pathways.services.privacy.erasing import erase_people, leave_no_trace
from tests.chromium import trail_can_be_emptied  # noqa: F401 - fixture
from tests.committing import committing
from tests.factories import BeneficiaryFactory
from tests.needed import only_on

pytestmark = [committing, pytest.mark.usefixtures("trail_can_be_emptied")]
MANY = 300
_NAMED = re.compile(rb"zorglub\d{4}", re.IGNORECASE)


def named() -> set[bytes]:
    """Those whose name stands somewhere in the file, or in what it has not taken in yet.

    Read by another process: a file of the base closed in this one lets go of every lock that SQLite holds here, and the next
    process that leaves would take away the journal we still write in.
    """
    base = Path(connection.settings_dict["NAME"])
    files = [str(path) for path in (base, Path(f"{base}-wal")) if path.is_file()]
    said = subprocess.run(["cat", *files], stdout=subprocess.PIPE, check=True).stdout
    return {each.lower() for each in _NAMED.findall(said)}


@pytest.fixture
def people(settings, tmp_path):
    only_on("sqlite", because="PostgreSQL writes over its free space by itself")
    settings.DATA_DIR = tmp_path
    found = []
    for number in range(MANY):
        name = f"Zorglub{number:04d}"
        found.append(BeneficiaryFactory(last_name=name, search_name=f"{name} solange").pk)
    return found


def test_who_stays_is_named_and_nobody_else(people):
    gone = people[::2]
    assert len(named()) == MANY
    erase_people(actor=Actor.operator(), people=gone, reason="retention")
    assert leave_no_trace()
    assert len(named()) == MANY - len(gone) == Beneficiary.objects.count()
    assert not leave_no_trace(), "nobody was erased since"


def test_without_room_it_is_left_for_the_next_night(people, caplog):
    erase_people(actor=Actor.operator(), people=people[:1], reason="request")
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        try:
            assert not leave_no_trace(), "a transaction is under way"
        finally:
            cursor.execute("ROLLBACK")
    assert "could not be written anew" in caplog.text
    assert leave_no_trace()
