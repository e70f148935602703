"""The second wall put up, taken down and looked at; where there is none to put up, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from backend.core.errors import DomainError
from backend.core.wall.policies import FUNCTIONS, NAME, forgetting, functions, tying, walled


@dataclass(frozen=True, slots=True)
class State:
    """What the base says of its wall: the tables behind it, those left outside, those whose rule is of another version."""

    behind: tuple[str, ...]
    outside: tuple[str, ...]
    older: tuple[str, ...]
    passes_over: bool

    @property
    def is_up(self) -> bool:
        """Whether somebody raised it here, whole or not."""
        return bool(self.behind or self.older)

    @property
    def is_whole(self) -> bool:
        """Whether every table stands behind it, and nobody passes over."""
        return bool(self.behind) and not (self.outside or self.older or self.passes_over)


def raise_wall(using: str = DEFAULT_DB_ALIAS) -> int:
    """Put a rule on every table of people, or put it right; how many tables. `DomainError` where it would hold nobody."""
    if why := obstacle(using):
        raise why
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for sentence in functions():
            cursor.execute(sentence)
        behind = _behind(cursor)
        for table in walled():
            if table.table not in behind:  # a table that people use is not held for nothing
                for sentence in table.raised():
                    cursor.execute(sentence)
        if behind != {table.table for table in walled()}:
            for sentence in forgetting():
                cursor.execute(sentence)
    return len(walled())


def take_down(using: str = DEFAULT_DB_ALIAS) -> int:
    """Take every rule away; how many tables had one."""
    if connections[using].vendor != "postgresql":
        return 0
    state = state_of(using)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for table in walled():
            for sentence in table.taken_down():
                cursor.execute(sentence)
        for name in tying():
            cursor.execute(f'DROP TRIGGER IF EXISTS {NAME} ON "{name}"')
        for name in FUNCTIONS:
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}")
    return len(state.behind) + len(state.older)


def state_of(using: str = DEFAULT_DB_ALIAS) -> State:
    """What stands there now; on SQLite, nothing does."""
    if connections[using].vendor != "postgresql":
        return State((), (), (), passes_over=False)
    with connections[using].cursor() as cursor:
        marks, passes_over = _marks(cursor), _passes_over(cursor)
    expected = {table.table: table.mark for table in walled()}
    return State(
        behind=tuple(name for name, mark in expected.items() if marks.get(name) == mark),
        outside=tuple(name for name in expected if name not in marks),
        older=tuple(name for name, mark in expected.items() if name in marks and marks[name] != mark),
        passes_over=passes_over,
    )


def _behind(cursor: Any) -> set[str]:
    marks = _marks(cursor)
    return {table.table for table in walled() if marks.get(table.table) == table.mark}


def _marks(cursor: Any) -> dict[str, str]:
    """What is written on the rule of each table where it is in force, owner included."""
    cursor.execute(
        "SELECT c.relname, COALESCE(obj_description(p.oid, 'pg_policy'), '') FROM pg_policy p"
        " JOIN pg_class c ON c.oid = p.polrelid"
        " WHERE p.polname = %s AND c.relrowsecurity AND c.relforcerowsecurity AND pg_table_is_visible(c.oid)",
        [NAME],
    )
    return dict(cursor.fetchall())


def _passes_over(cursor: Any) -> bool:
    cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    return bool(cursor.fetchone()[0])


def obstacle(using: str = DEFAULT_DB_ALIAS) -> DomainError | None:
    """Why it would hold nobody here, and what to do; None when it would hold."""
    if connections[using].vendor != "postgresql":
        return DomainError(
            "no_second_wall",
            "Ce second mur est fait par PostgreSQL ; la base de cette installation est un fichier SQLite, qui n’a pas de "
            "règles par ligne. Pour en avoir un : passerelles move-to postgres://…",
        )
    if settings.POSTGRES_POOL == "transaction":
        return DomainError(
            "pooled_by_transaction",
            "Le répartiteur de connexions est déclaré par transaction (POSTGRES_POOL=transaction) : une page y parlerait pour "
            "une autre. Mettez pool_mode = session dans PgBouncer, puis POSTGRES_POOL=session, et tapez : passerelles "
            "second-wall --raise",
        )
    with connections[using].cursor() as cursor:
        if not _passes_over(cursor):
            return None
        cursor.execute("SELECT current_user")
        account = cursor.fetchone()[0]
    return DomainError(
        "passes_over",
        f"Le compte PostgreSQL « {account} » passe par-dessus toute règle de ligne : le mur ne tiendrait personne. Avec un "
        f'compte d’administration, tapez : ALTER ROLE "{account}" NOSUPERUSER NOBYPASSRLS ; puis : passerelles second-wall '
        "--raise. Si ce compte est celui qui a créé le serveur, voyez « Un second mur » dans docs/exploitation.md.",
    )
