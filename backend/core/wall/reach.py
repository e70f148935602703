"""For whom a connection works: nobody, one person, an employer, the structures of a seat, or the product by a named gate.

One setting of the session, told again each time it changes, in autocommit as in a transaction: pages are not made inside
one transaction, and what is set within one that goes back goes back with it. See decision 0081.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from backend.core.actor import EMPLOYERS, PEOPLE_IN_PATHWAY, Actor
from backend.core.wall.gates import Gate

SETTING = "passerelles.reach"
"""Where PostgreSQL reads it: `current_setting('passerelles.reach', true)`, a JSON object, absent for nobody."""

KEPT_PEOPLE, PEOPLE_OF = "passerelles.people", "passerelles.people_of"
"""Whom the rules last found within reach, and for which reach: forgotten when the work is over."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose rows may be read and written; empty, nobody's.

    `structures` reaches whoever stayed there, `account` whoever a relay presents to this address, `employer` the people
    who agreed to be shown there or were hired there, `person` one's own; `user` what this account began or asked for, and
    nobody; `sender` whoever a structure sends in a file, by the mark its ids are kept behind: welcomed line after line, they
    have no stay yet; `gate` everybody.
    """

    structures: frozenset[int] = field(default_factory=frozenset)
    account: int | None = None
    employer: int | None = None
    person: int | None = None
    user: int | None = None
    sender: str = ""
    gate: Gate | None = None

    @property
    def told(self) -> str:
        """As PostgreSQL reads it; empty for nobody."""
        said: dict[str, Any] = {
            "structures": sorted(self.structures),
            "account": self.account,
            "employer": self.employer,
            "person": self.person,
            "user": self.user,
            "sender": self.sender,
            "gate": self.gate.name if self.gate else None,
        }
        kept = {key: value for key, value in said.items() if value}
        return json.dumps(kept, separators=(",", ":")) if kept else ""


NOBODY = Reach()
_NOW: ContextVar[Reach] = ContextVar("reach", default=NOBODY)


def reach_of(actor: Actor | None) -> Reach:
    """What this seat reaches: the whole of its structures; the command line, everybody."""
    if actor is None:
        return NOBODY
    if actor.is_operator:
        return Reach(gate=Gate.COMMAND)
    if actor.role in PEOPLE_IN_PATHWAY:
        return Reach(person=actor.beneficiary_id, user=actor.user_id)
    if actor.role in EMPLOYERS:
        return Reach(employer=actor.employer_id, user=actor.user_id)
    return Reach(structures=actor.organisation_ids, account=actor.user_id, user=actor.user_id)


def present() -> Reach:
    """For whom the base is asked now."""
    return _NOW.get()


def work_for(reach: Reach) -> None:
    """From now on, and until something else is said; `within` is preferred wherever the end is known."""
    if reach != _NOW.get():
        _NOW.set(reach)
        _tell_every_base(reach)


@contextmanager
def within(reach: Reach) -> Iterator[None]:
    """The base is asked for these people, then again for those of before."""
    before = present()
    work_for(reach)
    try:
        yield
    finally:
        work_for(before)


@contextmanager
def lifted(gate: Gate) -> Iterator[None]:
    """The wall stands aside, for the reason this gate gives; also written above a function."""
    with within(present() if present().gate else Reach(gate=gate)):
        yield


def tell_new_connection(connection: Any, **kwargs: Any) -> None:
    """A connection that has just been opened learns for whom it works."""
    if present() != NOBODY:
        _tell(connection, present().told)


def _tell_every_base(reach: Reach) -> None:
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None:
            _tell(connection, reach.told)


def _tell(connection: Any, told: str) -> None:
    """Under Django's own cursors: no page counts it, no log repeats it.

    In a transaction already lost nothing can be told, and going back gives the former value again; a connection that
    no longer answers is closed, and the next one is told.
    """
    if connection.vendor != "postgresql":
        return
    asked, given = "SELECT set_config(%s, %s, false)", [SETTING, told]
    if not told:
        asked, given = f"{asked}, set_config(%s, '', false)", [*given, PEOPLE_OF]
    try:
        connection.connection.execute(asked, given)
    except connection.Database.Error:
        if not connection.in_atomic_block:
            connection.close()
