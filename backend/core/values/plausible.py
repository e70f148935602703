"""Days one can believe: each kind of date a person types has its window, and every door asks it here.

The calendar of the product (1900 to 2100, `values.dates`) only stops what no form can hold; a window stops the slip
of a year. A past that is unlikely and possible stays possible: windows are wide on purpose, and a file keeps what
falls outside as a « réserve » (decision 0031). Their bounds are our choice, but for the texts they name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backend.core.findings import Finding
from backend.core.values.births import reaches
from backend.core.values.dates import french_date, months_after
from backend.core.values.identifiers import YOUNGEST

FIRST_STRUCTURES = date(1979, 9, 10)
"""The first workshops of insertion: nobody can have worked in one, nor left it, before."""
FIRST_AGREEMENTS = date(1998, 7, 29)
"""The agreement of a person in insertion, which the PASS IAE replaced."""
FIRST_VAE = date(2002, 1, 17)
"""The law of the VAE, and of the national register of certifications."""
WORKING_LIFE_YEARS = 60
LEARNS_FROM = 14
"""The age from which a competence, or a first meeting, can be somebody's who now works."""
LOOKED_AT_YEARS = 10
"""A workplace looked at longer ago says nothing of the work done there today."""
KNOWN_AHEAD_MONTHS = 12
"""How far ahead an entry, a contract or a hire may be known."""
PROMISED_MONTHS = 60
"""How far ahead something may be promised, or a contract run: the longest pathway lasts 60 months (R04)."""
PROLONGED_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Window:
    """The days one kind of date can hold; without a bound, a rule of its own says it.

    `first` is the first day possible, by `basis`; `years_back` the same counted from today; `age` the person's on that
    day; `months_ahead` counts from today, that day included.
    """

    first: date | None = None
    basis: str = ""
    years_back: int | None = None
    age: int = 0
    months_ahead: int | None = None

    def first_day(self, today: date) -> date | None:
        """The earliest day it holds, seen from today."""
        return self.first or (months_after(today, -12 * self.years_back) if self.years_back else None)


WORK = Window(
    FIRST_STRUCTURES, "Circulaire n° 44 du 10 septembre 1979", age=YOUNGEST, months_ahead=KNOWN_AHEAD_MONTHS
)
"""An entry, a contract, its end, an exit, a hire."""
PASS = Window(
    FIRST_AGREEMENTS, "Loi n° 98-657 du 29 juillet 1998", age=YOUNGEST, months_ahead=KNOWN_AHEAD_MONTHS
)
VAE = Window(FIRST_VAE, "Loi n° 2002-73 du 17 janvier 2002", age=YOUNGEST, months_ahead=KNOWN_AHEAD_MONTHS)
"""A stage of a VAE; the day of a jury is known ahead."""
MEETING = Window(FIRST_STRUCTURES, "Circulaire n° 44 du 10 septembre 1979", age=LEARNS_FROM)
SEEN = Window(years_back=WORKING_LIFE_YEARS, age=LEARNS_FROM)
"""A competence seen, declared, recognised or certified."""
PAPER = Window(years_back=WORKING_LIFE_YEARS)
"""A document that shows something of somebody; a child too may have had one."""
REGISTERED = Window(FIRST_VAE, "Loi n° 2002-73 du 17 janvier 2002", months_ahead=PROLONGED_MONTHS)
"""The last day a certification stands in the national register."""
LOOK = Window(years_back=LOOKED_AT_YEARS, months_ahead=0)
"""A day spent looking at the work of an employer."""
RULE = Window(FIRST_STRUCTURES, "Circulaire n° 44 du 10 septembre 1979", months_ahead=PROMISED_MONTHS)
"""The first day of a rule; one may be written before it is in force."""


def window_findings(
    window: Window, day: date, *, field: str, today: date, born_on: date | None = None
) -> Iterator[Finding]:
    """A day outside its window: one finding at most, the first that holds.

    A birth date known in part refuses only what no day of it allows; between the two, a word.
    """
    first = window.first_day(today)
    if first is not None and day < first:
        yield Finding(
            "day_too_old",
            f"Le {french_date(day)} est trop ancien : la date la plus ancienne possible ici est le {french_date(first)}.",
            window.basis,
            way_out="Vérifiez l’année.",
            field=field,
        )
    elif born_on is not None and window.age and day < reaches(born_on, window.age)[0]:
        yield Finding(
            "day_before_age",
            f"Le {french_date(day)}, la personne n’avait pas {window.age} ans.",
            way_out="Vérifiez l’année, ou la date de naissance de sa fiche.",
            field=field,
        )
    elif born_on is not None and window.age and day < reaches(born_on, window.age)[1]:
        yield from age_not_sure(day, born_on, window.age, field=field)
    elif window.months_ahead is not None and day > months_after(today, window.months_ahead):
        yield _too_far(day, last=months_after(today, window.months_ahead), field=field)


def age_not_sure(
    day: date, born_on: date | None, age: int, *, field: str, basis: str = ""
) -> Iterator[Finding]:
    """A word when the birth date, known in part, lets somebody have that age on that day or not yet; never a refusal."""
    if born_on is None:
        return
    since, surely = reaches(born_on, age)
    if since <= day < surely:
        yield Finding(
            "age_not_sure",
            f"Le {french_date(day)}, la personne avait {age - 1} ou {age} ans : "
            "sa date de naissance n’est connue qu’en partie.",
            basis,
            way_out="Complétez la date de naissance de sa fiche dès que vous la connaissez.",
            field=field,
            refuses=False,
        )


def promise_findings(day: date, *, field: str, today: date, made_on: date | None = None) -> Iterator[Finding]:
    """Something promised for a day already over when it was promised, or for one nobody can mean.

    `made_on` is the day of the promise when it is told afterwards: an interview written late keeps what was agreed.
    """
    last = months_after(today, PROMISED_MONTHS)
    if day < min(made_on or today, today):
        yield Finding(
            "day_already_past",
            f"Le {french_date(day)} est déjà passé.",
            way_out="Choisissez aujourd’hui ou un jour à venir ; si c’est fait ou abandonné, dites plutôt où cela en est.",
            field=field,
        )
    elif day > last:
        yield _too_far(day, last=last, field=field)


def end_findings(
    day: date | None, *, field: str, started_on: date, months: int = PROMISED_MONTHS
) -> Iterator[Finding]:
    """An end too long after its beginning to be meant; that it follows it is said elsewhere."""
    last = months_after(started_on, months)
    if day is not None and day > last:
        yield _too_far(day, last=last, field=field)


def _too_far(day: date, *, last: date, field: str) -> Finding:
    return Finding(
        "day_too_far",
        f"Le {french_date(day)} est trop lointain : la date la plus tardive possible ici est le {french_date(last)}.",
        way_out="Vérifiez l’année.",
        field=field,
    )
