"""People and requirements drawn from the fiches of a referential, the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

from employers.matching.referential import Referential
from employers.matching.vocabulary import HeldCompetence, Profile, RequiredCompetence, Requirement


class Draws:
    """Invented needs and people with the shape of real ones: a trade or two, a few competences of each."""

    def __init__(self, referential: Referential, seed: int) -> None:
        self.referential = referential
        self.random = random.Random(seed)

    def requirements(self, number: int) -> list[Requirement]:
        return [Requirement(f"besoin-{n}", self._asked()) for n in range(number)]

    def profiles(self, number: int) -> list[Profile]:
        return [Profile(f"profil-{n}", self._held()) for n in range(number)]

    def _asked(self) -> tuple[RequiredCompetence, ...]:
        codes = self._from_a_fiche(self.random.randint(3, 10))
        return tuple(
            RequiredCompetence(
                code, self.random.choice([0.5, 1.0, 1.0, 2.0]), self.random.choice([None, 1, 2, 3, 4])
            )
            for code in codes
        )

    def _held(self) -> tuple[HeldCompetence, ...]:
        codes = [code for _ in range(self.random.randint(1, 3)) for code in self._from_a_fiche(12)]
        return tuple(
            HeldCompetence(code, self.random.choice([None, 1, 2, 3, 4])) for code in dict.fromkeys(codes)
        )

    def _from_a_fiche(self, at_most: int) -> list[str]:
        while True:
            fiche = self.random.randrange(len(self.referential.occupation_codes))
            starts = self.referential.citations.indptr
            cited = self.referential.citations.indices[starts[fiche] : starts[fiche + 1]].tolist()
            if cited:
                return [
                    self.referential.codes[c] for c in self.random.sample(cited, min(at_most, len(cited)))
                ]


def as_lines(entries: Sequence[Requirement] | Sequence[Profile]) -> list[str]:
    """One JSON object for each, as the command reads them."""
    return [
        json.dumps({"id": entry.id, "competences": [_fields(item) for item in entry.competences]})
        for entry in entries
    ]


def _fields(item: RequiredCompetence | HeldCompetence) -> dict[str, object]:
    named = {name: getattr(item, name, None) for name in ("code", "importance", "level")}
    return {name: value for name, value in named.items() if value is not None}
