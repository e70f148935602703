"""Which tests ask a base: those that ask none run once and first, the others on the databases the suite is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

ASKING = frozenset({"db", "transactional_db", "django_db_setup", "live_server"})
"""Fixtures that open the base of the suite; a test without them or the mark is refused the base by pytest-django."""
EVERY, ASKED, NOT_ASKED = "all", "asked", "not-asked"


def asks_a_base(item: pytest.Item) -> bool:
    """Whether this test reads or writes the base of the suite."""
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not ASKING.isdisjoint(fixtures)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Nobody passes behind a test of PostgreSQL to tell its base that tables it is filling are empty.

    What a test writes is not committed: looked at meanwhile, a table of two thousand rows is said to hold none, and
    joins are then walked row by row.
    """
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} SET (autovacuum_enabled = false)")


@pytest.fixture(scope="module", autouse=True)
def _no_table_is_believed_empty(request: pytest.FixtureRequest) -> Iterator[None]:
    """A module that looked at the tables between two tests leaves them as never looked at.

    Known to hold nothing, a table is walked row by row by the plans that a connection keeps for its keys, once ten thousand
    rows stand in it. `VACUUM` would know it empty as well. The suite signs in as who made the base, as it must to make it.
    """
    if connection.vendor != "postgresql" or not of_a_base(request):
        yield
        return
    yield
    with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE reltuples = 0 AND oid IN"
            " (SELECT relid FROM pg_stat_user_tables)"
        )


def of_a_base(request: pytest.FixtureRequest) -> bool:
    """Whether a test of this module asks the base of the suite, which then stands, whichever test comes first here."""
    is_asked = request.path in _files_of_a_base(request.session)
    if is_asked:
        request.getfixturevalue("django_db_setup")
    return is_asked


@cache
def _files_of_a_base(session: pytest.Session) -> frozenset[Path]:
    return frozenset(item.path for item in session.items if asks_a_base(item))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--base asked` or `--base not-asked` keeps one of the two kinds."""
    parser.addoption(
        "--base",
        choices=(EVERY, ASKED, NOT_ASKED),
        default=EVERY,
        help="run the tests that ask a base, or those that ask none (all by default)",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the kind nobody asked for."""
    wanted = config.getoption("base")
    if wanted == EVERY:
        return
    kept = [item for item in items if asks_a_base(item) is (wanted == ASKED)]
    left_out = [item for item in items if asks_a_base(item) is not (wanted == ASKED)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept
