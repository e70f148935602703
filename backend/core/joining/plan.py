"""What making two files one would write: computed whole before anything is, shown, then written as it was shown."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from backend.core.joining import tables
from backend.core.joining.changes import Change, set_aside, stored_fields
from backend.core.joining.pairing import pairs
from backend.core.joining.tables import Side, Table
from backend.core.joining.values import alike, in_words, is_blank
from backend.core.values.births import says_less

Choices = Mapping[str, Side]
Reads = Callable[[models.Model], bool]
SENDER_ID = "external_id"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the two files say differently."""

    name: str
    kept: str
    gone: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A choice to make: what it is about, and what each file says."""

    key: str
    about: str
    said: tuple[Said, ...]


@dataclass(slots=True)
class Tally:
    """What becomes of the rows of one table."""

    table: Table
    moved: list[Any] = field(default_factory=list)
    made_one: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """All of it: what is written, what is asked, what follows, and which ids of senders now lead to another row."""

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    other_ids: list[tuple[tables.Model, str, Any]] = field(default_factory=list)

    def unanswered(self, choices: Choices) -> list[Conflict]:
        """What nobody chose yet."""
        return [each for each in self.conflicts if each.key not in choices]


def plan(kept: models.Model, gone: models.Model, *, choices: Choices, reads: Reads) -> Plan:
    """What joining `gone` to `kept` writes, conflicts answered by `choices`; the kept file's word stands otherwise.

    Nothing is asked of a row that the actor does not read (`reads`).
    """
    return _Planner(kept, gone, choices, reads).plan()


class _Planner:
    """The rows of both files, table by table, and which row of one is which row of the other."""

    def __init__(self, kept: models.Model, gone: models.Model, choices: Choices, reads: Reads) -> None:
        self.choices, self.reads, self.made = choices, reads, Plan()
        self.people = (kept, gone)
        self.of_kept: dict[tables.Model, dict[Any, Any]] = {}
        self.of_gone: dict[tables.Model, dict[Any, Any]] = {}
        self.twins: dict[tables.Model, dict[Any, Any]] = {}
        self.dropped: dict[tables.Model, set[Any]] = {}
        self.answers: dict[tuple[tables.Model, Any, str], Side] = {}
        self.sets: dict[tuple[tables.Model, Any], dict[str, Any]] = {}
        self.whole: list[Any] = []

    def plan(self) -> Plan:
        """Table by table, parents first."""
        root, *others = tables.registered()
        kept, gone = self.people
        self.of_kept[root.model], self.of_gone[root.model] = {kept.pk: kept}, {gone.pk: gone}
        self._make_one(root, kept, gone)
        for table in others:
            self._settle(table)
        self._renumber()
        self.made.changes = [*self._written(), *map(set_aside, self.whole)]
        return self.made

    # Which rows are one

    def _rows(self, table: Table, side: Mapping[tables.Model, Mapping[Any, Any]]) -> dict[Any, Any]:
        where = Q(pk__in=())
        for link in _compulsory(table):
            where |= Q(**{f"{link.attname}__in": list(side[link.related_model])})  # type: ignore[index]
        return {row.pk: row for row in table.model._base_manager.filter(where).order_by("pk")}

    def _settle(self, table: Table) -> None:
        kept = self.of_kept[table.model] = self._rows(table, self.of_kept)
        gone = self.of_gone[table.model] = self._rows(table, self.of_gone)
        self.twins[table.model] = {}
        self._drop(row for row in kept.values() if self._falls(table, row, Side.GONE))
        self._drop(
            row for row in gone.values() if self._is_a_loop(table, row) or self._falls(table, row, Side.KEPT)
        )
        gone_too = self.dropped.get(table.model, set())
        tally = Tally(table)
        self.made.tallies.append(tally)
        apart = self._apart(table)
        found = pairs(
            table,
            [row for pk, row in kept.items() if pk not in gone and pk not in gone_too],
            [row for pk, row in gone.items() if pk not in apart and pk not in gone_too],
            self._mapped,
            self._told(table),
        )
        for here, there in found:
            tally.made_one.append(there)
            self._make_one(table, here, there)
        for pk, row in gone.items():
            if pk not in self.twins[table.model] and pk not in gone_too:
                tally.moved.append(row)
                self._move(table, row)
        for row in kept.values():
            self._let_go_of_what_fell(table, row)

    def _apart(self, table: Table) -> set[Any]:
        if table.apart is None:
            return set()
        rows = table.model._base_manager.filter(table.apart, pk__in=list(self.of_gone[table.model]))
        return set(rows.values_list("pk", flat=True))

    def _mapped(self, link: models.ForeignKey[Any, Any], pk: Any) -> Any:
        """Where a link of the other file leads once the files are one."""
        if pk in self.dropped.get(link.related_model, ()):  # type: ignore[call-overload]
            return None
        return self.twins.get(link.related_model, {}).get(pk, pk)  # type: ignore[call-overload]

    def _is_a_loop(self, table: Table, row: Any) -> bool:
        """A row about two people who are now one says nothing any more."""
        root = tables.person_table().model
        people = [link for link in _compulsory(table) if link.related_model is root]
        ends = {self._mapped(link, getattr(row, link.attname)) for link in people}
        return len(people) > 1 and len(ends) == 1

    def _falls(self, table: Table, row: Any, chosen: Side) -> bool:
        """Whether the answer given for its parent leaves a row of the other side without an object."""
        if not table.follows:
            return False
        owner = tables.owner_of(table)
        parent = self._mapped(owner, getattr(row, owner.attname))
        return self.answers.get((owner.related_model, parent, table.follows)) is chosen  # type: ignore[arg-type]

    def _drop(self, rows: Iterable[Any]) -> None:
        for row in list(rows):
            self.dropped.setdefault(type(row), set()).add(row.pk)
            self.whole.append(row)

    # What they say

    def _told(self, table: Table) -> list[models.Field[Any, Any]]:
        """Fields that people filled in, and may be asked about."""
        return [
            each
            for each in _fields(table)
            if each.name not in {*table.quiet, *table.stamps}
            and not (getattr(each, "auto_now", False) or getattr(each, "auto_now_add", False))
        ]

    def _make_one(self, table: Table, kept: Any, gone: Any) -> None:
        """Two rows become the kept one: what only the other says is taken, what differs is chosen."""
        self.twins.setdefault(table.model, {})[gone.pk] = kept.pk
        told = [each for each in self._told(table) if each.name not in table.settles]
        differing = [each for each in told if _differs(table, kept, gone, each)]
        if table.by_field:
            for each in differing:
                if self._side(table, kept, gone, [each], each.name) is Side.GONE:
                    self._take(table, kept, gone, each)
        elif differing and self._side(table, kept, gone, differing, "") is Side.GONE:
            for each in _fields(table):
                self._take(table, kept, gone, each)
        if table.by_field or not differing:
            for each in told:
                if each.name not in table.empty_speaks and _says_less(kept, gone, each):
                    self._take(table, kept, gone, each)
        for name, settle in table.settles.items():
            self._put(kept, name, settle(kept, gone))
        self._derive(table, kept)
        self._keep_the_sender_id(table, kept, gone)
        self.whole.append(gone)

    def _side(
        self, table: Table, kept: Any, gone: Any, fields: Iterable[models.Field[Any, Any]], name: str
    ) -> Side:
        """Which file is followed: what the table prefers, else the answer given, else the kept file."""
        if table.prefers and (preferred := table.prefers(kept, gone)):
            return preferred
        if not (self.reads(kept) and self.reads(gone)):
            return Side.KEPT
        key = ":".join(filter(None, (table.label, str(kept.pk), name)))
        said = tuple(
            Said(str(each.verbose_name), in_words(kept, each), in_words(gone, each)) for each in fields
        )
        self.made.conflicts.append(Conflict(key, _about(table, kept), said))
        side = self.choices.get(key, Side.KEPT)
        self.answers[table.model, kept.pk, name] = side
        return side

    # What is written

    def _take(self, table: Table, kept: Any, gone: Any, each: models.Field[Any, Any]) -> None:
        stamp = table.stamps.get(each.name)
        self._put(kept, each.attname, stamp(gone) if stamp else getattr(gone, each.attname))

    def _put(self, row: Any, name: str, value: Any) -> None:
        attname = row._meta.get_field(name).attname
        if not alike(getattr(row, attname), value):
            self.sets.setdefault((type(row), row.pk), {})[attname] = value

    def _derive(self, table: Table, kept: Any) -> None:
        left = copy.copy(kept)
        for name, value in self.sets.get((table.model, kept.pk), {}).items():
            setattr(left, name, value)
        for name, derive in table.derives.items():
            self._put(kept, name, derive(left))

    def _keep_the_sender_id(self, table: Table, kept: Any, gone: Any) -> None:
        """The id a sender gave goes on leading to the row; it stands on the row itself when it has none."""
        told: str = getattr(gone, SENDER_ID, "")
        if told and getattr(kept, SENDER_ID):
            self.made.other_ids.append((table.model, told, kept.pk))
        elif told:
            self._put(kept, SENDER_ID, told)

    def _move(self, table: Table, row: Any) -> None:
        for link in tables.links_of(table):
            mapped = self._mapped(link, getattr(row, link.attname))
            if link.unique and mapped is not None and self._is_taken(table, link, mapped):
                mapped = None
            self._put(row, link.attname, mapped)
        for name, stamp in table.stamps.items():
            self._put(row, name, stamp(row))

    def _is_taken(self, table: Table, link: models.ForeignKey[Any, Any], mapped: Any) -> bool:
        return any(getattr(each, link.attname) == mapped for each in self.of_kept[table.model].values())

    def _let_go_of_what_fell(self, table: Table, row: Any) -> None:
        for link in tables.links_of(table):
            if link.null and getattr(row, link.attname) in self.dropped.get(link.related_model, ()):  # type: ignore[call-overload]
                self._put(row, link.attname, None)

    def _renumber(self) -> None:
        """Plain numbers that led to the file which goes, or to a row that is now another."""
        for number in tables.numbers():
            for model, twins in self.twins.items():
                if twins and number.to in (None, model) and isinstance(model._meta.pk, models.IntegerField):
                    self._renumber_to(number, model, twins)

    def _renumber_to(self, number: tables.Number, model: tables.Model, twins: Mapping[Any, Any]) -> None:
        leads = {number.written(gone): number.written(kept) for gone, kept in twins.items()}
        named = Q(**{number.kind: model._meta.label_lower}) if number.kind else Q()
        rows = number.model._base_manager.filter(number.among & named)
        for row in rows.filter(**{f"{number.name}__in": list(leads)}):
            if self._has_room(number, row, leads[getattr(row, number.name)]):
                self._put(row, number.name, leads[getattr(row, number.name)])
                self.of_gone.setdefault(number.model, {})[row.pk] = row

    def _has_room(self, number: tables.Number, row: Any, value: Any) -> bool:
        """Whether the row may lead there without being one too many: of two drafts of one form, the kept file's stays."""
        left = copy.copy(row)
        setattr(left, number.name, value)
        try:
            left.validate_constraints(exclude={number.kind} if number.kind else None)
        except ValidationError:
            return False
        return True

    def _written(self) -> Iterator[Change]:
        for (model, pk), values in self.sets.items():
            row = self.of_kept.get(model, {}).get(pk) or self.of_gone[model][pk]
            written = {name: (getattr(row, name), value) for name, value in values.items()}
            if hasattr(row, "version"):
                written["version"] = (row.version, row.version + 1)
            yield Change(model._meta.label, pk, written)


def _compulsory(table: Table) -> list[models.ForeignKey[Any, Any]]:
    """Links that every row has: those by which it belongs to somebody."""
    return [
        each for each in tables.links_of(table) if not each.null and each.related_model is not table.model
    ]


def _fields(table: Table) -> Iterator[models.Field[Any, Any]]:
    """What a row says, its links and what we keep for ourselves apart."""
    links = {link.name for link in tables.links_of(table)}
    ours = {"version", SENDER_ID, *table.derives}
    return (
        each for each in stored_fields(table.model) if not each.primary_key and each.name not in links | ours
    )


def _differs(table: Table, kept: Any, gone: Any, each: models.Field[Any, Any]) -> bool:
    here, there = getattr(kept, each.attname), getattr(gone, each.attname)
    if each.name not in table.empty_speaks and (is_blank(here) or is_blank(there)):
        return False
    return not (alike(here, there) or says_less(here, there) or says_less(there, here))


def _says_less(kept: Any, gone: Any, each: models.Field[Any, Any]) -> bool:
    """Whether the kept row says nothing there, or the same day less exactly."""
    here, there = getattr(kept, each.attname), getattr(gone, each.attname)
    return is_blank(here) or says_less(here, there)


def _about(table: Table, row: Any) -> str:
    """« Contrat, CDDI du 3 mars 2025 »; no more than the table where a person has one row, nothing for their own."""
    root = tables.person_table()
    if table is root:
        return ""
    name, owner = str(table.model._meta.verbose_name), tables.owner_of(table)
    name = name[:1].upper() + name[1:]
    return name if owner.unique and owner.related_model is root.model else f"{name}, {row}"
