"""Looks at a free text and says which subjects it seems to touch; a person decides what to do of it.

Words and shapes only, no learning: what is found can be shown and challenged. Measured on invented sentences, half of
them never looked at while the words were chosen (`tests/backend/core/free_text/`).
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache

from backend.core.free_text.words import HEALTH, INNOCENT, INSULT, OFFENCE, RELIGION

MOST_CHARS = 10_000
"""Beyond, a text is looked at by its beginning."""


class Subject(StrEnum):
    """What a text should not say, as it is told to whoever wrote it."""

    HEALTH = "la santé"
    OFFENCE = "une infraction ou la justice"
    RELIGION = "la religion"
    NIR = "un numéro de sécurité sociale"
    INSULT = "un jugement blessant"


_WORDS = {
    Subject.HEALTH: HEALTH,
    Subject.OFFENCE: OFFENCE,
    Subject.RELIGION: RELIGION,
    Subject.INSULT: INSULT,
}
# Sex, year, month (or a conventional one), department (Corsica included), commune, rank, and perhaps the key.
_NIR = re.compile(
    r"(?<!\d)[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[ab])\d{3}\d{3}(?:\d{2})?(?!\d)", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"(?<=[0-9abAB])[ .\-\u00a0\u202f]{1,2}(?=\d)|(?<=\d)[ .\-\u00a0\u202f]{1,2}(?=[abAB]\b)"
)


def subjects_of(text: str) -> tuple[Subject, ...]:
    """The subjects that a text seems to touch, in the order of the list; none for most texts."""
    text = text[:MOST_CHARS]
    plain = _innocent().sub(" ", _plain(text))
    found = {subject for subject, words in _patterns().items() if words.search(plain)}
    if _NIR.search(_BETWEEN.sub("", text)):
        found.add(Subject.NIR)
    return tuple(subject for subject in Subject if subject in found)


def warning_for(text: str) -> str:
    """One calm sentence, or nothing: the text is kept as it was written."""
    found = subjects_of(text)
    if not found:
        return ""
    told = " et ".join(filter(None, (", ".join(found[:-1]), found[-1])))
    return (
        f"Ce texte semble parler de ce qui ne s’écrit pas ici : {told}. Il est enregistré. "
        "Si ce n’est pas utile à l’accompagnement, corrigez-le : la personne peut tout lire."
    )


def _plain(text: str) -> str:
    """Lower case without accents, words apart by one space."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare.lower().replace("œ", "oe")).split())


def _one_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words: « vol » is not in « volontaire »; an asterisk is any ending."""
    shapes = (word.replace("*", "[a-z]*") for word in sorted(set(words), key=len, reverse=True))
    return re.compile(rf"\b(?:{'|'.join(shapes)})\b")


@cache
def _innocent() -> re.Pattern[str]:
    return _one_of(INNOCENT)


@cache
def _patterns() -> dict[Subject, re.Pattern[str]]:
    return {subject: _one_of(words) for subject, words in _WORDS.items()}
