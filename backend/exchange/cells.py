"""Cells that several files share: ids, codes, days, as `values` reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices

from backend.core.tables.spreadsheets import neutralised
from backend.core.values.identifiers import (
    is_error_text,
    validate_annexe,
    validate_certification_code,
    validate_insee_code,
    validate_postcode,
    validate_rome_code,
    validate_siret,
)
from backend.core.values.text import normalise
from backend.exchange import values
from backend.exchange.layout import EMPTYING, Column
from backend.exchange.values import BadValue, Literal

_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}", re.IGNORECASE)
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?")
_text_of_id = values.text(200)


def own_id(cell: str) -> str:
    """An id of the sender's own; past fifteen digits a spreadsheet rounds a number, and two people would be one."""
    if _SCIENTIFIC.fullmatch(cell):
        raise BadValue(
            "identifiant arrondi par le tableur (notation scientifique)",
            "Au-delà de 15 chiffres, mettez la colonne au format Texte et saisissez l’identifiant entier.",
        )
    return _text_of_id(cell)


ID = own_id
"""Read behind the mark of the structure when one sends it."""


def literal(cell: str) -> str | None:
    """The text a cell holds behind an apostrophe, where it would be an order, an error or a formula: « 'EFFACER »."""
    text = cell.removeprefix("'")
    return Literal(text) if text != cell and _reads_otherwise(text) else None


def escaped(text: str) -> str:
    """The same text as a cell that reads as it stands."""
    bare = text.strip()
    return f"'{text}" if _is_an_order(bare) or (bare.startswith("'") and _reads_otherwise(bare)) else text


def harmless(text: str) -> str:
    """The same, for a file made to be opened in a spreadsheet: nothing in it is a formula either."""
    return f"'{text}" if _reads_otherwise(text.strip()) else text


def _is_an_order(text: str) -> bool:
    bare = text.lstrip("'")
    return bare == EMPTYING or is_error_text(bare)


def _reads_otherwise(text: str) -> bool:
    bare = text.lstrip("'")
    return _is_an_order(text) or neutralised(bare) != bare


def in_french(cell: str) -> str:
    """A cell as its reader writes it: a day of a workbook reaches us as « 2026-09-01 », and is read « 01/09/2026 »."""
    found = _ISO_DAY.fullmatch(cell)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else cell


SIRET = values.checked(validate_siret, "Un SIRET compte 14 chiffres : corrigez-le ou laissez vide.")
ANNEXE = values.checked(
    validate_annexe, "Le numéro d’annexe commence par le type de structure : corrigez-le ou laissez vide."
)
CERTIFICATION = values.checked(
    validate_certification_code,
    "Écrivez RNCP ou RS suivi du numéro de la fiche : corrigez-le ou laissez vide.",
)
INSEE = values.checked(
    validate_insee_code, "Un code commune compte cinq caractères : corrigez-le ou laissez vide."
)
POSTCODE = values.checked(
    validate_postcode, "Un code postal compte cinq chiffres : corrigez-le ou laissez vide."
)
ROME = values.checked(validate_rome_code, "Un code ROME s’écrit K2204 : corrigez-le ou laissez vide.")
RATE = values.number(0, 1)

DAY = "AAAA-MM-JJ ou JJ/MM/AAAA"
YES_NO = "oui, non, ou vide si l’on ne sait pas"
OWN_ID = "votre propre identifiant, le même à chaque envoi"
PERSON_ID = "l’identifiant de la personne dans « salaries »"
STRUCTURE_ID = "l’identifiant de la structure dans « structures »"


def listed(
    name: str,
    field: str,
    choices: type[TextChoices],
    *,
    note: str = "",
    words: Mapping[str, str] | None = None,
    **said: Any,
) -> Column:
    """A column that holds one of a closed list, by its code or as people read it; `words`: what else they write.

    A list that has an empty value keeps it for the empty cell.
    """
    shown = {normalise(str(label)): value for value, label in choices.choices if value}
    codes = [value for value in choices.values if value]
    labels = {value: str(label) for value, label in choices.choices if value}
    return Column(
        name,
        values.choice(codes),
        note or ", ".join(codes),
        field,
        words=shown | dict(words or {}),
        labels=labels,
        **said,
    )
