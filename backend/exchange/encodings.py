"""Telling which older encoding a file was written in, by the accents it would then hold.

A byte above 127 means « é » on one machine and « Ž » on another: of the three encodings French spreadsheets have
used, the one that gives the likeliest French is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Encoding:
    """One encoding: how Python calls it, how people do."""

    codec: str
    name: str


WINDOWS = Encoding("cp1252", "Windows-1252")
ENCODINGS = (WINDOWS, Encoding("mac_roman", "Macintosh"), Encoding("cp850", "DOS (page 850)"))
"""The likeliest first: it wins when nothing tells them apart."""

_OFTEN = {
    "é": 4,
    "è": 3,
    "ê": 3,
    "à": 3,
    "ç": 3,
    "ô": 2,
    "î": 2,
    "ï": 2,
    "û": 2,
    "ù": 2,
    "â": 2,
    "ë": 2,
    "É": 3,
}
_PLAUSIBLE = frozenset("œŒÈÊËÀÂÇÎÏÔÙÛ«»’€°–\u00a0²")
_MISPLACED = -3


def older_encoding(lines: Iterable[bytes]) -> Encoding:
    """The encoding of the lines that are not UTF-8, Windows-1252 when nothing tells."""
    old = [line for line in lines if not _is_utf8(line)]
    return max(ENCODINGS, key=lambda encoding: sum(_likelihood(line, encoding.codec) for line in old))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _likelihood(line: bytes, codec: str) -> int:
    """How French a line reads: common accents count, signs and capitals in the middle of a word count against."""
    text = line.decode(codec, errors="replace")
    return sum(
        _weight(char, before) for before, char in zip(f" {text}", text, strict=False) if not char.isascii()
    )


def _weight(char: str, before: str) -> int:
    if char.isupper() and before.islower():
        return _MISPLACED
    if char in _OFTEN:
        return _OFTEN[char]
    if char in _PLAUSIBLE:
        return 1
    if "À" <= char <= "ÿ" and char.isalpha():
        return int(char.islower())
    return _MISPLACED
