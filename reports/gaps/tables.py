"""The days without contract of a year as a table to take away: one line a pair of structures, nobody's name."""

from __future__ import annotations

from decimal import Decimal

from backend.core.tables.exports import Column
from backend.core.values.numbers import half_up
from reports.gaps.figures import Pair

GAP_COLUMNS = (
    Column("Structure quittée", lambda pair: pair.left),
    Column("Suite", lambda pair: pair.to),
    Column("Passages", lambda pair: pair.sums.passages),
    Column("Passages avec carence", lambda pair: pair.sums.with_days),
    Column("Jours de carence", lambda pair: pair.sums.days),
    Column("Jours à venir", lambda pair: pair.sums.to_come),
    Column("Jours par passage", lambda pair: mean_of(pair)),
    Column("Heures perdues", lambda pair: pair.sums.hours),
)


def mean_of(pair: Pair) -> Decimal | None:
    """Days by passage, to one decimal."""
    return None if pair.sums.mean is None else half_up(pair.sums.mean, 1)
