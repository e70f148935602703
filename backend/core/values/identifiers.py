"""Identifiers the field uses: each `clean_x` gives the one way we keep a value, or says what to do.

Forms, the API and imports all call the same function; « 39 100 », « 39100 » and « 39-100 » are one postcode.
"""

from __future__ import annotations

import re
from datetime import date

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from stdnum.fr import siret as stdnum_siret

from backend.core.values.partial_days import last_possible

ROME_CODE = re.compile(r"[A-Z][0-9]{4}")
INSEE_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")
POSTCODE = re.compile(r"[0-9]{5}")
ANNEXE = re.compile(r"[A-Z]{2,4}[0-9]{2}[0-9A-Z][0-9]{6}A[0-9]M[0-9]")
PASS_NUMBER = re.compile(r"[0-9A-Z]{12}")
CERTIFICATION_CODE = re.compile(r"(RNCP|RS)[0-9]{1,8}")
"""A fiche of the national registers, as it is kept: « RNCP38596 », « RS5476 »."""


def validate_siret(value: str) -> None:
    """14 digits with their control key (La Poste's own rule included); `ValidationError` otherwise."""
    if not stdnum_siret.is_valid(value) or not value.strip("0"):
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


def validate_annexe(value: str) -> None:
    """The number of an annexe financière as the paying agency writes it: « ACI023201111A0M0 »."""
    if not ANNEXE.fullmatch(value):
        raise ValidationError(
            "Un numéro d’annexe commence par le type de structure, par exemple ACI023201111A0M0.",
            code="annexe",
        )


def validate_certification_code(value: str) -> None:
    """RNCP or RS, then the number of the fiche."""
    if not CERTIFICATION_CODE.fullmatch(value):
        raise ValidationError(
            "Un code de certification s’écrit RNCP ou RS suivi de son numéro, par exemple RNCP38596.",
            code="certification_code",
        )


_BETWEEN = re.compile(r"[\s\u00a0\u202f.\-_]+")
_PHONE = re.compile(r"\+?[0-9 ()./\u00a0\u202f-]+")
_ERROR_TEXT = re.compile(
    r"#(N/A|N/D|REF!|VALEUR!|VALUE!|NOM\?|NAME\?|DIV/0!|NUL!|NULL!|NOMBRE!|NUM!|EPARS!|SPILL!|PROPAGATION!|CALC!"
    r"|CALCUL!|CHAMP!|FIELD!|BLOQUÉ!|BLOCKED!|CONNEXION!|CONNECT!|INCONNU!|UNKNOWN!|GETTING_DATA|#+)"
    r"|ERR ?: ?[0-9]{3}",
    re.IGNORECASE,
)
LONGEST_EMAIL = 254
"""As the field that keeps it (RFC 5321)."""
YOUNGEST, OLDEST = 16, 100
"""Ages on the day a person enters a structure (State platform « les Emplois de l’inclusion »)."""


def _joined(text: str) -> str:
    """The characters without what people put between them."""
    return _BETWEEN.sub("", str(text)).upper()


def clean_siret(text: str) -> str:
    """14 digits; spaces, points and hyphens are dropped, and the zero a spreadsheet dropped is put back."""
    value = _joined(text)
    if re.fullmatch(r"[1-9][0-9]{12}", value):
        value = f"0{value}"
    validate_siret(value)
    return value


def clean_rome_code(text: str) -> str:
    """A capital letter and four digits."""
    value = _joined(text)
    validate_rome_code(value)
    return value


def clean_insee_code(text: str) -> str:
    """Five characters; the zero a spreadsheet dropped is put back."""
    value = _with_its_zero(_joined(text))
    validate_insee_code(value)
    return value


def clean_postcode(text: str) -> str:
    """Five digits; the zero a spreadsheet dropped is put back: 1000 is 01000, Bourg-en-Bresse."""
    value = _with_its_zero(_joined(text))
    validate_postcode(value)
    return value


def _with_its_zero(value: str) -> str:
    return f"0{value}" if re.fullmatch(r"[1-9][0-9]{3}", value) else value


def clean_pass_number(text: str) -> str:
    """Twelve characters; spaces and hyphens are dropped."""
    value = _joined(text)
    validate_pass_number(value)
    return value


def clean_annexe(text: str) -> str:
    """The number of an annexe; spaces are dropped, letters are capitals."""
    value = "".join(text.split()).upper()
    validate_annexe(value)
    return value


def clean_certification_code(text: str) -> str:
    """RNCP or RS and the number; spaces and hyphens are dropped, letters are capitals."""
    value = _joined(text)
    validate_certification_code(value)
    return value


def clean_email(text: str) -> str:
    """An address, without the spaces around it."""
    value = str(text).strip().strip("\u00a0\u202f")
    validate_email(value)
    if len(value) > LONGEST_EMAIL:
        raise ValidationError(f"Une adresse compte {LONGEST_EMAIL} caractères au plus.", code="email")
    return value


def clean_phone(text: str) -> str:
    """A telephone: ten digits for a French one, its lost zero put back; « +41… » for one from elsewhere."""
    value = str(text).strip().removeprefix("'")
    refusal = ValidationError(
        "Ce numéro ne se lit pas : un numéro français compte dix chiffres, un autre commence par +.",
        code="phone",
    )
    if not _PHONE.fullmatch(value):
        raise refusal
    try:
        number = phonenumbers.parse(value, "FR")
    except phonenumbers.NumberParseException as error:
        raise refusal from error
    if not phonenumbers.is_possible_number(number):
        raise refusal
    if number.country_code != 33:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if (number.national_number or 0) < 10**8:
        raise refusal
    return f"0{number.national_number:09d}"


def spaced_phone(value: str) -> str:
    """« 06 39 98 12 34 »: how a telephone is read aloud; what cannot be read is left as it is."""
    try:
        number = phonenumbers.parse(value, "FR")
    except phonenumbers.NumberParseException:
        return value
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        number, style.NATIONAL if number.country_code == 33 else style.INTERNATIONAL
    )


def is_error_text(text: str) -> bool:
    """« #N/A », « #VALEUR! », « Err:502 »…: what a spreadsheet writes when a formula fails."""
    return _ERROR_TEXT.fullmatch(str(text).strip()) is not None


def refuse_error_text(text: str) -> None:
    """Refuse the error of a spreadsheet: it names nobody."""
    if is_error_text(text):
        raise ValidationError(
            "C’est l’erreur d’un tableur, pas une valeur. Écrivez la valeur, ou laissez vide.",
            code="error_text",
        )


def is_of_age(birth_date: date, *, on: date) -> bool:
    """Whether a person may be 16 to 100 years old that day, of what is known of their birth."""
    return _age(birth_date, on) >= YOUNGEST and _age(last_possible(birth_date), on) <= OLDEST


def _age(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def clean_birth_date(day: date, *, on: date) -> date:
    """A birth date that makes the person 16 to 100 years old on the day of their entry."""
    if not is_of_age(day, on=on):
        raise ValidationError(
            f"À cette date de naissance, la personne n’aurait pas entre {YOUNGEST} et {OLDEST} ans à son entrée. "
            "Vérifiez l’année, ou laissez vide.",
            code="birth_date",
        )
    return day


CLEANER_OF = {
    validate_siret: clean_siret,
    validate_rome_code: clean_rome_code,
    validate_insee_code: clean_insee_code,
    validate_postcode: clean_postcode,
    validate_pass_number: clean_pass_number,
    validate_certification_code: clean_certification_code,
}
"""The reader of each identifier, by the check its column carries."""
