"""Rankings as JSON lines, written fast enough for millions of matches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from employers.matching.candidates import Candidates
from employers.matching.formula import DECIMALS, STANDINGS, Outcome
from employers.matching.ranking import VIA_STEP, Ranking
from employers.matching.referential import Referential
from employers.matching.vectors import Floats, Ints
from employers.matching.vocabulary import Requirement

Texts = NDArray[np.bytes_]
Characters = NDArray[np.uint8]
PADDING = 0  # the byte that fills short cells; JSON writes it otherwise, so removing it loses nothing
DIGITS = 3  # figures written at once


class RankingWriter:
    """Turns the rankings of the same candidates into lines of JSON.

    A line is a table of small texts, one row per person and one column per piece of the sentence: pieces that
    come back (the opening of a person, the end of a reason) are made once, copied in bulk, and the table is read
    from left to right. Nothing changes after construction: several threads may write lines at once.
    """

    def __init__(self, candidates: Candidates, *, with_reasons: bool) -> None:
        self.with_reasons = with_reasons
        self.openings = _texts(f',{{"profile":{json.dumps(profile)},"rank":' for profile in candidates.ids)
        self.rank_texts = _texts(str(rank) for rank in range(len(candidates.ids) + 1))
        self.reason_ends = _reason_ends(candidates.referential) if with_reasons else _texts([])
        self.digits = _texts(f"{number:0{DIGITS}d}" for number in range(10**DIGITS))

    def line(self, ranking: Ranking) -> bytes:
        """One requirement with its matches, ended by a line break."""
        matches = _read_across(list(self._columns(ranking)), rows=len(ranking.order))
        tied = f',"tied_not_shown":{ranking.tied_not_shown}' if ranking.tied_not_shown else ""
        opening = f'{{"requirement":{json.dumps(ranking.requirement.id)},"matches":['
        without_first_comma = matches[1:].data
        return b"".join((opening.encode(), without_first_comma, f"]{tied}}}\n".encode()))

    def _columns(self, ranking: Ranking) -> Iterator[Texts]:
        """Pieces of a match from left to right: one for each person, or one for all."""
        yield self.openings[ranking.order]
        yield self.rank_texts[ranking.ranks[ranking.order]]
        for name in ("score", "base", "trade"):
            yield _texts([f',"{name}":'])
            yield from self._number(getattr(ranking, f"{name}s")[ranking.order])
        if self.with_reasons:
            yield _texts([',"reasons":['])
            for opening, packed in zip(_openings(ranking.requirement), ranking.packed_reasons, strict=True):
                yield opening
                yield self.reason_ends[packed[ranking.order]]
            yield _texts(["]"])
        yield _texts(["}"])

    def _number(self, values: Floats) -> Iterator[Texts]:
        """Values between 0 and 1 with all their decimals, a few figures at a time."""
        whole, rest = np.divmod(np.rint(values * 10**DECIMALS).astype(np.int64), 10**DECIMALS)
        yield np.where(whole == 1, b"1.", b"0.")
        for power in range(DECIMALS - DIGITS, -1, -DIGITS):
            figures: Ints = rest // 10**power % 10**DIGITS
            yield self.digits[figures]


def _read_across(columns: list[Texts], *, rows: int) -> Characters:
    if not rows:
        return np.zeros(0, dtype=np.uint8)
    cells = np.dtype([(str(position), column.dtype) for position, column in enumerate(columns)])
    first = np.zeros(1, dtype=cells)
    for name, column in zip(cells.names or (), columns, strict=True):
        first[name] = column[:1]
    table = np.tile(first.view(np.uint8), rows).view(cells)  # what is the same for all is laid at once
    for name, column in zip(cells.names or (), columns, strict=True):
        if len(column) > 1:
            table[name] = column
    characters = table.view(np.uint8)
    kept: Characters = characters[characters != PADDING]
    return kept


def _openings(requirement: Requirement) -> Iterator[Texts]:
    """Start of the JSON of each reason, up to its code."""
    for position, asked in enumerate(requirement.competences):
        yield _texts([f'{"," if position else ""}{{"code":{json.dumps(asked.code)},'])


def _reason_ends(referential: Referential) -> Texts:
    """End of the JSON of every possible reason, after its code: the position is the packed reason."""
    vias = ["null", *(json.dumps(code) for code in referential.codes)]
    standings = [_standing_pattern(outcome) for outcome in Outcome]
    if len(standings) != VIA_STEP:
        raise AssertionError("A packed reason leaves room for exactly eight outcomes.")
    return _texts(pattern % via for via in vias for pattern in standings)


def _standing_pattern(outcome: Outcome) -> str:
    standing = STANDINGS[outcome]
    gap = "" if standing.level_gap == 0 else f',"level_gap":{json.dumps(standing.level_gap)}'
    return f'"state":"{standing.state.value}","via":%s,"credit":{standing.credit}{gap}}}'


def _texts(texts: Iterable[str]) -> Texts:
    """A column of ASCII texts (JSON escapes the rest), each cell as wide as the longest."""
    return np.array([text.encode("ascii") for text in texts], dtype=np.bytes_)
