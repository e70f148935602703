"""One line a table: its columns class by class, what it serves, how long it is kept, how it leaves, what its person is given.

tables.register(Table(Stay, purpose="…", columns=sort(pathway="started_on ended_on", link="beneficiary"), title="Passages"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q

from backend.core.actor import Actor
from backend.core.joining import tables as joined
from backend.core.privacy.classes import Kind

Model = type[models.Model]

WITH_THE_FILE = "avec la fiche, jusqu’à la fin de la durée de conservation"
"""How long what is about a person is kept; the number of months is a dated rule."""


class Fate(StrEnum):
    """What becomes of a row when its person is erased."""

    ROW = "effacée"
    APART = "effacée ou vidée par sa propre maison"
    NOBODYS = "sans objet : la ligne n’est celle de personne"
    KEPT = "gardée, sans nom ni texte"


@dataclass(frozen=True, slots=True)
class Table:
    """What is kept there.

    `title` heads its rows in the copy a person receives; without it, `not_given` says why they receive none. `contact`
    names the columns whose day is a real contact with the person, `alive` the rows that keep a file open whatever their
    day. `hides` gives the columns of a row that a professional does not read, who may take the copy of what they read;
    `told` puts in words a column that holds codes. The way to the person is the one by which two files are made one (`backend.core.joining`).
    """

    model: Model
    purpose: str
    columns: Mapping[str, Kind]
    kept: str = WITH_THE_FILE
    fate: Fate = Fate.ROW
    title: str = ""
    not_given: str = ""
    contact: tuple[str, ...] = ()
    alive: Q | None = None
    links_given: tuple[str, ...] = ()
    hides: Callable[[Actor, Any], frozenset[str]] | None = None
    told: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """« pathways.Stay »."""
        return self.model._meta.label

    def given(self) -> Sequence[models.Field[Any, Any]]:
        """Columns that the person receives, in the order of the table."""
        return [
            each
            for each in self.model._meta.concrete_fields
            if self.columns[each.name].value.is_given or each.name in self.links_given
        ]


@dataclass(frozen=True, slots=True)
class Outside:
    """A table of a library: what it holds, and how long."""

    label: str
    holds: str
    kept: str
    fate: Fate = Fate.NOBODYS


@dataclass(frozen=True, slots=True)
class Erased:
    """People about to be erased, and the keys of every row of theirs, table by table."""

    people: Sequence[int]
    rows: Mapping[Model, Sequence[Any]] = field(default_factory=dict)

    @property
    def numbered(self) -> Iterable[tuple[Model, Sequence[int]]]:
        """The tables that have such rows and are numbered: those that a plain number may lead to."""
        return [(model, keys) for model, keys in self.rows.items() if keys and isinstance(keys[0], int)]


Eraser = Callable[[Erased], None]

_TABLES: dict[str, Table] = {}
_OUTSIDE: dict[str, Outside] = {}
_BEFORE: list[Eraser] = []
_AFTER: list[Callable[[], None]] = []
_RESTORED: list[Callable[[], int]] = []


def sort(**names: str) -> dict[str, Kind]:
    """Columns by class: `sort(identity="last_name first_name", technical="id version")`; a column is of one class."""
    found: dict[str, Kind] = {}
    for kind, columns in names.items():
        for name in columns.split():
            if name in found:
                raise ValueError(f"{name} is of two classes")
            found[name] = Kind[kind.upper()]
    return found


def register(*tables: Table) -> None:
    """Called once from `AppConfig.ready()`."""
    _TABLES.update({table.label: table for table in tables})


def register_outside(*tables: Outside) -> None:
    """The same, for the tables of libraries."""
    _OUTSIDE.update({table.label: table for table in tables})


def before_erasing(*erasers: Eraser) -> None:
    """What a house does of what no link finds (files, drafts, accounts, counters), just before rows go; same transaction."""
    _BEFORE.extend(each for each in erasers if each not in _BEFORE)


def after_erasing(*gestures: Callable[[], None]) -> None:
    """What is done once the rows are gone for good: files made before that may still hold a name."""
    _AFTER.extend(each for each in gestures if each not in _AFTER)


def after_restoring(*gestures: Callable[[], int]) -> None:
    """How a house erases again whom an old backup brings back; how many people."""
    _RESTORED.extend(each for each in gestures if each not in _RESTORED)


def registered() -> list[Table]:
    """Every table of ours, by name."""
    return [_TABLES[label] for label in sorted(_TABLES)]


def outside() -> list[Outside]:
    """Every table of the libraries, by name."""
    return [_OUTSIDE[label] for label in sorted(_OUTSIDE)]


def table_of(model: Model) -> Table:
    """The line of a table; `KeyError` when its house said nothing."""
    return _TABLES[model._meta.label]


def of_people() -> list[Table]:
    """Tables whose rows are a person's, the person's own first, parents before what hangs from them."""
    return [_TABLES[each.label] for each in joined.registered()]


def path_to_person(table: Table) -> str:
    """« stay__beneficiary »; empty for the person's own table."""
    return joined.path_to_person(next(each for each in joined.registered() if each.model is table.model))


def erasers() -> Iterable[Eraser]:
    """What is done before rows go."""
    return tuple(_BEFORE)


def once_restored() -> Iterable[Callable[[], int]]:
    """What is done of whom a backup brings back."""
    return tuple(_RESTORED)


def afterwards() -> Iterable[Callable[[], None]]:
    """What is done once they are gone."""
    return tuple(_AFTER)
