"""One cell of a spreadsheet, read as the field writes it: two ways to write a date, a comma or a point."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from backend.core.values.dates import OUT_OF_CALENDAR, in_calendar, month_start, whole_year
from backend.core.values.identifiers import (
    CLEANER_OF,
    YOUNGEST,
    clean_birth_date,
    clean_email,
    clean_phone,
    is_error_text,
)
from backend.core.values.numbers import plain_hours, plain_number
from backend.core.values.text import normalise

Parser = Callable[[str], Any]
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})|([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_IN_LETTERS = re.compile(r"(?:([0-9]{1,2})(?:er)? )?([a-z]+) ([0-9]{4}|[0-9]{2})")
_AHEAD = 20
"""How many years ahead a day written with two figures may be: a contract is planned, a stay was long ago."""
_NAMES_OF_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip


class BadValue(Exception):
    """A cell that cannot be read: what is wrong, and what to do about it."""

    def __init__(self, problem: str, what_to_do: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.what_to_do = what_to_do


class Literal(str):
    """A text written behind an apostrophe: it is what it looks like, even an error of a spreadsheet."""

    __slots__ = ()


def text(limit: int) -> Parser:
    """A text of at most `limit` characters."""

    def parse(cell: str) -> str:
        if len(cell) > limit:
            raise BadValue("texte trop long", f"Raccourcissez à {limit} caractères.")
        if is_error_text(cell) and not isinstance(cell, Literal):
            raise BadValue("erreur du tableur", "Écrivez la valeur, ou laissez vide.")
        return str(cell)

    return parse


def day(cell: str) -> date:
    """`AAAA-MM-JJ` or `JJ/MM/AAAA`, a day that exists; of a year on two figures, the last not too far ahead."""
    return _day_until(cell, timezone.localdate().year + _AHEAD)


def _day_until(cell: str, latest: int) -> date:
    found = _DAY.fullmatch(_in_figures(cell))
    if not found:
        raise BadValue("date illisible", "Écrivez AAAA-MM-JJ ou JJ/MM/AAAA.")
    year, month, number = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    return _real_day(_year(year, latest), int(month), int(number))


def _year(written: str, latest: int) -> int:
    return whole_year(int(written), latest=latest) if len(written) == 2 else int(written)


def has_short_year(cell: str) -> bool:
    """Whether a day or a month is written with a year on two figures: how it was read is then said."""
    figures = _in_figures(cell)
    found = _DAY.fullmatch(figures)
    if found:
        return len(found[6] or "") == 2
    found = _MONTH.fullmatch(figures)
    return found is not None and len(found[4] or "") == 2


def month(cell: str) -> date:
    """`AAAA-MM`, as the first day of the month; a whole day is the month it belongs to."""
    if _DAY.fullmatch(_in_figures(cell)):
        return month_start(day(cell))
    found = _MONTH.fullmatch(_in_figures(cell))
    if not found:
        raise BadValue("mois illisible", "Écrivez AAAA-MM.")
    year, number = (found[1], found[2]) if found[1] else (found[4], found[3])
    return _real_day(_year(year, timezone.localdate().year + _AHEAD), int(number), 1)


def _in_figures(cell: str) -> str:
    """« 3 février 2026 » as 3/2/2026, « fév. 2026 » as 2/2026; anything else as it is."""
    found = _IN_LETTERS.fullmatch(normalise(cell))
    if not found:
        return cell
    numbers = [
        number
        for number, name in enumerate(_NAMES_OF_MONTHS, start=1)
        if len(found[2]) >= 3 and name.startswith(found[2])
    ]
    if len(numbers) != 1:
        return cell
    return "/".join(part for part in (found[1], str(numbers[0]), found[3]) if part)


def _real_day(year: int, month_: int, number: int) -> date:
    try:
        value = date(year, month_, number)
    except ValueError as error:
        # Written by software that knows the year alone: no check of the paper will tell the day.
        is_unknown = 0 in (month_, number)
        advice = "Laissez vide si le jour n’est pas connu." if is_unknown else "Vérifiez le jour et le mois."
        raise BadValue("cette date n’existe pas", advice) from error
    if not in_calendar(value):
        raise BadValue("année invraisemblable", OUT_OF_CALENDAR)
    return value


def boolean(cell: str) -> bool:
    """`oui` or `non`; an empty cell is « not known » and never comes here."""
    match cell.lower():
        case "oui":
            return True
        case "non":
            return False
    raise BadValue("réponse inconnue", "Écrivez oui, non, ou laissez vide si l’on ne sait pas.")


boolean.options = ("oui", "non")  # type: ignore[attr-defined]
YES_NO_WORDS = {
    "o": "oui", "x": "oui", "vrai": "oui", "true": "oui", "1": "oui", "yes": "oui",
    "n": "non", "faux": "non", "false": "non", "0": "non", "no": "non",
}  # fmt: skip
"""What people write for yes and no in tables that were not made for us."""


def number(low: float, high: float) -> Parser:
    """A decimal between two bounds, both included."""

    def parse(cell: str) -> Decimal:
        value = plain_number(cell)
        if value is None:
            raise BadValue("nombre illisible", "Écrivez un nombre, avec une virgule ou un point.")
        if not low <= value <= high:
            raise BadValue("nombre hors limites", f"Indiquez un nombre entre {low:g} et {high:g}.")
        return value

    return parse


def hours(low: float, high: float) -> Parser:
    """The same in hours, where « 110:30 » and « 110 h 30 » are 110.5."""
    decimal = number(low, high)

    def parse(cell: str) -> Decimal:
        told = plain_hours(cell)
        return decimal(cell if told is None else str(told))

    return parse


def whole(low: int, high: int) -> Parser:
    """A whole number between two bounds, both included."""
    decimal = number(low, high)

    def parse(cell: str) -> int:
        value = decimal(cell)
        if value != int(value):
            raise BadValue("nombre entier attendu", "Retirez les décimales.")
        return int(value)

    return parse


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed list, whatever its case."""

    options: tuple[str, ...]
    hint: str = ""

    def __call__(self, cell: str) -> str:
        """The value as we keep it."""
        known = {value.upper(): value for value in self.options}
        if cell.upper() not in known:
            raise BadValue("valeur inconnue", self.advice)
        return known[cell.upper()]

    @property
    def advice(self) -> str:
        """What may be written."""
        return f"Choisissez parmi : {self.hint or ', '.join(self.options)}."


def choice(values: Iterable[str], *, hint: str = "") -> Choice:
    """One of a closed list, whatever its case."""
    return Choice(tuple(values), hint)


def checked(
    validate: Callable[[str], None], what_to_do: str, *, clean: Callable[[str], str] = str.strip
) -> Parser:
    """A text that one of our validators accepts, once the spaces people put in it are gone."""

    def parse(cell: str) -> str:
        try:
            value = CLEANER_OF[validate](cell) if validate in CLEANER_OF else clean(cell)
            validate(value)
        except ValidationError as error:
            raise BadValue("identifiant non valide", what_to_do) from error
        return value

    return parse


def email(cell: str) -> str:
    """An e-mail address."""
    try:
        return clean_email(cell)
    except ValidationError as error:
        raise BadValue("adresse électronique non valide", "Corrigez l’adresse ou laissez vide.") from error


def phone(cell: str) -> str:
    """A telephone, the zero a spreadsheet dropped put back."""
    try:
        return clean_phone(cell)
    except ValidationError as error:
        what_to_do = "Écrivez les dix chiffres, le zéro compris, ou laissez vide."
        raise BadValue("numéro de téléphone illisible", what_to_do) from error


def birth_date(cell: str) -> date:
    """A day of birth that makes the person 16 to 100 years old; of a year on two figures, never a child’s nor ahead."""
    today = timezone.localdate()
    try:
        return clean_birth_date(_day_until(cell, today.year - YOUNGEST), on=today)
    except ValidationError as error:
        raise BadValue("date de naissance invraisemblable", "Vérifiez l’année, ou laissez vide.") from error
