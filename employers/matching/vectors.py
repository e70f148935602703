"""Arrays that many readers share and none may change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SparseTable = sparse.csr_array
Scalar = TypeVar("Scalar", bound=np.generic)


def frozen(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """The same array, made read-only."""
    array.setflags(write=False)
    return array


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Columns:
    """A sparse table read by column: which rows it touches, and one whole number for each."""

    starts: Ints
    rows: Ints
    values: Ints

    @classmethod
    def gather(cls, columns: Ints, rows: Ints, values: Ints, *, width: int) -> Columns:
        """Arrange the (column, row, value) triples of a table of `width` columns by column, then by row."""
        order = np.lexsort((rows, columns))
        starts = np.zeros(width + 1, dtype=np.int64)
        np.cumsum(np.bincount(columns, minlength=width), out=starts[1:])
        return cls(frozen(starts), frozen(rows[order]), frozen(values[order]))

    def column(self, position: int) -> tuple[Ints, Ints]:
        """Rows and values of one column, rows in ascending order."""
        found = slice(int(self.starts[position]), int(self.starts[position + 1]))
        return self.rows[found], self.values[found]
