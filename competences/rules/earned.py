"""A certificate that gives a habilitation: which one its training prepared, and whether it was noted since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol, TypeVar

from backend.core.values.text import normalise, tight
from competences.enums import LicenceKind
from competences.rules.licences import LicenceFacts

K = LicenceKind
_CACES = re.compile(r"r4(?:8[2-79]|90)")
_CATEGORY = re.compile(r"\bcat(?:egorie)? ?(\d?[a-z]?)\b")
_WORDS: Mapping[LicenceKind, tuple[str, ...]] = {
    K.FIRST_AID: ("sst", "secouriste"),
    K.FOOD: ("haccp", "hygiene alimentaire"),
    K.ELECTRIC: ("habilitation electrique", "electrique"),
    K.ROAD: ("fimo", "fco"),
    K.CAR: ("permis b",),
    K.MOPED: ("permis am", "bsr"),
    K.LORRY: ("permis c",),
    K.TRAILER: ("permis be",),
    K.BUS: ("permis d",),
    K.DRIVING: ("autorisation de conduite",),
}
"""How people name each kind, without accents nor case."""


class Trained(Protocol):
    """What the rule reads of a training."""

    licence: str
    certified_on: date | None


T = TypeVar("T", bound=Trained)


def kind_named(text: str) -> LicenceKind | None:
    """The kind that these words name: « CACES R489 cat. 3 », « recyclage SST »; None when they name none, or several."""
    words = f" {normalise(text)} "
    found = {K(f"CACES_{number.upper()}") for number in _CACES.findall(tight(text))}
    found |= {kind for kind, names in _WORDS.items() if any(f" {name} " in words for name in names)}
    return found.pop() if len(found) == 1 else None


def category_named(text: str) -> str:
    """« catégorie 3 » of « CACES R489 cat. 3 », as a document says it; empty when the words name none."""
    found = _CATEGORY.search(normalise(text))
    return f"catégorie {found[1].upper()}" if found else ""


def still_to_note(trainings: Iterable[T], held: Iterable[LicenceFacts]) -> list[T]:
    """The trainings whose certificate gave a habilitation that nobody noted, obtained that day or since."""
    known = list(held)
    return [each for each in trainings if each.licence and each.certified_on and not _is_noted(each, known)]


def _is_noted(training: Trained, known: Iterable[LicenceFacts]) -> bool:
    kind = kind_named(training.licence)
    return any(
        training.certified_on is not None
        and licence.obtained_on >= training.certified_on
        and (licence.kind == kind if kind else normalise(licence.label) == normalise(training.licence))
        for licence in known
    )
