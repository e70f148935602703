"""Whether a birth date fits the day a person came into a structure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.values.identifiers import OLDEST, YOUNGEST, is_of_age


def birth_findings(*, birth_date: date | None, entered_on: date) -> Iterator[Finding]:
    """A birth date that does not make the person 16 to 100 years old on the day of their entry."""
    if birth_date is not None and not is_of_age(birth_date, on=entered_on):
        yield Finding(
            "birth_date",
            f"À cette date de naissance, la personne n’aurait pas entre {YOUNGEST} et {OLDEST} ans à son entrée.",
            way_out="Vérifiez l’année, ou laissez vide.",
            field="birth_date",
            is_contradiction=True,
        )
