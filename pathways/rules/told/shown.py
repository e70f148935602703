"""The rules as a page and the API show them: each line with its dated values, those in force and those of the past."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from backend.core import rule_lines
from backend.core.findings import Confidence
from backend.core.rule_lines import RuleLine
from pathways.rules.dated.book import Rule, RuleBook
from pathways.rules.dated.rows import NAMES


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One name of the book: the row in force today, then the others; `now` is None when none is any more."""

    name: str
    label: str
    now: Rule | None
    others: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line and its dated values."""

    line: RuleLine
    values: tuple[DatedValue, ...]

    @property
    def words(self) -> str:
        """The rule, with the figures in force."""
        return self._told(self.line.words)

    @property
    def here(self) -> str:
        """What the product does of it."""
        return self._told(self.line.here)

    @property
    def confidence(self) -> Confidence:
        """How sure we are of the rule: never more than of a value it reads today."""
        read = [value.now.confidence for value in self.values if value.now]
        return Confidence.weakest(self.line.confidence, *read)

    def _told(self, text: str) -> str:
        return self.line.told(text, [value.now.words if value.now else "…" for value in self.values])

    @property
    def rows(self) -> list[Rule]:
        """Every dated row, those in force first under each name."""
        return [row for value in self.values for row in (value.now, *value.others) if row is not None]

    @property
    def is_applied(self) -> bool:
        """Whether a function of the product asks for it."""
        return bool(self.line.home)


def shown_lines(book: RuleBook, today: date, own: Collection[int] = ()) -> list[ShownLine]:
    """Every line; the decisions taken for one structure are shown to those of `own` alone."""
    return [shown_line(line, book, today, own) for line in rule_lines.lines()]


def shown_line(line: RuleLine, book: RuleBook, today: date, own: Collection[int] = ()) -> ShownLine:
    """One line with the history of its figures."""
    return ShownLine(line, tuple(dated_value(book, name, today, own) for name in line.figures))


def other_values(book: RuleBook, today: date, own: Collection[int] = ()) -> list[DatedValue]:
    """The dated values that no line explains."""
    explained = {name for line in rule_lines.lines() for name in line.figures}
    return [dated_value(book, name, today, own) for name in book.names if name not in explained]


def dated_value(book: RuleBook, name: str, today: date, own: Collection[int]) -> DatedValue:
    """One name with its history."""
    rows = [row for row in book.history(name) if row.organisation_id is None or row.organisation_id in own]
    now = book.rule(name, on=today)
    return DatedValue(name, NAMES[name].label, now, tuple(row for row in rows if row is not now))
