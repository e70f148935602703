"""The people who may be ranked, arranged so that one requirement meets all of them at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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
class Holdings:
    """Who holds what, as numbers: a person's place among `ids`, a competence's in the referential, a level."""

    ids: tuple[str, ...]
    rows: Ints
    competences: Ints
    levels: Ints

    @classmethod
    def read(
        cls, profiles: Iterable[Profile], referential: Referential, unknown: Counter[str] | None = None
    ) -> Holdings:
        """What these profiles hold; codes that the referential does not have are counted in `unknown`."""
        people, found = list(profiles), []
        for row, person in enumerate(people):
            for held in person.competences:
                competence = referential.index.get(held.code)
                if competence is not None:
                    level = UNSTATED_LEVEL if held.level is None else held.level
                    found.append((row, competence, level))
                elif unknown is not None:
                    unknown[held.code] += 1
        triples = np.array(found, dtype=np.int64).reshape(-1, 3)
        return cls(tuple(person.id for person in people), *triples.T)

    def beside(self, others: Holdings) -> Holdings:
        """These people, then the others."""
        return Holdings(
            self.ids + others.ids,
            np.concatenate([self.rows, others.rows + len(self.ids)]),
            np.concatenate([self.competences, others.competences]),
            np.concatenate([self.levels, others.levels]),
        )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Candidates:
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
    def build(cls, profiles: Iterable[Profile], referential: Referential) -> Candidates:
        """Arrange the profiles; their order does not matter. An id given twice is refused."""
        unknown: Counter[str] = Counter()
        return cls.of(Holdings.read(profiles, referential, unknown), referential, unknown)

    @classmethod
    def of(
        cls, holdings: Holdings, referential: Referential, unknown: Counter[str] | None = None
    ) -> Candidates:
        """Arrange people whose competences are numbers already: those that an index names."""
        if len(set(holdings.ids)) != len(holdings.ids):
            raise InputRefused("duplicate_profile", "Deux profils portent le même identifiant.")
        order = sorted(range(len(holdings.ids)), key=lambda person: tie_key(holdings.ids[person]))
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        rows, competences, levels = _most_favourable(
            place[holdings.rows], holdings.competences, holdings.levels
        )
        return cls(
            referential=referential,
            ids=tuple(holdings.ids[person] for person in order),
            held=Columns.gather(competences, rows, levels, width=len(referential.codes)),
            near_macro=_nearest(
                rows, competences, levels, referential.macro_of, len(referential.macro_codes)
            ),
            near_objective=_nearest(
                rows, competences, levels, referential.objective_of, len(referential.objectives)
            ),
            unknown_codes=Counter() if unknown is None else unknown,
        )

    def codes_of(self, position: int) -> list[str]:
        """The codes one of them holds, in text order."""
        cells = np.flatnonzero(self.held.rows == position)
        columns = np.searchsorted(self.held.starts, cells, side="right") - 1
        return [self.referential.codes[competence] for competence in columns.tolist()]


def tie_key(profile_id: str) -> tuple[bytes, str]:
    """What settles a tie: a hash of the id, the same on every machine, which favours no name and no seniority."""
    return sha256(profile_id.encode("utf-8", "surrogatepass")).digest(), profile_id


def _most_favourable(rows: Ints, competences: Ints, levels: Ints) -> tuple[Ints, Ints, Ints]:
    """One row per person and competence, in this order: the most favourable level when a code is written twice."""
    order = np.lexsort((levels, competences, rows))
    rows, competences, levels = rows[order], competences[order], levels[order]
    is_best = np.ones(len(rows), dtype=bool)
    is_best[:-1] = (rows[1:] != rows[:-1]) | (competences[1:] != competences[:-1])
    return rows[is_best], competences[is_best], levels[is_best]


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
