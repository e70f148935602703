"""Identifiers the field uses, checked where they enter."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from stdnum.fr import siret as stdnum_siret

ROME_CODE = re.compile(r"[A-Z][0-9]{4}")
INSEE_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")
POSTCODE = re.compile(r"[0-9]{5}")
PASS_NUMBER = re.compile(r"[0-9A-Z]{12}")


def validate_siret(value: str) -> None:
    """14 digits with their control key (La Poste's own rule included); `ValidationError` otherwise."""
    if not stdnum_siret.is_valid(value):
        raise ValidationError(
            "Ce SIRET n’est pas valide : il compte 14 chiffres, vérifiez chacun d’eux.", code="siret"
        )


def validate_rome_code(value: str) -> None:
    """One capital letter and four digits, as K2204."""
    if not ROME_CODE.fullmatch(value):
        raise ValidationError(
            "Un code ROME s’écrit avec une lettre et quatre chiffres, par exemple K2204.", code="rome"
        )


def validate_insee_code(value: str) -> None:
    """Five characters, Corsica's letters included."""
    if not INSEE_CODE.fullmatch(value):
        raise ValidationError(
            "Un code commune INSEE compte cinq caractères, par exemple 39300.", code="insee"
        )


def validate_postcode(value: str) -> None:
    """Five digits."""
    if not POSTCODE.fullmatch(value):
        raise ValidationError("Un code postal compte cinq chiffres, par exemple 39100.", code="postcode")


def validate_pass_number(value: str) -> None:
    """Twelve characters, digits or capitals, without spaces (les Emplois de l'inclusion)."""
    if not PASS_NUMBER.fullmatch(value):
        raise ValidationError("Un numéro de PASS IAE compte 12 caractères sans espace.", code="pass_number")
