"""How each database engine is copied while people work, and brought back."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection, transaction

from backend.core.errors import DomainError
from backend.core.wall.reach import SETTING, present

Rows = dict[str, int]


class Engine(Protocol):
    """One engine; `copy` gives the number of rows of each table at the very instant of the copy."""

    file_name: str

    def copy(self, target: Path) -> Rows: ...
    def bring_back(self, source: Path) -> None: ...


def engine() -> Engine:
    """The one of this installation."""
    return SQLite() if connection.vendor == "sqlite" else PostgreSQL()


def rows_now() -> Rows:
    """Rows of each table, as this connection sees them."""
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        return {name: _count(cursor.execute, cursor.fetchone, name) for name in names}


def _count(execute: Callable[[str], object], fetch: Callable[[], tuple[int, ...] | None], table: str) -> int:
    execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 (a name that the base itself gave)
    found = fetch()
    return found[0] if found else 0


class SQLite:
    """Its own online copy: pages written meanwhile are copied again until all hold together."""

    file_name = "base.sqlite3"

    def copy(self, target: Path) -> Rows:
        """Copy, then look at the copy itself: whole, and how many rows."""
        source = f"{Path(connection.settings_dict['NAME']).absolute().as_uri()}?mode=ro"
        with (
            closing(sqlite3.connect(source, uri=True)) as base,
            closing(sqlite3.connect(target)) as copy,
            _as_the_disk_says(),
        ):
            base.backup(copy)
        with _opened(target) as copy:
            _check(copy)
            rows = _rows_of(copy)
            # A file alone, without a companion that somebody could forget to copy.
            copy.execute("PRAGMA journal_mode=DELETE")
        return rows

    def bring_back(self, source: Path) -> None:
        """Over the present base, in one go."""
        connection.close()
        name = str(connection.settings_dict["NAME"])
        with (
            closing(sqlite3.connect(source)) as copy,
            closing(sqlite3.connect(name)) as base,
            _as_the_disk_says(),
        ):
            copy.backup(base)
        with _opened(Path(name)) as base:
            _check(base)


@contextmanager
def _as_the_disk_says() -> Generator[None]:
    """What SQLite says of a disk, as any other file that could not be written: `OSError`."""
    try:
        yield
    except sqlite3.OperationalError as error:
        is_full = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if is_full else errno.EIO, "the base could not be copied") from error


@contextmanager
def _opened(path: Path) -> Generator[sqlite3.Connection]:
    """A base with the functions of Django, that our constraints are written with."""
    wrapper = connection.copy("copy")
    wrapper.settings_dict["NAME"] = str(path)
    wrapper.ensure_connection()
    try:
        yield wrapper.connection
    finally:
        wrapper.close()


def _check(base: sqlite3.Connection) -> None:
    try:
        answer = base.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise DomainError("base_damaged", "Le fichier de la base est abîmé.") from error
    if answer != "ok":
        raise DomainError("base_damaged", "Le fichier de la base est abîmé.")


def _rows_of(base: sqlite3.Connection) -> Rows:
    cursor = base.cursor()
    names = cursor.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {name: _count(cursor.execute, cursor.fetchone, name) for (name,) in names}


class PostgreSQL:
    """`pg_dump` and its companions, on the snapshot of a transaction where rows are counted too."""

    file_name = "base.dump"

    def copy(self, target: Path) -> Rows:
        """The rows counted are those copied, whatever is written meanwhile."""
        with transaction.atomic(), connection.cursor() as cursor:
            # The whole of a territory may take longer than any page: the limits of pages do not hold here.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            # Behind the second wall a copy is refused unless it reads by the rules, for whom this command works.
            behind = ("--enable-row-security", f"--snapshot={snapshot}", f"--file={target}")
            _run("pg_dump", "--format=custom", "--no-owner", *behind)
            return rows_now()

    def bring_back(self, source: Path) -> None:
        """In one transaction: all of it or nothing. What stands there goes first, newer tables included."""
        connection.close()
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
            script = Path(folder) / "base.sql"
            script.touch(mode=0o600)
            _run("pg_restore", "--no-owner", f"--file={script}", str(source))
            _run(
                "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction",
                "--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public", f"--file={script}",
            )  # fmt: skip


def _run(tool: str, *options: str) -> None:
    """Run one of PostgreSQL's tools; the password goes by the environment, no list of processes shows it."""
    path = shutil.which(tool)
    if path is None:
        raise DomainError(
            "no_tool",
            f"« {tool} » manque sur cette machine : installez le paquet postgresql-client de votre serveur.",
        )
    where = connection.settings_dict
    given = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    account = {variable: str(where[key]) for variable, key in given.items() if where.get(key)}
    done = subprocess.run(  # noqa: S603 (a tool of the list above, no shell)
        [path, *options],
        env={**os.environ, **account, "PGOPTIONS": f"-c {SETTING}={present().told}"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DomainError("tool_failed", f"« {tool} » a échoué : {_first_line(done.stderr)}")


def _first_line(said: str) -> str:
    """The sentence of the tool without what follows: the lines after it may quote rows."""
    return said.strip().partition("\n")[0][:300] or "sans rien dire"
