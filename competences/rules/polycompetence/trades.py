"""Trades as weighted gestures, arranged so that a person meets only the trades that cite what they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from competences.enums import Nature, Prominence

NEAR_FROM = Fraction(35, 100)
"""Above this share of a trade, somebody comes near it: below, transversal gestures would add up over every domain."""
HELD_FROM = Fraction(60, 100)
"""From this share on, somebody holds the trade."""
CORE_WEIGHT, ORDINARY_WEIGHT = 2, 1
"""What makes the trade counts twice; a choice of ours, the referential ranks no further."""


@dataclass(frozen=True, slots=True)
class Trade:
    """One trade (fiche) and its gestures, each with a whole weight; `domain` is the first letters of its code."""

    code: str
    label: str
    domain: str
    gestures: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """What all its gestures weigh together."""
        return sum(weight for _, weight in self.gestures)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Trades:
    """Every trade by code, and for each gesture the trades that cite it.

    `family_of` gives the macro-competence of a gesture: a trade that cites the family is answered by any of its gestures.
    `heaviest` is what one gesture may bring to a trade at most, the family it answers for included; `small` are the trades
    that it alone may bring near.
    """

    by_code: Mapping[str, Trade]
    totals: Mapping[str, int]
    cited_by: Mapping[str, tuple[tuple[str, int], ...]]
    family_of: Mapping[str, str]
    heaviest: Mapping[str, int]
    small: frozenset[str]

    @classmethod
    def build(cls, trades: Iterable[Trade], *, family_of: Mapping[str, str] | None = None) -> Trades:
        """Arrange the trades; their order does not matter. One without gesture is nobody's: it is left out."""
        kept = {trade.code: trade for trade in sorted(trades, key=lambda each: each.code) if trade.gestures}
        cited: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for trade in kept.values():
            for gesture, weight in trade.gestures:
                cited[gesture].append((trade.code, weight))
        totals = {code: trade.total for code, trade in kept.items()}
        heaviest = {
            code: sum(sorted(weight for _, weight in trade.gestures)[-2:]) for code, trade in kept.items()
        }
        return cls(
            by_code=MappingProxyType(kept),
            totals=MappingProxyType(totals),
            cited_by=MappingProxyType({gesture: tuple(rows) for gesture, rows in cited.items()}),
            family_of=MappingProxyType(dict(family_of or {})),
            heaviest=MappingProxyType(heaviest),
            small=frozenset(code for code, total in totals.items() if heaviest[code] > NEAR_FROM * total),
        )

    def cores(self, codes: Iterable[str]) -> Trades:
        """What makes these trades, and nothing else: a team is judged on the heart of a work, gesture for gesture."""
        kept = [replace(self.by_code[code], gestures=core_of(self.by_code[code])) for code in codes]
        return replace(Trades.build(kept), family_of=self.family_of)


def core_of(trade: Trade) -> tuple[tuple[str, int], ...]:
    """The gestures that make a trade; all of them where the referential tells none apart."""
    core = tuple((code, weight) for code, weight in trade.gestures if weight == CORE_WEIGHT)
    return core or trade.gestures


def gesture_weight(nature: str, prominence: str) -> int:
    """What a citation weighs: know-how and families of know-how count; savoirs and savoir-être are seen otherwise."""
    if nature not in (Nature.KNOW_HOW, Nature.MACRO):
        return 0
    return CORE_WEIGHT if prominence == Prominence.CORE else ORDINARY_WEIGHT
