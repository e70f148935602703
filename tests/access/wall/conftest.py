"""The world of the matrix behind the second wall, under an account of PostgreSQL that passes over nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.db import connection, transaction

from backend.core.wall.gates import Gate
from backend.core.wall.raising import raise_wall
from backend.core.wall.reach import NOBODY, lifted, within
from competences.models import Cv
from tests.access.world import World, build_world
from tests.factories import TODAY
from tests.needed import only_on

_MINE = """
    DO $$ DECLARE each record; BEGIN
        FOR each IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
            EXECUTE format('ALTER TABLE %I OWNER TO %I', each.relname, '{account}');
        END LOOP;
    END $$
"""


class Wall:
    """The account that obeys the wall, and the one that passes over it."""

    def __init__(self) -> None:
        self.account = f"walled_{uuid.uuid4().hex[:12]}"

    @contextmanager
    def aside(self) -> Iterator[None]:
        """As if nobody had raised it: the account that made the base passes over every rule."""
        self.say("RESET ROLE")
        try:
            yield
        finally:
            self.say(f"SET ROLE {self.account}")

    def say(self, sentence: str) -> None:
        """In the one transaction of the module: tables change hands and the account goes with it."""
        with connection.cursor() as cursor:
            cursor.execute(sentence)


@pytest.fixture(scope="module")
def wall(django_db_setup, django_db_blocker) -> Iterator[Wall]:
    """Raised on every table, which that account owns; nothing of it is left afterwards."""
    only_on("postgresql", because="SQLite has no rule by row")
    with django_db_blocker.unblock(), within(NOBODY):
        outer = transaction.atomic()
        outer.__enter__()
        try:
            found = Wall()
            found.say(f"CREATE ROLE {found.account}")
            found.say(f"GRANT ALL ON SCHEMA public TO {found.account}")
            found.say(_MINE.format(account=found.account))
            found.say(f"SET ROLE {found.account}")
            raise_wall()
            yield found
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture(scope="module")
def walled_world(wall: Wall) -> Iterator[World]:
    """That of the matrix, built by the product, through the wall."""
    with time_machine.travel(f"{TODAY}T10:00:00+01:00"):
        with lifted(Gate.COMMAND):
            built = build_world()
            Cv.objects.create(beneficiary=built.objects["person"]["elsewhere"])
        yield built
