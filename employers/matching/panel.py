"""The people who may be ranked, arranged so that one requirement meets all of them at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np

from employers.matching.errors import InputRefused
from employers.matching.formula import UNSTATED_LEVEL, familiarity
from employers.matching.referential import NO_GROUP, Referential
from employers.matching.vectors import Columns, Floats, Ints, SparseTable
from employers.matching.vocabulary import Profile

PEOPLE_KEPT = 10_000
"""Up to here the trades that people know are kept: 127 MB for the official referential."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Panel:
    """Profiles in the order that settles ties, with what each holds and what comes near.

    `held` is read by competence (value: level, or `UNSTATED_LEVEL`); `near_macro` and `near_objective` by group
    (value: the competence that makes it near). `unknown_codes` counts the codes that the referential does not have:
    they bring nothing.
    """

    referential: Referential
    ids: tuple[str, ...]
    held: Columns
    near_macro: Columns
    near_objective: Columns
    unknown_codes: Counter[str]
    blocks_known: dict[int, Floats] = field(default_factory=dict)

    def trade_known(self, block: slice) -> Floats:
        """How far each person of a block knows each trade, from the weighted share of its fiche that they hold.

        Occupations × people, 0 to 1. Made when it is asked: over everyone it is the largest table of all, kept from
        one requirement to the next among a few thousand people only.
        """
        first, last, _ = block.indices(len(self.ids))
        known = self.blocks_known.get(first)
        if known is None:
            known = self._trade_known(first, last)
            if len(self.ids) <= PEOPLE_KEPT:
                self.blocks_known[first] = known
        return known

    def trade_known_of(self, fiches: Ints) -> Floats:
        """The same of a few fiches and everyone: what one requirement needs before the few people shown."""
        return self._trade_known(0, len(self.ids), self.referential.fiche_parts[fiches])

    def _trade_known(self, first: int, last: int, fiche_parts: SparseTable | None = None) -> Floats:
        parts = self.referential.fiche_parts if fiche_parts is None else fiche_parts
        within = (self.held.rows >= first) & (self.held.rows < last)
        competences = np.repeat(np.arange(len(self.referential.codes)), np.diff(self.held.starts))[within]
        held = SparseTable(
            (np.ones(len(competences)), (competences, self.held.rows[within] - first)),
            shape=(len(self.referential.codes), last - first),
        )
        return familiarity(np.minimum((parts @ held).toarray(), 1.0))

    @classmethod
    def build(cls, profiles: Iterable[Profile], referential: Referential) -> Panel:
        """Arrange the profiles; their order does not matter. An id given twice is refused."""
        people = sorted(profiles, key=lambda profile: tie_key(profile.id))
        ids = tuple(person.id for person in people)
        if len(set(ids)) != len(ids):
            raise InputRefused("duplicate_profile", "Deux profils portent le même identifiant.")
        rows, competences, levels, unknown = _holdings(people, referential)
        return cls(
            referential=referential,
            ids=ids,
            held=Columns.gather(competences, rows, levels, width=len(referential.codes)),
            near_macro=_nearest(
                rows, competences, levels, referential.macro_of, len(referential.macro_codes)
            ),
            near_objective=_nearest(
                rows, competences, levels, referential.objective_of, len(referential.objectives)
            ),
            unknown_codes=unknown,
        )


def tie_key(profile_id: str) -> tuple[bytes, str]:
    """What settles a tie: a hash of the id, the same on every machine, which favours no name and no seniority."""
    return sha256(profile_id.encode("utf-8", "surrogatepass")).digest(), profile_id


def _holdings(people: Sequence[Profile], referential: Referential) -> tuple[Ints, Ints, Ints, Counter[str]]:
    """(person, competence, level) triples, the most favourable level when a code is written twice."""
    found: list[tuple[int, int, int]] = []
    unknown: Counter[str] = Counter()
    for row, person in enumerate(people):
        for held in person.competences:
            competence = referential.index.get(held.code)
            if competence is None:
                unknown[held.code] += 1
                continue
            level = UNSTATED_LEVEL if held.level is None else held.level
            found.append((row, competence, level))
    triples = np.array(found, dtype=np.int64).reshape(-1, 3)
    triples = triples[np.lexsort(triples.T[::-1])]
    is_best = np.ones(len(triples), dtype=bool)
    is_best[:-1] = (np.diff(triples[:, :2], axis=0) != 0).any(axis=1)
    rows, competences, levels = triples[is_best].T
    return rows, competences, levels, unknown


def _nearest(rows: Ints, competences: Ints, levels: Ints, group_of: Ints, width: int) -> Columns:
    """For each group and person, the competence held at the best known level, then first in code order."""
    groups = group_of[competences]
    grouped = groups != NO_GROUP
    rows, competences, groups = rows[grouped], competences[grouped], groups[grouped]
    known_level = np.where(levels == UNSTATED_LEVEL, 0, levels)[grouped]
    order = np.lexsort((competences, -known_level, rows, groups))
    rows, competences, groups = rows[order], competences[order], groups[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (np.diff(rows) != 0) | (np.diff(groups) != 0)
    return Columns.gather(groups[first], rows[first], competences[first], width=width)
