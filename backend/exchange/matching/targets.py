"""What a column of theirs may be: the columns of our files that a structure sends, those that only point left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from backend.exchange.layout import Column, FileLayout, bare
from backend.exchange.scope import sent_layouts


@dataclass(frozen=True, slots=True)
class Target:
    """One column of one of our files."""

    layout: FileLayout
    column: Column

    @property
    def key(self) -> str:
        """« contrats.date_debut »."""
        return f"{self.layout.title}.{self.column.name}"

    @property
    def is_id(self) -> bool:
        """Whether it names its line."""
        return self.column.name == "id"

    @property
    def told(self) -> tuple[str, ...]:
        """The keys of our columns it fills: its own, or those it holds together."""
        if self.column.splits is None:
            return (self.key,)
        return tuple(f"{self.layout.title}.{name}" for name in self.column.into)

    @property
    def label(self) -> str:
        """How people choose it."""
        return f"{self.column.shown} — {self.layout.about}"

    def words(self) -> set[str]:
        """Titles that mean it, without their dress."""
        return {bare(word) for word in (self.column.name, self.column.label, *self.column.synonyms) if word}


@cache
def targets() -> tuple[Target, ...]:
    """Everything that can be chosen, in the order of the files."""
    return tuple(_targets())


def _targets() -> Iterator[Target]:
    fallbacks = {layout.otherwise for layout in sent_layouts()}
    for layout in sent_layouts():
        if layout.name in fallbacks:
            continue
        for column in (*layout.columns, *layout.also):
            if not (points(column) and column.is_compulsory) and not column.is_late:
                yield Target(layout, column)


def points(column: Column) -> bool:
    """Whether a column names a line of another file."""
    return column.refers_to is not None and column.name != "id"


@cache
def by_key() -> dict[str, Target]:
    """The same, by their keys."""
    return {target.key: target for target in targets()}


def told_keys(keys: Iterable[str]) -> list[str]:
    """The columns of ours that these choices fill, each as often as it is."""
    known = by_key()
    return [told for key in keys if key in known for told in known[key].told]


@cache
def by_word() -> dict[str, tuple[Target, ...]]:
    """The same, by the titles that mean each, without their dress."""
    found: dict[str, list[Target]] = defaultdict(list)
    for target in targets():
        for word in target.words():
            found[word].append(target)
    return {word: tuple(meant) for word, meant in found.items()}


def knows(title: str) -> bool:
    """Whether a title is one people give to a column of ours."""
    return bare(title) in by_word() if title else False
