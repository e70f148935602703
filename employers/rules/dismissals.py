"""No lending where somebody was dismissed for economic reasons from an equivalent job (R11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import french_date, months_after
from backend.core.values.plausible import LOOK, window_findings
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.inclusion import DISMISSAL_MONTHS
from pathways.rules.kinds import LENDS_NOBODY_FOR_DANGEROUS_WORK

LENDS_TO_CLIENTS = LENDS_NOBODY_FOR_DANGEROUS_WORK
"""The same structures: a mise à disposition under L5132-7 is an association intermédiaire's."""


def lent_again_from(
    kind: str, dismissals: Iterable[date | None], *, today: date, book: RuleBook
) -> date | None:
    """The first day this kind of structure may lend somebody there again (R11); None when it may today.

    L5132-7: six months before the mise à disposition; a dismissal of 15 January lets it from 15 July.
    """
    if kind not in LENDS_TO_CLIENTS:
        return None
    ends = [
        months_after(day, book.whole(DISMISSAL_MONTHS, on=today))
        for day in dismissals
        if day is not None and day <= today
    ]
    last = max(ends, default=today)
    return last if last > today else None


def dismissal_findings(
    *, kind: str, dismissals: Iterable[date | None], today: date, book: RuleBook
) -> Iterator[Finding]:
    """A job that an association intermédiaire would make of work somebody was dismissed from (R11)."""
    since = lent_again_from(kind, dismissals, today=today, book=book)
    if since is not None:
        yield Finding(
            "recent_dismissal",
            words(since),
            book.basis(DISMISSAL_MONTHS, on=today),
            way_out="Retirez cette tâche du poste, ou attendez ce jour.",
            field="tasks",
        )


def words(since: date) -> str:
    """What is said of the job until that day."""
    return (
        "Cet employeur a fait un licenciement économique sur un poste équivalent : pas de mise à disposition avant le "
        f"{french_date(since)}."
    )


def told_findings(day: date | None, *, today: date) -> Iterator[Finding]:
    """A dismissal is told once it has happened, on a day somebody can mean."""
    if day is not None:
        yield from window_findings(LOOK, day, field="dismissed_on", today=today)
