"""What one person covers of the trades: held, near, how deep, how far apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from competences.enums import Level
from competences.rules.polycompetence.trades import HELD_FROM, NEAR_FROM, Trades

Levels = Mapping[str, int]
"""What somebody holds: a level, 1 to 4, by code of competence."""

COUNTS_FROM = Level.WITH_HELP.value
"""« Avec aide » counts as held, as a task asks it by default; « s’initie » does not yet."""
NOTHING = Fraction(0)


class State(StrEnum):
    """Where somebody stands before a trade."""

    HELD = "held"
    NEAR = "near"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Standing:
    """One person before one trade: the share covered, and how deep it is known (both 0 to 1)."""

    trade: str
    domain: str
    coverage: Fraction
    depth: Fraction

    @property
    def state(self) -> State:
        """Held from `HELD_FROM`, near above `NEAR_FROM`."""
        return state_of(self.coverage)

    @property
    def nearness(self) -> Fraction:
        """What this trade may bring to the breadth, 0 to 1."""
        return nearness(self.coverage)


@dataclass(frozen=True, slots=True)
class Gain:
    """What one gesture more would change: the breadth it adds, the trades that become held, those that become near."""

    gesture: str
    breadth: Fraction
    held: tuple[str, ...]
    near: tuple[str, ...]


def state_of(coverage: Fraction) -> State:
    """Held, near or far."""
    if coverage >= HELD_FROM:
        return State.HELD
    return State.NEAR if coverage > NEAR_FROM else State.FAR


def nearness(coverage: Fraction) -> Fraction:
    """0 up to `NEAR_FROM`, 1 from `HELD_FROM` on, in proportion between."""
    if coverage <= NEAR_FROM:
        return NOTHING
    return min(Fraction(1), (coverage - NEAR_FROM) / (HELD_FROM - NEAR_FROM))


def best_of(*known: Levels) -> dict[str, int]:
    """Several readings of one person together: the best level of each competence."""
    best: dict[str, int] = {}
    for levels in known:
        for code, level in levels.items():
            best[code] = max(level, best.get(code, 0))
    return best


def with_families(levels: Levels, trades: Trades) -> dict[str, int]:
    """The same levels, each family known as well as the best of its gestures."""
    known = dict(levels)
    for code, level in levels.items():
        family = trades.family_of.get(code)
        if family is not None and level > known.get(family, 0):
            known[family] = level
    return known


def standings(levels: Levels, trades: Trades, *, counts_from: int = COUNTS_FROM) -> list[Standing]:
    """Every trade of which something is known, the best covered first, then in the order of codes.

    `counts_from` is the level a gesture must have to be covered: « avec aide » for a person, « en autonomie » in a team.
    """
    known = with_families(levels, trades)
    covered, deep = _weights(known, trades, counts_from)
    found = [
        Standing(
            code,
            trades.by_code[code].domain,
            Fraction(covered.get(code, 0), trades.totals[code]),
            Fraction(weight, Level.TEACHES.value * trades.totals[code]),
        )
        for code, weight in deep.items()
    ]
    return sorted(found, key=lambda each: (-each.coverage, -each.depth, each.trade))


def breadth(found: Iterable[Standing]) -> Fraction:
    """Étendue: the best trade of each domain, added up; two close trades are one area."""
    return sum(_best_by_domain(found).values(), NOTHING)


def depth(found: Iterable[Standing]) -> Fraction:
    """Profondeur: how well the best known trade is known."""
    return max((each.depth for each in found), default=NOTHING)


def travelling(levels: Levels, found: Collection[Standing], trades: Trades) -> dict[str, tuple[str, ...]]:
    """Gestures held that serve several domains where the person holds or comes near a trade, with these domains."""
    reached = {each.trade: each.domain for each in found if each.state is not State.FAR}
    serves: dict[str, tuple[str, ...]] = {}
    for code, level in levels.items():
        if level >= COUNTS_FROM:
            domains = {reached[trade] for trade, _ in trades.cited_by.get(code, ()) if trade in reached}
            if len(domains) > 1:
                serves[code] = tuple(sorted(domains))
    return dict(sorted(serves.items(), key=lambda row: (-len(row[1]), row[0])))


def gains(levels: Levels, trades: Trades) -> dict[str, Gain]:
    """What each gesture not yet held would change once it is; those that change nothing are left out.

    Only trades already begun, and those too short to need it, can come within reach of a single gesture. What is proposed
    is a gesture these trades cite, or a family they cite, to which any of its gestures answers.
    """
    known = with_families(levels, trades)
    covered, _ = _weights(known, trades, COUNTS_FROM)
    reachable = trades.small.union(code for code in covered if _may_come_near(code, covered[code], trades))
    lacking: dict[str, dict[str, int]] = defaultdict(dict)
    for code in reachable:
        for gesture, weight in trades.by_code[code].gestures:
            if known.get(gesture, 0) < COUNTS_FROM:
                lacking[gesture][code] = weight
    added = {gesture: _with_family(gesture, lacking, trades) for gesture in lacking}
    before = {code: Fraction(weight, trades.totals[code]) for code, weight in covered.items()}
    best: dict[str, Fraction] = {}
    for code, share in before.items():
        domain = trades.by_code[code].domain
        best[domain] = max(best.get(domain, NOTHING), nearness(share))
    found = {
        gesture: gain
        for gesture, more in added.items()
        if (gain := _gain(gesture, more, covered, before, best, trades)) is not None
    }
    return dict(sorted(found.items()))


def _gain(
    gesture: str,
    more: Mapping[str, int],
    covered: Mapping[str, int],
    before: Mapping[str, Fraction],
    best: Mapping[str, Fraction],
    trades: Trades,
) -> Gain | None:
    after: dict[str, Fraction] = {}
    held: list[str] = []
    near: list[str] = []
    low, high = NEAR_FROM.numerator, NEAR_FROM.denominator
    for code, weight in more.items():
        total, now = trades.totals[code], covered.get(code, 0) + weight
        if now * high <= low * total:
            continue
        share, was = Fraction(now, total), before.get(code, NOTHING)
        domain = trades.by_code[code].domain
        after[domain] = max(after.get(domain, NOTHING), nearness(share))
        if state_of(share) is not state_of(was):
            (held if state_of(share) is State.HELD else near).append(code)
    gained = sum(
        (max(NOTHING, share - best.get(domain, NOTHING)) for domain, share in after.items()), NOTHING
    )
    if not gained and not held and not near:
        return None
    return Gain(gesture, gained, tuple(sorted(held)), tuple(sorted(near)))


def _with_family(gesture: str, lacking: Mapping[str, Mapping[str, int]], trades: Trades) -> dict[str, int]:
    """What a gesture adds to each trade: its own weight, and that of its family where it is cited and not known yet."""
    more = dict(lacking[gesture])
    for code, weight in lacking.get(trades.family_of.get(gesture, ""), {}).items():
        more[code] = more.get(code, 0) + weight
    return more


def _may_come_near(code: str, covered: int, trades: Trades) -> bool:
    """Whether the heaviest gesture of this trade would bring it near."""
    most = covered + trades.heaviest[code]
    return most * NEAR_FROM.denominator > NEAR_FROM.numerator * trades.totals[code]


def _weights(known: Levels, trades: Trades, counts_from: int) -> tuple[dict[str, int], dict[str, int]]:
    """By trade: the weight of what counts as held, and the weight of everything known times its level."""
    covered: dict[str, int] = defaultdict(int)
    deep: dict[str, int] = defaultdict(int)
    for code, level in known.items():
        for trade, weight in trades.cited_by.get(code, ()):
            deep[trade] += weight * level
            if level >= counts_from:
                covered[trade] += weight
    return covered, deep


def _best_by_domain(found: Iterable[Standing]) -> dict[str, Fraction]:
    best: dict[str, Fraction] = {}
    for each in found:
        best[each.domain] = max(best.get(each.domain, NOTHING), each.nearness)
    return best
