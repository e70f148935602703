"""Tables that no link ties to a person, and that stand behind the wall all the same: by whose account, structure or file.

beside.register(Beside(Draft, account="user"), Beside(ImportJob, account="user", structure="organisation"))
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Beside:
    """A row of `model` is reached by the account it names, by the seats of its structure, by whoever reaches its person.

    One of them is enough. `is_never_changed`: a trail, where everybody adds a row, even for somebody else; what names no
    person and no structure is read by everybody, and a person keeps there the numbers of the files joined to theirs.
    """

    model: type[models.Model]
    account: str = ""
    structure: str = ""
    person: str = ""
    is_never_changed: bool = False

    @property
    def named(self) -> tuple[str, ...]:
        """The fields that say whose a row is."""
        return tuple(name for name in (self.account, self.structure, self.person) if name)

    @property
    def leads_to(self) -> tuple[str, ...]:
        """Those that lead to a person or to a structure."""
        return tuple(name for name in (self.structure, self.person) if name)


@dataclass(frozen=True, slots=True)
class Former:
    """Rows of `model` say, in `column`, under which number a person within reach was once known."""

    model: type[models.Model]
    column: str


_BESIDE: list[Beside] = []
_FORMER: list[Former] = []


def register(*tables: Beside) -> None:
    """Called once from `AppConfig.ready()`."""
    _BESIDE.extend(table for table in tables if table not in _BESIDE)


def known_before_by(*former: Former) -> None:
    """The same, for the numbers of files joined to another."""
    _FORMER.extend(each for each in former if each not in _FORMER)


def former_numbers() -> list[Former]:
    """All of them."""
    return list(_FORMER)


def registered() -> list[Beside]:
    """All of them, in the order they came."""
    return list(_BESIDE)
