"""Figures for readers outside the structures: no group of 1 to 10 people can be read, nor worked out.

Primary suppression hides the counts from 1 to 10. Because a hidden count can often be found again by
subtraction, secondary suppression hides others with it, the smallest first, until an audit by linear
programming proves that every hidden count, and every small difference between two counts, could still be
anything over at least `K` values, one of them `K` or more. Masking is not an option of a report: the
network's page has no other source of figures.

Threshold 11: Insee's manual (data on natural persons) and CMS; complementary suppression: same sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


K = 11
"""Smallest group that may be read outside the structures."""

Key = tuple[str, str]
"""A published count is named by its line and its column, both as the table writes them."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns are counted, and which are sums of others: « examined » of its four categories.

    `sums` is ordered from the finest to the widest; `whole` names the column that holds everyone of a line.
    """

    columns: tuple[str, ...]
    sums: Mapping[str, tuple[str, ...]]
    whole: str

    def leaves_of(self, column: str) -> tuple[str, ...]:
        """The counted columns that a column adds up."""
        if column not in self.sums:
            return (column,)
        return tuple(leaf for part in self.sums[column] for leaf in self.leaves_of(part))

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Counted columns, then sums."""
        return (*self.columns, *self.sums)


EXIT_LAYOUT = Layout(
    columns=("durable", "transition", "positive", "no_news", "other_news", "withdrawn", "below_threshold"),
    sums={
        "other": ("no_news", "other_news"),
        "dynamic": ("durable", "transition", "positive"),
        "examined": ("dynamic", "other"),
        "all_exits": ("examined", "withdrawn", "below_threshold"),
    },
    whole="all_exits",
)
TOTAL = "total"


def mask(lines: Mapping[str, Mapping[str, int]], layout: Layout) -> dict[Key, int | None]:
    """Every count of the table and of its total line; None where it may not be published.

    `lines` holds, per line, the counted columns of the layout. Zero is published unless one column holds
    everyone of its sum: then the breakdown would say what became of each. Being examined or not says nothing
    of the kind, so the widest sum is left out of that rule.
    """
    table = Table(lines, layout)
    hidden = _primary(table)
    _protect(table, hidden)
    return {key: None if key in hidden else table.value(key) for key in table.keys}


class Table:
    """The counts as an outsider would write them down: unknown leaves, and known sums of leaves."""

    def __init__(self, lines: Mapping[str, Mapping[str, int]], layout: Layout) -> None:
        import numpy as np

        self.layout = layout
        self.lines = tuple(lines)
        self._leaf_values = np.array(
            [[lines[line][column] for column in layout.columns] for line in self.lines], dtype=float
        ).reshape(len(self.lines), len(layout.columns))

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Every count that could be published, finest first."""
        return tuple((line, column) for column in self.layout.all_columns for line in (*self.lines, TOTAL))

    def weights(self, key: Key) -> np.ndarray:
        """1 for each leaf that the count adds up, 0 elsewhere."""
        import numpy as np

        line, column = key
        marks = np.zeros_like(self._leaf_values)
        rows = slice(None) if line == TOTAL else self.lines.index(line)
        for leaf in self.layout.leaves_of(column):
            marks[rows, self.layout.columns.index(leaf)] = 1
        return marks.ravel()

    def value(self, key: Key) -> int:
        """The count itself."""
        return self.amount(self.weights(key))

    def amount(self, weights: np.ndarray) -> int:
        """The count of the leaves with these weights."""
        return int(weights @ self._leaf_values.ravel())

    def pairs(self) -> Iterator[tuple[Key, Key]]:
        """Each sum with each count it contains: along a line, and down a column."""
        contained = {column: set(self.layout.leaves_of(column)) for column in self.layout.all_columns}
        for line in (*self.lines, TOTAL):
            for whole in self.layout.sums:
                for part in self.layout.all_columns:
                    if contained[part] < contained[whole]:
                        yield (line, whole), (line, part)
        for column in self.layout.all_columns:
            for line in self.lines:
                yield (TOTAL, column), (line, column)


def _primary(table: Table) -> set[Key]:
    """Counts of 1 to K − 1, and breakdowns where one part holds everyone."""
    hidden = {key for key in table.keys if _is_small(table.value(key))}
    for line in (*table.lines, TOTAL):
        for column, parts in table.layout.sums.items():
            values: list[int] = [table.value((line, part)) for part in parts]
            everyone = sum(values)
            if column != table.layout.whole and 0 < everyone == max(values):
                hidden |= {(line, leaf) for leaf in table.layout.leaves_of(column)}
                hidden |= {(line, part) for part in parts}
    return hidden


def _is_small(count: int) -> bool:
    return 0 < count < K


def _protect(table: Table, hidden: set[Key]) -> None:
    """Hide more counts, in place, until every hidden one and every small difference is safe.

    Hiding more only widens what an outsider must consider: what has passed the audit stays safe.
    """
    differences = list(_small_differences(table))
    waiting = [table.weights(key) for key in hidden] + differences
    while waiting:
        weights = waiting.pop()
        while not (found := span(table, hidden, weights)).is_safe:
            extra = _next_to_hide(table, found.told_by)
            hidden.add(extra)
            waiting.append(table.weights(extra))


def _small_differences(table: Table) -> Iterator[np.ndarray]:
    """What is left of a sum without something it contains, when that is a group of 1 to K − 1."""
    for whole, part in table.pairs():
        rest = table.weights(whole) - table.weights(part)
        if _is_small(table.amount(rest)):
            yield rest


@dataclass(frozen=True, slots=True)
class Span:
    """What an outsider can say of a count: its smallest and largest value, and what told them so."""

    lowest: float
    highest: float
    told_by: frozenset[Key]

    @property
    def is_safe(self) -> bool:
        """Whether at least K values remain possible, K or more among them."""
        return self.highest >= K - 1e-6 and self.highest - self.lowest >= K - 1e-6


def span(table: Table, hidden: set[Key], weights: np.ndarray) -> Span:
    """The values of a count that agree with everything published, nobody being negative."""
    import numpy as np
    from scipy.optimize import linprog

    known = [key for key in table.keys if key not in hidden]
    equalities = np.array([table.weights(key) for key in known]).reshape(len(known), len(weights))
    totals = np.array([table.value(key) for key in known], dtype=float)
    ends: list[float] = []
    told_by: set[Key] = set()
    for sign in (1.0, -1.0):
        found = linprog(
            sign * weights,
            A_eq=equalities if known else None,
            b_eq=totals if known else None,
            bounds=(0, None),
            method="highs",
        )
        ends.append(sign * found.fun if found.success else np.inf)
        if found.success and known:
            told_by |= {
                key for key, price in zip(known, found.eqlin.marginals, strict=True) if abs(price) > 1e-9
            }
    return Span(ends[0], ends[1], frozenset(told_by))


def _next_to_hide(table: Table, told_by: frozenset[Key]) -> Key:
    """Among the published counts that expose one, the finest then the smallest.

    Totals say the most to whoever steers: they are given up last.
    """
    columns = table.layout.all_columns
    counted = len(table.layout.columns)

    def cost(key: Key) -> tuple[bool, int, bool, int]:
        depth = max(columns.index(key[1]) - counted + 1, 0)
        return key[0] == TOTAL, depth, table.value(key) == 0, table.value(key)

    return min(told_by, key=lambda key: (*cost(key), key))


def masked_rate(masked: Mapping[Key, int | None], line: str, part: str, whole: str) -> float | None:
    """A share of two published counts, whole; None when one is hidden or nothing is there."""
    top, bottom = masked[line, part], masked[line, whole]
    if top is None or not bottom:
        return None
    return top / bottom
