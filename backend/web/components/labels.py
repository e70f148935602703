"""Words that never touch: how short labels find room along a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PX_PER_CHAR = 7.8
PX_PER_BOLD_CHAR = 8.7
LANE = 18
"""Pixels from one lane to the next."""
BREATH = 8.0
"""Pixels kept free between two words of one lane."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A label that would like to start at `at` (pixels, at the narrowest width the picture may have).

    `beside` keeps it that far from a mark standing at `at`: after it, or before it when the edge is near; under it when
    neither side has room. The mark goes with it from lane to lane, and says `tip` to whoever points. `short` is said instead in
    a frame where the words would be cut. `until` is where what they name ends, when it is no single day.
    """

    at: float
    text: str
    css: str = ""
    bold: bool = False
    centred: bool = False
    beside: float = 0
    tip: str = ""
    short: str = ""
    until: float = 0

    @property
    def width(self) -> float:
        """A prudent estimate: the widest system fonts we know."""
        return text_width(self.text, bold=self.bold)


@dataclass(frozen=True, slots=True)
class Label:
    """A label that found its lane: `x`, its day, in percent of the picture, then `dx` pixels; `anchor` as SVG says it."""

    text: str
    css: str
    x: str
    dx: str
    anchor: str
    lane: int
    left: float
    right: float
    tip: str = ""
    mark_lane: int = 0
    short: str = ""
    until: str = ""

    @property
    def y(self) -> int:
        """Pixels below the first lane."""
        return self.lane * LANE

    @property
    def mark_y(self) -> int:
        """The same, of its mark."""
        return self.mark_lane * LANE


def text_width(text: str, *, bold: bool = False) -> float:
    """Pixels a 13 px text may take."""
    return len(text) * (PX_PER_BOLD_CHAR if bold else PX_PER_CHAR)


def place(wishes: Iterable[Wish], *, width: float) -> list[Label]:
    """Give each label the first lane where it touches nobody; lanes are opened as needed.

    Positions are computed for the narrowest picture: a wider one only moves the labels apart.
    """
    ends: list[float] = []
    placed = []
    for wish in sorted(wishes, key=lambda wish: (_extent(wish, width), wish.text)):
        rows = _rows(wish, width)
        lane = next(i for i in range(len(ends) + 1) if _is_free(ends[i:], rows))
        ends[lane : lane + len(rows)] = [ends_at for _, ends_at in rows]
        placed.append(_label(wish, _left(wish, width), lane, lane + len(rows) - 1, width))
    return placed


def lanes_of(labels: Iterable[Label]) -> int:
    """How many lanes the labels take."""
    return max((label.lane + 1 for label in labels), default=0)


def percent(pixels: float, width: float) -> str:
    """A length in percent of the picture, as an SVG attribute."""
    return f"{pixels / width * 100:.3f}%"


def _is_free(ends: list[float], rows: list[tuple[float, float]]) -> bool:
    """Whether nothing stands yet where these rows would, from the first of these lanes down; a new lane is free."""
    return all(begins >= end + BREATH for end, (begins, _) in zip(ends, rows, strict=False))


def _is_under(wish: Wish, width: float) -> bool:
    """Whether neither side of its mark has room for the words."""
    return bool(wish.beside) and wish.width > max(width - wish.at, wish.at) - wish.beside


def _rows(wish: Wish, width: float) -> list[tuple[float, float]]:
    """What it takes of each lane, from the top: one, or the mark then the words under it."""
    if not _is_under(wish, width):
        return [_extent(wish, width)]
    left = _left(wish, width)
    return [(wish.at - wish.beside, wish.at + wish.beside), (left, left + wish.width)]


def _extent(wish: Wish, width: float) -> tuple[float, float]:
    """What the words and their mark take of a lane."""
    left = _left(wish, width)
    if not wish.beside:
        return left, left + wish.width
    return min(left, wish.at - wish.beside), max(left + wish.width, wish.at + wish.beside)


def _left(wish: Wish, width: float) -> float:
    if wish.beside and not _is_under(wish, width):
        after, before = wish.at + wish.beside, wish.at - wish.beside - wish.width
        wanted = before if after + wish.width > width and before >= 0 else after
    else:
        wanted = wish.at - wish.width / 2 if wish.centred or wish.beside else wish.at
    return max(0.0, min(wanted, width - wish.width))


def _label(wish: Wish, left: float, mark_lane: int, lane: int, width: float) -> Label:
    """Held by its own day, so that a wider picture only moves it away from its neighbours, never from its mark."""
    right = left + wish.width
    if wish.beside and right <= wish.at:
        anchor, dx = "end", right - wish.at
    elif wish.centred and not wish.beside and left == wish.at - wish.width / 2:
        anchor, dx = "middle", 0.0
    elif right >= width - 0.01:
        anchor, dx = "end", right - wish.at
    else:
        anchor, dx = "start", left - wish.at
    x = percent(wish.at, width)
    until = percent(wish.until, width) if wish.until else x
    return Label(
        wish.text, wish.css, x, f"{dx:.1f}", anchor, lane, left, right, wish.tip, mark_lane, wish.short, until
    )
