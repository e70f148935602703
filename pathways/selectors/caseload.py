"""Who is accompanied today, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Min, Q
from django.utils import timezone

from backend.core.access import People, about
from backend.core.actor import SOCIAL_READERS, Actor
from backend.core.pages.once import once_per_page
from backend.core.tables.among import among
from backend.core.values.dates import NBSP, french_date
from backend.organisations.enums import StructureKind
from pathways.enums import AppointmentStatus, ContractKind
from pathways.models import Appointment, Beneficiary, Contract, Interview, Stay
from pathways.rules.rhythm import next_interview_due
from pathways.selectors.following.presence import Present, not_over
from pathways.selectors.people import find_people
from pathways.selectors.steps import last_day_of, with_contracts


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """One person of the caseload, ready to show.

    `interview_due_on` and `is_without_news` are None for who does not read the follow-ups.
    """

    beneficiary: Beneficiary
    stay: Stay
    structure: str
    kind: str
    kind_label: str
    situation: str
    advisor: str
    last_interview_on: date | None
    next_appointment_at: datetime | None
    interview_due_on: date | None
    is_without_news: bool | None


@dataclass(frozen=True, slots=True)
class CaseloadSummary:
    """The caseload in figures; `without_news` is None for who does not read the follow-ups."""

    people: int
    without_news: int | None

    @property
    def share_seen(self) -> float | None:
        """People seen in time over people, between 0 and 1; None when there is nothing to divide."""
        if not self.people or self.without_news is None:
            return None
        return (self.people - self.without_news) / self.people


@once_per_page
def caseload_of(actor: Actor, today: date, *, text: str = "", people: People = None) -> list[CaseloadRow]:
    """People present or expected in the actor's perimeter, by name, in four queries whatever their number.

    `text` keeps those whose name contains every word typed, `people` those of these ids: nobody else is read.
    One line per person: their newest stay.
    """
    stays = about(Stay.objects.covered_by(actor), people).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    )
    if text.strip():
        stays = stays.filter(beneficiary__in=find_people(Beneficiary.objects.visible_to(actor), text))
    newest = {
        stay.beneficiary_id: stay
        for stay in with_contracts(stays)
        .select_related("beneficiary", "advisor")
        .order_by("started_on", "id")
    }
    seen = _last_interviews(actor, newest)
    planned = _next_appointments(actor, newest)
    rows = [
        _row(actor, stay, today, seen.get(person), planned.get(person)) for person, stay in newest.items()
    ]
    return sorted(rows, key=lambda row: (row.beneficiary.search_name, row.beneficiary.pk))


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
    seen = _last_interviews(actor, newest) if actor.role in SOCIAL_READERS else {}
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
    known = [row.is_late for row in rows if row.is_late is not None]
    return CaseloadSummary(len(rows), sum(known) if len(known) == len(rows) else None)


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


def _row(
    actor: Actor, stay: Stay, today: date, seen_at: datetime | None, next_at: datetime | None
) -> CaseloadRow:
    kind = StructureKind(stay.organisation.kind)
    last_on = timezone.localdate(seen_at) if seen_at else None
    due_on = _interview_due_on(stay, last_on) if actor.role in SOCIAL_READERS else None
    return CaseloadRow(
        beneficiary=stay.beneficiary,
        stay=stay,
        structure=stay.organisation.name,
        kind=kind.value,
        kind_label=kind.short,
        situation=situation_of(stay, today),
        advisor=str(stay.advisor) if stay.advisor else "",
        last_interview_on=last_on,
        next_appointment_at=next_at,
        interview_due_on=due_on,
        is_without_news=None if due_on is None else due_on <= today,
    )


def _interview_due_on(stay: Stay, last_on: date | None) -> date:
    every_days = stay.organisation.interview_every_days
    return next_interview_due(last_on=last_on, started_on=stay.started_on, every_days=every_days)


def _last_interviews(actor: Actor, people: Iterable[int]) -> dict[int, datetime]:
    found = Interview.objects.visible_to(actor).filter(beneficiary_id__in=among(set(people)))
    return dict(found.order_by().values_list("beneficiary_id").annotate(Max("happened_at")))


def _next_appointments(actor: Actor, people: Iterable[int]) -> dict[int, datetime]:
    found = Appointment.objects.visible_to(actor).filter(
        beneficiary_id__in=among(set(people)), status=AppointmentStatus.PLANNED, starts_at__gte=timezone.now()
    )
    return dict(found.order_by().values_list("beneficiary_id").annotate(Min("starts_at")))
