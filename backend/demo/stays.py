"""One person's time in one structure: the chain of contracts the law allows, and the hours worked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from backend.demo import calibration as cal
from backend.demo.calendar_tools import first_of_month, full_months, last_day, months_within
from backend.demo.codes import ClientKind, ContractKind, Kind
from backend.demo.dice import Dice, Odds
from backend.demo.rows import Contract, MonthlyHours, Stay
from pathways.rules.book import ALWAYS
from pathways.rules.book_rows import BUILT_IN, CDDI_CEILING, CDDI_MINIMUM, HOURS_480

DAY = timedelta(days=1)
CDDI_LEAST_MONTHS: int = BUILT_IN.value(CDDI_MINIMUM, on=ALWAYS)
IAE_MOST_MONTHS: int = BUILT_IN.value(CDDI_CEILING, on=ALWAYS)
COMPANY_CEILING = float(BUILT_IN.value(HOURS_480, on=ALWAYS))
CDDI_PIECES = Odds({4: 0.4, 5: 0.1, 6: 0.5})
MISSION_DAYS = {Kind.AI: (10, 45), Kind.ETTI: (5, 60)}
MISSION_PAUSE = {Kind.AI: (0, 9), Kind.ETTI: (0, 26)}
AI_CLIENTS = Odds(
    {
        ClientKind.PARTICULIER: 0.52,
        ClientKind.ASSOCIATION: 0.15,
        ClientKind.PUBLIC: 0.2,
        ClientKind.ENTREPRISE: 0.13,
    }
)
CLIENTS = {Kind.ETTI: ClientKind.ENTREPRISE, Kind.ASP_SAP: ClientKind.PARTICULIER}


@dataclass(frozen=True, slots=True)
class Span:
    """Dates of one contract before it is written; `end` is None while it runs."""

    start: date
    planned_end: date | None
    end: date | None


@dataclass(slots=True)
class StayDraft:
    """A stay with its contracts and hours; `broken` says that it ended before the last planned date."""

    stay: Stay
    kind: Kind
    contracts: list[Contract] = field(default_factory=list)
    hours: list[MonthlyHours] = field(default_factory=list)
    broken: bool = False

    def hours_in_exit_year(self) -> float:
        """Hours of the civil year in which the stay ended, the measure of the 150-hour threshold."""
        end = self.stay.end
        return sum(each.hours for each in self.hours if end and each.month.year == end.year)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a stay will last and where it stands on the day of the simulation."""

    kind: Kind
    start: date
    end: date  # the day it will end, after today if it still runs
    months: int  # what the contracts add up to
    today: date

    @property
    def planned_end(self) -> date:
        """The last day the contracts foresee, at or after the real end."""
        return max(self.end, last_day(self.start, self.months))

    @property
    def runs(self) -> bool:
        """Whether the person is still there today."""
        return self.end >= self.today


def plan_stay(
    dice: Dice, *, kind: Kind, start: date, limit: date | None, days: int | None, today: date
) -> Plan | None:
    """Draw the length of a stay that starts on a day and must not pass `limit` (end of the PASS IAE).

    `days` fixes the length of a stay cut short. None when the law leaves no room for it.
    """
    law = cal.STAYS[kind]
    room = min(full_months(start, limit), IAE_MOST_MONTHS) if limit else 60
    least = CDDI_LEAST_MONTHS if kind in {Kind.ACI, Kind.EI} else 1
    if room < least:
        return None
    months = min(max(least, round(dice.peaked(*law.months))), room)
    end = last_day(start, months)
    if days is None and dice.chance(law.short):
        days = dice.whole(*law.short_days)
    if days is not None:
        end = min(start + timedelta(days=days), end)
        months = 0 if kind in MISSION_DAYS else min(4, room)
    elif kind not in MISSION_DAYS and dice.chance(cal.EARLY_BREAK):
        end -= timedelta(days=dice.whole(3, 75))
    return Plan(kind, start, end, months, today)


def contract_spans(dice: Dice, plan: Plan) -> list[Span]:
    """Dates of the contracts of a stay, in order and without overlap; those signed by today only."""
    if plan.kind in {Kind.ACI, Kind.EI}:
        spans = _renewals(dice, plan)
    elif plan.kind in MISSION_DAYS:
        spans = _missions(dice, plan)
    else:
        spans = iter([Span(plan.start, plan.planned_end, plan.end)])
    return [
        Span(each.start, each.planned_end, each.end if each.end and each.end < plan.today else None)
        for each in spans
        if each.start < plan.today or each.start == plan.start
    ]


def _renewals(dice: Dice, plan: Plan) -> Iterator[Span]:
    """CDDI of at least four months one after the other, up to the planned end; the stay may end inside one."""
    start, done = plan.start, 0
    while start <= plan.end and done < plan.months:
        left = plan.months - done
        done += (
            left if left < 2 * CDDI_LEAST_MONTHS else min(dice.draw(CDDI_PIECES), left - CDDI_LEAST_MONTHS)
        )
        # Counted from the first day of the chain: months of unequal length would make it drift otherwise.
        planned_end = last_day(plan.start, done)
        yield Span(start, planned_end, min(planned_end, plan.end))
        start = planned_end + DAY


def _missions(dice: Dice, plan: Plan) -> Iterator[Span]:
    """Short missions with pauses between them; the last one ends with the stay."""
    start, (shortest, longest), pauses = plan.start, MISSION_DAYS[plan.kind], MISSION_PAUSE[plan.kind]
    while start <= plan.end:
        end = min(start + timedelta(days=dice.whole(shortest, longest) - 1), plan.end)
        pause = dice.whole(*pauses)
        if (plan.end - end).days <= pause + shortest:
            end = plan.end
        yield Span(start, end, end)
        start = end + timedelta(days=1 + pause)


def write_stay(
    dice: Dice, *, stay: Stay, plan: Plan, contract_kind: ContractKind, rome_code: str
) -> StayDraft:
    """Write the contracts and monthly hours of a planned stay."""
    draft = StayDraft(stay, plan.kind, broken=plan.end < plan.planned_end)
    weekly, company_hours, first = dice.draw(cal.STAYS[plan.kind].weekly), 0.0, None
    for rank, span in enumerate(contract_spans(dice, plan), start=1):
        client = CLIENTS.get(plan.kind)
        if plan.kind is Kind.AI:
            weekly = max(3, weekly + dice.whole(-2, 2)) if rank > 1 else weekly
            client = dice.draw(AI_CLIENTS)
            # A month never adds more than its hours to the counter: stop well before the ceiling.
            if client is ClientKind.ENTREPRISE and company_hours > COMPANY_CEILING - 220:
                client = ClientKind.PARTICULIER
        contract = Contract(
            id=f"{stay.id}-c{rank:02d}",
            person=stay.person,
            structure=stay.structure,
            stay=stay.id,
            kind=contract_kind,
            start=span.start,
            planned_end=None if contract_kind is ContractKind.CDI else span.planned_end,
            end=span.end,
            weekly_hours=None if contract_kind is ContractKind.EITI else float(weekly),
            rome_code=rome_code,
            initial_contract=first,
            advisor=stay.advisor,
            supervisor=stay.supervisor,
        )
        first = first or contract.id
        draft.contracts.append(contract)
        worked = list(monthly_hours(dice, contract, weekly, plan, client))
        if client is ClientKind.ENTREPRISE:
            company_hours += sum(each.hours for each in worked)
        draft.hours += worked
    return draft


def monthly_hours(
    dice: Dice, contract: Contract, weekly: float, plan: Plan, client: ClientKind | None
) -> Iterator[MonthlyHours]:
    """Hours of a contract, month by month; the month under way is declared when it is over."""
    low, high = cal.STAYS[plan.kind].presence
    yesterday = plan.today - DAY
    end = min(contract.end or yesterday, yesterday)
    if contract.start > end:
        return
    for month, days in months_within(contract.start, end):
        if contract.end is None and month == first_of_month(plan.today):
            return
        hours = round(days * weekly / 7 * dice.real(low, high) * 2) / 2
        if hours:
            yield MonthlyHours(contract.id, month, hours, client)
