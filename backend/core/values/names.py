"""A name written in one piece: which words are the family name, which are the first name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.core.values.text import normalise

_TITLES = frozenset({"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"})
_PARTICLES = frozenset(
    {"de", "du", "des", "la", "le", "d", "l", "da", "dos", "di", "van", "von", "der", "el", "al", "ben", "bin", "ould", "saint"}
)  # fmt: skip
_BORN = frozenset({"nee", "ne", "epouse", "ep", "veuve"})
_ELISION = re.compile(r"^[dl]['’]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Name:
    """A family name and a first name; not sure when the words alone do not tell them apart."""

    last: str
    first: str
    is_sure: bool = True


def split_name(text: str, *, last_first: bool) -> Name:
    """« NOM Prénom », « Prénom NOM » or « Nom, Prénom »: capitals and commas tell, else the order people said.

    A particle goes with the name it stands before. Two words follow the order; of more, where the name ends is a guess.
    """
    text = _SPACES.sub(" ", text).strip(" ,;")
    before, comma, after = (part.strip() for part in text.partition(","))
    if comma and before and after:
        return Name(_without_title(before), _without_title(after))
    words = _without_title(text).split()
    if len(words) < 2:
        return Name(" ".join(words), "", is_sure=False)
    by_capitals = _by_capitals(words)
    if by_capitals is not None:
        return by_capitals
    end = _end_of_last(words) if last_first else len(words) - _start_of_last(words)
    end = min(max(end, 1), len(words) - 1)
    is_sure = len(words) == 2 or _is_only_particles(words, end, last_first=last_first)
    if last_first:
        return Name(" ".join(words[:end]), " ".join(words[end:]), is_sure)
    return Name(" ".join(words[-end:]), " ".join(words[:-end]), is_sure)


def _without_title(text: str) -> str:
    words = text.split()
    while len(words) > 1 and normalise(words[0]) in _TITLES:
        words = words[1:]
    return " ".join(words)


def _is_capital(word: str) -> bool:
    letters = [char for char in _ELISION.sub("", word) if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters)


def _by_capitals(words: list[str]) -> Name | None:
    """The family name is what is written in capitals, when the first name is not, at one end of the name."""
    is_last = [_is_capital(word) or _joins(words, rank) for rank, word in enumerate(words)]
    if not any(map(_is_capital, words)) or all(is_last):
        return None
    if is_last[0]:
        end = is_last.index(False)
        if not any(is_last[end:]):
            return Name(" ".join(words[:end]), " ".join(words[end:]))
    if is_last[-1]:
        start = len(is_last) - is_last[::-1].index(False)
        if not any(is_last[:start]):
            return Name(" ".join(words[start:]), " ".join(words[:start]))
    return None


def _joins(words: list[str], rank: int) -> bool:
    """« de » or « née » before a word in capitals belongs to it, and so does what stands before both."""
    word = normalise(words[rank])
    if word not in _PARTICLES | _BORN:
        return False
    rest = words[rank + 1 :]
    return bool(rest) and (_is_capital(rest[0]) or _joins(words, rank + 1))


def _end_of_last(words: list[str]) -> int:
    """Where the family name ends when it comes first: after its particles and the word they lead to."""
    end = 0
    while end < len(words) - 2 and normalise(words[end]) in _PARTICLES:
        end += 1
    return end + 1


def _start_of_last(words: list[str]) -> int:
    """Where it begins when it comes last: at the first particle, else at the last word."""
    return next(
        (rank for rank in range(1, len(words) - 1) if normalise(words[rank]) in _PARTICLES), len(words) - 1
    )


def _is_only_particles(words: list[str], end: int, *, last_first: bool) -> bool:
    last, first = (words[:end], words[end:]) if last_first else (words[-end:], words[:-end])
    return len(first) == 1 and all(normalise(word) in _PARTICLES for word in last[:-1])
