"""Looks for good single jobs: hundreds of candidates improve side by side, each by small changes of tasks.

A worse change is sometimes accepted, less and less often (simulated annealing), so that a candidate can leave a
dead end. With prices on hours, the jobs found are those a plan would gain from; with free hours, simply good jobs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from employers.recomposition.search.fill import EMPTY, Filled, fill
from employers.recomposition.search.grid import Bools, Floats, Grid, Ints

HOTTEST, COLDEST = 120.0, 4.0  # points of value
FROM_SAME_SITES, REMOVAL = 0.75, 0.1


@dataclass(frozen=True)
class Surroundings:
    """Which tasks a candidate started at an employer may draw from: flat lists with their starts and lengths."""

    by_site: Ints
    site_start: Ints
    site_size: Ints
    by_anchor: Ints
    anchor_start: Ints
    anchor_size: Ints


def surroundings(grid: Grid) -> Surroundings:
    """Tasks with enough hours left, by employer and by neighbourhood."""
    usable = np.flatnonzero(grid.capacity.sum(axis=1) >= grid.least_share)
    employers = len(grid.near)
    own = [usable[grid.site[usable] == site] for site in range(employers)]
    around = [usable[grid.near[site][grid.site[usable]]] for site in range(employers)]
    return Surroundings(*_flat(own), *_flat(around))


def find_jobs(
    grid: Grid,
    price: Floats,
    rng: np.random.Generator,
    *,
    anchors: Ints,
    rounds: int,
) -> tuple[Filled, Ints]:
    """One candidate per anchor (an employer rank), improved for some rounds: best valid state, kind of day."""
    around = surroundings(grid)
    lines = grid.territory.parameters.max_tasks
    late = rng.integers(0, 2, len(anchors))
    rows = np.full((len(anchors), lines), EMPTY, dtype=np.int64)
    for line in range(lines):
        rows = _propose(around, grid, rows, anchors, rng, line)
    now = best = fill(grid, rows, late, price)
    for heat in np.geomspace(HOTTEST, COLDEST, rounds):
        line = int(rng.integers(lines))
        new = fill(grid, _propose(around, grid, now.rows, anchors, rng, line), late, price)
        luck = rng.random(len(anchors))
        better = new.score - now.score > heat * np.log(luck)
        now = _choose(better, new, now)
        best = _choose(now.valid & (~best.valid | (now.score > best.score)), now, best)
    return best, late


def _propose(
    around: Surroundings, grid: Grid, rows: Ints, anchors: Ints, rng: np.random.Generator, line: int
) -> Ints:
    """Each candidate with one line replaced by another task of its employers or of the neighbourhood, or emptied."""
    count, lines = rows.shape
    everyone = np.arange(count)
    luck = rng.random((3, count))
    companion = rows[everyone, rng.integers(0, lines, count)]
    site = np.where(companion == EMPTY, anchors, grid.site[companion])
    near_by = _draw(around.by_site, around.site_start[site], around.site_size[site], luck[0])
    wider = _draw(around.by_anchor, around.anchor_start[anchors], around.anchor_size[anchors], luck[0])
    task = np.where(luck[1] < FROM_SAME_SITES, near_by, wider)
    task = np.where(luck[2] < REMOVAL, EMPTY, task)
    already = (rows == task[:, None]).any(axis=1)
    proposal = rows.copy()
    proposal[:, line] = np.where(already, rows[:, line], task)
    return proposal


def _draw(flat: Ints, start: Ints, size: Ints, luck: Floats) -> Ints:
    if not len(flat):
        return np.full(len(start), EMPTY, dtype=np.int64)
    place = np.minimum(start + (luck * size).astype(np.int64), len(flat) - 1)
    return np.where(size > 0, flat[place], EMPTY)


def _choose(which: Bools, one: Filled, other: Filled) -> Filled:
    return Filled(
        np.where(which[:, None], one.rows, other.rows),
        np.where(which[:, None, None], one.half_hours, other.half_hours),
        np.where(which, one.value, other.value),
        np.where(which, one.faults, other.faults),
    )


def _flat(lists: list[Ints]) -> tuple[Ints, Ints, Ints]:
    sizes = np.array([len(one) for one in lists], dtype=np.int64)
    flat = np.concatenate(lists).astype(np.int64) if lists else np.zeros(0, dtype=np.int64)
    return flat, np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64), sizes
