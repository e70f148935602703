"""What a file of the bundle « échange » is made of: one object per column, one per file.

A column says once how its cells are read, where they are kept, how they are written and what people put in
them: reading, import, export, the guide on screen and docs/echange.md all ask it. The files themselves are
declared by whoever owns their subject (`backend.exchange.registry`). The format is a promise to partner tools:
extend it by adding, never by changing meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as held
from typing import TYPE_CHECKING, Any

from backend.core.values.text import normalise
from backend.exchange.values import Parser

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from backend.core.actor import Actor
    from backend.exchange.importing.context import Context
    from backend.exchange.reading import Line

KeptBack = Callable[["Actor"], Callable[[Any], Collection[str]]]
"""For an actor, then a row: the names of the columns of that row which they do not read."""
Cells = Mapping[str, str]
"""The cells of one line, as text, by the name of our column."""
EMPTYING = "EFFACER"
"""The word that empties a cell: an empty one changes nothing."""


_SMALL_WORDS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "en", "par"})


def bare(title: str) -> str:
    """What is left of a title once its dress is taken off: « Date de naissance » and « DATE_NAISSANCE » are one."""
    words = normalise(title).split()
    return "".join(word for word in words if word not in _SMALL_WORDS) or "".join(words)


class Emptied:
    """What a cell holding `EMPTYING` reads as."""

    def __repr__(self) -> str:
        return EMPTYING


EMPTIED = Emptied()


@dataclass(frozen=True, slots=True)
class Parts:
    """What a cell that holds several of our columns says of each, in their order; not sure, somebody should look."""

    values: tuple[str, ...]
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """One column, whole.

    `field` is where its value lives on the row (« entry_profile.brsa » for what hangs from it); without one the
    file's own code takes care of it. `keep` turns what was read into what is stored, `write` a row into what is
    written, when they are not the same thing. `refers_to`: the cell holds the id of a row of that model, its own
    for the column « id »; `known_by` is the field that holds it, and a column `is_late` when the file's own code finds
    that row, because it may come in the same file. `is_long_text`: several lines in a cell. `synonyms` are other
    titles people give it; accents, case, spaces, « _ » and small words (« date de naissance ») never matter.
    `agrees`: whether what a line says is already said here, more exactly: it then changes nothing.
    `judged_as` is the field the rules speak of, when it is called otherwise there. `tells` is the field that the file's
    own code fills, where it is neither `field` nor the row that the cell names.

    The last ones serve tables that were not made for us: `label` is the name people choose it by, `words` what they
    write for its values, `labels` how people read each of ours, `is_telling` says that its values are known without a title (a telephone, a kind of contract),
    """

    name: str
    read: Parser
    note: str
    field: str = ""
    write: Callable[[Any], Any] | None = None
    keep: Callable[[Any], Any] | None = None
    is_compulsory: bool = False
    refers_to: type[Model] | None = None
    known_by: str = "external_id"
    is_late: bool = False
    is_long_text: bool = False
    synonyms: tuple[str, ...] = ()
    agrees: Callable[[Any, Any], bool] | None = None
    judged_as: str = ""
    tells: str = ""
    label: str = ""
    words: Mapping[str, str] = held(default_factory=dict, compare=False)
    labels: Mapping[str, str] = held(default_factory=dict, compare=False)
    is_telling: bool = False
    splits: Callable[[str], Parts] | None = None
    into: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """How people call it."""
        return self.label or self.name.replace("_", " ").capitalize()

    @property
    def options(self) -> tuple[str, ...]:
        """The values of a closed list; none for any other column."""
        return getattr(self.read, "options", ())

    @property
    def worded(self) -> list[tuple[str, str]]:
        """The same, each with what people read."""
        return [(option, self.labels.get(option, option)) for option in self.options]

    @property
    def leaf(self) -> str:
        """The field, on the row it belongs to."""
        return self.field.rpartition(".")[2]

    @property
    def part(self) -> str:
        """The relation that leads to that row; empty for the row of the line itself."""
        return self.field.rpartition(".")[0]

    def written(self, row: Any) -> Any:
        """The value as this column writes it; None when what should hold it does not exist."""
        if self.write is not None:
            return self.write(row)
        for step in self.field.split("."):
            row = getattr(row, step, None)
        return row

    def current(self, row: Any) -> Any:
        """The same, asked to the very row that holds the field."""
        return self.write(row) if self.write is not None else getattr(row, self.leaf)


@dataclass(frozen=True, slots=True)
class FileLayout:
    """One file: its columns, the ones that make a line unique, the files it points to, how it goes in and out.

    `key`: two lines that say the same of these columns are one line too many; without one, lines add up.
    `own_key`: the column that makes a line unique by itself, when it is filled. Without `store` the lines are
    stored together with those of another file. `told_by`: what knows a line that has no id of its own; `otherwise`:
    the file that takes a line without what this one needs; `subject`: what a line is about, in a list of choices; `plural`: its lines, where their title is not a word people say. `holds`: the table its lines become; `left_out`: fields of that table
    which no column brings, each with the reason.

    `instead`: a column a line does without when another one is filled. `placed_by`: where the structure of a row is
    found, on the table the lines become: its rows are then known by our own ids too, and leave with that structure;
    without it they leave with the whole installation alone. `kept_back`: for somebody who takes a structure's rows away,
    the columns of each that they do not read (`visible_to` already keeps the other rows back). `also`: columns of theirs that
    hold several of ours. `recognises`: how a line without an id finds its row among those of one structure.
    """

    name: str
    note: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[], QuerySet[Any]]
    points_to: tuple[str, ...] = ()
    store: Callable[[Context], None] | None = None
    own_key: str = ""
    repeated: str = "Gardez une seule des deux lignes."
    holds: type[Model] | None = None
    left_out: Mapping[str, str] = held(default_factory=dict)
    told_by: tuple[str, ...] = ()
    otherwise: str = ""
    subject: str = ""
    plural: str = ""
    instead: Mapping[str, str] = held(default_factory=dict)
    placed_by: str = ""
    kept_back: KeptBack | None = None
    also: tuple[Column, ...] = ()
    recognises: Callable[[int], Callable[[Cells], str]] | None = None

    @property
    def compulsory(self) -> tuple[str, ...]:
        """Columns without which the file is refused."""
        return tuple(column.name for column in self.columns if column.is_compulsory)

    @property
    def title(self) -> str:
        """The name people read: « salaries »."""
        return self.name.removesuffix(".csv")

    @property
    def about(self) -> str:
        """What a line tells, in words: « la sortie »; the title of a file that no structure matches."""
        return self.subject or self.title

    @property
    def shown(self) -> str:
        """What its lines are, in words: « Personnes », « Sorties sans motif »."""
        return self.plural or self.title.replace("_", " ").capitalize()

    @property
    def named_by(self) -> frozenset[str]:
        """Words that name the file or what a line is about, without the small ones."""
        return frozenset(normalise(f"{self.title} {self.subject}").split()) - _SMALL_WORDS

    def meant_by(self, header: Iterable[str]) -> list[str]:
        """The column each title means; the title itself, in small letters, when it means none.

        A column's own name comes before another title that could mean it: that one is then a column we do not know.
        """
        titles = list(header)
        own = {bare(column.name): column.name for column in self.columns}
        other = {bare(word): column.name for column in self.columns for word in column.synonyms}
        found = [own.get(bare(title), "") for title in titles]
        for rank, title in enumerate(titles):
            meant = other.get(bare(title))
            if not found[rank] and meant is not None and meant not in found:
                found[rank] = meant
        return [name or title.strip().lower() for name, title in zip(found, titles, strict=True)]

    def heading_rank(self, rows: Iterable[Iterable[str]]) -> int | None:
        """Which of these rows holds the titles: the first that names every compulsory column."""
        for rank, row in enumerate(rows):
            if not self.lacking(self.meant_by(row)):
                return rank
        return None

    def lacking(self, names: Iterable[str]) -> list[str]:
        """The compulsory columns that are not among these, and that nothing there replaces."""
        there = set(names)
        return [name for name in self.compulsory if name not in there and self.instead.get(name) not in there]

    def line_key(self, line: Line) -> tuple[Any, ...] | None:
        """What tells a line from the others of its file; None when nothing does."""
        if self.own_key and line[self.own_key]:
            return (line[self.own_key],)
        return tuple(line[column] for column in self.key) if self.key else None

    def column(self, name: str) -> Column:
        """One column by its name."""
        return next(column for column in self.columns if column.name == name)

    def of_part(self, part: str) -> tuple[Column, ...]:
        """Columns kept on the row itself (« »), or on one that hangs from it."""
        return tuple(column for column in self.columns if column.field and column.part == part)
