"""Trades as areas, domain by domain: a wall of tiles, each as wide as the trade weighs beside its neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from competences.rules.polycompetence.person import State, state_of
from competences.rules.polycompetence.trades import HELD_FROM, NEAR_FROM
from competences.screens.polycompetence.words import STATE_WORDS, lines, percent

WIDTH, ROW, SPACE, PAD = 320, 104, 6, 11
NARROWEST, WIDEST = 0.42, 0.58
LETTER = 8.3
"""Width of a letter at the size of a label, generous: a label never leaves its tile."""


@dataclass(frozen=True, slots=True)
class TradeShare:
    """One trade as the picture takes it: what is proved of it, and with what is declared (0 to 1)."""

    code: str
    label: str
    weight: int
    proved: Fraction
    told: Fraction

    @property
    def state(self) -> State:
        """Where the person stands, by what is proved."""
        return state_of(self.proved)


@dataclass(frozen=True, slots=True)
class Tile:
    """One trade drawn."""

    css: str
    x: str
    y: int
    width: str
    height: int
    text_x: str
    lines: tuple[tuple[int, str], ...]
    foot_y: int
    words: str
    bar_y: int
    bar_width: str
    proved_width: str
    told_width: str
    near_x: str
    held_x: str
    tip: str


@dataclass(frozen=True, slots=True)
class Wall:
    """The tiles of one domain."""

    height: int
    tiles: tuple[Tile, ...]
    summary: str


def wall_of(trades: Sequence[TradeShare]) -> Wall:
    """Two tiles a row, a lone last one over the whole width."""
    tiles: list[Tile] = []
    y = 0
    for first in range(0, len(trades), 2):
        row = trades[first : first + 2]
        x = 0.0
        for trade, width in zip(row, _widths(row), strict=True):
            tiles.append(_tile(trade, x, y, width))
            x += width + SPACE
        y += ROW + SPACE
    return Wall(y - SPACE, tuple(tiles), " ; ".join(tile.tip for tile in tiles))


def _widths(row: Sequence[TradeShare]) -> list[float]:
    if len(row) == 1:
        return [float(WIDTH)]
    room = WIDTH - SPACE
    share = min(WIDEST, max(NARROWEST, row[0].weight / (row[0].weight + row[1].weight)))
    return [room * share, room * (1 - share)]


def _tile(trade: TradeShare, x: float, y: int, width: float) -> Tile:
    bar = width - 2 * PAD
    words = f"{STATE_WORDS[trade.state]} · {percent(trade.proved)}"
    label = lines(trade.label, width=int(bar / LETTER), most=3)
    beyond = f", {percent(trade.told)} avec ce que la personne déclare" if trade.told > trade.proved else ""
    return Tile(
        css=f"trade-{trade.state}",
        x=f"{x:.1f}",
        y=y,
        width=f"{width:.1f}",
        height=ROW,
        text_x=f"{x + PAD:.1f}",
        lines=tuple((y + 22 + 17 * rank, text) for rank, text in enumerate(label)),
        foot_y=y + ROW - 21,
        words=words,
        bar_y=y + ROW - 13,
        bar_width=f"{bar:.1f}",
        proved_width=f"{bar * float(trade.proved):.1f}",
        told_width=f"{bar * float(trade.told):.1f}",
        near_x=f"{x + PAD + bar * float(NEAR_FROM):.1f}",
        held_x=f"{x + PAD + bar * float(HELD_FROM):.1f}",
        tip=f"{trade.label} : {STATE_WORDS[trade.state]}, {percent(trade.proved)}{beyond}",
    )
