"""A first full plan at once: good single jobs are looked for in the hours left, again and again until none is left."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from employers.recomposition.proof.exact import most_jobs
from employers.recomposition.proof.model import nothing_paid
from employers.recomposition.search.anneal import find_jobs
from employers.recomposition.search.board import Board, empty_board
from employers.recomposition.search.fill import EMPTY, fill
from employers.recomposition.search.grid import Grid, Ints

CROWD_PER_EMPLOYER, SMALLEST_CROWD, LARGEST_CROWD = 8, 64, 512
ROUNDS = 15
SPARE_SLOTS = 2
MOST_SLOTS = 400


def slots_for(grid: Grid) -> int:
    """Slots of a board: as many as jobs could ever be, and a few to work in."""
    return min(most_jobs(grid), MOST_SLOTS) + SPARE_SLOTS


def construct(grid: Grid, rng: np.random.Generator, should_stop: Callable[[], bool] = lambda: False) -> Board:
    """A board filled greedily, the best of each batch of candidates first."""
    board = empty_board(grid, slots_for(grid))
    slot = 0
    while slot < len(board.rows) - SPARE_SLOTS and not should_stop():
        placed = _place_batch(grid.with_capacity(board.left), board, slot, rng)
        if not placed:
            break
        slot += placed
    return board


def _place_batch(grid: Grid, board: Board, slot: int, rng: np.random.Generator) -> int:
    """Place the candidates of one batch that fit together, each with the hours then left; how many."""
    free = np.bincount(grid.site, grid.capacity.sum(axis=1), minlength=len(grid.near))
    sites = np.flatnonzero(free >= grid.least_share)
    if not len(sites):
        return 0
    crowd = min(LARGEST_CROWD, max(SMALLEST_CROWD, CROWD_PER_EMPLOYER * len(sites)))
    found, late = find_jobs(grid, nothing_paid(grid), rng, anchors=rng.choice(sites, crowd), rounds=ROUNDS)
    placed = 0
    order = np.argsort(-found.score, kind="stable")
    for rank in order[found.valid[order]]:
        if slot + placed >= len(board.rows) - SPARE_SLOTS:
            break
        if not _may_stand(grid, board, found.rows[rank]):
            continue
        one = [rank]
        again = fill(grid.with_capacity(board.left), found.rows[one], late[one], nothing_paid(grid))
        if again.valid[0] and again.value[0] > 0:
            board.put(
                slot + placed, again.rows[0], again.half_hours[0], int(late[rank]), float(again.value[0]), 0.0
            )
            placed += 1
    return placed


def _may_stand(grid: Grid, board: Board, row: Ints) -> bool:
    """Whether the hours left still reach the minimum, heavy ones apart too: a quick look before filling again."""
    tasks = row[row != EMPTY]
    left = board.left[tasks]
    light = left[~grid.heavy[tasks]].sum(axis=0)
    return bool((left.sum(axis=0) >= grid.min_total).all() and (light >= grid.min_light).all())
