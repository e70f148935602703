"""One cell of a spreadsheet, read as the field writes it: two ways to write a date, a comma or a point."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from backend.core.values.births import read_birth
from backend.core.values.dates import OUT_OF_CALENDAR, in_calendar, month_start
from backend.core.values.identifiers import (
    CLEANER_OF,
    clean_birth_date,
    clean_email,
    clean_phone,
    is_error_text,
)
from backend.core.values.numbers import plain_hours, plain_number
from backend.core.values.written_days import whole_day, whole_month

Parser = Callable[[str], Any]
_AHEAD = 20
"""How many years ahead a day written with two figures may be: a contract is planned, a stay was long ago."""


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
    found = whole_day(cell, latest=latest)
    if not found:
        raise BadValue("date illisible", "Écrivez AAAA-MM-JJ ou JJ/MM/AAAA.")
    return _real_day(*found)


def month(cell: str) -> date:
    """`AAAA-MM`, as the first day of the month; a whole day is the month it belongs to."""
    latest = timezone.localdate().year + _AHEAD
    if whole_day(cell, latest=latest):
        return month_start(day(cell))
    found = whole_month(cell, latest=latest)
    if not found:
        raise BadValue("mois illisible", "Écrivez AAAA-MM.")
    return _real_day(*found, 1)


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


_UNREAD_BIRTHS = {
    "unreadable": ("date illisible", "Écrivez AAAA-MM-JJ ou JJ/MM/AAAA ; sans le jour, AAAA-MM ; sans le mois, AAAA."),
    "no_such_day": ("cette date n’existe pas", "Vérifiez le jour et le mois ; s’ils ne sont pas connus, écrivez l’année seule."),
    "out_of_calendar": ("année invraisemblable", OUT_OF_CALENDAR),
    "birth_date": ("date de naissance invraisemblable", "Vérifiez l’année, ou laissez vide."),
}  # fmt: skip


def birth_date(cell: str) -> date:
    """A birth date, whole or in part, that makes the person 16 to 100 years old."""
    today = timezone.localdate()
    try:
        return clean_birth_date(read_birth(cell, today=today), on=today)
    except ValidationError as error:
        raise BadValue(*_UNREAD_BIRTHS[str(error.code)]) from error
