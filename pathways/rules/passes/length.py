"""How long a PASS IAE lasts, and when another one may follow (R14, R19).

The law says « up to 24 months »; the State platform counted them by the calendar, and counts 730 days since the end of
February 2024: one day short of the calendar whenever a 29 February lies inside. The platform delivers the PASS, so its
count of that day is the one we propose; dates received from it always win over ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from backend.core.findings import Finding
from backend.core.values.dates import (
    OUT_OF_CALENDAR,
    days_after,
    french_date,
    in_calendar,
    last_day_after,
    months_after,
)
from backend.core.values.plausible import PASS, PROLONGED_MONTHS, end_findings, window_findings
from pathways.enums import DerogationMotive
from pathways.rules.contracts.durations import Period
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import IAE_BASIS, IAE_DAYS, IAE_MONTHS, IAE_WAITING, PROLONG_AFTER

PASS_MONTHS = 24
"""What the text counts date to date, beside the days that the State platform counts (`IAE_DAYS`, R14): never the end kept."""


def pass_end(starts_on: date, *, book: RuleBook) -> date:
    """Last day of a PASS as the State platform computed it that day: days, the first one included, or months before (R14)."""
    if book.rule(IAE_DAYS, on=starts_on) is None:
        return last_day_after(starts_on, book.whole(IAE_MONTHS, on=starts_on))
    return days_after(starts_on, book.whole(IAE_DAYS, on=starts_on) - 1)


def calendar_pass_end(starts_on: date) -> date:
    """Last day of 24 months counted date to date, as the text of law reads."""
    return last_day_after(starts_on, PASS_MONTHS)


def days_left(ends_on: date, today: date) -> int:
    """Days after today: 0 on the last day, negative once the PASS is over."""
    return (ends_on - today).days


def waiting_end(ends_on: date, *, book: RuleBook) -> date:
    """Last day of the two years without a new PASS, unless a prescripteur says otherwise (R19)."""
    return months_after(ends_on, book.whole(IAE_WAITING, on=ends_on))


def day_findings(
    *, starts_on: date, ends_on: date, today: date, born_on: date | None = None
) -> Iterator[Finding]:
    """Days of a PASS nobody can mean; prolonged year after year, one may still run long."""
    yield from window_findings(PASS, starts_on, field="starts_on", today=today, born_on=born_on)
    yield from end_findings(ends_on, field="ends_on", started_on=starts_on, months=PROLONGED_MONTHS)


class OtherPass(NamedTuple):
    """Another PASS of the same person; `since` is the day its two years begin after, when it is not its end (R19)."""

    start: date
    end: date
    since: date | None = None


def pass_findings(
    *,
    starts_on: date,
    ends_on: date,
    others: Iterable[Period | OtherPass],
    book: RuleBook,
    agreed: Iterable[Period] = (),
) -> Iterator[Finding]:
    """Another PASS over the same days, which cannot be; or before the two years are over, unless a prescripteur agreed (R19).

    `agreed` are the days on which a new PASS may begin all the same, by decisions recorded.
    """
    known = [OtherPass(*each) for each in others]
    if not in_calendar(ends_on):
        yield Finding(
            "pass_beyond_calendar",
            "Ce PASS se terminerait hors de notre calendrier.",
            way_out=OUT_OF_CALENDAR,
            field="starts_on",
            is_contradiction=True,
        )
    if any(start <= ends_on and starts_on <= end for start, end, _ in known):
        yield Finding(
            "pass_overlap",
            "Un autre PASS IAE couvre déjà une partie de ces dates, et une personne n’en a qu’un à la fois.",
            IAE_BASIS,
            way_out="Vérifiez le numéro et les dates.",
            field="starts_on",
            is_contradiction=True,
        )
    before = max((each.since or each.end for each in known if each.end < starts_on), default=None)
    is_agreed = any(start <= starts_on <= end for start, end in agreed)
    if before is not None and starts_on <= waiting_end(before, book=book) and not is_agreed:
        yield Finding(
            "pass_waiting",
            f"Le parcours précédent s’est arrêté le {french_date(before)} : un nouveau PASS avant le "
            f"{french_date(waiting_end(before, book=book))} inclus demande l’accord d’un prescripteur.",
            book.basis(IAE_WAITING, on=starts_on),
            way_out="Enregistrez d’abord sa décision, sur la page « PASS IAE » de la personne.",
            field="starts_on",
            leads_to={
                "motive": DerogationMotive.NEW_PASS.value,
                "starts_on": starts_on.isoformat(),
                "ends_on": waiting_end(before, book=book).isoformat(),
            },
        )


def number_findings(*, is_held_by_another: bool) -> Iterator[Finding]:
    """A number that somebody else of those one sees holds: a PASS is delivered to one person, so one of both is wrong."""
    if is_held_by_another:
        yield Finding(
            "pass_of_another",
            "Ce numéro de PASS est déjà celui d’une autre personne que vous accompagnez.",
            IAE_BASIS,
            way_out="Vérifiez-le sur les Emplois de l’inclusion.",
            field="number",
        )


def prolongation_in_words(ends_on: date, today: date, *, book: RuleBook) -> str:
    """What can still be asked, by the platform's window: six months after the end, then the two years (R19, R21)."""
    if today <= months_after(ends_on, book.whole(PROLONG_AFTER, on=today)):
        return "Une prolongation se demande sur les Emplois de l’inclusion."
    if today <= waiting_end(ends_on, book=book):
        return (
            f"Trop tard pour une prolongation ; un nouveau PASS avant le {french_date(waiting_end(ends_on, book=book))} "
            "demande l’accord d’un prescripteur."
        )
    return "Un nouveau PASS peut être demandé."
