"""Territories to look at: the demonstration, or a small one drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from backend.demo.rows import Territory
from backend.demo.simulate import simulate
from backend.demo.territory import demo_territory

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
small = settings(max_examples=8, deadline=None)


@dataclass(frozen=True)
class Case:
    """A territory to look at: the demo one, or a small one drawn from a seed."""

    today: date
    seed: int | None
    structures: int = 6
    years: int = 3

    def draw(self) -> tuple[Territory, date]:
        if self.seed is None:
            return demo_territory(self.today), self.today
        return simulate(120, self.structures, self.years, self.seed, self.today), self.today


territories = st.one_of(
    st.builds(Case, today=DAYS, seed=st.none()),
    st.builds(Case, DAYS, st.integers(0, 10**6), structures=st.integers(1, 14), years=st.integers(1, 3)),
)
