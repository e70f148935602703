"""What a person has of a certification, bloc by bloc: an exact count, each status apart, and what is missing.

Our own reading, to prepare a choice: only a jury says what is acquired (Code du travail, art. R6412-7). A line of a bloc
is shown by any one competence that somebody matched with it, from « en autonomie » upward. More proofs never lower a
share, and their order never matters: shares are computed from the set of them. Worked example: `docs/certifications.md`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from competences.enums import Level, ProofStatus

SHOWN_FROM = Level.ALONE
"""Below it, somebody still helps: on the way, not shown."""
PROVED = (ProofStatus.CERTIFIED, ProofStatus.RECOGNISED, ProofStatus.OBSERVED)
"""What somebody else than the person attests, the strongest first."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A competence of the referential, how one knows, and how well it is done."""

    competence: int
    status: ProofStatus
    level: int


@dataclass(frozen=True, slots=True)
class LineAsked:
    """One competence a bloc asks for; `shown_by` is empty while nobody matched it."""

    key: int
    text: str
    shown_by: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class BlocAsked:
    """A bloc, with the lines that somebody accepted: none yet when its content is not read."""

    key: int
    code: str
    label: str
    lines: tuple[LineAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class LineCoverage:
    """One line and what shows it: `statuses` for those from `SHOWN_FROM` upward, `is_on_the_way` when only below."""

    asked: LineAsked
    statuses: frozenset[ProofStatus]
    proofs: tuple[Proof, ...]

    @property
    def is_proved(self) -> bool:
        """Whether somebody else than the person attests it."""
        return not self.statuses.isdisjoint(PROVED)

    @property
    def is_declared_only(self) -> bool:
        """Whether the person alone says it."""
        return self.statuses == {ProofStatus.DECLARED}

    @property
    def is_on_the_way(self) -> bool:
        """Whether it is done, with help still."""
        return not self.statuses and bool(self.proofs)


@dataclass(frozen=True, slots=True)
class BlocCoverage:
    """A bloc read for one person. `is_obtained`: a jury gave it, its lines count as certified."""

    asked: BlocAsked
    lines: tuple[LineCoverage, ...]
    is_obtained: bool

    def shown(self, *statuses: ProofStatus) -> int:
        """How many lines at least one of these statuses shows."""
        if self.is_obtained and ProofStatus.CERTIFIED in statuses:
            return len(self.lines)
        return sum(not line.statuses.isdisjoint(statuses) for line in self.lines)

    def share(self, *statuses: ProofStatus) -> Fraction:
        """That part of its lines; 0 while nobody accepted its lines, 1 once obtained."""
        if self.is_obtained and ProofStatus.CERTIFIED in statuses:
            return Fraction(1)
        return Fraction(self.shown(*statuses), len(self.lines)) if self.lines else Fraction(0)

    @property
    def missing(self) -> tuple[LineCoverage, ...]:
        """What nobody attests yet; nothing once a jury gave the bloc."""
        return () if self.is_obtained else tuple(line for line in self.lines if not line.is_proved)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A certification read for one person."""

    blocs: tuple[BlocCoverage, ...]

    @property
    def lines(self) -> int:
        """How many lines its blocs ask for, all together."""
        return sum(len(bloc.lines) for bloc in self.blocs)

    def shown(self, *statuses: ProofStatus) -> int:
        """How many of them at least one of these statuses shows."""
        return sum(bloc.shown(*statuses) for bloc in self.blocs)

    def share(self, *statuses: ProofStatus) -> Fraction:
        """That part of all lines, each counting once; 0 while no line is accepted."""
        return Fraction(self.shown(*statuses), self.lines) if self.lines else Fraction(0)

    @property
    def proved(self) -> Fraction:
        """What somebody else than the person attests."""
        return self.share(*PROVED)

    @property
    def told(self) -> Fraction:
        """The same, with what the person alone says: never below `proved`."""
        return self.share(*ProofStatus)

    @property
    def remaining(self) -> int:
        """How many lines nobody attests yet."""
        return self.lines - self.shown(*PROVED)


def coverage(blocs: Iterable[BlocAsked], proofs: Iterable[Proof], obtained: Collection[int] = ()) -> Coverage:
    """What these proofs show of these blocs; `obtained` are the keys of those a jury gave."""
    held = set(proofs)
    by_competence: dict[int, list[Proof]] = {}
    for proof in sorted(held, key=lambda each: (each.competence, each.status, each.level)):
        by_competence.setdefault(proof.competence, []).append(proof)
    return Coverage(
        tuple(
            BlocCoverage(bloc, tuple(_line(line, by_competence) for line in bloc.lines), bloc.key in obtained)
            for bloc in blocs
        )
    )


def _line(line: LineAsked, held: dict[int, list[Proof]]) -> LineCoverage:
    proofs = tuple(proof for key in sorted(line.shown_by) for proof in held.get(key, ()))
    statuses = frozenset(proof.status for proof in proofs if proof.level >= SHOWN_FROM)
    return LineCoverage(line, statuses, proofs)


def bloc_tail(code: str, certification: str = "") -> str:
    """« BC01 » for « RNCP90001BC01 », « bc 1 » or « Bloc 1 »: how people write the code of a bloc."""
    compact = re.sub(r"[^A-Z0-9]", "", code.upper()).removeprefix(certification)
    digits = re.fullmatch(r"(?:RNCP\d+|RS\d+)?(?:BLOC|BC|B)?0*(\d{1,3})", compact)
    return f"BC{int(digits[1]):02d}" if digits else compact
