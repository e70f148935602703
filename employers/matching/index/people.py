"""The inverted index: who holds each competence, who holds something of each macro-competence and objective."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from employers.matching.candidates import Holdings, tie_key
from employers.matching.referential import NO_GROUP, Referential
from employers.matching.vectors import Ints

Numbers = NDArray[np.int32]
Levels = NDArray[np.uint8]
Starts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PeopleIndex:
    """People as rows, in the order that settles ties; `keys` are the opaque numbers they are known by.

    Each `*_starts` cuts the table beside it: `held_rows` by competence, `macro_rows` and `objective_rows` by group
    (each person once), `own_*` by person. Nothing else is kept of anybody.
    """

    keys: Starts
    by_key: Starts
    held_starts: Starts
    held_rows: Numbers
    held_levels: Levels
    macro_starts: Starts
    macro_rows: Numbers
    objective_starts: Starts
    objective_rows: Numbers
    own_starts: Starts
    own_competences: Numbers
    own_levels: Levels

    @classmethod
    def build(
        cls, people: NDArray[Any], competences: NDArray[Any], levels: NDArray[Any], referential: Referential
    ) -> PeopleIndex:
        """From one (person, competence, level) each; a competence is its place in the referential."""
        keys, numbers = np.unique(people, return_inverse=True)
        ties = np.array([tie_key(str(key))[0] for key in keys.tolist()], dtype="S32")
        order = np.argsort(ties, kind="stable")
        place = np.empty(len(keys), dtype=np.int32)
        place[order] = np.arange(len(keys), dtype=np.int32)
        rows: Numbers = place[numbers.ravel()]
        held: Numbers = competences.astype(np.int32)
        known = levels.astype(np.uint8)
        by_person = np.argsort(_joined(rows, held), kind="stable")
        by_competence = np.argsort(_joined(held, rows), kind="stable")
        macro_starts, macro_rows = _of_groups(rows, referential.macro_of[held], len(referential.macro_codes))
        objective_starts, objective_rows = _of_groups(
            rows, referential.objective_of[held], len(referential.objectives)
        )
        return cls(
            keys=keys[order].astype(np.int64),
            by_key=order.argsort().astype(np.int64),
            held_starts=_starts(held, len(referential.codes)),
            held_rows=rows[by_competence],
            held_levels=known[by_competence],
            macro_starts=macro_starts,
            macro_rows=macro_rows,
            objective_starts=objective_starts,
            objective_rows=objective_rows,
            own_starts=_starts(rows, len(keys)),
            own_competences=held[by_person],
            own_levels=known[by_person],
        )

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Names of the tables, in the order they are written."""
        return tuple(each.name for each in fields(cls))

    def rows_of(self, keys: Ints) -> Ints:
        """Rows of these people, in the order of ties; whoever holds nothing has none."""
        if not len(self.keys):
            return np.zeros(0, dtype=np.int64)
        sorted_keys = self.keys[self.by_key]
        found = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
        return np.sort(self.by_key[found[sorted_keys[found] == keys]])

    def holdings(self, rows: Ints) -> Holdings:
        """What people of these rows hold, as the formula takes it."""
        starts, ends = self.own_starts[rows], self.own_starts[rows + 1]
        lengths = ends - starts
        first = np.cumsum(lengths) - lengths
        own = np.arange(int(lengths.sum())) + np.repeat(starts - first, lengths)
        return Holdings(
            ids=tuple(map(str, self.keys[rows].tolist())),
            rows=np.repeat(np.arange(len(rows)), lengths),
            competences=self.own_competences[own].astype(np.int64),
            levels=self.own_levels[own].astype(np.int64),
        )


def _joined(first: Numbers, second: Numbers) -> Starts:
    """Two numbers as one that sorts like the pair: one quick sort instead of two."""
    return np.asarray((first.astype(np.int64) << 32) | second)


def _starts(values: Numbers, width: int) -> Starts:
    counts = np.bincount(values, minlength=width)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


def _of_groups(rows: Numbers, groups: Ints, width: int) -> tuple[Starts, Numbers]:
    """For each group, everyone who holds something of it, once."""
    grouped = groups != NO_GROUP
    pairs = _joined(groups[grouped].astype(np.int32), rows[grouped])
    pairs.sort()
    distinct = np.ones(len(pairs), dtype=bool)
    distinct[1:] = pairs[1:] != pairs[:-1]
    pairs = pairs[distinct]
    return _starts((pairs >> 32).astype(np.int32), width), (pairs & 0xFFFFFFFF).astype(np.int32)
