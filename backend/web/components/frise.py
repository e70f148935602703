"""The frise de parcours: every step of a person on one line, the gaps between them in plain view.

The picture has a width of its own only at its narrowest (a phone): there, one month takes at least 18 px
and no two words touch. Everything is placed in percent, so that a wider screen only gives more air.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from backend.core.values.dates import (
    NBSP,
    SHORT_MONTHS,
    day_after,
    days_inclusive,
    french_date,
    month_end,
    month_start,
    months_after,
)
from backend.core.values.text import counted
from backend.web.components.labels import LANE, Label, Wish, lanes_of, percent, place, text_width

PX_PER_MONTH = 18
BUCKETS = (6, 12, 18, 24, 30, 36, 42, 48, 60, 72, 96, 120, 180, 240)
"""Months shown: the style sheet has one class for each (`months-12`…), never narrower than this scale."""
NARROWEST = 210
FUTURE_SHOWN_MONTHS = 8
NEAR_MONTHS = 24
"""How far from the steps a meeting or a gain may stand and still be drawn; further, the table alone tells it."""
TODAY_WORD = "aujourd’hui"
BLOCK = 36


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
class FriseSource:
    """What the frise tells."""

    steps: Sequence[FriseStep] = ()
    gaps: Sequence[FriseGap] = ()
    passes: Sequence[FriseStep] = ()
    meetings: Sequence[FriseMoment] = ()
    gains: Sequence[FriseMoment] = ()
    rows: Sequence[TableRow] = ()
    gap_days: int = 0
    pause_days: int = 0

    def days(self) -> list[date]:
        """What the line is framed on: steps and PASS, never a point, whose year may be a slip."""
        spans = [*self.steps, *self.passes]
        return [span.start for span in spans] + [span.end for span in spans if span.end]

    def points(self) -> list[date]:
        """Days shown when they stand near the steps."""
        return [moment.day for moment in (*self.meetings, *self.gains)]


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle, a dot or a diamond: positions in percent, a sentence for whoever hovers or listens."""

    css: str
    x: str
    width: str = ""
    text: str = ""
    short: str = ""
    text_x: str = ""
    tip: str = ""
    tip_anchor: str = "start"
    tip_x: str = ""
    future_x: str = ""
    future_width: str = ""
    lane: int = 0

    @property
    def y(self) -> int:
        """Pixels below the first row of blocks: two contracts at once stand one under the other."""
        return self.lane * (BLOCK + 5)


@dataclass(frozen=True, slots=True)
class Frise:
    """Everything the template draws, top to bottom."""

    css: str
    summary: str
    width: int
    height: int
    header: list[Label]
    year_lines: list[str]
    today_x: str
    steps: list[Shape]
    gaps: list[Shape]
    callouts: list[Label]
    passes: list[Shape]
    pass_labels: list[Label]
    meetings: list[Shape]
    gains: list[Label]
    tops: dict[str, int]
    rows: Sequence[TableRow]
    gap_days: int
    pause_days: int


class _Scale:
    """Days to percents, for one window of time."""

    def __init__(self, source: FriseSource, today: date) -> None:
        horizon = month_end(months_after(today, FUTURE_SHOWN_MONTHS))
        known = [today, *(day for day in source.days() if day <= horizon)]
        first, last = min(known), max(known)
        near = [
            day
            for day in source.points()
            if months_after(first, -NEAR_MONTHS) <= day <= months_after(last, NEAR_MONTHS)
        ]
        self.end = month_end(min(horizon, max(last, *near, months_after(today, 2))))
        # The longest line the style sheet knows: a step said to be of 1900 stands at its edge, and the table dates it.
        earliest = months_after(month_start(self.end), 1 - max(BUCKETS))
        self.start = month_start(max(earliest, min(first, *near, months_after(today, -5))))
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        self.bucket = next((size for size in BUCKETS if size >= months), max(BUCKETS))
        self.width = float(max(self.bucket * PX_PER_MONTH, NARROWEST))
        self.total = days_inclusive(self.start, self.end)

    def px(self, day: date) -> float:
        """Where the morning of that day stands, in pixels of the narrowest picture."""
        inside = min(max(day, self.start), day_after(self.end))
        return (inside - self.start).days / self.total * self.width

    def at(self, day: date) -> str:
        """The same in percent."""
        return percent(self.px(day), self.width)

    def span(self, start: date, end: date) -> str:
        """Width of a period, last day included."""
        return percent(max(self.px(day_after(end)) - self.px(start), 2), self.width)


def draw(source: FriseSource, *, today: date) -> Frise:
    """Place everything; the same source gives the same picture."""
    scale = _Scale(source, today)
    callouts: list[Wish] = []
    lanes = _step_lanes(source.steps)
    steps = [
        replace(_step(step, scale, today, callouts), lane=lane)
        for step, lane in zip(source.steps, lanes, strict=True)
    ]
    gaps = [_gap(gap, scale, callouts) for gap in source.gaps]
    placed = place(callouts, width=scale.width)
    pass_labels = place([_pass_wish(iae, scale) for iae in source.passes], width=scale.width)
    gains = place(
        [
            Wish(scale.px(gain.day), gain.label, beside=11, tip=_moment_tip(gain))
            for gain in _inside(source.gains, scale)
        ],
        width=scale.width,
    )
    header = place(
        [*_years(scale), Wish(scale.px(today), TODAY_WORD, "today-label", True, True)], width=scale.width
    )
    tops = _tops(
        lanes_of(header),
        max(lanes, default=0),
        lanes_of(placed),
        lanes_of(pass_labels),
        max(lanes_of(gains), 1),
    )
    return Frise(
        css=f"months-{scale.bucket}",
        summary=_summary(source),
        width=int(scale.width),
        height=tops["bottom"],
        header=header,
        year_lines=[scale.at(day) for day in _new_years(scale)],
        today_x=scale.at(today),
        steps=steps,
        gaps=gaps,
        callouts=placed,
        passes=[_span(iae, "pass", scale, today, _period_tip(iae)) for iae in source.passes],
        pass_labels=pass_labels,
        meetings=[_dot(meeting, scale, today) for meeting in _inside(source.meetings, scale)],
        gains=gains,
        tops=tops,
        rows=source.rows,
        gap_days=source.gap_days,
        pause_days=source.pause_days,
    )


def _step_lanes(steps: Sequence[FriseStep]) -> list[int]:
    """The first free row for each step: most people hold one contract at a time, some hold two."""
    free_from: list[date] = []
    lanes = []
    for step in steps:
        lane = next((i for i, day in enumerate(free_from) if day < step.start), len(free_from))
        free_from[lane : lane + 1] = [step.end or date.max]
        lanes.append(lane)
    return lanes


def _tops(
    header_lanes: int, more_rows: int, callout_lanes: int, pass_lanes: int, gain_lanes: int
) -> dict[str, int]:
    """Where each row begins, in pixels from the top."""
    first = 26 + (header_lanes - 1) * LANE
    under = first + BLOCK + more_rows * (BLOCK + 5)
    tops = {"header": 15, "lines": first - 6, "steps": first, "step_text": first + 23, "callouts": under + 16}
    tops["pass"] = under + 12 + callout_lanes * LANE
    tops["pass_labels"] = tops["pass"] + 26
    tops["meetings"] = tops["pass"] + 24 + pass_lanes * LANE
    tops["lines_end"] = tops["meetings"] + 12
    tops["gains"] = tops["meetings"] + 30
    tops["tips"] = tops["gains"] + 28 + (gain_lanes - 1) * LANE
    tops["bottom"] = tops["tips"] + 8
    return tops


def _step(step: FriseStep, scale: _Scale, today: date, callouts: list[Wish]) -> Shape:
    """A named block; a name too long for it goes underneath."""
    tip = f"{step.details or step.name} : {_period_tip(step)}"
    left = scale.px(step.start)
    solid_end = min(step.end or today, today)
    room = scale.px(day_after(solid_end)) - left - 12 if step.start <= today else 0
    text = next((words for words in (step.name, step.short) if text_width(words, bold=True) <= room), "")
    if not text:
        callouts.append(Wish(left, step.short, css="soft"))
    return _span(step, f"fill-{step.kind}", scale, today, tip, text=text, short=step.short if text else "")


def _span(
    step: FriseStep, css: str, scale: _Scale, today: date, tip: str, *, text: str = "", short: str = ""
) -> Shape:
    """A period: what is past is full, what is planned is lighter."""
    end = min(step.end or today, scale.end)
    past_end = min(end, today)
    past = step.start <= today
    planned = end > today
    future_start = max(step.start, day_after(today))
    anchor = "end" if scale.px(step.start) > scale.width / 2 else "start"
    return Shape(
        css=css,
        x=scale.at(step.start),
        width=scale.span(step.start, past_end) if past else "",
        text=text,
        short=short,
        tip=tip,
        tip_anchor=anchor,
        tip_x="100%" if anchor == "end" else "0%",
        future_x=scale.at(future_start) if planned else "",
        future_width=scale.span(future_start, end) if planned else "",
    )


def _gap(gap: FriseGap, scale: _Scale, callouts: list[Wish]) -> Shape:
    """A hole is drawn and counted: inside when the words fit, underneath otherwise."""
    days = f"{gap.days}{NBSP}j"
    left, right = scale.px(gap.start), scale.px(day_after(gap.end))
    long = f"carence {days}"
    fits = next((words for words in (long, days) if text_width(words, bold=True) <= right - left - 8), "")
    if not fits:
        callouts.append(Wish((left + right) / 2, days, css="gap-text", bold=True, centred=True))
    tip = f"Sans contrat pendant {gap.days}{NBSP}{'jour' if gap.days == 1 else 'jours'} : {_period(gap.start, gap.end)}"
    anchor = "end" if left > scale.width / 2 else "start"
    return Shape(
        "gap",
        scale.at(gap.start),
        scale.span(gap.start, gap.end),
        text=fits,
        text_x=percent((left + right) / 2, scale.width),
        tip=tip,
        tip_anchor=anchor,
        tip_x="100%" if anchor == "end" else "0%",
    )


def _dot(moment: FriseMoment, scale: _Scale, today: date) -> Shape:
    return Shape(
        "dot planned" if moment.day > today else "dot", scale.at(moment.day), tip=_moment_tip(moment)
    )


def _inside(moments: Sequence[FriseMoment], scale: _Scale) -> list[FriseMoment]:
    return [moment for moment in moments if scale.start <= moment.day <= scale.end]


def _pass_wish(iae: FriseStep, scale: _Scale) -> Wish:
    text = f"jusqu’au {french_date(iae.end)}" if iae.end else "sans fin connue"
    return Wish(scale.px(iae.start), text, css="soft")


def _new_years(scale: _Scale) -> list[date]:
    return [date(year, 1, 1) for year in range(scale.start.year + 1, scale.end.year + 1)]


def _years(scale: _Scale) -> list[Wish]:
    """The year at each 1 January; the first month too, when a year's name still has room before it."""
    new_years = _new_years(scale)
    first = f"{SHORT_MONTHS[scale.start.month - 1]} {scale.start.year}"
    room = scale.px(new_years[0]) if new_years else scale.width
    opening = [Wish(0, first, css="soft")] if text_width(first) + 12 <= room else []
    return opening + [Wish(scale.px(day) + 5, str(day.year), css="soft") for day in new_years]


def _period(start: date, end: date | None) -> str:
    until = f"au {french_date(end)}" if end else "sans fin connue"
    return f"du {french_date(start)} {until}"


def _period_tip(step: FriseStep) -> str:
    return _period(step.start, step.end)


def _moment_tip(moment: FriseMoment) -> str:
    return f"{moment.label}, {french_date(moment.day)}"


def _summary(source: FriseSource) -> str:
    """What somebody who does not see the picture hears first."""
    words = ", ".join(
        (
            counted(len(source.steps), "contrat ou mission", "contrats ou missions"),
            counted(len(source.meetings), "rencontre", "rencontres"),
            counted(source.gap_days, "jour", "jours"),
        )
    )
    return f"{words} sans contrat entre deux étapes. Le tableau qui suit donne chaque date."
