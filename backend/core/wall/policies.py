"""The rules that PostgreSQL follows, written from our models: one a table, whichever it is, and what they ask."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.db import models

from backend.core.joining import tables as joined
from backend.core.wall import beside, ways
from backend.core.wall.reach import KEPT_PEOPLE, PEOPLE_OF, SETTING

NAME = "second_wall"
"""Of each rule, the same on every table."""
EVERYBODY = "passerelles_reaches_everybody"
PEOPLE = "passerelles_people_within"
_REACH = "passerelles_reach"
_STRUCTURES = "passerelles_structures_within"
_FORGET = "passerelles_forget_people"
FUNCTIONS = (EVERYBODY, PEOPLE, _STRUCTURES, _REACH, _FORGET)
_KEPT_SECONDS = 5
"""Who is within reach is looked for once a page, not once for each table of each question. A page that begins looks again
(`reach`), and so does whoever writes a stay or a relay; a long work never goes on with an older list."""
_INSIDE = '{"gate": "WALL"}'
"""What the function that looks for the people works under, until it gives back the reach it was asked with: the rules that
ask it must not be asked again inside. A `SET` of the function itself would say it better; PostgreSQL keeps that for
superusers."""


@dataclass(frozen=True, slots=True)
class Walled:
    """One table, the condition every row read or changed there must meet, and that of a row that comes in."""

    table: str
    condition: str
    comes_in: str = ""
    """Empty when it is the same."""

    @property
    def mark(self) -> str:
        """What is written on the rule, so that one made by another version is recognised."""
        return hashlib.sha256(self._rule.encode()).hexdigest()[:16]

    @property
    def _rule(self) -> str:
        checked = f" WITH CHECK ({self.comes_in})" if self.comes_in else ""
        return f"USING ({self.condition}){checked}"

    def raised(self) -> Iterator[str]:
        """The sentences that put it there; twice is once. FORCE: whoever owns the table obeys too."""
        yield from self._gone()
        yield f'CREATE POLICY {NAME} ON "{self.table}" FOR ALL {self._rule}'
        yield f"COMMENT ON POLICY {NAME} ON \"{self.table}\" IS '{self.mark}'"
        yield f'ALTER TABLE "{self.table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY'

    def taken_down(self) -> Iterator[str]:
        """The sentences that take it away."""
        yield from self._gone()
        yield f'ALTER TABLE "{self.table}" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY'

    def _gone(self) -> Iterator[str]:
        yield f'DROP POLICY IF EXISTS {NAME} ON "{self.table}"'


def walled() -> list[Walled]:
    """Every table whose rows are a person's, parents first, by the very list by which files are joined and erased; then those beside."""
    people = [Walled(each.model._meta.db_table, _condition(each)) for each in joined.registered()]
    return people + [_walled_beside(each) for each in beside.registered()]


_GATE = f"(SELECT {EVERYBODY}())"
"""Asked first, once a question."""


def _condition(table: joined.Table) -> str:
    """The gate, then the person, or the row above, which carries its own rule."""
    name = table.model._meta.db_table
    if table is joined.person_table():
        return " OR ".join([_GATE, f'"{name}"."{_key(table.model)}" IN ({_people()})', *_on_the_row(table)])
    owner = joined.owner_of(table)
    here = f'"{name}"."{owner.column}"'
    if owner.related_model is joined.person_table().model:
        return f"{_GATE} OR {here} IN ({_people()})"
    above = cast("type[models.Model]", owner.related_model)
    parent, key = above._meta.db_table, _key(above)
    return f'{_GATE} OR EXISTS (SELECT 1 FROM "{parent}" AS above WHERE above."{key}" = {here})'  # noqa: S608 (names of ours)


def _on_the_row(table: joined.Table) -> Iterator[str]:
    """What the row of a person says of itself: one that has just been written is looked for nowhere else yet."""
    for way in ways.registered():
        if way.model is table.model:
            here = f'"{way.model._meta.db_table}"."{_column(way.model, way.column)}"'
            yield _tied(way, here, f"(SELECT {_REACH}())")


def _walled_beside(table: beside.Beside) -> Walled:
    """The gate, then each of those whose row it may be."""
    meta = table.model._meta
    column = {name: f'"{meta.db_table}"."{_column(table.model, name)}"' for name in table.named}
    ways_in = [_GATE]
    if table.account:
        ways_in.append(f"{column[table.account]} = (SELECT ({_REACH}() ->> 'user')::bigint)")
    if table.structure:
        ways_in.append(f"{column[table.structure]} = ANY ((SELECT {_STRUCTURES}())::bigint[])")
    if table.person:
        ways_in.append(f"{column[table.person]} IN ({_people()})")
        ways_in += [
            _once_named(each, column[table.person])
            for each in beside.former_numbers()
            if table.is_never_changed
        ]
    if table.is_never_changed:
        ways_in.append(" AND ".join(f"{column[name]} IS NULL" for name in table.leads_to))
    return Walled(meta.db_table, " OR ".join(ways_in), "true" if table.is_never_changed else "")


def _once_named(former: beside.Former, here: str) -> str:
    """A file joined to another is within reach through the row that says so, which carries its own rule."""
    meta = former.model._meta
    column = _column(former.model, former.column)
    return f'EXISTS (SELECT 1 FROM "{meta.db_table}" AS former WHERE former."{column}" = {here})'  # noqa: S608 (names of ours)


def _people() -> str:
    return f"SELECT person FROM {PEOPLE}({_REACH}()) AS person"  # noqa: S608 (names of ours)


def _column(model: type[models.Model], field: str) -> str:
    return str(model._meta.get_field(field).column)  # type: ignore[union-attr]


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def functions() -> Iterator[str]:
    """What the rules ask: for whom the connection works, whether that is everybody, and who is within reach.

    None calls another of ours: `pg_dump` says no path, and what stands inside a function would not be found.
    """
    yield f"""
        CREATE OR REPLACE FUNCTION {_REACH}() RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT NULLIF(current_setting('{SETTING}', true), '')::jsonb $$
    """
    yield f"""
        CREATE OR REPLACE FUNCTION {EVERYBODY}() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT COALESCE(NULLIF(current_setting('{SETTING}', true), '')::jsonb ? 'gate', false) $$
    """
    yield f"""
        CREATE OR REPLACE FUNCTION {_STRUCTURES}() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT ARRAY(SELECT jsonb_array_elements_text(
            NULLIF(current_setting('{SETTING}', true), '')::jsonb -> 'structures')::bigint) $$
    """
    asked = "\n".join(_found_by(way) for way in ways.registered())
    yield f"""
        CREATE OR REPLACE FUNCTION {PEOPLE}(reach jsonb) RETURNS SETOF bigint LANGUAGE plpgsql STABLE AS
        $$ DECLARE
            people bigint[] := ARRAY[]::bigint[];
            told text := reach::text || floor(extract(epoch FROM statement_timestamp()) / {_KEPT_SECONDS})::text;
        BEGIN
            IF reach IS NULL THEN RETURN; END IF;
            IF current_setting('{PEOPLE_OF}', true) = told THEN
                RETURN QUERY SELECT unnest(current_setting('{KEPT_PEOPLE}')::bigint[]);
                RETURN;
            END IF;
            PERFORM set_config('{SETTING}', '{_INSIDE}', true);
            IF reach ? 'person' THEN people := people || (reach ->> 'person')::bigint; END IF;
            {asked}
            PERFORM set_config('{SETTING}', reach::text, true),
                    set_config('{KEPT_PEOPLE}', people::text, false), set_config('{PEOPLE_OF}', told, false);
            RETURN QUERY SELECT unnest(people);
        END $$
    """
    yield f"""
        CREATE OR REPLACE FUNCTION {_FORGET}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM set_config('{PEOPLE_OF}', '', false); RETURN NULL; END $$
    """


def forgetting() -> Iterator[str]:
    """Whoever writes what ties a person to somebody looks again for who is within reach."""
    for table in tying():
        yield f'DROP TRIGGER IF EXISTS {NAME} ON "{table}"'
        yield (
            f'CREATE TRIGGER {NAME} AFTER INSERT OR UPDATE OR DELETE ON "{table}"'
            f" FOR EACH STATEMENT EXECUTE FUNCTION {_FORGET}()"
        )


def tying() -> list[str]:
    """The tables of the ways."""
    return sorted({way.model._meta.db_table for way in ways.registered()})


def _found_by(way: ways.Way) -> str:
    meta = way.model._meta
    person, column = _column(way.model, way.person), _column(way.model, way.column)
    conditions = [_tied(way, f'"{column}"')]
    for name, values in way.among.items():
        listed = ", ".join(_quoted(value) for value in values)
        conditions.append(f'"{_column(way.model, name)}" IN ({listed})')
    return (
        f"IF reach ? '{way.to}' THEN people := people || ARRAY("  # noqa: S608 (names of ours)
        f'SELECT "{person}" FROM "{meta.db_table}" WHERE {" AND ".join(conditions)}); END IF;'
    )


def _tied(way: ways.Way, here: str, reach: str = "reach") -> str:
    if way.to == "sender":
        return f"starts_with({here}, {reach} ->> 'sender')"
    return f"{here} {_named(way)}"


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
