"""Where what is missing could be shown: at one's own post, at a colleague's, in another trade, else by training."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

MOST_TRADES = 3


@dataclass(frozen=True, slots=True)
class Places:
    """Codes of trades that ask for it, the nearest first. `is_training`: nobody here does that work."""

    own: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def is_training(self) -> bool:
        """Whether neither one's own post nor a colleague's would show it."""
        return not self.own and not self.near


def places_for(
    competences: Collection[int],
    asked_by: Mapping[int, Collection[str]],
    *,
    own: Collection[str],
    near: Collection[str],
) -> Places:
    """The trades that ask for any of these competences: one's own, those of the structure, then a few others."""
    trades = sorted({trade for each in competences for trade in asked_by.get(each, ())})
    mine = tuple(trade for trade in trades if trade in own)
    theirs = tuple(trade for trade in trades if trade in near and trade not in own)
    others = tuple(trade for trade in trades if trade not in own and trade not in near)
    return Places(mine[:MOST_TRADES], theirs[:MOST_TRADES], () if mine or theirs else others[:MOST_TRADES])
