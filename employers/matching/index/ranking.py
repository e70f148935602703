"""One requirement before everyone of the index: the scores of the plain formula, computed where there is something.

Parts are whole numbers (`formula.whole_weights`): what one objective, one macro-competence or one competence brings is
added at once to whom it concerns, in any order, and equal stays equal. Reasons and trades come from the plain formula,
for the people shown only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from employers.matching.candidates import Candidates, Holdings
from employers.matching.formula import (
    CREDIT_PARTS,
    CREDITS_IN_PARTS,
    DECIMALS,
    Outcome,
    base_of,
    outcomes_by_level,
    whole_weights,
)
from employers.matching.index.people import Numbers, PeopleIndex, Starts
from employers.matching.ranking import requirement_weights
from employers.matching.referential import NO_GROUP, Referential
from employers.matching.vectors import Floats, Ints
from employers.matching.vocabulary import Profile, Requirement

OBJECTIVE_PARTS = int(CREDITS_IN_PARTS[Outcome.SAME_OBJECTIVE])
MACRO_PARTS = int(CREDITS_IN_PARTS[Outcome.SAME_MACRO])
BLOCK = 64
"""People looked at together to find a score that the last one shown surely reaches."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Leading:
    """The first people before a requirement: rows of the index and scores, best first, ties in their order.

    `tied_not_shown` counts those cut off though they tie with the last one.
    """

    rows: Ints
    scores: Floats
    tied_not_shown: int


def leading(
    requirement: Requirement,
    index: PeopleIndex,
    referential: Referential,
    *,
    among: Ints | None = None,
    top: int | None = None,
) -> Leading:
    """The `top` first people before a requirement; `among` are the rows that may be seen, all when None."""
    weights = whole_weights(requirement_weights(requirement, referential))
    near = _near(requirement, weights, referential)
    parts = _parts(requirement, weights, index, referential)
    _add_macros(parts, index, near, referential)
    rows, seen = np.arange(len(parts)) if among is None else among, parts if among is None else parts[among]
    cuts = top is not None and top < len(seen)
    close = CREDIT_PARTS * int(weights.sum()) // 10**DECIMALS + 1  # what rounding may bring level
    if top is not None and cuts:
        # What objectives may still bring is little: whoever stays behind with all of it is left out before.
        still = OBJECTIVE_PARTS * sum(near.objectives.values())
        chosen = np.flatnonzero(seen >= _surely_reached(seen, top) - still - close)
        rows, seen = rows[chosen], seen[chosen]
    seen = seen + _of_objectives(rows, index, near)
    if top is not None and cuts:
        chosen = np.flatnonzero(seen >= _surely_reached(seen, top) - close)
        rows, seen = rows[chosen], seen[chosen]
    scores = base_of(seen, weights)
    order = np.argsort(-scores, kind="stable")
    shown = order[:top]
    tied = int((scores[order[len(shown) :]] == scores[shown[-1]]).sum()) if len(shown) else 0
    return Leading(rows[shown], scores[shown], tied)


def leading_panel(
    requirement: Requirement,
    index: PeopleIndex,
    referential: Referential,
    *,
    among: Ints | None = None,
    top: int | None = None,
    beside: Iterable[Profile] = (),
) -> Candidates:
    """The first people as the plain formula takes them, with those `beside` whom the index does not know."""
    found = leading(requirement, index, referential, among=among, top=top)
    return Candidates.of(index.holdings(found.rows).beside(Holdings.read(beside, referential)), referential)


def _surely_reached(parts: Ints, top: int) -> int:
    """A score that at least `top` people reach: as many groups of people have one who does."""
    blocks = len(parts) // BLOCK
    if blocks <= top:
        return int(np.partition(parts, len(parts) - top)[len(parts) - top])
    best = parts[: blocks * BLOCK].reshape(blocks, BLOCK).max(axis=1)
    return int(np.partition(best, blocks - top)[blocks - top])


@dataclass(frozen=True, slots=True)
class _Near:
    """Weights asked of each objective, and of each macro-competence with the objective of what is asked."""

    objectives: dict[int, int]
    macros: dict[tuple[int, int], int]


def _near(requirement: Requirement, weights: Ints, referential: Referential) -> _Near:
    near = _Near({}, {})
    for asked, weight in zip(requirement.competences, weights.tolist(), strict=True):
        competence = referential.index.get(asked.code)
        if competence is None:
            continue
        objective, macro = int(referential.objective_of[competence]), int(referential.macro_of[competence])
        if objective != NO_GROUP:
            near.objectives[objective] = near.objectives.get(objective, 0) + weight
        if macro != NO_GROUP:
            near.macros[macro, objective] = near.macros.get((macro, objective), 0) + weight
    return near


def _parts(requirement: Requirement, weights: Ints, index: PeopleIndex, referential: Referential) -> Ints:
    """Weighted twentieths of everyone for what they hold, beyond what being near will bring them."""
    parts = np.zeros(len(index.keys), dtype=np.int64)
    for asked, weight in zip(requirement.competences, weights.tolist(), strict=True):
        competence = referential.index.get(asked.code)
        if competence is None:
            continue
        objective, macro = int(referential.objective_of[competence]), int(referential.macro_of[competence])
        near = MACRO_PARTS if macro != NO_GROUP else OBJECTIVE_PARTS if objective != NO_GROUP else 0
        held = slice(int(index.held_starts[competence]), int(index.held_starts[competence + 1]))
        credits = (CREDITS_IN_PARTS[outcomes_by_level(asked.level)] - near) * weight
        np.add.at(parts, index.held_rows[held], credits[index.held_levels[held]])
    return parts


def _add_macros(parts: Ints, index: PeopleIndex, near: _Near, referential: Referential) -> None:
    """The best credit counts, not the sum: whoever is near by the objective too will have that part from it."""
    for (macro, objective), weight in near.macros.items():
        rows = _group(index.macro_starts, index.macro_rows, macro)
        if objective == NO_GROUP or int(referential.objective_of_macro[macro]) == objective:
            more = MACRO_PARTS - (OBJECTIVE_PARTS if objective != NO_GROUP else 0)
            np.add.at(parts, rows, more * weight)
        else:
            np.add.at(parts, rows, MACRO_PARTS * weight)
            near_too = _group(index.objective_starts, index.objective_rows, objective)
            both = np.intersect1d(rows, near_too, assume_unique=True)
            np.add.at(parts, both, -OBJECTIVE_PARTS * weight)


def _of_objectives(rows: Ints, index: PeopleIndex, near: _Near) -> Ints:
    """What these people, a few or all, get for being near by an objective."""
    added = np.zeros(len(rows), dtype=np.int64)
    for objective, weight in near.objectives.items():
        group = _group(index.objective_starts, index.objective_rows, objective)
        if len(rows) == len(index.keys):
            np.add.at(added, group, OBJECTIVE_PARTS * weight)
        elif len(group):
            places = np.minimum(np.searchsorted(group, rows), len(group) - 1)
            added += (group[places] == rows) * (OBJECTIVE_PARTS * weight)
    return added


def _group(starts: Starts, rows: Numbers, group: int) -> Numbers:
    return rows[int(starts[group]) : int(starts[group + 1])]
