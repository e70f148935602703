"""The competences of a bloc come as one text: where it may be cut, offered to somebody who accepts or rewrites.

Nothing of it is ever used before that yes. Every proposal is made of words of the text, in their order.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

MOST_LINES = 200
LONGEST_LINE = 1_000
_MARKS = (
    re.compile(r"(?:(?<=\s)|(?<=^))(?:C|AT|A)\s?\d{1,2}(?:[.\-]\d{1,2}){0,3}\s?[.:)–-]?\s+(?=\S)"),
    re.compile(r"(?:(?<=\n)|(?<=^))[ \t]*[-–—•·*▪➢✓►]\s*(?=\S)"),
    re.compile(r"(?:(?<=\n)|(?<=^))[ \t]*\d{1,2}(?:\.\d{1,2}){0,2}\s?[.)–-]\s*(?=\S)"),
    re.compile(r"(?:(?<=\s)|(?<=^))\d{1,2}\s?[.)–-]\s+(?=[A-ZÀ-Ý])"),
)
_HEADING = re.compile(r":\s*$")


def split_competences(text: str) -> tuple[str, ...]:
    """Proposals of lines: by codes (« C1.2 »), bullets, numbers, line breaks, « ; », « - », then sentences."""
    for cut in (*map(_by_mark, _MARKS), _by_lines, _by(r"\s*;\s+"), _by(r"\s+[-–•*]\s+"), _by_sentences):
        if len(found := _clean(cut(text))) > 1:
            return found
    return _clean([text])


def print_of(text: str) -> str:
    """What tells that a published list changed since somebody accepted it; empty for no list."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def typed_lines(text: str) -> tuple[str, ...]:
    """What somebody accepted, one competence a line."""
    return _clean(text.splitlines())


def _by_mark(mark: re.Pattern[str]) -> Callable[[str], list[str]]:
    def cut(text: str) -> list[str]:
        found = list(mark.finditer(text))
        if len(found) < 2:
            return []
        ends = [*(each.start() for each in found[1:]), len(text)]
        before = [line for line in text[: found[0].start()].splitlines() if not _HEADING.search(line)]
        return [*before, *(text[each.end() : end] for each, end in zip(found, ends, strict=True))]

    return cut


def _by_lines(text: str) -> list[str]:
    """One competence a line; a line that begins in lower case goes on with the one before."""
    lines: list[str] = []
    for line in text.splitlines():
        said = line.strip()
        if said and lines and said[0].islower():
            lines[-1] += f" {said}"
        elif said and not _HEADING.search(said):
            lines.append(said)
    return lines


def _by(separator: str) -> Callable[[str], list[str]]:
    return lambda text: re.split(separator, text)


def _by_sentences(text: str) -> list[str]:
    return re.split(r"(?<=[a-zà-ÿ)»])\.\s+(?=[A-ZÀ-Ý])", text)


def _clean(pieces: list[str]) -> tuple[str, ...]:
    """On one line each, without the sign that ends them, once each."""
    told = (" ".join(piece.split()).strip(" ;,.•*–-")[:LONGEST_LINE].strip() for piece in pieces)
    return tuple(dict.fromkeys(each for each in told if any(sign.isalpha() for sign in each)))[:MOST_LINES]
