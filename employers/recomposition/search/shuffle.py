"""Improves a whole plan by small changes between two of its jobs, hundreds of them weighed at once.

A change exchanges two lines of a pair of jobs, brings in a task with hours left, shares a task, or drops one; both
jobs then get new hours. Among the changes weighed together, some are drawn, the better ones more often (simulated
annealing), and all those that do not touch the same jobs or tasks are made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from employers.recomposition.search.board import Board, worth
from employers.recomposition.search.fill import EMPTY, Filled, fill_from
from employers.recomposition.search.grid import Floats, Grid, Ints

EXCHANGE, BRING_IN, SHARE = (
    0.45,
    0.90,
    0.95,
)  # cumulated chances of each kind of change; the rest drops a task
SAME_EMPLOYER = 0.5
SECOND_CHANGE, OTHER_DAY, ONLY_TO_THE_MINIMUM = 0.5, 0.1, 0.5


@dataclass(frozen=True)
class Proposals:
    """New contents for pairs of slots."""

    pairs: Ints  # (B, 2) slots
    late: Ints  # (B, 2)
    first: Filled
    second: Filled
    gain: Floats  # (B,)


def step(
    grid: Grid, board: Board, rng: np.random.Generator, *, heat: float, crowd: int, bonus: float = 0.0
) -> None:
    """Weigh a crowd of changes and make those that are drawn; `bonus` is granted to each job (see `worth`)."""
    proposals = _weigh(grid, board, rng, crowd, bonus)
    drawn = proposals.gain + heat * rng.gumbel(size=crowd)
    accepted = np.flatnonzero(drawn > heat * rng.gumbel(size=crowd))
    _apply(board, proposals, accepted[np.argsort(-drawn[accepted])])


def _weigh(grid: Grid, board: Board, rng: np.random.Generator, crowd: int, bonus: float) -> Proposals:
    pairs = _pairs(grid, board, rng, crowd)
    lines = board.rows.shape[1]
    old_rows = board.rows[pairs].reshape(crowd, 2 * lines)
    old_hours = board.hours[pairs].reshape(crowd, 2 * lines, grid.periods)
    rows = _changed(grid, board, rng, old_rows)
    late = board.late[pairs] ^ (rng.random((crowd, 2)) < OTHER_DAY)
    given_back = _same(rows, old_rows) @ old_hours
    capacity = board.left[rows] + given_back
    shared = _same(rows[:, :lines], rows[:, lines:]).any(axis=2) & (
        rng.random((crowd, 1)) < ONLY_TO_THE_MINIMUM
    )
    price = np.where(shared, grid.weight[rows[:, :lines]] + 1.0, 0.0)[:, :, None] + np.zeros(grid.periods)
    first = fill_from(grid, rows[:, :lines], late[:, 0], capacity[:, :lines], price)
    first = Filled(
        first.rows, first.half_hours, first.value + (first.half_hours * price).sum(axis=(1, 2)), first.faults
    )
    taken = _same(rows[:, lines:], first.rows) @ first.half_hours
    second = fill_from(grid, rows[:, lines:], late[:, 1], capacity[:, lines:] - taken, np.zeros_like(price))
    before = worth(board.value, board.faults, bonus)[pairs].sum(axis=1)
    gain = worth(first.value, first.faults, bonus) + worth(second.value, second.faults, bonus) - before
    return Proposals(pairs, late, first, second, gain)


def _pairs(grid: Grid, board: Board, rng: np.random.Generator, crowd: int) -> Ints:
    """Two different slots per change: the second has an employer near one of the first's, or is empty."""
    slots = len(board.rows)
    present = board.rows != EMPTY
    at = np.zeros((slots, len(grid.near)), dtype=np.float32)
    at[np.nonzero(present)[0], grid.site[board.rows[present]]] = 1.0
    close = (at @ grid.near.astype(np.float32) @ at.T > 0) | ~present.any(axis=1)
    np.fill_diagonal(close, val=False)
    first = rng.integers(0, slots, crowd)
    second = np.where(close[first], rng.random((crowd, slots)), -1.0).argmax(axis=1)
    second = np.where(second == first, (first + 1) % slots, second)
    pairs = np.column_stack([first, second])
    return np.asarray(np.where(rng.random((crowd, 1)) < 0.5, pairs, pairs[:, ::-1]))


def _changed(grid: Grid, board: Board, rng: np.random.Generator, old: Ints) -> Ints:
    """Lines of both jobs after one or two changes, without the same task twice in a job."""
    crowd, lines = len(old), old.shape[1] // 2
    rows, everyone = old.copy(), np.arange(len(old))
    unused = np.flatnonzero(board.left.sum(axis=1) >= grid.least_share)
    for chance in (1.0, SECOND_CHANGE):
        side = rng.integers(0, 2, crowd)
        here = side * lines + rng.integers(0, lines, crowd)
        there = (1 - side) * lines + rng.integers(0, lines, crowd)
        kind = np.where(rng.random(crowd) < chance, rng.random(crowd), 2.0)
        mine, other = rows[everyone, here], rows[everyone, there]
        fresh = _unused_nearby(grid, rng, unused, rows[everyone, rng.integers(0, 2 * lines, crowd)])
        content = np.select(
            [kind < EXCHANGE, kind < BRING_IN, kind < SHARE, kind <= 1.0], [other, fresh, other, EMPTY], mine
        )
        rows[everyone, there] = np.where(kind < EXCHANGE, mine, other)
        rows[everyone, here] = content
    for start in (0, lines):
        part = rows[:, start : start + lines]
        twice = np.tril(_same(part, part) > 0, -1).any(axis=2)
        rows[:, start : start + lines] = np.where(twice, EMPTY, part)
    return rows


def _unused_nearby(grid: Grid, rng: np.random.Generator, unused: Ints, companion: Ints) -> Ints:
    """A task with hours left at the employer of a companion task, or near it; anywhere without a companion."""
    if not len(unused):
        return np.full(len(companion), EMPTY, dtype=np.int64)
    site = grid.site[companion][:, None]
    there = grid.site[unused][None, :]
    alone = (companion == EMPTY)[:, None]
    liking = rng.random((len(companion), len(unused))) + SAME_EMPLOYER * (site == there) * ~alone
    return np.asarray(unused[np.where(alone | grid.near[site, there], liking, -1.0).argmax(axis=1)])


def _apply(board: Board, proposals: Proposals, ranks: Ints) -> None:
    """Make changes in turn, skipping any that touches a slot or a task already changed."""
    slots, tasks = set[int](), set[int]()
    for rank in ranks.tolist():
        pair = proposals.pairs[rank].tolist()
        if slots & set(pair):
            continue
        sides = (proposals.first, proposals.second)
        touched = {
            *board.rows[pair].ravel().tolist(),
            *(int(task) for side in sides for task in side.rows[rank]),
        }
        if tasks & (touched - {EMPTY}):
            continue
        slots.update(pair)
        tasks |= touched - {EMPTY}
        board.clear(pair)
        for side, slot, late in zip(sides, pair, proposals.late[rank].tolist(), strict=True):
            value, faults = float(side.value[rank]), float(side.faults[rank])
            board.put(slot, side.rows[rank], side.half_hours[rank], late, value, faults)


def _same(one: Ints, other: Ints) -> Ints:
    """1 where two lines hold the same task: (B, L, M)."""
    return np.asarray((one[:, :, None] == other[:, None, :]) & (one != EMPTY)[:, :, None], dtype=np.int64)
