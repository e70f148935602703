"""Motives as the invented territory draws them: whole numbers, each list asked of the domain."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from backend.demo.chance.dice import Odds
from pathways.enums import ContractKind
from pathways.rules.exits.motives import (
    LONG_FIXED_TERM,
    MOTIVES,
    MOTIVES_BY_CODE,
    NO_NEWS,
    OPEN_ENDED,
    OTHER_SIAE,
    SHORT_FIXED_TERM,
    ExitCategory,
    ExitMotive,
    ThreadAfter,
)


def numbers(keep: Callable[[ExitMotive], bool]) -> tuple[int, ...]:
    """The motives a question keeps, in the order of the agency."""
    return tuple(int(motive.code) for motive in MOTIVES if keep(motive))


CDI, LONG_CDD, SHORT_CDD = int(OPEN_ENDED), int(LONG_FIXED_TERM), int(SHORT_FIXED_TERM)
TO_ANOTHER_SIAE = int(OTHER_SIAE)
IN_HOUSE, TO_TRAINING, AIDED_CDD, LONG_LEAVE = 1, 5, 14, 16
"""Told apart by the stories only: hired by the structure itself, a training, an aided contract, a long leave."""
HIRED = numbers(lambda motive: motive.hired_under is not None)
FOR_GOOD = numbers(lambda motive: motive.hired_under is ContractKind.CDI)
TRIAL_BREAK = numbers(lambda motive: "période d’essai" in motive.label)
OUT_OF_WORK = numbers(
    lambda motive: (
        motive.category is ExitCategory.OTHER
        and motive.thread is ThreadAfter.GOES_ON
        and motive.code != NO_NEWS
    )
)


def by_category(weights: Mapping[int, float]) -> dict[str, Odds[int]]:
    """The motives of each category with their weights; those nobody hears from apart, as people count them."""
    found: dict[str, dict[int, float]] = {}
    for number, weight in weights.items():
        motive = MOTIVES_BY_CODE[str(number)]
        name = "no_news" if motive.code == NO_NEWS else str(motive.category)
        found.setdefault(name, {})[number] = weight
    return {name: Odds(drawn) for name, drawn in found.items()}
