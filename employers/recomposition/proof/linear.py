"""A small notebook in which a linear model is written row by row, then handed to HiGHS through scipy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Terms = list[tuple[int, float]]
INFEASIBLE = 2  # status of scipy.optimize.milp; 1 when a limit was reached


@dataclass(frozen=True)
class Answer:
    """What the solver says: values of the variables (or None), best value found, proved ceiling."""

    x: NDArray[np.float64] | None
    value: float
    ceiling: float
    proved: bool  # solved to the end, or proved impossible
    impossible: bool


@dataclass
class LinearModel:
    """Maximise a sum of variables under rows `lowest <= sum <= highest`."""

    gains: list[float] = field(default_factory=list)
    lowest: list[float] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    _rows: list[int] = field(default_factory=list)
    _columns: list[int] = field(default_factory=list)
    _values: list[float] = field(default_factory=list)
    _row_lowest: list[float] = field(default_factory=list)
    _row_highest: list[float] = field(default_factory=list)

    def variable(self, most: float, *, gain: float = 0.0, least: float = 0.0, whole: bool = True) -> int:
        """A new variable; its rank."""
        self.gains.append(gain)
        self.lowest.append(least)
        self.highest.append(most)
        self.whole.append(whole)
        return len(self.gains) - 1

    def row(self, terms: Terms, *, least: float = -np.inf, most: float = np.inf) -> None:
        """A new constraint."""
        rank = len(self._row_lowest)
        for column, value in terms:
            self._rows.append(rank)
            self._columns.append(column)
            self._values.append(value)
        self._row_lowest.append(least)
        self._row_highest.append(most)

    def solve(self, options: Mapping[str, float] | None = None, *, whole: bool = True) -> Answer:
        """Best values found within HiGHS's limits (`time_limit` in seconds, `node_limit`, `mip_rel_gap`)."""
        shape = (len(self._row_lowest), len(self.gains))
        matrix = csr_array((self._values, (self._rows, self._columns)), shape=shape)
        answer = milp(
            -np.array(self.gains),
            constraints=LinearConstraint(matrix, self._row_lowest, self._row_highest),
            integrality=np.array(self.whole, dtype=int) if whole else None,
            bounds=Bounds(np.array(self.lowest), np.array(self.highest)),
            options=dict(options or {}),
        )
        value = -np.inf if answer.x is None else -float(answer.fun)
        ceiling = np.inf if answer.mip_dual_bound is None else -float(answer.mip_dual_bound)
        impossible = answer.status == INFEASIBLE
        return Answer(answer.x, value, ceiling, answer.status in (0, INFEASIBLE), impossible)
