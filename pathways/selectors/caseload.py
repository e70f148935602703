"""Who is accompanied today, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from backend.core.access import People
from backend.core.actor import SOCIAL_READERS, Actor
from backend.core.pages.once import once_per_page
from backend.core.tables.among import among
from backend.core.values.dates import NBSP, french_date
from pathways.enums import ContractKind
from pathways.models import Contract, Interview, Stay
from pathways.rules.rhythm import next_interview_due
from pathways.selectors.following.person import interviews_of
from pathways.selectors.following.presence import Present, not_over
from pathways.selectors.steps import last_day_of


@dataclass(frozen=True, slots=True)
class CaseloadSummary:
    """The caseload in figures: who is present, as the list of people counts them, and who is expected beside.

    `without_news` is None for who does not read the follow-ups.
    """

    people: int
    without_news: int | None
    expected: int = 0

    @property
    def share_seen(self) -> float | None:
        """People seen in time over people, between 0 and 1; None when there is nothing to divide."""
        if not self.people or self.without_news is None:
            return None
        return (self.people - self.without_news) / self.people


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a person present or expected was last met, and by when they should be met again.

    `due_on` and `is_late` are None for who does not read the follow-ups.
    """

    stay: Present
    last_on: date | None
    due_on: date | None
    is_late: bool | None


@once_per_page
def rhythms_of(actor: Actor, today: date, *, people: People = None) -> list[Rhythm]:
    """One line a person, by their newest stay: numbers and days only, in two queries."""
    newest = {stay.beneficiary_id: stay for stay in not_over(actor, today, people=people).stays}
    seen = _last_interviews(actor, newest, people) if actor.role in SOCIAL_READERS else {}
    return [_rhythm(actor, stay, seen.get(person), today) for person, stay in newest.items()]


def _rhythm(actor: Actor, stay: Present, seen_at: datetime | None, today: date) -> Rhythm:
    last_on = timezone.localdate(seen_at) if seen_at else None
    if actor.role not in SOCIAL_READERS:
        return Rhythm(stay, last_on, None, None)
    every_days = stay.interview_every_days
    due_on = next_interview_due(last_on=last_on, started_on=stay.started_on, every_days=every_days)
    return Rhythm(stay, last_on, due_on, due_on <= today)


def caseload_summary(actor: Actor, today: date) -> CaseloadSummary:
    """How many people, and how many the structure's own rhythm says should have been seen by now."""
    rows = rhythms_of(actor, today)
    # Somebody present who comes back later by another door is present: their newest stay alone would say expected.
    here = {stay.beneficiary_id for stay in not_over(actor, today).stays if stay.started_on <= today}
    known = [row.is_late for row in rows if row.is_late is not None]
    late = sum(known) if len(known) == len(rows) else None
    return CaseloadSummary(len(here), late, expected=len(rows) - len(here))


def situation_of(stay: Stay, today: date) -> str:
    """Where the person stands in this structure, in words: « CDD d’insertion jusqu’au 20 décembre 2026 »."""
    if stay.started_on > today:
        return f"Arrivée prévue le {french_date(stay.started_on)}"
    contracts = list(stay.contracts.all())
    if not contracts:
        return f"Présence depuis le {french_date(stay.started_on)}, sans contrat"
    running = [c for c in contracts if c.started_on <= today <= (last_day_of(c, stay) or date.max)]
    coming = [contract for contract in contracts if contract.started_on > today]
    if running:
        label = ContractKind(running[-1].kind).label
        end = last_day_of(running[-1], stay)
        start = french_date(running[-1].started_on)
        said = f"{label} jusqu’au {french_date(end)}" if end else f"{label} depuis le {start}"
        return f"{said}{_then(stay, coming)}"
    if coming:
        return f"Sans contrat avant le {french_date(coming[0].started_on)}"
    days = (today - max(last_day_of(contract, stay) or today for contract in contracts)).days
    return f"Sans contrat depuis {days}{NBSP}{'jours' if days > 1 else 'jour'}"


def _then(stay: Stay, coming: list[Contract]) -> str:
    """What follows the contract under way: a renewal signed ahead is not a contract about to end."""
    if not coming:
        return ""
    end = last_day_of(coming[-1], stay)
    return (
        f", puis jusqu’au {french_date(end)}"
        if end
        else f", puis sans terme dès le {french_date(coming[-1].started_on)}"
    )


def _last_interviews(actor: Actor, present: Iterable[int], asked: People) -> dict[int, datetime]:
    """When each of these people was last met; when some were asked about, from what their page reads of them."""
    if asked is not None:
        return {person: said[0].happened_at for person in present if (said := interviews_of(actor, person))}
    found = Interview.objects.visible_to(actor).filter(beneficiary_id__in=among(set(present)))
    return dict(found.order_by().values_list("beneficiary_id").annotate(Max("happened_at")))
