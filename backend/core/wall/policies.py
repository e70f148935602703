"""The rules that PostgreSQL follows, written from our models: one a table, whichever it is, and what they ask."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.db import models

from backend.core.joining import tables as joined
from backend.core.wall import ways
from backend.core.wall.reach import SETTING

NAME = "second_wall"
"""Of each rule, the same on every table."""
EVERYBODY = "passerelles_reaches_everybody"
PEOPLE = "passerelles_people_within"
_REACH = "passerelles_reach"
FUNCTIONS = (EVERYBODY, PEOPLE, _REACH)
_INSIDE = '{"gate": "WALL"}'
"""What the function that looks for the people works under, until it gives back the reach it was asked with: the rules that
ask it must not be asked again inside. A `SET` of the function itself would say it better; PostgreSQL keeps that for
superusers."""


@dataclass(frozen=True, slots=True)
class Walled:
    """One table and the condition every row read or written there must meet."""

    table: str
    condition: str

    @property
    def mark(self) -> str:
        """What is written on the rule, so that one made by another version is recognised."""
        return hashlib.sha256(self.condition.encode()).hexdigest()[:16]

    def raised(self) -> Iterator[str]:
        """The sentences that put it there; twice is once. FORCE: whoever owns the table obeys too."""
        yield from self._gone()
        yield f'CREATE POLICY {NAME} ON "{self.table}" FOR ALL USING ({self.condition})'
        yield f"COMMENT ON POLICY {NAME} ON \"{self.table}\" IS '{self.mark}'"
        yield f'ALTER TABLE "{self.table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY'

    def taken_down(self) -> Iterator[str]:
        """The sentences that take it away."""
        yield from self._gone()
        yield f'ALTER TABLE "{self.table}" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY'

    def _gone(self) -> Iterator[str]:
        yield f'DROP POLICY IF EXISTS {NAME} ON "{self.table}"'


def walled() -> list[Walled]:
    """Every table whose rows are a person's, parents first: the very list by which files are joined and erased."""
    return [Walled(each.model._meta.db_table, _condition(each)) for each in joined.registered()]


def _condition(table: joined.Table) -> str:
    """The gate is asked first, once a question; then the person, or the row above, which carries its own rule."""
    everybody = f"(SELECT {EVERYBODY}())"
    name = table.model._meta.db_table
    if table is joined.person_table():
        return f'{everybody} OR "{name}"."{_key(table.model)}" IN ({_people()})'
    owner = joined.owner_of(table)
    here = f'"{name}"."{owner.column}"'
    if owner.related_model is joined.person_table().model:
        return f"{everybody} OR {here} IN ({_people()})"
    above = cast("type[models.Model]", owner.related_model)
    parent, key = above._meta.db_table, _key(above)
    return f'{everybody} OR EXISTS (SELECT 1 FROM "{parent}" AS above WHERE above."{key}" = {here})'  # noqa: S608 (names of ours)


def _people() -> str:
    return f"SELECT person FROM {PEOPLE}({_REACH}()) AS person"  # noqa: S608 (names of ours)


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def functions() -> Iterator[str]:
    """What the rules ask: for whom the connection works, whether that is everybody, and who is within reach."""
    yield f"""
        CREATE OR REPLACE FUNCTION {_REACH}() RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT NULLIF(current_setting('{SETTING}', true), '')::jsonb $$
    """
    yield f"""
        CREATE OR REPLACE FUNCTION {EVERYBODY}() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT COALESCE(NULLIF(current_setting('{SETTING}', true), '')::jsonb ? 'gate', false) $$
    """
    asked = "\n".join(_found_by(way) for way in ways.registered())
    yield f"""
        CREATE OR REPLACE FUNCTION {PEOPLE}(reach jsonb) RETURNS SETOF bigint LANGUAGE plpgsql STABLE AS
        $$ BEGIN
            IF reach IS NULL THEN RETURN; END IF;
            PERFORM set_config('{SETTING}', '{_INSIDE}', true);
            IF reach ? 'person' THEN RETURN NEXT (reach ->> 'person')::bigint; END IF;
            {asked}
            PERFORM set_config('{SETTING}', reach::text, true);
        END $$
    """


def _found_by(way: ways.Way) -> str:
    meta = way.model._meta
    person, column = meta.get_field(way.person).column, meta.get_field(way.column).column  # type: ignore[union-attr]
    conditions = [f'"{column}" {_named(way)}']
    for name, values in way.among.items():
        listed = ", ".join(_quoted(value) for value in values)
        conditions.append(f'"{meta.get_field(name).column}" IN ({listed})')  # type: ignore[union-attr]
    return (
        f"IF reach ? '{way.to}' THEN RETURN QUERY "  # noqa: S608 (names of ours)
        f'SELECT "{person}" FROM "{meta.db_table}" WHERE {" AND ".join(conditions)}; END IF;'
    )


def _named(way: ways.Way) -> str:
    match way.to:
        case "structures":
            return "= ANY (ARRAY(SELECT jsonb_array_elements_text(reach -> 'structures')::bigint))"
        case "account":
            accounts = get_user_model()._meta.db_table
            return f"= (SELECT lower(email) FROM \"{accounts}\" WHERE id = (reach ->> 'account')::bigint)"  # noqa: S608
        case _:
            return f"= (reach ->> '{way.to}')::bigint"


def _quoted(value: Any) -> str:
    doubled = str(value).replace("'", "''")
    return f"'{doubled}'"
