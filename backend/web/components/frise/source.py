"""What the frise tells, in values and words: nothing here is placed yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.core.values.dates import days_inclusive, french_date


@dataclass(frozen=True, slots=True)
class FriseStep:
    """One contract or one hire: `end` is None when nothing says when it ends."""

    kind: str
    short: str
    name: str
    start: date
    end: date | None = None
    details: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the table that says the same as the picture."""

    nature: str
    what: str
    start: str
    end: str
    days: str = ""


@dataclass(frozen=True, slots=True)
class FriseGap:
    """Days without contract between two steps, first and last day included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days."""
        return days_inclusive(self.start, self.end)


@dataclass(frozen=True, slots=True)
class FriseMoment:
    """A day that counts: an interview, an acquired right or skill."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class FrisePeriod:
    """Days beside the contracts, both included: a PASS IAE, an immersion. `label` is what stands written under it."""

    css: str
    name: str
    start: date
    end: date
    label: str = ""
    short: str = ""
    """What a narrow frame shows instead; without it, the label is cut at its end."""

    @property
    def told(self) -> str:
        """Its name and its days."""
        return f"{self.name}, {period_in_words(self.start, self.end)}"


@dataclass(frozen=True, slots=True)
class FriseBand:
    """One row of periods under its name; `over` is drawn on them: the days a PASS is suspended."""

    name: str
    periods: Sequence[FrisePeriod]
    over: Sequence[FrisePeriod] = ()
    frames: bool = False
    """Whether the line is framed on it; a period elsewhere, whose year may be a slip, is drawn when near the steps."""


@dataclass(frozen=True, slots=True)
class FriseSource:
    """What the frise tells."""

    steps: Sequence[FriseStep] = ()
    gaps: Sequence[FriseGap] = ()
    bands: Sequence[FriseBand] = ()
    meetings: Sequence[FriseMoment] = ()
    gains: Sequence[FriseMoment] = ()
    rows: Sequence[TableRow] = ()
    gap_days: int = 0
    pause_days: int = 0

    def days(self) -> list[date]:
        """What the line is framed on: steps and PASS, never a point, whose year may be a slip."""
        framing = [period for band in self.bands if band.frames for period in band.periods]
        starts = [*(step.start for step in self.steps), *(period.start for period in framing)]
        ends = [*(step.end for step in self.steps if step.end), *(period.end for period in framing)]
        return starts + ends

    def points(self) -> list[date]:
        """Days shown when they stand near the steps."""
        beside = [period for band in self.bands if not band.frames for period in band.periods]
        moments = [moment.day for moment in (*self.meetings, *self.gains)]
        return [*moments, *(day for period in beside for day in (period.start, period.end))]


def period_in_words(start: date, end: date | None) -> str:
    """« du 3 mars 2026 au 4 mai 2026 »."""
    until = f"au {french_date(end)}" if end else "sans fin connue"
    return f"du {french_date(start)} {until}"


def moment_in_words(moment: FriseMoment) -> str:
    """« CACES R489, 3 mars 2026 »."""
    return f"{moment.label}, {french_date(moment.day)}"
