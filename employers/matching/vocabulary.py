"""The words of matching: what a work asks, what a person holds, and why they meet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LOWEST_LEVEL = 1  # « s'initie »
HIGHEST_LEVEL = 4  # « peut transmettre »
DEFAULT_REQUIRED_LEVEL = 2  # « avec aide »: what a requirement asks when it says nothing


class State(StrEnum):
    """How a person stands before one required competence."""

    HELD = "held"
    NEAR = "near"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class RequiredCompetence:
    """One competence that the work asks, the employer's emphasis on it and the least level that will do."""

    code: str
    importance: float = 1.0
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a work asks: its competences, each counted as often as it is written."""

    id: str
    competences: tuple[RequiredCompetence, ...]


@dataclass(frozen=True, slots=True)
class HeldCompetence:
    """One competence a person holds; a level of `None` is not known, which is never "none"."""

    code: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person can do, under a key that says nothing of who they are."""

    id: str
    competences: tuple[HeldCompetence, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one required competence brought this credit.

    `via` is the competence that makes it near. `level_gap` is the number of levels still to gain, 0 when none,
    `None` when the requirement states a level and the person's is not known.
    """

    code: str
    state: State
    via: str | None
    credit: float
    level_gap: int | None = 0


@dataclass(frozen=True, slots=True)
class Match:
    """One person before one requirement: rank, score with its two terms (0 to 1), and the reasons."""

    profile: str
    rank: int
    score: float
    base: float
    trade: float
    reasons: tuple[Reason, ...] = ()

    @property
    def gaps_to_close(self) -> int:
        """Competences still to gain or to deepen before the work is fully covered."""
        return sum(1 for reason in self.reasons if reason.state is not State.HELD or reason.level_gap)
