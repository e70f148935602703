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
    neither side has room. The mark goes with it from lane to lane, and says `tip` to whoever hovers.
    """

    at: float
    text: str
    css: str = ""
    bold: bool = False
    centred: bool = False
    beside: float = 0
    tip: str = ""

    @property
    def width(self) -> float:
        """A prudent estimate: the widest system fonts we know."""
        return text_width(self.text, bold=self.bold)


@dataclass(frozen=True, slots=True)
class Label:
    """A label that found its lane: `x` in percent of the picture, `anchor` as SVG says it, `mark_x` its mark."""

    text: str
    css: str
    x: str
    anchor: str
    lane: int
    left: float
    right: float
    mark_x: str = ""
    tip: str = ""
    mark_lane: int = 0

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
    """Anchored so that a wider picture only moves it away from its neighbours."""
    right = left + wish.width
    if wish.beside and right <= wish.at:
        x, anchor = percent(right, width), "end"
    elif left <= 0:
        x, anchor = "0%", "start"
    elif right >= width - 0.01:
        x, anchor = "100%", "end"
    elif wish.centred and not wish.beside:
        x, anchor = percent(wish.at, width), "middle"
    else:
        x, anchor = percent(left, width), "start"
    return Label(
        wish.text, wish.css, x, anchor, lane, left, right, percent(wish.at, width), wish.tip, mark_lane
    )
