"""When a stay may end, whether the motive and the new contract agree, and whether the pathway goes on after."""

from __future__ import annotations

from datetime import date, timedelta

from backend.core.dates import french_date
from backend.core.errors import DomainError
from pathways.rules.exit_motives import LONG_CONTRACT_MONTHS, MOTIVES_BY_CODE, ThreadAfter

EXIT_AHEAD_DAYS = 92
"""How far ahead a known departure may be recorded (a hire signed for next month); our choice."""

_LONG_FIXED_TERM, _SHORT_FIXED_TERM = "9", "10"
_MOTIVE_BASIS = "Nomenclature des motifs de sortie de l’Agence de services et de paiement"


def check_can_exit(*, started_on: date, on: date, today: date) -> None:
    """Refuse an exit before the first day of the stay, or too far ahead."""
    if on < started_on:
        raise DomainError(
            "exit_before_entry", "La sortie ne peut pas précéder l’entrée. Vérifiez la date.", field="on"
        )
    if on > today + timedelta(days=EXIT_AHEAD_DAYS):
        raise DomainError(
            "exit_too_far_ahead",
            f"Une sortie s’enregistre au plus {EXIT_AHEAD_DAYS} jours à l’avance. Vérifiez la date.",
            field="on",
        )


def check_end_stays(*, known_end: date | None, on: date, today: date) -> None:
    """Refuse to move a last day already passed: completing an old exit does not open the person's thread again."""
    if known_end is not None and known_end < today and on > known_end:
        raise DomainError(
            "stay_already_over",
            f"Ce passage s’est terminé le {french_date(known_end)}. Indiquez cette date, ou un jour plus tôt.",
            field="on",
        )


def check_motive_matches_length(*, motive: str, contract_months: int | None) -> None:
    """Refuse a fixed term whose length contradicts its motive: six months exactly is a long one."""
    if contract_months is None or motive not in {_LONG_FIXED_TERM, _SHORT_FIXED_TERM}:
        return
    is_long = contract_months >= LONG_CONTRACT_MONTHS
    if is_long != (motive == _LONG_FIXED_TERM):
        raise DomainError(
            "motive_and_length",
            f"La durée du contrat et le motif ne disent pas la même chose : à partir de {LONG_CONTRACT_MONTHS} "
            "mois, choisissez « 6 mois et plus ». Corrigez l’un ou l’autre.",
            field="contract_months",
            basis=_MOTIVE_BASIS,
        )


def thread_after(motive: str) -> ThreadAfter:
    """What becomes of the thread after an exit; while the motive is missing, the thread was cut and goes on."""
    return MOTIVES_BY_CODE[motive].thread if motive else ThreadAfter.GOES_ON
