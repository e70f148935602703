"""Figures for readers outside the structures: no group of 1 to 10 people can be read, nor worked out.

Primary suppression hides the counts from 1 to 10. Because a hidden count can often be found again by
subtraction, secondary suppression hides others with it, the smallest first, until an audit by linear
programming (`told.py`) proves that every hidden count, and every small difference between two counts, could still be
anything over at least `K` values, one of them `K` or more. Masking is not an option of a report: a table leaves by
`mask` or does not leave.

A table is masked beside those that left before it, of the same year. What they said is repeated as they said it, even
when it was corrected since; what would contradict them is hidden; and whatever the tables tell together, subtracted from one
another, is held to the same rule (decision 0089).

Threshold 11: Insee's manual (data on natural persons) and CMS; complementary suppression: same sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reports.exits.compute.layouts import TOTAL, Key, Layout, Lines, Published
from reports.exits.compute.told import Outsider, Table, is_small

if TYPE_CHECKING:
    import numpy as np


def mask(
    lines: Lines,
    layout: Layout,
    *,
    members: Mapping[str, frozenset[int]] | None = None,
    earlier: Sequence[Published] = (),
) -> dict[Key, int | None]:
    """Every count of the table and of its total line; None where it may not be published.

    `lines` holds, per line, the counted columns of the layout; `members` the structures behind each, which `earlier` tables
    may hold too. Zero is published unless one column holds everyone of its sum: then the breakdown would say what became
    of each. Being examined or not says nothing of the kind, so the widest sum is left out of that rule.
    """
    behind = members or {line: frozenset({-rank}) for rank, line in enumerate(lines, start=1)}
    table = Table(lines, behind, layout)
    outsider = Outsider(table, earlier)
    repeated = {key: told for key in table.keys if (told := outsider.already_told(key)) is not None}
    table.counts.update(repeated)
    outsider.hidden |= _primary(table) - repeated.keys()
    small = sorted(outsider.hidden)
    outsider.hidden |= outsider.contradicted()
    _protect(table, outsider, small)
    return {key: None if key in outsider.hidden else table.counts[key] for key in table.keys}


def _primary(table: Table) -> set[Key]:
    """Counts of 1 to K − 1, and breakdowns where one part holds everyone."""
    hidden = {key for key in table.keys if is_small(table.counts[key])}
    for line in (*table.lines, TOTAL):
        for column, parts in table.layout.sums.items():
            values: list[int] = [table.counts[line, part] for part in parts]
            everyone = sum(values)
            if column != table.layout.whole and 0 < everyone == max(values):
                hidden |= {(line, leaf) for leaf in table.layout.leaves_of(column)}
                hidden |= {(line, part) for part in parts}
    return hidden


def _protect(table: Table, outsider: Outsider, small: Sequence[Key]) -> None:
    """Hide more counts, until every hidden one, every small difference, and all that tables tell together is safe.

    Hiding more only widens what an outsider must consider: what has passed the audit stays safe. What tables tell together
    is looked at again, for a count that was sure and small for nobody may become a narrow guess.
    """
    waiting = [table.weights(key) for key in small] + list(_small_differences(table))
    together = outsider.between_tables()
    while True:
        while waiting:
            _hide_until_safe(waiting.pop(), table, outsider, waiting)
        for weights in together:
            while outsider.may_single_out(weights) and (
                extra := _next_to_hide(table, outsider.told_by(weights))
            ):
                outsider.hide(extra)
                waiting.append(table.weights(extra))
        if not waiting:
            return


def _hide_until_safe(
    weights: np.ndarray, table: Table, outsider: Outsider, waiting: list[np.ndarray]
) -> None:
    while not outsider.span(weights).is_safe and (extra := _next_to_hide(table, outsider.told_by(weights))):
        outsider.hide(extra)
        waiting.append(table.weights(extra))


def _small_differences(table: Table) -> Iterator[np.ndarray]:
    """What is left of a sum without something it contains, when that is a group of 1 to K − 1."""
    for whole, part in table.pairs():
        if is_small(table.counts[whole] - table.counts[part]):
            yield table.weights(whole) - table.weights(part)


def _next_to_hide(table: Table, told_by: frozenset[Key]) -> Key | None:
    """Among the counts of this table that expose one, the finest then the smallest; None when only others do.

    Totals say the most to whoever steers: they are given up last.
    """
    columns = table.layout.all_columns
    counted = len(table.layout.columns)

    def cost(key: Key) -> tuple[bool, int, bool, int]:
        depth = max(columns.index(key[1]) - counted + 1, 0)
        return key[0] == TOTAL, depth, table.counts[key] == 0, table.counts[key]

    return min(told_by, key=lambda key: (*cost(key), key), default=None)


def masked_rate(masked: Mapping[Key, int | None], line: str, part: str, whole: str) -> float | None:
    """A share of two published counts, whole; None when one is hidden or nothing is there."""
    top, bottom = masked[line, part], masked[line, whole]
    if top is None or not bottom:
        return None
    return top / bottom
