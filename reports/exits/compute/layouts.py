"""What a published table is made of: its columns, its lines, and who stands behind each line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TOTAL = "total"
Key = tuple[str, str]
"""A published count is named by its line and its column, both as the table writes them."""
Lines = Mapping[str, Mapping[str, int]]


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


@dataclass(frozen=True, slots=True)
class Published:
    """A table that left: the structures behind each line, and every count as it was published, None where it was hidden."""

    members: Mapping[str, frozenset[int]]
    counts: Mapping[Key, int | None]

    @property
    def everyone(self) -> frozenset[int]:
        """Every structure of the table, as its total counts them."""
        return frozenset().union(*self.members.values())

    def behind(self, line: str) -> frozenset[int]:
        """The structures of a line, the total included."""
        return self.everyone if line == TOTAL else self.members[line]
