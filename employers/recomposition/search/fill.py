"""Gives hours to thousands of candidate jobs at once, and says which of them keep every rule.

A candidate is a row of task ranks (-1 for an empty line). In each period apart, light tasks are filled first, then
heavy ones under their cap. The rooms of the day form a polymatroid, so filling one task after the other loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from employers.recomposition.facts.measures import COST_OF_ANOTHER_EMPLOYER, VALUE_OF_A_JOB
from employers.recomposition.facts.vocabulary import DAYPARTS
from employers.recomposition.rules.job import EARLY_DAY, LATE_DAY, daypart_sets, room
from employers.recomposition.search.grid import UNLIMITED, Bools, Floats, Grid, Ints, Words

EMPTY = -1
AFTER = 1e6  # puts heavy tasks after every light one
ROUNDING = 1e-6
EVERYONE = np.uint64(0xFFFFFFFFFFFFFFFF)
# Points of value withdrawn per unit of what is missing, so that a search feels which way a job becomes acceptable.
MISSING_HALF_HOUR, MISSING_SKILL, MISSING_PERSON, MISSING_FAMILY, TOO_FAR, SMALL_SHARE = (
    18.0,
    25.0,
    80.0,
    150.0,
    600.0,
    40.0,
)


def _bits(parts: frozenset[str]) -> int:
    return sum(1 << DAYPARTS.index(part) for part in parts)


def _tables() -> tuple[Ints, Ints, Bools]:
    """Bits of each kind of day, rooms of its sets of parts, and windows not inside a set (set, day, window)."""
    days = (EARLY_DAY, LATE_DAY)
    sets = [daypart_sets(day) for day in days]
    rooms = np.array([[room(parts) for parts in some] for some in sets], dtype=np.int64)
    outside = np.array(
        [
            [
                [(window & _bits(day)) & ~_bits(parts) != 0 for window in range(1 << len(DAYPARTS))]
                for parts in some
            ]
            for day, some in zip(days, sets, strict=True)
        ],
        dtype=bool,
    )
    return np.array([_bits(day) for day in days], dtype=np.int64), rooms, outside.transpose(1, 0, 2).copy()


DAY_BITS, ROOMS, OUTSIDE = _tables()


@dataclass(frozen=True)
class Filled:
    """Candidates with their hours."""

    rows: Ints  # (B, K) task ranks
    half_hours: Ints  # (B, K, P)
    value: Floats  # (B,) value less the price of the hours
    faults: Floats  # (B,) points withdrawn for what is missing

    @property
    def valid(self) -> Bools:
        """Candidates that keep every rule."""
        return self.faults <= 0

    @property
    def score(self) -> Floats:
        """What a search tries to raise."""
        return self.value - self.faults


def fill(grid: Grid, rows: Ints, late: Ints, price: Floats) -> Filled:
    """Best hours found for each candidate (B, K), of an early (0) or late (1) day, at a price per half-hour (n, P)."""
    return fill_from(grid, rows, late, grid.capacity[rows], price[rows])


def fill_from(grid: Grid, rows: Ints, late: Ints, capacity: Ints, price: Floats) -> Filled:
    """The same when each line (B, K, P) has its own hours left and its own price.

    Tasks that this kind of day excludes, or that have too few hours left, are left out of the candidate.
    """
    closed = (grid.window[rows] & DAY_BITS[late][:, None] == 0) | (capacity.sum(axis=2) < grid.least_share)
    rows = np.where(closed, EMPTY, rows)
    hours = _hours(grid, rows, late, np.where((rows == EMPTY)[:, :, None], 0, capacity), price)
    return judge(grid, np.where(hours.any(axis=2), rows, EMPTY), hours, price)


def _hours(grid: Grid, rows: Ints, late: Ints, capacity: Ints, price: Floats) -> Ints:
    """Half-hours (B, K, P), poured in each period from the most to the least worthwhile task, light ones first.

    Hours that cost more than they bring are only poured to reach the minimum, and no more light ones than the
    heavy hours still to come leave necessary. Inside, candidates are the last axis: numpy is several times faster
    along a long last axis than along one of four periods or seven sets.
    """
    profit = np.ascontiguousarray((grid.weight[rows][:, :, None] - price).transpose(1, 2, 0))  # (K, P, B)
    heavy_line = grid.heavy[rows].T
    order = np.argsort(np.where(heavy_line, AFTER, 0.0)[:, None] - profit, axis=0, kind="stable")
    task = np.take_along_axis(rows.T[:, None], order, axis=0)
    capacity = np.take_along_axis(capacity.transpose(1, 2, 0), order, axis=0)
    profit = np.take_along_axis(profit, order, axis=0)
    is_heavy, window = grid.heavy[task], grid.window[task]
    light = heavy = np.zeros(order.shape[1:], dtype=np.int64)
    light_needed, unlocking = _light_targets(grid, capacity, profit, is_heavy)
    useful = np.where(profit + unlocking[0] > 0, unlocking[1], light_needed)
    given = np.zeros_like(order)
    left = np.repeat(ROOMS[late].T[:, None], grid.periods, axis=1)  # (sets, P, B)
    for line in range(len(order)):
        heavy_now, outside = is_heavy[line], OUTSIDE[:, late, window[line]]
        target = np.where(heavy_now, grid.min_total - heavy, useful[line])
        limit = np.where(profit[line] > 0, grid.max_total - heavy, target) - light
        allowed = (grid.heavy_ratio * light + ROUNDING).astype(np.int64) - heavy
        limit = np.minimum(limit, np.where(heavy_now, allowed, UNLIMITED))
        limit = np.minimum(np.minimum(limit, capacity[line]), np.where(outside, UNLIMITED, left).min(axis=0))
        limit = given[line] = np.maximum(0, limit)
        left -= np.where(outside, 0, limit)
        poured_heavy = np.where(heavy_now, limit, 0)
        light, heavy = light + limit - poured_heavy, heavy + poured_heavy
    hours = np.empty_like(given)
    np.put_along_axis(hours, order, given, axis=0)
    return np.ascontiguousarray(hours.transpose(2, 0, 1))


def _light_targets(
    grid: Grid, capacity: Ints, profit: Floats, is_heavy: Bools
) -> tuple[Ints, tuple[Floats, Ints]]:
    """Light half-hours needed to reach the minimum; what each one unlocks in heavy hours, and up to how many."""
    needed = np.maximum(grid.min_total - (capacity * is_heavy).sum(axis=0), grid.min_light)
    gainful = capacity * (is_heavy & (profit > 0))
    heavy = gainful.sum(axis=0)
    gain = grid.heavy_ratio * (gainful * profit).sum(axis=0) / np.maximum(1, heavy)
    enough = np.minimum(heavy / max(grid.heavy_ratio, ROUNDING), grid.max_total / (1 + grid.heavy_ratio))
    return needed, (gain, np.maximum(needed, np.ceil(enough - ROUNDING).astype(np.int64)))


def judge(grid: Grid, rows: Ints, hours: Ints, price: Floats) -> Filled:
    """Value and faults of candidates whose hours are known; every rule but the windows, which filling respects."""
    rules = grid.territory.parameters
    present = rows != EMPTY
    per_task, totals = hours.sum(axis=2), hours.sum(axis=1)
    sites, spread = _sites(grid, rows, present)
    skill_lack = grid.skill_floor * totals.sum(axis=1) - (per_task * grid.skill[rows]).sum(axis=1)
    faults = MISSING_HALF_HOUR * np.maximum(0, grid.min_total - totals).sum(axis=1)
    faults += MISSING_SKILL * np.where(skill_lack > ROUNDING, skill_lack, 0.0)
    faults += MISSING_PERSON * np.maximum(0, rules.min_people - _people(grid, rows, present))
    faults += MISSING_FAMILY * np.maximum(0, rules.min_families - _distinct(grid.family[rows], present))
    faults += TOO_FAR * (np.maximum(0, sites - rules.max_employers) + spread)
    faults += SMALL_SHARE * (present & (per_task < grid.least_share)).sum(axis=1)
    worth = (hours * (grid.weight[rows][:, :, None] - price)).sum(axis=(1, 2))
    return Filled(rows, hours, VALUE_OF_A_JOB - COST_OF_ANOTHER_EMPLOYER * (sites - 1) + worth, faults)


def _distinct(codes: Ints, present: Bools) -> Ints:
    ordered = np.sort(np.where(present, codes, UNLIMITED), axis=1)
    first = ordered[:, :1] < UNLIMITED
    changes = (ordered[:, 1:] != ordered[:, :-1]) & (ordered[:, 1:] < UNLIMITED)
    return np.asarray(first.sum(axis=1) + changes.sum(axis=1), dtype=np.int64)


def _sites(grid: Grid, rows: Ints, present: Bools) -> tuple[Ints, Ints]:
    """Employers of each candidate, and 1 where two of them are too far apart."""
    site = grid.site[rows]
    site = np.where(present, site, site[np.arange(len(rows)), present.argmax(axis=1)][:, None])
    far = ~grid.near[site[:, :, None], site[:, None, :]]
    return _distinct(site, present), np.asarray(far.any(axis=(1, 2)), dtype=np.int64)


def _people(grid: Grid, rows: Ints, present: Bools) -> Ints:
    able: Words = np.where(present[:, :, None], grid.able[rows], EVERYONE)
    everyone = np.bitwise_and.reduce(able, axis=1)
    return np.asarray(np.bitwise_count(everyone).sum(axis=1), dtype=np.int64)
