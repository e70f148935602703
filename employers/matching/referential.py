"""The common language of competences, frozen into arrays that answer fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from employers.matching.formula import inverse_document_frequency
from employers.matching.vectors import Columns, Floats, Ints, SparseTable, frozen

NO_GROUP = -1


@dataclass(frozen=True, slots=True)
class CompetenceFact:
    """One competence as the referential states it: its macro-competence and its objective ("4A1") when it has them."""

    code: str
    label: str
    macro_code: str | None = None
    objective: str | None = None


@dataclass(frozen=True, slots=True)
class OccupationFact:
    """One occupation (fiche) and the codes of the competences it cites."""

    code: str
    label: str
    competence_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Referential:
    """Competences and occupations in text order of their codes, with what is derived from them.

    `macro_of` and `objective_of` number the groups (−1: none); a macro-competence belongs to its own group.
    `objective_of_macro` is the objective that all of its members share (−1: they do not).
    `citations` is occupations × competences, 1 where a fiche cites a competence; `fiche_parts` has the same shape,
    with the part of the fiche's weight that the competence stands for.
    """

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    idf: Floats
    macro_of: Ints
    macro_codes: tuple[str, ...]
    objective_of: Ints
    objectives: tuple[str, ...]
    objective_of_macro: Ints
    occupation_codes: tuple[str, ...]
    occupation_labels: tuple[str, ...]
    citations: SparseTable
    fiche_parts: SparseTable
    cited_by: Columns
    unknown_idf: float
    index: Mapping[str, int]

    @classmethod
    def build(
        cls, competences: Iterable[CompetenceFact], occupations: Iterable[OccupationFact]
    ) -> Referential:
        """Freeze the facts; their order does not matter. A code given twice or cited without a fact is refused."""
        facts = sorted(competences, key=lambda fact: fact.code)
        fiches = sorted(occupations, key=lambda fiche: fiche.code)
        index = _index("compétence", [fact.code for fact in facts])
        _index("métier", [fiche.code for fiche in fiches])
        macros, objectives = _groups(facts)
        macro_codes, macro_of = _numbered(macros)
        objective_names, objective_of = _numbered(objectives)
        citations, cited_by = _citations(fiches, index)
        idf = inverse_document_frequency(np.diff(cited_by.starts), occupations=len(fiches))
        return cls(
            codes=tuple(fact.code for fact in facts),
            labels=tuple(fact.label for fact in facts),
            idf=frozen(idf),
            macro_of=macro_of,
            macro_codes=macro_codes,
            objective_of=objective_of,
            objectives=objective_names,
            objective_of_macro=_objective_of_each(macro_of, objective_of, len(macro_codes)),
            occupation_codes=tuple(fiche.code for fiche in fiches),
            occupation_labels=tuple(fiche.label for fiche in fiches),
            citations=citations,
            fiche_parts=_fiche_parts(citations, idf),
            cited_by=cited_by,
            unknown_idf=float(inverse_document_frequency(np.zeros(1), occupations=len(fiches))[0]),
            index=MappingProxyType(index),
        )

    def label(self, code: str) -> str:
        """The competence in words; an unknown code answers itself."""
        return self.labels[self.index[code]] if code in self.index else code

    def macro_label(self, code: str) -> str | None:
        """The words of the macro-competence this competence belongs to, when the referential has them."""
        group = int(self.macro_of[self.index[code]]) if code in self.index else NO_GROUP
        return self.label(self.macro_codes[group]) if group != NO_GROUP else None

    def weight(self, code: str) -> float:
        """How telling a competence is: its idf; a code nobody knows weighs like one that no fiche cites."""
        return float(self.idf[self.index[code]]) if code in self.index else self.unknown_idf


def _index(kind: str, codes: list[str]) -> dict[str, int]:
    index = {code: position for position, code in enumerate(codes)}
    if len(index) != len(codes):
        raise ValueError(f"Le référentiel donne deux fois le même code ({kind}).")
    return index


def _groups(facts: list[CompetenceFact]) -> tuple[list[str | None], list[str | None]]:
    """Macro and objective of each fact; a macro leads its own group, and lends its objective to its members."""
    leaders = {fact.macro_code for fact in facts if fact.macro_code}
    macros = [fact.macro_code or (fact.code if fact.code in leaders else None) for fact in facts]
    own = {fact.code: fact.objective for fact in facts}
    objectives = [
        fact.objective or (own.get(macro) if macro else None)
        for fact, macro in zip(facts, macros, strict=True)
    ]
    return macros, objectives


def _numbered(names: list[str | None]) -> tuple[tuple[str, ...], Ints]:
    distinct = tuple(sorted({name for name in names if name}))
    number = {name: position for position, name in enumerate(distinct)}
    return distinct, frozen(np.array([number[name] if name else NO_GROUP for name in names], dtype=np.int64))


def _objective_of_each(macro_of: Ints, objective_of: Ints, macros: int) -> Ints:
    grouped = macro_of != NO_GROUP
    lowest = np.full(macros, np.iinfo(np.int64).max)
    highest = np.full(macros, NO_GROUP)
    np.minimum.at(lowest, macro_of[grouped], objective_of[grouped])
    np.maximum.at(highest, macro_of[grouped], objective_of[grouped])
    return frozen(np.where(lowest == highest, highest, NO_GROUP))


def _citations(fiches: list[OccupationFact], index: Mapping[str, int]) -> tuple[SparseTable, Columns]:
    pairs = {(row, code) for row, fiche in enumerate(fiches) for code in fiche.competence_codes}
    unknown = next((code for _, code in sorted(pairs) if code not in index), None)
    if unknown is not None:
        raise ValueError(f"Un métier cite la compétence {unknown}, absente du référentiel.")
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    columns = np.array([index[code] for _, code in pairs], dtype=np.int64)
    shape = (len(fiches), len(index))
    matrix = SparseTable((np.ones(len(pairs)), (rows, columns)), shape=shape)
    matrix.sort_indices()
    return matrix, Columns.gather(columns, rows, np.ones(len(pairs), dtype=np.int64), width=len(index))


def _fiche_parts(citations: SparseTable, idf: Floats) -> SparseTable:
    weights = SparseTable(citations * idf)
    totals = np.repeat(np.asarray(weights.sum(axis=1)), np.diff(weights.indptr))
    weights.data /= totals
    return weights
