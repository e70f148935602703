"""Which official competence says what one of our field words says: computed, with its reason, never guessed far away.

A word of the field is only compared with what the same trades ask for, and with the same kind of thing (a savoir-faire
with savoir-faire): « Tondre une pelouse » never becomes « Tondre un animal », however alike the words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from competences.rome.rows import CompetenceRow, Nature, Referential
from competences.search.index import View, by_pieces, by_words
from competences.search.words import root, spoken, stem, words

ROOTS_SHARE = 0.6
PIECES_SHARE = 0.4
LEAST_LIKENESS = 0.65
"""Read by hand over the two referentials: below, the nearest name is too often another gesture."""

_CLAUSE = re.compile(r"[.;:(),]")


@dataclass(frozen=True, slots=True)
class Equivalent:
    """What became of one of our words: an official code, or none (it then stays in use), and why in French."""

    code: str
    official_code: str | None
    likeness: float  # 0 to 1
    reason: str


def equivalents(ours: Referential, official: Referential) -> list[Equivalent]:
    """One line per competence of ours, in its order; the same referentials always give the same lines."""
    trades, official_trades = _trades_of(ours), _trades_of(official)
    field = set().union(*trades.values())
    found: dict[str, Equivalent] = {}
    for nature in Nature:
        mine = [row for row in ours.competences if row.nature is nature]
        theirs = [
            row for row in official.competences if row.nature is nature and official_trades[row.code] & field
        ]
        for row, likeness in zip(mine, _likeness(mine, theirs), strict=True):
            near = [n for n, it in enumerate(theirs) if official_trades[it.code] & trades[row.code]]
            best = max(near, key=lambda n: (likeness[n], -n), default=None)
            if best is None:
                found[row.code] = Equivalent(row.code, None, 0.0, "Aucun de ses métiers n’est dans l’export.")
            else:
                common = official_trades[theirs[best].code] & trades[row.code]
                found[row.code] = _judged(row, theirs[best], float(likeness[best]), common)
    return [found[row.code] for row in ours.competences]


def _judged(row: CompetenceRow, nearest: CompetenceRow, likeness: float, common: set[str]) -> Equivalent:
    shared = _shared_words(row.label, nearest.label)
    trades = ", ".join(sorted(common)[:3])
    said = f"« {nearest.label} » ({nearest.code}), demandée par les mêmes métiers ({trades})"
    if likeness < LEAST_LIKENESS or not shared:
        return Equivalent(row.code, None, round(likeness, 2), f"La plus proche, {said}, dit autre chose.")
    reason = f"Proche de {said} ; mots communs : {', '.join(shared)}."
    return Equivalent(row.code, nearest.code, round(likeness, 2), reason)


def _shared_words(ours: str, official: str) -> list[str]:
    known = set(_roots(official))
    return list(dict.fromkeys(word for word in words(ours) if root(stem(word)) in known))


def _likeness(mine: Sequence[CompetenceRow], theirs: Sequence[CompetenceRow]) -> np.ndarray:
    """One row per competence of ours, one column per official one."""
    if not mine or not theirs:
        return np.zeros((len(mine), len(theirs)))
    by_root = View(by_words(), [_roots(row.label) for row in theirs])
    pieces = View(by_pieces(), [" ".join(spoken(row.label)) for row in theirs])
    return ROOTS_SHARE * by_root.cosines([_roots(row.label) for row in mine]) + PIECES_SHARE * pieces.cosines(
        [" ".join(spoken(row.label)) for row in mine]
    )


def _roots(label: str) -> list[str]:
    """Roots of a label, clause by clause because a title is cut to its first words."""
    return [root(stem(word)) for clause in _CLAUSE.split(label) for word in words(clause)]


def _trades_of(referential: Referential) -> dict[str, set[str]]:
    """The trades that ask for each competence; a family's are those of its members."""
    families = {row.code: row.macro_code for row in referential.competences}
    trades: dict[str, set[str]] = defaultdict(set)
    for code, rome_code in _citations(referential):
        trades[code].add(rome_code)
        if families[code]:
            trades[families[code]].add(rome_code)
    return trades


def _citations(referential: Referential) -> Iterator[tuple[str, str]]:
    return ((link.competence_code, link.rome_code) for link in referential.links)
