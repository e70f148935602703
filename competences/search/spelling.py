"""Finds the known word behind a slip of the keyboard, or two words typed as one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

MIN_LENGTH = 4  # shorter words have too many neighbours
LONG_WORD = 7  # from this length, two slips are forgiven
CANDIDATES = 30


class Speller:
    """Knows the words of an index; `correct` gives the nearest ones to a word it does not know."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = {word for word in known if not word.isdigit()}
        self.by_piece: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.known):
            for piece in _pieces(word):
                self.by_piece[piece].append(word)

    def correct(self, word: str) -> list[str]:
        """The word itself if known, else the nearest known word, or two known words it is made of, or nothing."""
        if word in self.known or word.isdigit() or len(word) < MIN_LENGTH:
            return [word]
        return self._nearest(word) or self._split(word)

    def _nearest(self, word: str) -> list[str]:
        shared: Counter[str] = Counter()
        for piece in _pieces(word):
            shared.update(self.by_piece.get(piece, ()))
        allowed = 2 if len(word) >= LONG_WORD else 1
        best: tuple[int, int, str] | None = None
        for candidate, pieces in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]:
            if candidate[0] != word[0] and len(word) < LONG_WORD:
                continue  # the first letter of a short word is rarely the wrong one
            slips = distance(word, candidate, allowed)
            if slips <= allowed and (best is None or (slips, -pieces, candidate) < best):
                best = (slips, -pieces, candidate)
        return [best[2]] if best else []

    def _split(self, word: str) -> list[str]:
        for cut in range(MIN_LENGTH - 1, len(word) - MIN_LENGTH + 2):
            if word[:cut] in self.known and word[cut:] in self.known:
                return [word[:cut], word[cut:]]
        return []


def distance(first: str, second: str, most: int) -> int:
    """Slips between two words: a letter missing, added, changed, or two neighbours swapped; `most + 1` if more."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _pieces(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
