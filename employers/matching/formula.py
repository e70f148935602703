"""What one held, near or missing competence is worth, and how the whole makes a score between 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from employers.matching.vectors import Floats, Ints
from employers.matching.vocabulary import DEFAULT_REQUIRED_LEVEL, HIGHEST_LEVEL, State

HELD_CREDIT = 1.0
MACRO_CREDIT = 0.2
OBJECTIVE_CREDIT = 0.05
SHARPNESS = 4  # how firmly the nearest fiches win over the others
SATURATION = 0.15  # share of a fiche from which a person is taken to know the trade
DECIMALS = 9  # scores that agree this far are equal, and share a rank

UNSTATED_LEVEL = HIGHEST_LEVEL + 1


class Outcome(IntEnum):
    """Every way a person can stand before a required competence, from nothing to fully held."""

    MISSING = 0
    SAME_OBJECTIVE = 1
    SAME_MACRO = 2
    THREE_LEVELS_SHORT = 3
    TWO_LEVELS_SHORT = 4
    ONE_LEVEL_SHORT = 5
    LEVEL_UNSTATED = 6
    HELD = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """What an outcome says and brings."""

    state: State
    credit: float
    level_gap: int | None = 0


STANDINGS: dict[Outcome, Standing] = {
    Outcome.MISSING: Standing(State.MISSING, 0.0),
    Outcome.SAME_OBJECTIVE: Standing(State.NEAR, OBJECTIVE_CREDIT),
    Outcome.SAME_MACRO: Standing(State.NEAR, MACRO_CREDIT),
    Outcome.THREE_LEVELS_SHORT: Standing(State.NEAR, MACRO_CREDIT, 3),
    Outcome.TWO_LEVELS_SHORT: Standing(State.NEAR, MACRO_CREDIT, 2),
    Outcome.ONE_LEVEL_SHORT: Standing(State.HELD, HELD_CREDIT, 1),
    Outcome.LEVEL_UNSTATED: Standing(State.HELD, HELD_CREDIT, None),
    Outcome.HELD: Standing(State.HELD, HELD_CREDIT),
}
CREDIT_PARTS = 20
"""Credits are whole numbers of twentieths, weights whole numbers of one share: their sums are exact in any order."""
CREDITS_IN_PARTS: Ints = np.array(
    [round(STANDINGS[outcome].credit * CREDIT_PARTS) for outcome in Outcome], dtype=np.int64
)
FINEST_SHARE = 2**48
"""What the weights of a requirement add up to, give or take one each; times twenty it still fits in a float."""

_BY_GAP = {1: Outcome.ONE_LEVEL_SHORT, 2: Outcome.TWO_LEVELS_SHORT, 3: Outcome.THREE_LEVELS_SHORT}


def held_outcome(*, required: int | None, held: int | None) -> Outcome:
    """How holding a competence at a level answers the level asked.

    A level that is not known is never counted against the person: it is shown as "to check".
    """
    if held is None:
        return Outcome.HELD if required is None else Outcome.LEVEL_UNSTATED
    gap = (DEFAULT_REQUIRED_LEVEL if required is None else required) - held
    return _BY_GAP[gap] if gap > 0 else Outcome.HELD


def outcomes_by_level(required: int | None) -> Ints:
    """Outcome of each held level: position 1 to 4, then `UNSTATED_LEVEL`; position 0 is not used."""
    stated = [held_outcome(required=required, held=level) for level in range(1, HIGHEST_LEVEL + 1)]
    return np.array([Outcome.MISSING, *stated, held_outcome(required=required, held=None)], dtype=np.int64)


def inverse_document_frequency(citing: NDArray[Any], *, occupations: int) -> Floats:
    """ln((N + 1) / (citing fiches + 0.5)): what few trades cite tells more; always above 0."""
    return np.asarray(np.log((occupations + 1) / (np.asarray(citing, dtype=np.float64) + 0.5)))


def familiarity(coverage: Floats) -> Floats:
    """From the covered share of a fiche (0 to 1) to a share of the trade known, which soon saturates."""
    return np.asarray(-np.expm1(-coverage / SATURATION))


def nearness(shares: Floats) -> Floats:
    """From the share of the requirement that each fiche cites (above 0) to weights that add up to 1."""
    if not shares.size:
        return shares
    sharpened = (shares / shares.max()) ** SHARPNESS  # the greatest becomes 1: tiny shares cannot all vanish
    return np.asarray(sharpened / sharpened.sum())


def whole_weights(weights: Sequence[float]) -> Ints:
    """Weights as whole numbers, in proportion: what is added in another order stays equal."""
    shares = np.asarray(weights, dtype=np.float64) / sum(weights)
    return np.asarray(np.rint(shares * FINEST_SHARE), dtype=np.int64)


def base_of(parts: Ints, weights: Ints) -> Floats:
    """From weighted twentieths to the covered share of a requirement, at the precision that decides a tie."""
    return rounded(parts / (CREDIT_PARTS * int(weights.sum())))


def rounded(values: Floats) -> Floats:
    """Values at the precision that decides a tie."""
    return np.asarray(np.round(values, DECIMALS))
