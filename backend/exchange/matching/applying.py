"""Every line of a table becomes lines of our files: a person, their contract, the hours of a month, an exit."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from backend.core.values.text import tight
from backend.exchange import registry
from backend.exchange.formats.tables import Row, Table
from backend.exchange.layout import Cells, Column, FileLayout
from backend.exchange.matching.proposing import needs
from backend.exchange.matching.targets import Target, by_key, points, told_keys
from backend.exchange.matching.words import in_our_words, parts_of
from backend.exchange.reading import Source
from backend.exchange.report import Fault, Report
from backend.exchange.scope import sent_layouts
from backend.exchange.values import BadValue

Here = Mapping[str, Callable[[Cells], str]]
CLOSE_IT = "Fermez ou retirez ce guillemet ; dans un texte entre guillemets, doublez ceux qui en font partie."


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for one table: our column for each of theirs (« » for none), our word for each of theirs."""

    columns: list[str]
    values: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Told:
    """The lines of one file that a table gives; `headings`: the title there of each of our columns."""

    layout: FileLayout
    table: Table
    lines: dict[int, dict[str, str]] = field(default_factory=dict)
    said: list[Fault] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)


def told_by(
    tables: Mapping[str, Table], choices: Mapping[str, Choice], here: Here | None = None
) -> dict[str, Told]:
    """What the tables give, file by file; of two tables that give the same file, the one that says the most of it.

    `here` finds, file by file, who a line without an id speaks of among those of the structure.
    """
    known, layouts = by_key(), {layout.name: layout for layout in sent_layouts()}
    best: dict[str, tuple[int, str]] = {}
    for key, choice in choices.items():
        keys = set(told_keys(each for each in choice.columns if each in known))
        for name, wanting in needs(keys).items():
            many = sum(known[each].layout.name == name for each in keys if each in known)
            if not wanting and many > best.get(name, (0, ""))[0]:
                best[name] = (many, key)
    found: dict[str, Told] = {}
    ids = _Ids(found, here or {})
    for name, layout in layouts.items():
        if name in best:
            table, choice = tables[best[name][1]], choices[best[name][1]]
            _tell(layout, table, choice, found, ids)
    return {name: told for name, told in found.items() if told.lines or told.table.broken}


def sources_of(told: Mapping[str, Told]) -> dict[str, Source]:
    """The same, as the rows of files."""
    broken: set[str] = set()
    sources: dict[str, Source] = {}
    for name, each in told.items():
        is_first = each.table.key not in broken
        broken.add(each.table.key)
        sources[name] = partial(_rows, each, is_first)
    return sources


def _rows(told: Told, says_broken: bool, layout: FileLayout, report: Report) -> Iterator[Row]:
    columns = [column.name for column in layout.columns]
    report.titles.setdefault(layout.name, told.table.name)
    report.theirs.add(layout.name)
    report.headings |= {(layout.name, name): title for name, title in told.headings.items()}
    for fault in told.said:
        report.notice(fault)
    if says_broken:
        for number, problem in told.table.broken:
            report.tally(layout.name).read += 1
            report.refuse(Fault(layout.name, number, "", "", problem, CLOSE_IT))
    yield 0, columns
    for number, cells in told.lines.items():
        yield number, [cells.get(name, "") for name in columns]


def _tell(layout: FileLayout, table: Table, choice: Choice, found: dict[str, Told], ids: _Ids) -> None:
    known = by_key()
    ranks = {key: rank for rank, key in enumerate(choice.columns) if key in known}
    told = found.setdefault(layout.name, Told(layout, table))
    told.headings = _headings(layout, table, ranks)
    seen: dict[str, int] = {}
    for number, row in table.rows:
        every = _cells(row, ranks, known, choice)
        own = _of(layout, every)
        _say_guessed(layout, told, number, row, ranks, choice)
        if not any(cell for name, cell in own.items() if name != "id"):
            continue
        for column in layout.columns:
            if points(column) and (column.is_compulsory or column.name in layout.instead.values()):
                own[column.name] = ids.pointed(
                    column, own, every, is_needed=column.name not in layout.instead
                )
        if any(column.name == "id" and column.is_compulsory for column in layout.columns):
            own["id"] = own.get("id") or ids.own(layout, own)
            if own["id"] in seen and _is_same(told.lines[seen[own["id"]]], own, layout):
                _complete(told, seen[own["id"]], number, own)
                continue
            seen.setdefault(own["id"], number)
        home = _home(layout, own, found, table)
        home.lines[number] = own


def _headings(layout: FileLayout, table: Table, ranks: Mapping[str, int]) -> dict[str, str]:
    """Their title for each of our columns; of an id they do not write, that of the first column which knows the line."""
    titles: dict[str, str] = {}
    for column in layout.columns:
        owner = (
            layout if column.name == "id" or column.refers_to is None else registry.naming(column.refers_to)
        )
        name = "id" if points(column) else column.name
        wanted = [name, *owner.told_by] if name == "id" else [name]
        whole = [each for each in owner.also if set(each.into) & set(wanted)]
        keys = [f"{owner.title}.{each}" for each in (*wanted, *(each.name for each in whole))]
        rank = next((ranks[key] for key in keys if key in ranks), None)
        titles[column.name] = table.titles[rank] if rank is not None else ""
    return titles


def _say_guessed(
    layout: FileLayout, told: Told, number: int, row: list[str], ranks: Mapping[str, int], choice: Choice
) -> None:
    """A cell cut in two by guess is said, with what was made of it."""
    for column in layout.also:
        rank = ranks.get(f"{layout.title}.{column.name}")
        if rank is None or rank >= len(row) or not row[rank]:
            continue
        parts = parts_of(column, row[rank], choice.values.get(f"{layout.title}.{column.name}"))
        if not parts.is_sure:
            said = ", ".join(
                f"{layout.column(name).shown} « {value} »"
                for name, value in zip(column.into, parts.values, strict=True)
            )
            advice = "Rien à faire si c’est juste ; sinon, corrigez-le à la page des colonnes."
            told.said.append(
                Fault(layout.name, number, column.into[0], row[rank], f"coupé ainsi : {said}", advice)
            )


def _cells(
    row: list[str], ranks: Mapping[str, int], known: Mapping[str, Target], choice: Choice
) -> dict[str, str]:
    """The cells of a row in our words, by the key of our column."""
    cells: dict[str, str] = {}
    for key, rank in ranks.items():
        target, cell = known[key], row[rank] if rank < len(row) else ""
        if target.column.splits is not None:
            parts = parts_of(target.column, cell, choice.values.get(key)).values
            cells |= dict(zip(target.told, parts, strict=True))
        else:
            cells[key] = in_our_words(target.column, cell, choice.values.get(key))
    return cells


def _of(layout: FileLayout, every: Mapping[str, str]) -> dict[str, str]:
    """Those of one file, by the name of our column."""
    prefix = f"{layout.title}."
    return {key.removeprefix(prefix): cell for key, cell in every.items() if key.startswith(prefix)}


def _home(layout: FileLayout, own: Mapping[str, str], found: dict[str, Told], table: Table) -> Told:
    """The file this line goes to: the one that takes it without what it lacks, when there is one."""
    other = next((each for each in sent_layouts() if each.name == layout.otherwise), None)
    if other is not None:
        wanting = {name for name in layout.compulsory if not own.get(name)}
        if wanting and not wanting & set(other.compulsory):
            return found.setdefault(other.name, Told(other, table, headings=found[layout.name].headings))
    return found[layout.name]


def _is_same(first: Mapping[str, str], again: Mapping[str, str], layout: FileLayout) -> bool:
    """Whether two lines under one id speak of the same: what must be filled is the same in both, or not said again."""
    return all(
        not again.get(name)
        or _canonical(layout, name, first.get(name, "")) == _canonical(layout, name, again[name])
        for name in layout.compulsory
    )


def _complete(told: Told, at: int, number: int, again: Mapping[str, str]) -> None:
    """A later line fills what the first left empty; what it says otherwise is the last word, and is said."""
    line = told.lines[at]
    for name, cell in again.items():
        if cell and cell != line.get(name, ""):
            if line.get(name):
                problem = f"dit autrement ligne {number}, dont la valeur est retenue"
                told.said.append(
                    Fault(told.layout.name, at, name, cell, problem, "Rien à faire si elle est juste.")
                )
            line[name] = cell


class _Ids:
    """Ids that tables do not write: made of what knows a line, the same at each sending."""

    def __init__(self, found: Mapping[str, Told], here: Here) -> None:
        self._found, self._here = found, here
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], set[str]]] = {}

    def own(self, layout: FileLayout, cells: Mapping[str, str]) -> str:
        """An id for a line that has none; empty when nothing knows it."""
        parts = [_canonical(layout, name, cells.get(name, "")) for name in layout.told_by]
        if not any(parts):
            return ""
        if layout.name in self._here and (known := self._here[layout.name](cells)):
            return known
        return f"sans-id-{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:16]}"

    def pointed(
        self, column: Column, own: Mapping[str, str], every: Mapping[str, str], *, is_needed: bool = True
    ) -> str:
        """The id of the line that this one points to: written on it, else found by what knows that line.

        One the line does without (`is_needed`) is only named by all that knows it.
        """
        if column.refers_to is None:
            return ""
        owner = registry.naming(column.refers_to)
        cells = _of(owner, every)
        if cells.get("id"):
            return cells["id"]
        for other in owner.columns:
            if points(other) and other.is_compulsory and other.name in owner.told_by:
                cells[other.name] = self.pointed(other, {}, every)
        said = {name: cells[name] for name in owner.told_by if cells.get(name)}
        if not is_needed and len(said) < len(owner.told_by):
            return ""
        lines = list(self._found[owner.name].lines.values()) if owner.name in self._found else []
        wanted = tuple(_canonical(owner, name, cell) for name, cell in said.items())
        if said and len(found := self._index(owner, tuple(said)).get(wanted, set())) == 1:
            return next(iter(found))
        if owner.name in self._here and said and (known := self._here[owner.name](cells)):
            return known
        return self.own(owner, cells) if len(said) == len(owner.told_by) or not lines else ""

    def _index(self, owner: FileLayout, names: tuple[str, ...]) -> dict[tuple[str, ...], set[str]]:
        key = (owner.name, names)
        if key not in self._indexes:
            index: dict[tuple[str, ...], set[str]] = defaultdict(set)
            told = self._found.get(owner.name)
            for cells in told.lines.values() if told else ():
                index[tuple(_canonical(owner, name, cells.get(name, "")) for name in names)].add(cells["id"])
            self._indexes[key] = index
        return self._indexes[key]


def _canonical(layout: FileLayout, name: str, cell: str) -> str:
    """A cell as it is compared: a day is the same however it is written."""
    try:
        return tight(str(layout.column(name).read(cell))) if cell else ""
    except BadValue:
        return tight(cell)
