"""Move every row to an empty base, in one transaction, then compare: the same rows or nothing."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from backend.audit.trail import record
from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.serving import nobody_serves
from backend.core.tables.batches import batches
from backend.core.wall.keeping import keep
from backend.operations.moves.tables import (
    MADE_BY_MIGRATIONS,
    SLICE,
    Table,
    empty,
    go_on_after,
    last_number,
    our_tables,
)

TARGET = "arrivee"
Tell = Callable[[str], None]


def move(database: dict[str, Any], *, tell: Tell) -> dict[str, int]:
    """Copy the base of this installation into another one, empty; rows of each table. The present one is left as it is.

    `database`: what Django says of a database. Refused while the service runs, or when something is already there.
    """
    with nobody_serves(Path(settings.DATA_DIR)), opened(TARGET, database):
        _check_it_is_another()
        _check_nothing_is_there()
        check_nothing_is_left_out(DEFAULT_DB_ALIAS)
        tell("Création des tables…")
        call_command("migrate", database=TARGET, verbosity=0, interactive=False)
        if wall := keep(TARGET):
            tell(wall)
        with transaction.atomic():
            record(Actor.operator(), "installation.moved")
        return copy_everything(DEFAULT_DB_ALIAS, TARGET, tell=tell)


def copy_everything(source: str, target: str, *, tell: Tell) -> dict[str, int]:
    """Every row of one base into the fresh tables of another, then both compared; rows of each table, or nothing at all."""
    with transaction.atomic(using=target):
        _take_your_time(target)
        rows = _copy(source, target, tell)
        _compare(source, target, rows, tell)
    return rows


@contextmanager
def opened(alias: str, database: dict[str, Any]) -> Generator[None]:
    """A second base under this name, for a while; what it refuses is a `DomainError`."""
    connections.settings[alias] = {**connections.settings[DEFAULT_DB_ALIAS], **database, "CONN_MAX_AGE": 0}
    try:
        connections[alias].connect()  # an address where nobody answers is said before anything else
        yield
    except DatabaseError as error:
        raise DomainError(
            "target_failed",
            f"La base d’arrivée a refusé : {_first_line(error)}. Rien n’y est resté que des tables vides ; la base présente est "
            "intacte.",
        ) from error
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def _first_line(error: DatabaseError) -> str:
    """What the base said, without the lines after it, which may quote a row."""
    return str(error).strip().partition("\n")[0][:200].rstrip(".")


def _check_it_is_another() -> None:
    here, there = connections[DEFAULT_DB_ALIAS].settings_dict, connections[TARGET].settings_dict
    same = ("ENGINE", "NAME", "HOST", "PORT")
    if [str(here[key]) for key in same] == [str(there[key]) for key in same]:
        raise DomainError(
            "same_base", "C’est l’adresse de la base présente : donnez celle de la base d’arrivée."
        )


def _check_nothing_is_there() -> None:
    """Tables that `migrate` just made are fine: a move that failed may be tried again."""
    if _filled(TARGET):
        raise DomainError(
            "target_not_empty",
            "La base d’arrivée contient déjà des données : donnez une base neuve ou vidée.",
        )


def check_nothing_is_left_out(alias: str) -> None:
    """A table that this version does not know would stay behind in silence."""
    if unknown := _filled(alias) - {table.name for table in our_tables()}:
        raise DomainError(
            "unknown_tables",
            f"La base de départ contient {len(unknown)} table(s) que cette version ne connaît pas : "
            f"{', '.join(sorted(unknown)[:5])}. Mettez-les de côté, puis recommencez.",
        )


KEPT_BY_SQLITE = "sqlite_"
"""What SQLite keeps for itself: statistics, numbers already given."""


def _filled(alias: str) -> set[str]:
    """Tables that hold something, those that `migrate` fills excepted."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor)) - MADE_BY_MIGRATIONS
        names = {name for name in names if not name.startswith(KEPT_BY_SQLITE)}
        return {name for name in names if _holds_a_row(cursor, connection.ops.quote_name(name))}


def _holds_a_row(cursor: Any, quoted: str) -> bool:
    cursor.execute(f"SELECT 1 FROM {quoted} LIMIT 1")  # noqa: S608 (a name the base gave)
    return cursor.fetchone() is not None


def _take_your_time(alias: str) -> None:
    """The limits of pages do not hold for a whole territory."""
    if connections[alias].vendor == "postgresql":
        with connections[alias].cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def _copy(source: str, target: str, tell: Tell) -> dict[str, int]:
    tables = our_tables()
    for table in tables:
        if table.name in MADE_BY_MIGRATIONS:
            empty(table, target)
    rows = {}
    for table in tables:
        rows[table.name] = _copy_table(table, source, target)
        if rows[table.name]:
            tell(f"{table.name} : {rows[table.name]} lignes")
    return rows


def _copy_table(table: Table, source: str, target: str) -> int:
    many = 0
    try:
        for some in batches(table.rows(source), SLICE):
            table.write(target, some)
            many += len(some)
    except (DatabaseError, ValueError) as error:
        raise DomainError(
            "row_refused",
            f"Une ligne de {table.name} n’entre pas dans la base d’arrivée. Rien n’y est resté que des tables vides ; la base "
            "de départ est intacte. Joignez le fichier de passerelles diagnose à une demande d’aide.",
        ) from error
    if (number := last_number(table, source)) is not None:
        go_on_after(table, target, number)
    return many


def _compare(source: str, target: str, rows: dict[str, int], tell: Tell) -> None:
    tell("Comparaison des deux bases…")
    wrong = [
        table.name
        for table in our_tables()
        if table.count(target) != rows[table.name] or table.mark(target) != table.mark(source)
    ]
    if wrong:
        raise DomainError(
            "rows_differ",
            f"Les deux bases ne disent pas la même chose dans {len(wrong)} table(s) : {', '.join(wrong[:5])}. "
            "La base de départ est intacte ; ne vous servez pas de l’autre.",
        )
