"""When a stay may end, whether the motive and the new contract agree, and whether the pathway goes on after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import days_after, french_date
from backend.core.values.plausible import WORK, window_findings
from pathways.rules.dated.rows import MOTIVES_BASIS
from pathways.rules.exits.motives import (
    LONG_CONTRACT_MONTHS,
    LONG_FIXED_TERM,
    MOTIVES_BY_CODE,
    SHORT_FIXED_TERM,
    ThreadAfter,
)

EXIT_AHEAD_DAYS = 92
"""How far ahead a known departure may be recorded (a hire signed for next month); our choice."""


def exit_findings(*, started_on: date, on: date, today: date) -> Iterator[Finding]:
    """An exit before the first day of the stay, or too far ahead to be known."""
    if on < started_on:
        yield Finding(
            "exit_before_entry",
            "La sortie ne peut pas précéder l’entrée.",
            way_out="Vérifiez la date.",
            field="on",
            is_contradiction=True,
        )
    if on > days_after(today, EXIT_AHEAD_DAYS):
        yield Finding(
            "exit_too_far_ahead",
            f"Une sortie s’enregistre au plus {EXIT_AHEAD_DAYS} jours à l’avance.",
            way_out="Vérifiez la date.",
            field="on",
            is_contradiction=True,
        )


def day_findings(*, on: date, today: date, born_on: date | None = None) -> Iterator[Finding]:
    """An exit on a day nobody can mean, where the stay itself does not say it first."""
    past = replace(WORK, months_ahead=None)  # how far ahead is said by `exit_findings`
    yield from window_findings(past, on, field="on", today=today, born_on=born_on)


def end_findings(*, known_end: date | None, on: date, today: date) -> Iterator[Finding]:
    """A last day already passed does not move on: completing an old exit does not open the person's thread again."""
    if known_end is not None and known_end < today and on > known_end:
        yield Finding(
            "stay_already_over",
            f"Ce passage s’est terminé le {french_date(known_end)}.",
            way_out="Indiquez cette date, ou un jour plus tôt.",
            field="on",
            is_contradiction=True,
        )


def contracts_findings(*, on: date, contracts: Iterable[tuple[date, date | None]]) -> Iterator[Finding]:
    """A contract of the stay that begins, or is known to have ended, after the person left."""
    later = next((days for days in contracts if days[0] > on or (days[1] or on) > on), None)
    if later is not None:
        started_on, ended_on = later
        what = (
            f"Le contrat qui commence le {french_date(started_on)} est après cette sortie."
            if started_on > on
            else f"Un contrat de ce passage est noté terminé le {french_date(ended_on or on)}, après cette sortie."
        )
        yield Finding(
            "contract_after_exit",
            what,
            way_out="Annulez ou corrigez ce contrat depuis « Corriger une saisie », ou changez la date de sortie.",
            field="on",
            is_contradiction=True,
        )


def motive_findings(*, motive: str, contract_months: int | None) -> Iterator[Finding]:
    """A contract of no length, or a fixed term whose length contradicts its motive: six months is a long one."""
    if contract_months == 0:
        yield Finding(
            "contract_without_length",
            "Un contrat trouvé dure au moins un mois, compté en entier.",
            way_out="Écrivez 1, ou laissez vide si la durée n’est pas connue.",
            field="contract_months",
            is_contradiction=True,
        )
        return
    if contract_months is None or motive not in {LONG_FIXED_TERM, SHORT_FIXED_TERM}:
        return
    is_long = contract_months >= LONG_CONTRACT_MONTHS
    if is_long != (motive == LONG_FIXED_TERM):
        yield Finding(
            "motive_and_length",
            f"Le motif dit « {MOTIVES_BY_CODE[motive].label} », et le contrat dure {contract_months} mois.",
            MOTIVES_BASIS,
            way_out=f"Corrigez la durée, ou choisissez « {MOTIVES_BY_CODE[SHORT_FIXED_TERM if not is_long else LONG_FIXED_TERM].label} ».",
            field="contract_months",
            is_contradiction=True,
        )


def thread_after(motive: str) -> ThreadAfter:
    """What becomes of the thread after an exit; while the motive is missing, the thread was cut and goes on."""
    return MOTIVES_BY_CODE[motive].thread if motive else ThreadAfter.GOES_ON
