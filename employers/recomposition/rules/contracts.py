"""For which kinds of contract a job is long enough, and what is missing otherwise.

So many hours a week for a CDDI (Code du travail, art. L5132-5, L5132-11-1 and L5132-15-1), so many for ordinary part
time (art. L3123-27), as the parameters say, unless the person asks in writing with reasons (art. L3123-7) or an extended branch
agreement says otherwise (art. L3123-19). The tool never grants that exception itself.
"""

from __future__ import annotations

from math import ceil

from employers.recomposition.documents.words import hours_text, number_text
from employers.recomposition.facts.vocabulary import HALF_HOURS_PER_HOUR, Parameters
from employers.recomposition.rules.job import exact

EXCEPTION = "sauf demande écrite et motivée ou accord de branche étendu"
Verdict = bool | str


def contract_types(least_half_hours: int, rules: Parameters) -> dict[str, Verdict]:
    """True, or what is missing, per kind of contract, from the half-hours of the poorest period."""
    return {
        "CDDI": _missing(least_half_hours, rules.cddi_hours),
        "CDI": _ordinary(least_half_hours, rules.part_time_hours),
    }


def contract_label(least_half_hours: int, rules: Parameters) -> str:
    """One sentence: « valable en CDDI (20 h) ; non valable en CDI de droit commun : il manque 2 h, sauf … »."""
    types = contract_types(least_half_hours, rules)
    cddi = (
        f"valable en CDDI ({number_text(rules.cddi_hours)} h)"
        if types["CDDI"] is True
        else f"non valable en CDDI : {types['CDDI']}"
    )
    if types["CDI"] is True:
        return f"{cddi} ; valable en CDI de droit commun ({number_text(rules.part_time_hours)} h)"
    return f"{cddi} ; non valable en CDI de droit commun : {types['CDI']}"


def _ordinary(least_half_hours: int, hours: float) -> Verdict:
    missing = _missing(least_half_hours, hours)
    return missing if missing is True else f"{missing}, {EXCEPTION}"


def _missing(least_half_hours: int, hours: float) -> Verdict:
    lack = ceil(exact(hours) * HALF_HOURS_PER_HOUR) - least_half_hours
    return True if lack <= 0 else f"il manque {hours_text(lack)}"
