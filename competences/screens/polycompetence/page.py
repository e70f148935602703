"""What the page of a person shows: the rose, the domains as walls of trades, the same as tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from string import ascii_uppercase

from competences.enums import Level
from competences.rules.polycompetence.person import COUNTS_FROM, Standing, State, nearness, with_families
from competences.screens.polycompetence.areas import TradeShare, Wall, wall_of
from competences.screens.polycompetence.curve import Curve, curve_of
from competences.screens.polycompetence.rose import Rose, rose_of
from competences.screens.polycompetence.words import STATE_WORDS, number, percent
from competences.selectors.polycompetence import PersonSkills
from competences.selectors.trades import words_of

MOST_DOMAINS, MOST_TILES, MOST_ROWS, MOST_MISSING, MOST_TRAVELLING = 8, 6, 20, 4, 8
NOTHING = Fraction(0)
SEEN_FROM = Fraction(15, 100)
"""Below this share a trade is hardly begun: its domain is drawn only when nothing better is."""


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain: its letter on the rose, its wall, how many trades are not drawn."""

    letter: str
    label: str
    words: str
    wall: Wall
    others: int


@dataclass(frozen=True, slots=True)
class TradeRow:
    """One trade in the table: the same as its tile, and the depth."""

    label: str
    domain: str
    state: str
    proved: str
    told: str
    depth: str


@dataclass(frozen=True, slots=True)
class NearTrade:
    """A trade near, and the gestures not held yet, those that make the trade first."""

    label: str
    share: str
    missing: tuple[str, ...]
    more_missing: int


@dataclass(frozen=True, slots=True)
class Traveller:
    """A gesture that serves several domains."""

    label: str
    level: str
    domains: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """The whole page."""

    rose: Rose
    breadth: str
    told_breadth: str
    held: int
    near: int
    told_held: int
    depth: str
    best_trade: str
    domains: tuple[Domain, ...]
    near_trades: tuple[NearTrade, ...]
    rows: tuple[TradeRow, ...]
    rows_left: int
    travellers: tuple[Traveller, ...]
    curve: Curve | None
    is_empty: bool


def map_page(skills: PersonSkills, *, today: date) -> MapPage:
    """The words and pictures of one person; one more question, for the words of the gestures named."""
    shares = _shares(skills)
    domains = _domains(skills, shares)
    begun = [each for each in skills.told.standings if each.coverage]
    travels = list(skills.travels.items())[:MOST_TRAVELLING]
    missing = {each.trade: _missing(skills, each) for each in begun if each.state is State.NEAR}
    named = [code for codes in missing.values() for code in codes[:MOST_MISSING]]
    words = words_of([*named, *(code for code, _ in travels)])
    best = max(skills.proved.standings, key=lambda each: each.depth, default=None)
    figure = number(skills.proved.breadth)
    return MapPage(
        rose=rose_of(
            [
                (d.letter, f"{d.label} : {d.words}", *_nearness(skills, shares[code]))
                for code, d in domains.items()
            ],
            figure=figure,
            summary=f"Étendue {figure}. "
            + " ; ".join(f"{d.letter}, {d.label} : {d.words}" for d in domains.values()),
        ),
        breadth=figure,
        told_breadth=number(skills.told.breadth),
        held=len(skills.proved.held),
        near=len(skills.proved.near),
        told_held=len(skills.told.held),
        depth=percent(skills.proved.depth),
        best_trade=skills.in_use.label(best.trade) if best else "",
        domains=tuple(domains.values()),
        near_trades=tuple(
            NearTrade(
                skills.in_use.label(each.trade),
                percent(each.coverage),
                tuple(words.get(code, code) for code in missing[each.trade][:MOST_MISSING]),
                max(0, len(missing[each.trade]) - MOST_MISSING),
            )
            for each in begun
            if each.trade in missing
        ),
        rows=tuple(_row(skills, each) for each in begun[:MOST_ROWS]),
        rows_left=max(0, len(begun) - MOST_ROWS),
        travellers=tuple(
            Traveller(
                words.get(code, code),
                Level(skills.told.levels[code]).label.lower(),
                ", ".join(skills.in_use.domain_label(each) for each in domains_),
            )
            for code, domains_ in travels
        ),
        curve=curve_of(skills.evolution, today=today),
        is_empty=not begun,
    )


def _shares(skills: PersonSkills) -> dict[str, list[TradeShare]]:
    """Every trade of the domains that the person has really begun, the best covered first."""
    proved = {each.trade: each.coverage for each in skills.proved.standings}
    told = {each.trade: each.coverage for each in skills.told.standings}
    covered = [each for each in skills.told.standings if each.coverage]
    begun = {each.domain for each in covered if each.coverage >= SEEN_FROM} or {
        each.domain for each in covered[:1]
    }
    found: dict[str, list[TradeShare]] = {domain: [] for domain in begun}
    for trade in skills.in_use.trades.by_code.values():
        if trade.domain in begun:
            share = TradeShare(
                trade.code,
                trade.label,
                trade.total,
                proved.get(trade.code, NOTHING),
                told.get(trade.code, NOTHING),
            )
            found[trade.domain].append(share)
    for trades in found.values():
        trades.sort(key=lambda each: (-each.proved, -each.told, each.code))
    return found


def _domains(skills: PersonSkills, shares: dict[str, list[TradeShare]]) -> dict[str, Domain]:
    """The domains that are drawn: those reached most, with a trade held, near or begun."""
    order = sorted(
        shares,
        key=lambda code: (
            [-each for each in _nearness(skills, shares[code])],
            -max(each.told for each in shares[code]),
            code,
        ),
    )
    return {
        code: Domain(
            letter,
            skills.in_use.domain_label(code),
            _domain_words(shares[code]),
            wall_of(shares[code][:MOST_TILES]),
            max(0, len(shares[code]) - MOST_TILES),
        )
        for letter, code in zip(ascii_uppercase, order[:MOST_DOMAINS], strict=False)
    }


def _nearness(skills: PersonSkills, trades: list[TradeShare]) -> tuple[Fraction, Fraction]:
    """What this domain brings to the breadth: proved, then with what is declared."""
    return max(nearness(each.proved) for each in trades), max(nearness(each.told) for each in trades)


def _domain_words(trades: list[TradeShare]) -> str:
    held = sum(each.state is State.HELD for each in trades)
    near = sum(each.state is State.NEAR for each in trades)
    said = [f"{held} métier{'s' if held > 1 else ''} tenu{'s' if held > 1 else ''}" if held else ""]
    said.append(f"{near} proche{'s' if near > 1 else ''}" if near else "")
    return ", ".join(each for each in said if each) or "commencé"


def _missing(skills: PersonSkills, standing: Standing) -> list[str]:
    """Gestures of a trade the person does not hold yet, those that make the trade first."""
    known = with_families(skills.told.levels, skills.in_use.trades)
    gestures = skills.in_use.trades.by_code[standing.trade].gestures
    lacking = [(weight, code) for code, weight in gestures if known.get(code, 0) < COUNTS_FROM]
    return [code for _, code in sorted(lacking, key=lambda row: (-row[0], row[1]))]


def _row(skills: PersonSkills, told: Standing) -> TradeRow:
    proved = next((each for each in skills.proved.standings if each.trade == told.trade), None)
    return TradeRow(
        skills.in_use.label(told.trade),
        skills.in_use.domain_label(told.domain),
        STATE_WORDS[proved.state if proved else State.FAR],
        percent(proved.coverage if proved else NOTHING),
        percent(told.coverage),
        percent(told.depth),
    )
