"""Where a person and those who saw them at work do not say the same: two words, side by side, never one figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from competences.enums import Level, ProofStatus

IN_THE_FIRST_PERSON = {
    Level.BEGINNING: "Je commence à apprendre",
    Level.WITH_HELP: "Je le fais si on m’aide",
    Level.ALONE: "Je le fais sans aide",
    Level.TEACHES: "Je peux le montrer à quelqu’un",
}
"""The four levels, as somebody says them of oneself."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word on one competence: at which level, how it is known, when."""

    competence: int
    level: int
    status: str
    day: date
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """What the person says of themselves, and what was last seen or attested, when the two levels differ."""

    competence: int
    own: Word
    seen: Word

    @property
    def says_more(self) -> bool:
        """Whether the person thinks they do better than what was seen."""
        return self.own.level > self.seen.level


def differences(words: Iterable[Word]) -> list[Difference]:
    """One per competence told of in both ways and differently, the widest gap first, then the most recent word.

    Of each way, the latest word counts; `rank` decides within a day.
    """
    own: dict[int, Word] = {}
    seen: dict[int, Word] = {}
    for word in sorted(words, key=lambda each: (each.day, each.rank)):
        (own if word.status == ProofStatus.DECLARED else seen)[word.competence] = word
    found = [
        Difference(competence, said, seen[competence])
        for competence, said in own.items()
        if competence in seen and seen[competence].level != said.level
    ]
    return sorted(found, key=_widest_first)


def _widest_first(found: Difference) -> tuple[int, int, int]:
    latest = max(found.own.day, found.seen.day)
    return (-abs(found.own.level - found.seen.level), -latest.toordinal(), found.competence)
