"""The formula of matching written once more, person by person, with nothing but dictionaries: slow and plain."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from employers.matching.referential import CompetenceFact, OccupationFact
from employers.matching.vocabulary import Profile, RequiredCompetence, Requirement


class NaiveMatching:
    """Base and trade terms, straight from their definitions."""

    def __init__(self, competences: Iterable[CompetenceFact], occupations: Iterable[OccupationFact]) -> None:
        self.facts = {fact.code: fact for fact in competences}
        self.fiches = {fiche.code: set(fiche.competence_codes) for fiche in occupations}
        citing = Counter(code for cited in self.fiches.values() for code in cited)
        self.idf = {code: math.log((len(self.fiches) + 1) / (citing[code] + 0.5)) for code in self.facts}
        self.unknown = math.log((len(self.fiches) + 1) / 0.5)
        leaders = {fact.macro_code for fact in self.facts.values() if fact.macro_code}
        self.macro = {c: f.macro_code or (c if c in leaders else None) for c, f in self.facts.items()}
        self.citing: dict[str, list[str]] = {}
        for fiche, cited in self.fiches.items():
            for code in cited:
                self.citing.setdefault(code, []).append(fiche)

    def weights(self, requirement: Requirement) -> list[float]:
        return [
            self.idf.get(asked.code, self.unknown) * asked.importance for asked in requirement.competences
        ]

    def credit(self, asked: RequiredCompetence, profile: Profile) -> float:
        if asked.code not in self.facts:
            return 0.0
        best = 0.0
        for held in profile.competences:
            if held.code == asked.code:
                short = (asked.level or 2) - held.level if held.level else 0
                best = max(best, 1.0 if short <= 1 else 0.2)
            elif held.code in self.facts:
                mine, theirs = self.facts[asked.code], self.facts[held.code]
                if self.macro[asked.code] and self.macro[asked.code] == self.macro[held.code]:
                    best = max(best, 0.2)
                elif mine.objective and mine.objective == theirs.objective:
                    best = max(best, 0.05)
        return best

    def base(self, requirement: Requirement, profile: Profile) -> float:
        weights = self.weights(requirement)
        credits = [self.credit(asked, profile) for asked in requirement.competences]
        return sum(w * c for w, c in zip(weights, credits, strict=True)) / sum(weights)

    def trade(self, requirement: Requirement, profile: Profile) -> float:
        weights = self.weights(requirement)
        cited_weight: Counter[str] = Counter()
        for asked, weight in zip(requirement.competences, weights, strict=True):
            for fiche in self.citing.get(asked.code, ()):
                cited_weight[fiche] += weight
        shares = {fiche: (weight / sum(weights)) ** 4 for fiche, weight in cited_weight.items() if weight}
        held = {held.code for held in profile.competences}
        return sum(share * self._known(fiche, held) for fiche, share in shares.items()) / (
            sum(shares.values()) or 1
        )

    def _known(self, fiche: str, held: set[str]) -> float:
        cited = self.fiches[fiche]
        covered = sum(self.idf[code] for code in cited & held) / sum(self.idf[code] for code in cited)
        return 1 - math.exp(-covered / 0.15)

    def rank(
        self, requirement: Requirement, profiles: list[Profile], trade_weight: float = 0.0
    ) -> dict[str, int]:
        scores = {
            profile.id: round(
                (1 - trade_weight) * self.base(requirement, profile)
                + (trade_weight * self.trade(requirement, profile) if trade_weight else 0),
                9,
            )
            for profile in profiles
        }
        return {
            person: 1 + sum(other > score for other in scores.values()) for person, score in scores.items()
        }
