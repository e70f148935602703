"""Who is accompanied today, where each stands, and who is between two steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Min, Q
from django.utils import timezone

from backend.core.actor import SOCIAL_READERS, WATCHES_GAPS, Actor
from backend.core.pages.once import once_per_page
from backend.core.values.dates import NBSP, french_date, months_after
from backend.organisations.enums import StructureKind
from pathways.enums import AppointmentStatus, ContractKind
from pathways.models import Appointment, Beneficiary, Contract, Interview, Stay
from pathways.rules.rhythm import next_interview_due
from pathways.rules.timeline import THREAD_CUT_MONTHS, Step
from pathways.selectors.people import find_people
from pathways.selectors.step_sources import left_elsewhere_since, steps_elsewhere, term_may_end_since
from pathways.selectors.steps import exit_of, last_day_of, line_of, with_contracts


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


@dataclass(frozen=True, slots=True)
class BetweenRow:
    """Someone who left a step and has not reached the next one."""

    beneficiary: Beneficiary
    since: date
    days: int
    last_structure: str
    last_organisation_id: int | None
    next_step: Step | None


@once_per_page
def caseload_of(actor: Actor, today: date, *, text: str = "") -> list[CaseloadRow]:
    """People present or expected in the actor's perimeter, by name, in four queries whatever their number.

    `text` keeps those whose name contains every word typed. One line per person: their newest stay.
    """
    stays = Stay.objects.covered_by(actor).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today))
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


def caseload_summary(actor: Actor, today: date) -> CaseloadSummary:
    """How many people, and how many the structure's own rhythm says should have been seen by now."""
    return summarise(caseload_of(actor, today))


def summarise(rows: Sequence[CaseloadRow]) -> CaseloadSummary:
    """The figures of a caseload already read."""
    known = [row.is_without_news for row in rows if row.is_without_news is not None]
    return CaseloadSummary(len(rows), sum(known) if len(known) == len(rows) else None)


@once_per_page
def between_steps(actor: Actor, today: date) -> list[BetweenRow]:
    """People of the perimeter without a step today, longest wait first, in five queries and those of the sources.

    Whoever holds a job, a training, or left for good is not between two, and is again once a job of known length
    is over; nor is, after twelve months, someone nobody expects any more. The same line as on the person's page.
    """
    if actor.role not in WATCHES_GAPS:
        return []
    # Whether someone waits is read on their whole line; what is shown of it is filtered below.
    stays = Stay.objects.filter(beneficiary_id__in=_may_be_waiting(actor, today))
    by_person: dict[int, list[Stay]] = defaultdict(list)
    for stay in with_contracts(stays.select_related("beneficiary")):
        by_person[stay.beneficiary_id].append(stay)
    elsewhere = steps_elsewhere(Actor.operator(), by_person)
    open_doors = Beneficiary.objects.accompanied_by(actor, today).filter(pk__in=list(by_person))
    opened = set(open_doors.order_by().values_list("pk", flat=True))
    rows = [
        row
        for person, theirs in by_person.items()
        if (row := _between(theirs, elsewhere.get(person, ()), today)) is not None
        and (person in opened or _left_us_last(actor, row))
    ]
    return sorted(rows, key=lambda row: (-row.days, row.beneficiary.search_name, row.beneficiary.pk))


def _may_be_waiting(actor: Actor, today: date) -> list[int]:
    """People of the perimeter, lately at least, without a contract running today anywhere; in two queries.

    Lately: their stay here, or the job they left it for, may have ended within the time a thread is watched.
    """
    cut = months_after(today, -THREAD_CUT_MONTHS)
    recent = (
        Q(ended_on__isnull=True)
        | Q(ended_on__gte=cut)
        | term_may_end_since(cut, start="exit__occurred_on", months="exit__contract_months")
        | left_elsewhere_since(actor, cut, people="beneficiary_id")
    )
    people = Stay.objects.covered_by(actor).filter(recent).order_by().values_list("beneficiary_id", flat=True)
    at_work = Contract.objects.running_on(today).filter(
        Q(stay__ended_on__isnull=True) | Q(stay__ended_on__gte=today), stay__beneficiary_id__in=people
    )
    return sorted(set(people) - set(at_work.order_by().values_list("stay__beneficiary_id", flat=True)))


def _left_us_last(actor: Actor, row: BetweenRow) -> bool:
    """Behind a closed door, one still watches who left one's own structure for nothing; not what came since."""
    return row.next_step is None and row.last_organisation_id in actor.organisation_ids


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
    found = Interview.objects.visible_to(actor).filter(beneficiary_id__in=list(people))
    return dict(found.order_by().values_list("beneficiary_id").annotate(Max("happened_at")))


def _next_appointments(actor: Actor, people: Iterable[int]) -> dict[int, datetime]:
    found = Appointment.objects.visible_to(actor).filter(
        beneficiary_id__in=list(people), status=AppointmentStatus.PLANNED, starts_at__gte=timezone.now()
    )
    return dict(found.order_by().values_list("beneficiary_id").annotate(Min("starts_at")))


def _between(stays: list[Stay], elsewhere: Iterable[Step], today: date) -> BetweenRow | None:
    gap = line_of(stays, elsewhere, today=today).gap_in_progress
    if gap is None:
        return None
    return BetweenRow(
        beneficiary=stays[0].beneficiary,
        since=gap.start,
        days=gap.days_lived(today),
        last_structure=gap.previous_step.structure,
        last_organisation_id=_who_let_go(stays, gap.previous_step),
        next_step=gap.next_step,
    )


def _who_let_go(stays: Iterable[Stay], step: Step) -> int | None:
    """The structure of the last step; of a job, the one whose exit it follows: that exit is its own to watch."""
    if step.organisation_id is not None or step.exit_id is None:
        return step.organisation_id
    left = ((stay, exit_of(stay)) for stay in stays)
    return next((stay.organisation_id for stay, exit_ in left if exit_ and exit_.pk == step.exit_id), None)
