"""The week of a task or of a job, season by season: bars, figures, and the line a contract asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.core.values.dates import NBSP
from backend.core.values.numbers import added, decimal_in_words

SEASONS = ("Hiver", "Printemps", "Été", "Automne")
SHORT_SEASONS = ("Hiv.", "Pri.", "Été", "Aut.")
IN_WORDS = ("en hiver", "au printemps", "en été", "en automne")
COLOURS = 8
TOP, BOTTOM, ROOM = 24, 26, 210
LEFT, STEP, WIDTH = 13.0, 22.0, 17.0
LEAST_FOR_TEXT = 17
"""Pixels under which the figure of a segment would touch its edges: the table beside says it."""


def hours_in_words(hours: float) -> str:
    """« 22,5 h », « 6 h »; the two never break apart."""
    return f"{decimal_in_words(hours)}{NBSP}h"


@dataclass(frozen=True, slots=True)
class Bar:
    """One season of one task; positions in percent across and pixels down."""

    x: str
    width: str
    y: str
    height: str
    middle: str
    label: str
    hours: str


@dataclass(frozen=True, slots=True)
class SeasonCurve:
    """Four bars under the thumb, and the same in words."""

    bars: tuple[Bar, ...]
    summary: str


def season_curve(hours: Sequence[float], *, height: int = 44) -> SeasonCurve:
    """The year of one task, from winter to autumn; the highest bar is the busiest season."""
    top = max([*hours, 1.0])
    bars = []
    for number, each in enumerate(hours):
        tall = each / top * height
        bars.append(
            Bar(
                x=f"{number * 25 + 2}%",
                width="21%",
                y=f"{18 + height - tall:.1f}",
                height=f"{tall:.1f}",
                middle=f"{number * 25 + 12.5}%",
                label=SHORT_SEASONS[number],
                hours=hours_in_words(each),
            )
        )
    return SeasonCurve(tuple(bars), in_words(hours))


def in_words(hours: Sequence[float]) -> str:
    """« 6 h en hiver, 5 h au printemps, … », or once when the year is even."""
    if len(set(hours)) == 1:
        return f"{hours_in_words(hours[0])} par semaine toute l’année"
    return ", ".join(f"{hours_in_words(each)} {when}" for each, when in zip(hours, IN_WORDS, strict=True))


@dataclass(frozen=True, slots=True)
class Segment:
    """One task in one season."""

    colour: str
    y: str
    height: str
    text_y: str
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Column:
    """One season of the job: its tasks piled up, its total above."""

    x: str
    width: str
    text_x: str
    middle: str
    label: str
    total: str
    total_y: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class WeekChart:
    """The whole year of a job, with the line it should reach every season."""

    columns: tuple[Column, ...]
    line_y: str
    line_text_y: str
    line_text: str
    height: int
    label_y: str
    totals: tuple[float, ...]
    summary: str

    @property
    def lowest(self) -> float:
        """Hours of the emptiest season."""
        return min(self.totals)


def totals_of(tasks: Iterable[Sequence[float]]) -> tuple[float, ...]:
    """Hours a week of all tasks together, in each season."""
    columns = zip((0.0,) * len(SEASONS), *tasks, strict=True)
    return tuple(added(hours) for hours in columns)


def week_chart(tasks: Sequence[tuple[str, Sequence[float]]], *, line_hours: float) -> WeekChart:
    """`tasks` are (name, hours of the four seasons), piled up in the order given; the line is what a contract asks."""
    totals = totals_of(hours for _, hours in tasks)
    scale = ROOM / max(*totals, line_hours * 1.15)
    line = TOP + ROOM - line_hours * scale
    words = ", ".join(f"{hours_in_words(t)} {when}" for t, when in zip(totals, IN_WORDS, strict=True))
    return WeekChart(
        columns=tuple(_column(number, tasks, totals[number], scale) for number in range(len(SEASONS))),
        line_y=f"{line:.1f}",
        line_text_y=f"{line + 4:.1f}",
        line_text=hours_in_words(line_hours),
        height=TOP + ROOM + BOTTOM,
        label_y=str(TOP + ROOM + 18),
        totals=totals,
        summary=f"Heures par semaine : {words} ; repère {line_hours:g} heures",
    )


def _column(number: int, tasks: Sequence[tuple[str, Sequence[float]]], total: float, scale: float) -> Column:
    left, bottom, segments = LEFT + number * STEP, float(TOP + ROOM), []
    for order, (name, hours) in enumerate(tasks):
        tall = hours[number] * scale
        if tall:
            segments.append(_segment(order, name, hours[number], bottom - tall, tall))
        bottom -= tall
    return Column(
        x=f"{left}%",
        width=f"{WIDTH}%",
        text_x=f"{left + 1.5}%",
        middle=f"{left + WIDTH / 2}%",
        label=SEASONS[number],
        total=hours_in_words(total),
        total_y=f"{bottom - 7:.1f}",
        segments=tuple(segments),
    )


def _segment(order: int, name: str, hours: float, top: float, tall: float) -> Segment:
    return Segment(
        colour=colour_of(order),
        y=f"{top + 1:.1f}",
        height=f"{max(tall - 2, 1):.1f}",
        text_y=f"{top + tall / 2 + 4:.1f}",
        text=hours_in_words(hours) if tall >= LEAST_FOR_TEXT else "",
        title=f"{name} : {hours_in_words(hours)}",
    )


def colour_of(order: int) -> str:
    """Class of the n-th task of a job, the same in the drawing and in the table."""
    return f"task-{order % COLOURS}"
