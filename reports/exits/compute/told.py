"""What an outsider can say of any count, from every table that left and the one about to leave.

They know that nobody is negative and that tables add up: the values of a count that agree with what was published are an
interval, found by linear programming. Structures that no table tells apart are one unknown, per counted column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from reports.exits.compute.layouts import TOTAL, Key, Layout, Lines, Published

if TYPE_CHECKING:
    import numpy as np

K = 11
"""Smallest group that may be read outside the structures."""
EXACT = 1e-6


def is_small(count: int) -> bool:
    """Whether a count is of somebody, and of too few."""
    return 0 < count < K


class Table:
    """The table about to leave: its true counts by line and column, and the unknowns an outsider would write."""

    def __init__(self, lines: Lines, members: Mapping[str, frozenset[int]], layout: Layout) -> None:
        self.layout, self.lines, self.members = layout, tuple(lines), members
        self.atoms: tuple[frozenset[int], ...] = tuple(members[line] for line in self.lines)
        self.counts: dict[Key, int] = {
            (line, column): sum(
                lines[each][leaf]
                for each in ([line] if line != TOTAL else lines)
                for leaf in layout.leaves_of(column)
            )
            for line, column in self.keys
        }

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Every count that could be published, finest first."""
        return tuple((line, column) for column in self.layout.all_columns for line in (*self.lines, TOTAL))

    def behind(self, line: str) -> frozenset[int]:
        """The structures of a line, the total included."""
        return frozenset().union(*self.members.values()) if line == TOTAL else self.members[line]

    def weights(self, key: Key) -> np.ndarray:
        """1 for each unknown that the count adds up, 0 elsewhere."""
        return self.marks(self.behind(key[0]), self.layout.leaves_of(key[1]))

    def marks(self, structures: frozenset[int], leaves: Sequence[str]) -> np.ndarray:
        """1 for these columns of these structures, 0 elsewhere."""
        import numpy as np

        rows = np.array([atom <= structures for atom in self.atoms], dtype=float)
        columns = np.array([leaf in leaves for leaf in self.layout.columns], dtype=float)
        return np.outer(rows, columns).ravel()

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


@dataclass(frozen=True, slots=True)
class Span:
    """The smallest and the largest value of a count, for who knows every table."""

    lowest: float
    highest: float

    @property
    def is_safe(self) -> bool:
        """Whether at least K values remain possible, K or more among them."""
        return self.highest >= K - EXACT and self.highest - self.lowest >= K - EXACT

    @property
    def may_be_small(self) -> bool:
        """Whether it tells, closely, of a group that may be of 1 to K − 1."""
        return not self.is_safe and self.highest > EXACT and self.lowest < K - EXACT


class Outsider:
    """Who holds every table of a year, the one about to leave included, but for what it hides."""

    def __init__(self, table: Table, earlier: Sequence[Published]) -> None:
        self.table = table
        self.hidden: set[Key] = set()
        self._scopes = _met(frozenset().union(*table.members.values()), earlier)
        table.atoms = _atoms([*table.members.values(), *self._scopes])
        self._told: list[tuple[np.ndarray, int]] = []
        self._already: dict[bytes, int] = {}
        for each in earlier:
            if each.everyone & frozenset().union(*self._scopes, *table.members.values()):
                for (line, column), value in each.counts.items():
                    if value is not None:
                        row = table.marks(each.behind(line), table.layout.leaves_of(column))
                        self._told.append((row, value))
                        self._already.setdefault(row.tobytes(), value)
        self._seen: list[np.ndarray] = []

    def already_told(self, key: Key) -> int | None:
        """What a former table said of the very same people; None when none did."""
        return self._already.get(self.table.weights(key).tobytes())

    def hide(self, key: Key) -> None:
        """Leave one more count out of the table."""
        self.hidden.add(key)

    def between_tables(self) -> list[np.ndarray]:
        """What two tables may tell of when one is taken from the other: of every two scopes, what they share and what they
        do not, column by column and column less column.
        """
        table = self.table
        if not self._scopes:
            return []
        own = {*table.members.values(), table.behind(TOTAL)}
        scopes = own | set(self._scopes)
        regions = set(scopes)
        for one, other in combinations(scopes, 2):
            regions |= {one & other, one - other, other - one}
        leaves = {frozenset(table.layout.leaves_of(column)) for column in table.layout.all_columns}
        leaves |= {whole - part for whole in leaves for part in leaves if part < whole}
        ordered = sorted(sorted(region) for region in regions if region)
        return [
            table.marks(frozenset(region), sorted(columns))
            for region in ordered
            for columns in sorted(leaves, key=sorted)
        ]

    def contradicted(self) -> set[Key]:
        """The counts to hide so that no table says that another was wrong: a correction of one exit is one person.

        Those that need changing in the nearest figures that agree with every former table.
        """
        import numpy as np
        from scipy.optimize import linprog

        known = self._known()
        if not self._told or not known:
            return set()
        unknowns = len(self.table.weights(known[0]))
        own = np.array([self.table.weights(key) for key in known])
        off = np.eye(len(known))
        former = np.array([row for row, _ in self._told])
        found = linprog(
            np.concatenate([np.zeros(unknowns), np.ones(2 * len(known))]),
            A_eq=np.block([[own, off, -off], [former, np.zeros((len(former), 2 * len(known)))]]),
            b_eq=np.array(
                [*(self.table.counts[key] for key in known), *(value for _, value in self._told)], dtype=float
            ),
            bounds=(0, None),
            method="highs",
        )
        if not found.success:
            return set(known)
        above, below = np.split(found.x[unknowns:], 2)
        return {key for key, more, less in zip(known, above, below, strict=True) if more + less > EXACT}

    def span(self, weights: np.ndarray) -> Span:
        """The values of a count that agree with everything published, nobody being negative."""
        seen = [float(weights @ each) for each in self._seen]
        if seen and (met := Span(min(seen), max(seen))).is_safe:
            return met
        ends = [self._end(weights, sign)[0] for sign in (1.0, -1.0)]
        return Span(ends[0], ends[1])

    def may_single_out(self, weights: np.ndarray) -> bool:
        """Whether tables together tell, closely, of a group that may be small."""
        return self.span(weights).may_be_small

    def told_by(self, weights: np.ndarray) -> frozenset[Key]:
        """The published counts of the table that the ends of a span rest on."""
        return self._end(weights, 1.0)[1] | self._end(weights, -1.0)[1]

    def _known(self) -> list[Key]:
        return [key for key in self.table.keys if key not in self.hidden]

    def _end(self, weights: np.ndarray, sign: float) -> tuple[float, frozenset[Key]]:
        import numpy as np
        from scipy.optimize import linprog

        known = self._known()
        rows = [*(self.table.weights(key) for key in known), *(row for row, _ in self._told)]
        totals = [*(self.table.counts[key] for key in known), *(value for _, value in self._told)]
        found = linprog(
            sign * weights,
            A_eq=np.array(rows) if rows else None,
            b_eq=np.array(totals, dtype=float) if rows else None,
            bounds=(0, None),
            method="highs",
        )
        if not found.success:
            return sign * np.inf, frozenset()
        self._seen.append(found.x)
        prices = found.eqlin.marginals[: len(known)] if rows else []
        return sign * found.fun, frozenset(
            key for key, price in zip(known, prices, strict=True) if abs(price) > 1e-9
        )


def _met(scope: frozenset[int], earlier: Sequence[Published]) -> list[frozenset[int]]:
    """Every line of the former tables that speak of these structures, or of those that such a table speaks of."""
    reached, tables = scope, list(earlier)
    while met := [each for each in tables if each.everyone & reached]:
        reached = reached.union(*(each.everyone for each in met))
        tables = [each for each in tables if each not in met]
    return [
        lines
        for each in earlier
        if each.everyone & reached and each not in tables
        for lines in (*each.members.values(), each.everyone)
    ]


def _atoms(scopes: Sequence[frozenset[int]]) -> tuple[frozenset[int], ...]:
    """The structures that no scope tells apart, together."""
    groups: dict[tuple[bool, ...], set[int]] = {}
    for structure in sorted(frozenset().union(*scopes)):
        groups.setdefault(tuple(structure in scope for scope in scopes), set()).add(structure)
    return tuple(frozenset(group) for group in groups.values())
