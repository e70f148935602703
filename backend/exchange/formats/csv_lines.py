"""The lines of a csv, one by one: a quote left open takes its own line away, never somebody else's.

A text on several lines stays possible (a synthesis typed with paragraphs): it must end with its own quote, in a
column made for long texts, and none of the lines it spans may look like a line of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

MAX_SPAN = 200
"""How many lines one quoted text may take."""
SEPARATORS = ";\t,"
QUOTE = '"'


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the table: the physical lines it takes, its cells, and what is wrong with its quotes."""

    first: int
    last: int
    cells: list[str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """One physical line cut at its separators."""

    cells: list[str]
    is_open: bool = False
    is_odd: bool = False


def split(text: str, separator: str = ";") -> Split:
    """The cells of a text; `is_open` when a quote is never closed, `is_odd` when something follows one that is."""
    if QUOTE not in text:
        return Split(text.split(separator))
    cells: list[str] = []
    rest, is_odd = text, False
    while True:
        body = rest.lstrip(" ")
        if not body.startswith(QUOTE):
            cell, found, rest = rest.partition(separator)
            cells.append(cell)
        else:
            end = _closing(body)
            if end is None:
                cells.append(body[1:].replace(QUOTE * 2, QUOTE))
                return Split(cells, is_open=True, is_odd=is_odd)
            after, found, rest = body[end + 1 :].partition(separator)
            is_odd = is_odd or bool(after.strip())
            cells.append(body[1:end].replace(QUOTE * 2, QUOTE) + after.rstrip())
        if not found:
            return Split(cells, is_odd=is_odd)


def _closing(body: str) -> int | None:
    """Where the quote that opens `body` is closed; a doubled one stands for itself."""
    at = 1
    while (at := body.find(QUOTE, at)) != -1:
        if body[at + 1 : at + 2] != QUOTE:
            return at
        at += 2
    return None


def separator_of(header: str) -> str:
    """What separates the titles: « ; » unless only another one is there."""
    return max(SEPARATORS, key=lambda mark: (header.count(mark), -SEPARATORS.index(mark)))


def records(
    lines: list[str],
    *,
    separator: str,
    may_span: Callable[[int], bool],
    looks_like_a_line: Callable[[list[str]], bool],
) -> Iterator[Record]:
    """Every line that holds something is in one record, and in one only.

    `may_span` says whether the column of that rank takes long texts; `looks_like_a_line` whether these cells
    would make a line by themselves.
    """
    at, opened = 0, 0
    while at < len(lines):
        if not lines[at].strip(f" {separator}\t\xa0"):
            at += 1
            continue
        found = split(lines[at], separator)
        last = at
        if found.is_open:
            last = _end_of_text(lines, at, separator, found, may_span, looks_like_a_line)
            if last == at:
                problem = f"guillemet ouvert ligne {at + 1} et jamais refermé"
                yield Record(at + 1, at + 1, found.cells, problem)
                at, opened = at + 1, at + 1
                continue
            found = split("\n".join(lines[at : last + 1]), separator)
        problem = _misplaced(found, lines[at], separator)
        if opened and last == at and _ends_with_a_stray_quote(lines[at]):
            problem, opened = f"guillemet qui referme peut-être celui de la ligne {opened}", 0
        yield Record(at + 1, last + 1, found.cells, problem)
        at = last + 1


_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(\r\n|[\r\n]|.|\Z)', re.DOTALL)
_AFTER_A_RECORD = ("\r\n", "\r", "\n", "")
_AFTER_A_CELL = (*SEPARATORS, *_AFTER_A_RECORD)
_LINE_END = re.compile(r"\r\n|\r|\n")


def fully_quoted(text: str) -> list[Record] | None:
    """The records of a file that puts every cell between quotes, as our own export of long texts does.

    None for any other: there, a text cannot hold what ends it, so nothing has to be guessed, and its line ends stay.
    """
    found: list[Record] = []
    cells: list[str] = []
    at, first, line = 0, 1, 1
    while at < len(text):
        cell = _QUOTED.match(text, at)
        if cell is None or cell[2] not in _AFTER_A_CELL:
            return None
        cells.append(cell[1].replace(QUOTE * 2, QUOTE))
        line += len(_LINE_END.findall(cell[1]))
        if cell[2] in _AFTER_A_RECORD:
            found.append(Record(first, line, cells))
            cells, first, line = [], line + 1, line + 1
        at = cell.end()
    is_whole = bool(found) and not cells and len(found[0].cells) > 1
    return found if is_whole and all(len(each.cells) == len(found[0].cells) for each in found) else None


def _end_of_text(
    lines: list[str],
    at: int,
    separator: str,
    opened: Split,
    may_span: Callable[[int], bool],
    looks_like_a_line: Callable[[list[str]], bool],
) -> int:
    """The line where a text on several lines ends; the line it begins on when it is only a stray quote."""
    if opened.is_odd or not may_span(len(opened.cells) - 1):
        return at
    for last in range(at + 1, min(len(lines), at + 1 + MAX_SPAN)):
        if looks_like_a_line(split(lines[last], separator).cells):
            return at
        whole = split("\n".join(lines[at : last + 1]), separator)
        if not whole.is_open:
            return at if whole.is_odd else last
    return at


def _ends_with_a_stray_quote(line: str) -> bool:
    """Whether the only quote of a line ends it."""
    return line.count(QUOTE) == 1 and line.rstrip().endswith(QUOTE)


def _misplaced(found: Split, line: str, separator: str) -> str:
    """Something follows a closing quote: harmless when no separator was taken in with it."""
    if found.is_odd and len(found.cells) != line.count(separator) + 1:
        return "guillemets mal placés sur cette ligne"
    return ""


# Which older encoding: a byte above 127 means « é » on one machine and « Ž » on another. Of the three that French
# spreadsheets have used, the one that gives the likeliest French is kept.


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
