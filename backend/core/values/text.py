"""Words as people type them: without accents, case or stray spaces between us and what they mean."""

from __future__ import annotations

import re
import unicodedata

from backend.core.values.dates import NBSP

SHORTEST_SLIP = 4
"""Below four letters, one letter of difference is another word."""

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by their category, and nothing by their drawing."""
_DROPS = re.compile(r"[aeiouh]|y(?![aeiou])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def normalise(text: str) -> str:
    """Lower-case, accent-free, punctuation to single spaces: « Élodie-Anne  » → « elodie anne »."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).lower()
    return _NOT_WORD.sub(" ", plain).strip()


def alphabetical(name: object) -> str:
    """What a name is sorted by: « Élodie » before « Zoé », whatever case and accents; as `Alphabetical` in a query."""
    return normalise(str(name))


def tight(text: str) -> str:
    """The same without any separator: « N’Diaye », « n diaye » and « NDIAYE » are one."""
    return normalise(text).replace(" ", "")


def says_something(text: str) -> bool:
    """Whether anybody would see something of it: a zero-width space pasted alone is no word."""
    return any(char not in _BLANK and unicodedata.category(char) not in _UNSEEN for char in text)


def one_slip_apart(typed: str, meant: str) -> bool:
    """Whether one letter added, missing, changed or swapped with its neighbour separates two words."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if at is None:
        return True
    rest, other = typed[at:], meant[at:]
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return rest[1:] == other[1:] or rest == other[1:] or rest[1:] == other or swapped


def of_name(name: object) -> str:
    """« d’Amina », « de Paul »: the preposition before a name, which drops its vowel before a vowel or an h.

    Given names take a silent h (« d’Hélène »); a y before a vowel stays a consonant (« de Youssef »).
    """
    words = str(name)
    return f"{'d’' if _DROPS.match(normalise(words)) else 'de '}{words}"


def counted(number: int, singular: str, plural: str) -> str:
    """« 0 jour », « 1 jour », « 2 jours »: the two never break apart."""
    return f"{number}{NBSP}{singular if abs(number) < 2 else plural}"


def of_place(name: object) -> str:
    """« des Jardins », « du Fournil », « d’Intérim », « de Belval »: the preposition before a structure or an employer.

    Their own article joins it, as one says it aloud; « La » and « L’ » stay (« de La Ferme », « de L’Atelier »).
    """
    article, rest = _article_of(str(name))
    return f"{_OF[article]}{rest}" if article else of_name(name)


def at_place(name: object) -> str:
    """« aux Jardins », « au Fournil », « à Belval », and « chez À domicile »: two « à » never meet."""
    words = str(name)
    article, rest = _article_of(words)
    if article:
        return f"{_AT[article]}{rest}"
    return f"{'chez' if normalise(words).split()[:1] == ['a'] else 'à'} {words}"


_OF = {"les": "des ", "le": "du "}
_AT = {"les": "aux ", "le": "au "}


def _article_of(words: str) -> tuple[str, str]:
    """The article that melts into « de » and « à », and what follows it; nothing when the name begins otherwise."""
    first, _, rest = words.partition(" ")
    return (first.lower(), rest) if rest and first.lower() in _OF else ("", words)


def inside(label: str) -> str:
    """A label as it stands inside a sentence: without its capital, unless it is an acronym (« CDI », « RQTH »)."""
    is_acronym = label[:2].isalpha() and label[:2].isupper()
    return label if is_acronym else label[:1].lower() + label[1:]
