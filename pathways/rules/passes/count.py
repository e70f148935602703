"""« Il reste 214 jours, voici comment on les a comptés »: the days of a PASS IAE, line by line (R14, R16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import days_inclusive, french_date
from backend.core.values.text import inside
from pathways.enums import ProlongationMotive, SuspensionMotive
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.figure import EMPLOIS
from pathways.rules.passes.facts import PassFacts
from pathways.rules.passes.length import PASS_MONTHS, calendar_pass_end, pass_end


@dataclass(frozen=True, slots=True)
class CountLine:
    """One line of the count: what it says, and the days it adds, or takes when negative."""

    words: str
    days: int


@dataclass(frozen=True, slots=True)
class PassCount:
    """How many days are left after today, and the lines that make them; their days add up to `left`.

    `left` is 0 on the last day and negative after it; while the PASS is suspended it does not move.
    """

    lines: tuple[CountLine, ...]
    computed_end: date
    end: date
    left: int

    @property
    def difference(self) -> int:
        """Days between the end kept and the end we count: an end received from the platform may differ."""
        return (self.end - self.computed_end).days


def count_days(iae: PassFacts, *, today: date, book: RuleBook) -> PassCount:
    """Every line of the count, seen from today (R14, R16)."""
    computed = iae.computed_end(book=book)
    lines = [
        CountLine(
            _length_in_words(iae.start, book), days_inclusive(iae.start, pass_end(iae.start, book=book))
        ),
        *(
            CountLine(
                f"Suspension du {french_date(each.start)} au {french_date(each.end)} "
                f"({inside(SuspensionMotive(each.motive).label) if each.motive else 'motif inconnu'}), "
                "premier jour non compté, comme sur les Emplois de l’inclusion",
                each.pushes,
            )
            for each in iae.suspensions
        ),
        *(
            CountLine(
                f"Prolongation ({inside(ProlongationMotive(each.motive).label)})",
                each.days,
            )
            for each in iae.prolongations
            if each.is_granted
        ),
    ]
    if iae.end != computed:
        lines.append(
            CountLine(
                "Écart avec la date reçue de la plateforme, que nous gardons", (iae.end - computed).days
            )
        )
    if iae.last_day != iae.end:
        lines.append(
            CountLine(
                f"Jours rendus par la clôture du {french_date(iae.last_day)}", -(iae.end - iae.last_day).days
            )
        )
    if today >= iae.start:
        lines.append(
            CountLine(
                f"Jours passés, du {french_date(iae.start)} à aujourd’hui", -days_inclusive(iae.start, today)
            )
        )
    suspended = iae.suspended_on(today)
    if suspended is not None and suspended.end > today and today < iae.last_day:
        until = min(suspended.end, iae.last_day)
        lines.append(
            CountLine(f"Jours encore suspendus, jusqu’au {french_date(until)}", -(until - today).days)
        )
    return PassCount(tuple(lines), computed, iae.end, sum(line.days for line in lines))


def difference_findings(iae: PassFacts, *, book: RuleBook) -> Iterator[Finding]:
    """An end received from the platform that is not the one we count: kept, and said (R16)."""
    computed = iae.computed_end(book=book)
    if iae.end != computed:
        yield Finding(
            "pass_end_differs",
            f"La fin gardée, le {french_date(iae.end)}, n’est pas celle que nous comptons, le {french_date(computed)}.",
            EMPLOIS,
            way_out="La date reçue l’emporte ; une suspension ou une prolongation n’est peut-être pas enregistrée ici.",
            field="ends_on",
            refuses=False,
        )


def status_in_words(iae: PassFacts, today: date) -> str:
    """« Valide », « Valide (suspendu) », « Valide (non démarré) », « Expiré », « Clos »."""
    if iae.closed_on is not None and iae.closed_on <= today:
        return "Clos"
    if today > iae.end:
        return "Expiré"
    if today < iae.start:
        return "Valide (non démarré)"
    return "Valide (suspendu)" if iae.suspended_on(today) else "Valide"


def _length_in_words(start: date, book: RuleBook) -> str:
    """What the first line counts; where the text, read by the calendar, ends on another day, it is said."""
    words = "Durée d’un PASS IAE, premier et dernier jour compris"
    of_the_text = calendar_pass_end(start)
    if of_the_text == pass_end(start, book=book):
        return words
    return (
        f"{words} : le code du travail dit {PASS_MONTHS} mois, jusqu’au {french_date(of_the_text)} ; les Emplois de "
        "l’inclusion, qui délivrent le PASS, comptent des jours"
    )
