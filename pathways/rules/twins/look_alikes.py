"""Whether two files may be one person's: names as people write them, birth dates as they are misread.

Nothing is ever joined because of this: it says what is worth somebody's look, and why. « Certain » asks for a proof beside
the name and the birth date (the same telephone or address): homonyms born the same day exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

from backend.core.values.births import may_be_one
from backend.core.values.partial_days import PartialDay
from backend.core.values.text import normalise, tight

PARTICLES = frozenset(
    {"de", "du", "des", "d", "la", "le", "les", "l", "da", "dos", "el", "al", "ben", "bin", "van", "von"}
)
"""Small words of a family name, written or left out; « N’Diaye » and « Le Goff » are told without spaces anyway."""
_BETWEEN_NAMES = re.compile(
    r"\b(?:n[eé]e?|[eé]pouse|[eé]p|veuve|divorc[eé]e|nom d.usage|dite?|alias)\b|[()/,]", re.IGNORECASE
)
ONE_SLIP_FROM, TWO_SLIPS_FROM = 4, 8
"""Letters a name must have before one slip, then two, are forgiven."""


class Likeness(IntEnum):
    """How much two files look like one person's."""

    NONE = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3

    @property
    def label(self) -> str:
        """What people read."""
        return ("", "à regarder", "probable", "presque sûr")[self]


class Names(IntEnum):
    """How two names stand to each other."""

    APART = 0
    PARTLY = 1
    CLOSE = 2
    SAME = 3


class Births(IntEnum):
    """How two birth dates stand to each other."""

    APART = 0
    UNKNOWN = 1
    PARTLY = 2
    NEAR = 3
    SAME = 4


_VERDICT = {
    (Names.SAME, Births.SAME): Likeness.LIKELY,
    (Names.SAME, Births.NEAR): Likeness.LIKELY,
    (Names.SAME, Births.PARTLY): Likeness.LIKELY,
    (Names.SAME, Births.UNKNOWN): Likeness.POSSIBLE,
    (Names.CLOSE, Births.SAME): Likeness.LIKELY,
    (Names.CLOSE, Births.NEAR): Likeness.POSSIBLE,
    (Names.CLOSE, Births.PARTLY): Likeness.POSSIBLE,
    (Names.CLOSE, Births.UNKNOWN): Likeness.POSSIBLE,
    (Names.PARTLY, Births.SAME): Likeness.POSSIBLE,
}
_NAMES_IN_WORDS = {
    Names.SAME: "même nom",
    Names.CLOSE: "noms à une ou deux lettres près",
    Names.PARTLY: "un nom en commun",
}
_BIRTHS_IN_WORDS = {
    Births.SAME: "même date de naissance",
    Births.NEAR: "dates de naissance proches",
    Births.PARTLY: "dates de naissance compatibles, l’une connue en partie",
    Births.UNKNOWN: "date de naissance inconnue d’un côté",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a person from another, as a file says it."""

    last_name: str
    first_name: str
    birth_date: date | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How much, and why."""

    likeness: Likeness
    reasons: tuple[str, ...] = ()


def resemblance(one: Identity, other: Identity) -> Resemblance:
    """How much two files look like one person's, with the reasons a colleague may challenge."""
    names, births = compare_names(one, other), compare_births(one.birth_date, other.birth_date)
    found = _VERDICT.get((names, births), Likeness.NONE)
    if found is Likeness.NONE:
        return Resemblance(found)
    reached = [
        word
        for word, same in (
            ("même téléphone", _same(one.phone, other.phone)),
            ("même adresse électronique", _same(one.email, other.email)),
        )
        if same
    ]
    if (names, births) == (Names.SAME, Births.SAME) and reached:
        found = Likeness.CERTAIN
    return Resemblance(found, (_NAMES_IN_WORDS[names], _BIRTHS_IN_WORDS[births], *reached))


def _same(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()


# Names


def compare_names(one: Identity, other: Identity) -> Names:
    """The best that the names allow: in order or inverted, with or without particles, birth name or married name."""
    best = Names.APART
    for last, first in _readings(one):
        for other_last, other_first in _readings(other):
            best = max(best, _as_written(last, first, other_last, other_first))
            best = max(best, _as_written(last, first, other_first, other_last))
            if best is Names.SAME:
                return best
    return max(best, _partly(one, other))


def _as_written(last: str, first: str, other_last: str, other_first: str) -> Names:
    if last == other_last and first == other_first:
        return Names.SAME
    slips = (slips_between(last, other_last), slips_between(first, other_first))
    if None in slips or sum(each or 0 for each in slips) > 2:
        return Names.APART
    return Names.CLOSE


@lru_cache(maxsize=20_000)
def _readings(who: Identity) -> tuple[tuple[str, str], ...]:
    """The name whole, and each of the names it holds: « Exemple née Modèle », « Exemple-Modèle »."""
    firsts = dict.fromkeys((tight(who.first_name), tight_name(who.first_name)))
    return tuple((last, first) for last in last_names(who.last_name) for first in firsts)


def last_names(text: str) -> list[str]:
    """The names a family name may be known by, the whole of it first; without particles, accents nor separators."""
    pieces = [piece for piece in _BETWEEN_NAMES.split(text) if normalise(piece)]
    whole = " ".join(pieces) or text
    halves = [half for piece in pieces for half in _halves(piece)]
    return list(
        dict.fromkeys([tight(whole), tight_name(whole), *(tight_name(piece) for piece in pieces), *halves])
    )


def _halves(piece: str) -> Iterator[str]:
    """The names of a double name, when both are long enough to be names: « Modèle-Songe », never « Le-Goff »."""
    parts = [tight_name(part) for part in re.split(r"\s*-\s*|\s+", piece.strip())]
    parts = [part for part in parts if part]
    if len(parts) > 1 and all(len(part) >= ONE_SLIP_FROM for part in parts):
        yield from parts


def tight_name(text: str) -> str:
    """« d’Exemple de la Tour » → « exempletour »: letters only; a name made of small words alone keeps them."""
    words = normalise(text).split()
    return "".join(word for word in words if word not in PARTICLES) or "".join(words)


def _partly(one: Identity, other: Identity) -> Names:
    """A first name in common under another family name (a marriage), or a family name in common with a shorter first name."""
    return Names.PARTLY if _first_names(one) & _first_names(other) else Names.APART


@lru_cache(maxsize=20_000)
def _first_names(who: Identity) -> frozenset[str]:
    return frozenset(normalise(who.first_name).split())


def slips_between(one: str, other: str) -> int | None:
    """How many letters added, missing, changed or swapped separate two names, when few enough are forgiven."""
    shortest = min(len(one), len(other))
    allowed = 2 if shortest >= TWO_SLIPS_FROM else 1 if shortest >= ONE_SLIP_FROM else 0
    if one == other:
        return 0
    if not allowed or abs(len(one) - len(other)) > allowed:
        return None
    found = _distance(one, other)
    return found if found <= allowed else None


def _distance(one: str, other: str) -> int:
    """Optimal string alignment: one step for a letter added, missing, changed, or swapped with its neighbour."""
    before, last = list[int](), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, met in enumerate(other, 1):
            step = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != met))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == met:
                step = min(step, before[column - 2] + 1)
            line.append(step)
        before, last = last, line
    return last[-1]


# Birth dates


def compare_births(one: date | None, other: date | None) -> Births:
    """The same, near (a figure misread, day and month inverted, a first of January put for want of better), or apart.

    Known in part on one side or on both, they are compatible or apart: a year that many share never makes them the same.
    """
    if one is None or other is None:
        return Births.UNKNOWN
    if isinstance(one, PartialDay) or isinstance(other, PartialDay):
        return Births.PARTLY if may_be_one(one, other) else Births.APART
    if one == other:
        return Births.SAME
    return Births.NEAR if _is_near(one, other) else Births.APART


def _is_near(one: date, other: date) -> bool:
    same = [one.year == other.year, one.month == other.month, one.day == other.day]
    if one.year == other.year and ((one.month, one.day) == (other.day, other.month)):
        return True
    if one.year == other.year and any((each.month, each.day) == (1, 1) for each in (one, other)):
        return True
    if sum(same) != 2:
        return False
    return _one_figure(f"{one:%Y%m%d}", f"{other:%Y%m%d}")


def _one_figure(one: str, other: str) -> bool:
    """One figure differs, or two neighbours are swapped."""
    at = [rank for rank, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    is_swapped = (
        len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]
    )
    return len(at) == 1 or is_swapped


# Finding them among many


def keys_of(who: Identity) -> set[str]:
    """What two files that look alike have in common, so as not to compare everybody with everybody."""
    names = {*last_names(who.last_name), tight_name(who.first_name)}
    starts = {f"n:{name[:3]}" for name in names if name}
    ends = {f"e:{name[-3:]}" for name in names if name}
    born = {f"b:{who.birth_date.isoformat()}"} if who.birth_date else set()
    return starts | ends | born


def closest(who: Identity, others: Iterable[tuple[int, Identity]]) -> list[tuple[int, Resemblance]]:
    """Those who look like this one, the likeliest first."""
    found = [(number, resemblance(who, other)) for number, other in others]
    kept = [each for each in found if each[1].likeness]
    return sorted(kept, key=lambda each: (-each[1].likeness, each[0]))
