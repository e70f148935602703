"""The backup of a small installation brought to the PostgreSQL of a territory: every row as it was stored, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from backend.operations.moves.moving import check_nothing_is_left_out, copy_everything, opened
from backend.settings.base import database

Tell = Callable[[str], None]
SAVED, BACK = "sauvegarde", "retour"
_BESIDE = "retour_en_cours"
"""The schema where tables are filled, out of sight of the present ones until everything is there."""


def bring_across(base: Path, *, tell: Tell) -> None:
    """Fill new tables beside the present ones, compare, then let them take their place in one transaction.

    `base`: a copy of the saved file that may be changed, since an older version first gets the tables of this one.
    """
    with opened(SAVED, database(f"sqlite:///{base.absolute()}")):
        call_command("migrate", database=SAVED, verbosity=0, interactive=False)
        check_nothing_is_left_out(SAVED)
        with _a_schema_beside() as there, opened(BACK, there):
            call_command("migrate", database=BACK, verbosity=0, interactive=False)
            copy_everything(SAVED, BACK, tell=tell)
            connections[BACK].close()
            _take_the_place()


@contextmanager
def _a_schema_beside() -> Generator[dict[str, Any]]:
    """What Django says of a base whose tables stand in that schema; nothing is left of it when something fails."""
    _tell_the_base(f"DROP SCHEMA IF EXISTS {_BESIDE} CASCADE", f"CREATE SCHEMA {_BESIDE}")
    options = connections.settings[DEFAULT_DB_ALIAS].get("OPTIONS", {})
    path = f"{options.get('options', '')} -c search_path={_BESIDE}".strip()
    try:
        yield {"OPTIONS": {**options, "options": path}}
    finally:
        _tell_the_base(f"DROP SCHEMA IF EXISTS {_BESIDE} CASCADE")


def _take_the_place() -> None:
    _tell_the_base("DROP SCHEMA public CASCADE", f"ALTER SCHEMA {_BESIDE} RENAME TO public")
    connection.close()  # what it remembers of the former tables goes with it


def _tell_the_base(*sentences: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for sentence in sentences:
            cursor.execute(sentence)
