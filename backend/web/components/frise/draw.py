"""Everything placed: blocks, gaps, rows of periods, moments, and the words that go with them.

The picture has a width of its own only at its narrowest (a phone): there, one month takes at least 18 px
and no two words touch. Everything is placed in percent, so that a wider screen only gives more air.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import Truncator

from backend.core.values.dates import NBSP, SHORT_MONTHS, day_after
from backend.core.values.text import counted
from backend.web.components.frise.scale import NARROWEST, Scale
from backend.web.components.frise.source import (
    FriseBand,
    FriseGap,
    FriseMoment,
    FrisePeriod,
    FriseSource,
    FriseStep,
    TableRow,
    moment_in_words,
    period_in_words,
)
from backend.web.components.labels import (
    LANE,
    PX_PER_CHAR,
    Label,
    Wish,
    lanes_of,
    percent,
    place,
    text_width,
)

TODAY_WORD = "aujourd’hui"
BLOCK, BAR = 36, 11
"""Pixels of a contract, and of a period beside it, from top to bottom."""
GEM = 11
"""Pixels from the middle of a mark to its words."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle or a dot: positions in percent, `y` in pixels under its row, a sentence for who points or listens."""

    css: str
    x: str
    width: str = ""
    text: str = ""
    short: str = ""
    text_x: str = ""
    tip: str = ""
    future_x: str = ""
    future_width: str = ""
    y: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """One row of periods: its bars, what is drawn over them, the words under them; each `y` in pixels from the top."""

    name: str
    y: int
    shapes: list[Shape]
    over: list[Shape]
    labels: list[Label]

    @property
    def name_y(self) -> int:
        """Where its name stands, at the left."""
        return self.y + BAR - 1

    @property
    def label_y(self) -> int:
        """The first line of its words."""
        lowest = max((shape.y for shape in self.shapes), default=0)
        return self.y + lowest + BAR + 15

    @property
    def bottom(self) -> int:
        """Where the next row may begin."""
        return self.label_y - 6 + lanes_of(self.labels) * LANE


@dataclass(frozen=True, slots=True)
class RowName:
    """What a row is, at its left; `y` is the baseline."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Frise:
    """Everything the template draws, top to bottom; `tops` says where each row stands, in pixels."""

    css: str
    summary: str
    width: int
    height: int
    names: list[RowName]
    header: list[Label]
    year_lines: list[str]
    today_x: str
    steps: list[Shape]
    gaps: list[Shape]
    callouts: list[Label]
    bands: list[Band]
    meetings: list[Shape]
    gains: list[Label]
    tops: dict[str, int]
    rows: Sequence[TableRow]
    gap_days: int
    pause_days: int


def draw(source: FriseSource, *, today: date) -> Frise:
    """Place everything; the same source gives the same picture."""
    scale = Scale(source, today)
    callouts: list[Wish] = []
    lanes = _lanes(source.steps)
    steps = [
        replace(_step(step, scale, today, callouts), y=lane * (BLOCK + 5))
        for step, lane in zip(source.steps, lanes, strict=True)
    ]
    gaps = [_gap(gap, scale, callouts) for gap in source.gaps]
    placed = place(callouts, width=scale.width)
    header = place(
        [*_years(scale), Wish(scale.px(today), TODAY_WORD, "today-label", True, True)], width=scale.width
    )
    tops = _tops_of_steps(lanes_of(header), max(lanes, default=0))
    names = [RowName("Contrats", tops["step_text"])]
    under = tops["callouts"] - 4 + lanes_of(placed) * LANE
    bands: list[Band] = []
    for told in source.bands:
        band = _band(told, scale, today, under)
        if band is not None:
            bands.append(band)
            names.append(RowName(band.name, band.name_y))
            under = band.bottom
    meetings = [_dot(meeting, scale, today) for meeting in _inside(source.meetings, scale)]
    if meetings:
        tops["meetings"] = under + 4
        names.append(RowName("Suivi", tops["meetings"] + 5))
        under = tops["meetings"] + 12
    tops["lines_end"] = under
    gains = place([_gain(gain, scale) for gain in _inside(source.gains, scale)], width=scale.width)
    if gains:
        tops["gains"] = under + 18
        names.append(RowName("Acquis", tops["gains"] + 5))
        under = tops["gains"] + 10 + (lanes_of(gains) - 1) * LANE
    return Frise(
        css=f"months-{scale.bucket}",
        summary=_summary(source),
        width=int(scale.width),
        height=under + 6,
        names=names,
        header=header,
        year_lines=[scale.at(day) for day in scale.new_years],
        today_x=scale.at(today),
        steps=steps,
        gaps=gaps,
        callouts=placed,
        bands=bands,
        meetings=meetings,
        gains=gains,
        tops=tops,
        rows=source.rows,
        gap_days=source.gap_days,
        pause_days=source.pause_days,
    )


def _lanes(spans: Sequence[FriseStep] | Sequence[FrisePeriod]) -> list[int]:
    """The first free row for each span: most people hold one contract at a time, some hold two."""
    free_from: list[date] = []
    lanes = []
    for span in spans:
        lane = next((i for i, day in enumerate(free_from) if day < span.start), len(free_from))
        free_from[lane : lane + 1] = [span.end or date.max]
        lanes.append(lane)
    return lanes


def _tops_of_steps(header_lanes: int, more_rows: int) -> dict[str, int]:
    """Where the header and the contracts begin, in pixels from the top."""
    first = 26 + (header_lanes - 1) * LANE
    under = first + BLOCK + more_rows * (BLOCK + 5)
    return {
        "header": 15,
        "lines": first - 6,
        "steps": first,
        "step_text": first + 23,
        "callouts": under + 16,
    }


def _step(step: FriseStep, scale: Scale, today: date, callouts: list[Wish]) -> Shape:
    """A named block; a name too long for it goes underneath."""
    tip = f"{step.details or step.name} : {period_in_words(step.start, step.end)}"
    left = scale.px(step.start)
    solid_end = min(step.end or today, today)
    room = scale.px(day_after(solid_end)) - left - 12 if step.start <= today else 0
    text = next((words for words in (step.name, step.short) if text_width(words, bold=True) <= room), "")
    if not text:
        callouts.append(Wish(left, step.short, css="soft"))
    shape = _span(f"fill-{step.kind}", step.start, step.end, scale, today)
    return replace(shape, tip=tip, text=text, short=step.short if text else "")


def _band(told: FriseBand, scale: Scale, today: date, y: int) -> Band | None:
    """A row of the periods that stand in the window; none when none does."""
    seen = [period for period in told.periods if scale.shows(period.start, period.end)]
    if not seen:
        return None
    rows = [lane * (BAR + 3) for lane in _lanes(seen)]
    over = [period for period in told.over if scale.shows(period.start, period.end)]
    return Band(
        name=told.name,
        y=y,
        shapes=[_period(period, row, scale, today) for period, row in zip(seen, rows, strict=True)],
        over=[_period(period, _row_under(period, seen, rows), scale, today) for period in over],
        labels=place(
            [_words_under(period, scale) for period in (*seen, *over) if period.label], width=scale.width
        ),
    )


def _row_under(period: FrisePeriod, seen: Sequence[FrisePeriod], rows: Sequence[int]) -> int:
    """The row of the bar it changes: the one that holds its first day."""
    return next(
        (row for each, row in zip(seen, rows, strict=True) if each.start <= period.start <= each.end), 0
    )


def _period(period: FrisePeriod, y: int, scale: Scale, today: date) -> Shape:
    shape = _span(period.css, period.start, period.end, scale, today)
    return replace(shape, tip=period.told, y=y)


def _words_under(period: FrisePeriod, scale: Scale) -> Wish:
    words = _shortened(period.label, scale.width)
    short = period.short or _shortened(period.label, NARROWEST / 2)
    return Wish(scale.px(period.start), words, css="soft", short=short, until=scale.px(day_after(period.end)))


def _span(css: str, start: date, end: date | None, scale: Scale, today: date) -> Shape:
    """A period: what is past is full, what is planned is lighter."""
    last = min(end or today, scale.end)
    past, planned = start <= today, last > today
    future_start = max(start, day_after(today))
    return Shape(
        css=css,
        x=scale.at(start),
        width=scale.span(start, min(last, today)) if past else "",
        future_x=scale.at(future_start) if planned else "",
        future_width=scale.span(future_start, last) if planned else "",
    )


def _gap(gap: FriseGap, scale: Scale, callouts: list[Wish]) -> Shape:
    """A hole is drawn and counted: inside when the words fit, underneath otherwise."""
    days = f"{gap.days}{NBSP}j"
    left, right = scale.px(gap.start), scale.px(day_after(gap.end))
    long = f"carence {days}"
    fits = next((words for words in (long, days) if text_width(words, bold=True) <= right - left - 8), "")
    if not fits:
        callouts.append(Wish((left + right) / 2, days, css="gap-text", bold=True, centred=True))
    tip = f"Sans contrat pendant {counted(gap.days, 'jour', 'jours')} : {period_in_words(gap.start, gap.end)}"
    return Shape(
        "gap",
        scale.at(gap.start),
        scale.span(gap.start, gap.end),
        text=fits,
        text_x=percent((left + right) / 2, scale.width),
        tip=tip,
    )


def _dot(moment: FriseMoment, scale: Scale, today: date) -> Shape:
    css = "dot planned" if moment.day > today else "dot"
    return Shape(css, scale.at(moment.day), tip=moment_in_words(moment))


def _gain(gain: FriseMoment, scale: Scale) -> Wish:
    """A mark and its words, which hold in the narrowest picture beside or under it."""
    words = _shortened(gain.label, scale.width)
    return Wish(
        scale.px(gain.day),
        words,
        beside=GEM,
        tip=moment_in_words(gain),
        short=_shortened(gain.label, NARROWEST / 2),
    )


def _inside(moments: Sequence[FriseMoment], scale: Scale) -> list[FriseMoment]:
    return [moment for moment in moments if scale.shows(moment.day, moment.day)]


def _years(scale: Scale) -> list[Wish]:
    """The year at each 1 January; the first month too, when a year's name still has room before it."""
    first = f"{SHORT_MONTHS[scale.start.month - 1]} {scale.start.year}"
    room = scale.px(scale.new_years[0]) if scale.new_years else scale.width
    opening = [Wish(0, first, css="soft")] if text_width(first) + 12 <= room else []
    return opening + [Wish(scale.px(day) + 5, str(day.year), css="soft") for day in scale.new_years]


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


def _shortened(words: str, room: float) -> str:
    """What holds in so many pixels: a title may be a whole sentence, which its tip and the table say."""
    return Truncator(words).chars(int(room / PX_PER_CHAR))
