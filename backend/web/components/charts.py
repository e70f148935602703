"""Small pictures beside their numbers: the curve of a frein, the shares of exits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.core.values.numbers import percent_in_words

SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 116, 36, 6
MAX_IMPACT = 3
MARGIN, ROOM_FOR_TEXT = 0.015, 0.06
"""What a figure keeps free before it, and takes, as parts of the bar."""
MIN_SHARE_FOR_TEXT = 0.09
"""Below nine percent of the bar a figure would touch its neighbour: the table beside it says it."""


@dataclass(frozen=True, slots=True)
class Spark:
    """A curve read from left (oldest) to right; high means it weighs more."""

    points: str
    last_x: str
    last_y: str
    css: str


def spark(readings: Sequence[tuple[date, int]]) -> Spark:
    """The curve of readings 0–3, oldest first; a single reading is a flat line."""
    first, last = readings[0], readings[-1]
    days = max((last[0] - first[0]).days, 1)
    room = SPARK_WIDTH - 2 * SPARK_MARGIN
    points = [
        (SPARK_MARGIN + (day - first[0]).days / days * room, _height(impact)) for day, impact in readings
    ]
    if len(points) == 1:
        points = [(SPARK_MARGIN, points[0][1]), (SPARK_WIDTH - SPARK_MARGIN, points[0][1])]
    x, y = points[-1]
    return Spark(
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        last_x=f"{x:.1f}",
        last_y=f"{y:.1f}",
        css="rising" if last[1] > first[1] else "",
    )


def _height(impact: int) -> float:
    return SPARK_HEIGHT - SPARK_MARGIN - impact / MAX_IMPACT * (SPARK_HEIGHT - 2 * SPARK_MARGIN)


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a bar: its category, how many, and where it stands in percent."""

    key: str
    label: str
    count: int
    x: str
    width: str
    text_x: str
    text: str


@dataclass(frozen=True, slots=True)
class ShareBar:
    """Parts of a whole on one line, with the objective as a line of its own."""

    shares: list[Share]
    objective_x: str
    summary: str


def share_bar(parts: Sequence[tuple[str, str, int]], *, objective: float | None = None) -> ShareBar:
    """`parts` are (key, label, count) from left to right; keys: durable, transition, positive, other."""
    total = sum(count for _, _, count in parts)
    shares, done = [], 0
    for key, label, count in parts:
        if count:
            shares.append(_share(key, label, count, done, total, objective))
        done += count
    words = ", ".join(f"{label} {count}" for _, label, count in parts)
    goal = f" ; objectif {percent_in_words(objective)}" if objective is not None else ""
    return ShareBar(shares, f"{objective * 100:.2f}%" if objective is not None else "", f"{words}{goal}")


def _share(key: str, label: str, count: int, before: int, total: int, objective: float | None) -> Share:
    start, width = before / total, count / total
    text_at = start + MARGIN
    if objective is not None and -MARGIN < objective - text_at < ROOM_FOR_TEXT:
        text_at = (
            objective + MARGIN
        )  # a figure under the objective line would be unreadable: it stands after it
    return Share(
        key=key,
        label=label,
        count=count,
        x=f"{start * 100:.2f}%",
        width=f"{width * 100:.2f}%",
        text_x=f"{text_at * 100:.2f}%",
        text=str(count) if width >= MIN_SHARE_FOR_TEXT and text_at + ROOM_FOR_TEXT <= start + width else "",
    )
