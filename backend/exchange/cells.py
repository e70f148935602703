"""Cells that several files share: ids, codes, days, as `values` reads them."""

from __future__ import annotations

from backend.core.values.identifiers import (
    validate_insee_code,
    validate_postcode,
    validate_rome_code,
    validate_siret,
)
from backend.exchange import values

ID = values.text(200)
"""An id of the sender's own; read behind the mark of the structure when one sends it."""


SIRET = values.checked(validate_siret, "Un SIRET compte 14 chiffres : corrigez-le ou laissez vide.")
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
