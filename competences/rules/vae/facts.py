"""What a file says of itself: its steps, each on its day, and how it is carried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from competences.enums import VaeChannel, VaeFunding, VaeScope, VaeStepKind

_RANKS = {kind: rank for rank, kind in enumerate(VaeStepKind)}


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One thing that happened. `jury_on` is the day the jury sits, `leave_on` the first day of a leave."""

    kind: VaeStepKind
    on: date
    jury_on: date | None = None
    details: str = ""
    blocs: str = ""
    jury_members: int | None = None
    jury_knows_candidate: bool = False
    leave_on: date | None = None
    leave_hours: int | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file. `replaced_on`: the day its certification was replaced, or left the repertory."""

    steps: tuple[StepFacts, ...] = ()
    certification: str = ""
    scope: VaeScope = VaeScope.FULL
    channel: VaeChannel = VaeChannel.FRANCE_VAE
    funding: VaeFunding = VaeFunding.UNKNOWN
    quotes: int | None = None
    companion_on_portal: bool | None = None
    replaced_on: date | None = None

    @property
    def in_order(self) -> tuple[StepFacts, ...]:
        """Oldest first; the same day, in the order a file goes: the order of typing never matters."""
        return tuple(sorted(self.steps, key=_place))

    def plus(self, step: StepFacts) -> FileFacts:
        """The same file with one more step."""
        return replace(self, steps=(*self.steps, step))

    def without(self, step: StepFacts) -> FileFacts:
        """The same file without this one."""
        steps = list(self.steps)
        steps.remove(step)
        return replace(self, steps=tuple(steps))

    def first(self, *kinds: VaeStepKind) -> StepFacts | None:
        """The earliest step of these kinds."""
        return next((step for step in self.in_order if step.kind in kinds), None)

    def last(self, *kinds: VaeStepKind) -> StepFacts | None:
        """The latest step of these kinds."""
        return next((step for step in reversed(self.in_order) if step.kind in kinds), None)

    @property
    def is_agreed(self) -> bool:
        """Whether the person said yes (art. L6421-1)."""
        return self.first(VaeStepKind.AGREED) is not None

    @property
    def deposited_on(self) -> date | None:
        """The day the feasibility file went in, once: sent back and sent again, it is the same file (R6412-3)."""
        sent = self.first(VaeStepKind.FEASIBILITY_SENT) or self.first(*DEPOSITED)
        return sent.on if sent else None


DEPOSITED = (
    VaeStepKind.FEASIBILITY_SENT,
    VaeStepKind.INCOMPLETE,
    VaeStepKind.COMPLETE,
    VaeStepKind.ADMISSIBLE,
    VaeStepKind.NOT_ADMISSIBLE,
)
"""Steps that a file only has once it was deposited."""


def _place(step: StepFacts) -> tuple[date, int, date, str, str]:
    return (step.on, _RANKS[step.kind], step.jury_on or date.min, step.blocs, step.details)


def codes_of(blocs: Iterable[str] | str) -> tuple[str, ...]:
    """« BC01, BC03 »: each bloc once, in the order given."""
    words = blocs.replace(";", ",").split(",") if isinstance(blocs, str) else blocs
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
