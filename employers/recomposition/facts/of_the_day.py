"""The hours that the law asks on one day, by the rule book of an installation."""

from __future__ import annotations

from datetime import date

from employers.recomposition.facts.vocabulary import Parameters
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import CDDI_HOURS, CDI_HOURS, LEGAL_WEEK


def parameters_of(book: RuleBook, *, on: date) -> Parameters:
    """What a job must respect that day where the document of a territory says nothing else."""
    least = float(book.hours(CDDI_HOURS, on=on))
    return Parameters(
        min_hours=least,
        max_hours=float(book.hours(LEGAL_WEEK, on=on)),
        cddi_hours=least,
        part_time_hours=float(book.hours(CDI_HOURS, on=on)),
    )
