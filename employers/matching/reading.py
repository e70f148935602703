"""Requirements and profiles read from JSON lines; what cannot be used is refused with its line and a way out."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from employers.matching.errors import InputRefused
from employers.matching.guard import refuse_unlisted, shown
from employers.matching.vocabulary import (
    HIGHEST_LEVEL,
    LOWEST_LEVEL,
    HeldCompetence,
    Profile,
    RequiredCompetence,
    Requirement,
)

HIGHEST_IMPORTANCE = 1_000_000
LONGEST_TEXT = 200
ENTRY_KEYS = frozenset({"id", "competences"})
REQUIRED_KEYS = frozenset({"code", "importance", "level"})
HELD_KEYS = frozenset({"code", "level"})

Entry = TypeVar("Entry", Requirement, Profile)


def read_requirements(path: Path) -> list[Requirement]:
    """Every requirement of the file, in its order; at least one competence of importance above 0 each."""
    return _read(path, _requirement)


def read_profiles(path: Path) -> list[Profile]:
    """Every profile of the file; a profile without competence yet is welcome and simply scores 0."""
    return _read(path, _profile)


def _read(path: Path, parse: Callable[[Mapping[str, Any]], Entry]) -> list[Entry]:
    entries: list[Entry] = []
    first_line: dict[str, int] = {}
    for number, text in _lines(path):
        try:
            entry = parse(_object(text))
            if entry.id in first_line:
                _refuse("duplicate_id", f"cet identifiant est déjà celui de la ligne {first_line[entry.id]}.")
        except InputRefused as refusal:
            raise InputRefused(
                refusal.code, f"{shown(path.name)}, ligne {number} : {refusal.message}"
            ) from None
        first_line[entry.id] = number
        entries.append(entry)
    return entries


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that hold something, with their number in the file."""
    name = shown(path.name)
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                text = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
                if text.strip():
                    yield number, text.decode("utf-8")
    except UnicodeDecodeError:
        message = f"{name}, ligne {number} : ce texte n’est pas en UTF-8. Enregistrez le fichier en UTF-8."
        raise InputRefused("not_utf8", message) from None
    except OSError:
        message = f"Le fichier {name} ne peut pas être lu. Vérifiez qu’il existe et que vous y avez accès."
        raise InputRefused("unreadable_file", message) from None


def _object(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except InputRefused:
        raise
    except (ValueError, RecursionError):  # malformed, a number of thousands of figures, or nested without end
        _refuse(
            "not_json", "ce n’est pas une ligne JSON valable. Vérifiez guillemets, virgules et accolades."
        )
    if not isinstance(value, dict):
        _refuse("not_an_object", "un objet entre accolades est attendu, avec « id » et « competences ».")
    return value


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _refuse("repeated_key", "une même clé est écrite deux fois dans un objet. Gardez-en une seule.")
    return found


def _no_constant(_: str) -> NoReturn:
    _refuse(
        "not_a_number", "NaN et Infinity ne sont pas des nombres utilisables. Donnez un nombre ordinaire."
    )


def _requirement(value: Mapping[str, Any]) -> Requirement:
    refuse_unlisted(value, ENTRY_KEYS, within="un besoin")
    items = _items(value, REQUIRED_KEYS, within="une compétence demandée")
    competences = tuple(
        RequiredCompetence(
            _text(item, "code"), _importance(item.get("importance")), _level(item.get("level"))
        )
        for item in items
    )
    if not any(asked.importance for asked in competences):
        _refuse(
            "no_competence", "ce besoin doit demander au moins une compétence d’importance supérieure à 0."
        )
    return Requirement(_text(value, "id"), competences)


def _profile(value: Mapping[str, Any]) -> Profile:
    refuse_unlisted(value, ENTRY_KEYS, within="un profil")
    items = _items(value, HELD_KEYS, within="une compétence d’un profil")
    competences = tuple(HeldCompetence(_text(item, "code"), _level(item.get("level"))) for item in items)
    return Profile(_text(value, "id"), competences)


def _items(value: Mapping[str, Any], allowed: frozenset[str], *, within: str) -> list[Mapping[str, Any]]:
    items = value.get("competences")
    if not isinstance(items, list):
        _refuse("no_list", "« competences » doit être une liste entre crochets.")
    for item in items:
        if not isinstance(item, dict):
            _refuse(
                "not_an_object", "chaque compétence est un objet entre accolades, avec au moins « code »."
            )
        refuse_unlisted(item, allowed, within=within)
    return items


def _text(value: Mapping[str, Any], key: str) -> str:
    text = value.get(key)
    if not isinstance(text, str) or not text.strip():
        _refuse("no_text", f"« {key} » doit être un texte non vide, entre guillemets.")
    if len(text) > LONGEST_TEXT:
        _refuse("long_text", f"« {key} » dépasse {LONGEST_TEXT} caractères. Raccourcissez-le.")
    return text


def _importance(value: object) -> float:
    if value is None:
        return 1.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= HIGHEST_IMPORTANCE:
        _refuse("importance", f"« importance » doit être un nombre de 0 à {HIGHEST_IMPORTANCE}.")
    return float(value)


def _level(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_level(value):
        _refuse("level", f"« level » doit être un nombre entier de {LOWEST_LEVEL} à {HIGHEST_LEVEL}.")
    return int(value)


def _is_level(value: int | float) -> bool:
    return LOWEST_LEVEL <= value <= HIGHEST_LEVEL and math.floor(value) == value


def _refuse(code: str, message: str) -> NoReturn:
    raise InputRefused(code, message)
