"""One person's time in one structure: the chain of contracts the law allows, and the hours worked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from backend.core.values.dates import last_day_after, month_start
from backend.demo.chance import calibration as cal
from backend.demo.chance.calendar_tools import months_within
from backend.demo.chance.dice import Dice, Odds
from backend.demo.rows import Contract, MonthlyHours, Stay
from backend.organisations.enums import StructureKind
from pathways.enums import ClientKind, ContractKind
from pathways.rules.contracts.durations import length_of
from pathways.rules.dated.rows import BUILT_IN, CDDI_CEILING, CDDI_MINIMUM, HOURS_480, MISSION_CEILING
from pathways.rules.kinds import TRAITS

DAY = timedelta(days=1)
LONGEST_HOME_HELP = 60  # months
MONTH_OF_HOURS = 220  # more than anybody works for one client in a month
CDDI_PIECES = Odds({4: 0.4, 5: 0.1, 6: 0.5})
RENEWED = frozenset(kind for kind, traits in TRAITS.items() if traits.usual_contract is ContractKind.CDDI)
MISSION_DAYS = {StructureKind.AI: (10, 45), StructureKind.ETTI: (5, 60)}
MISSION_PAUSE = {StructureKind.AI: (0, 9), StructureKind.ETTI: (0, 26)}
AI_CLIENTS = Odds(
    {
        ClientKind.HOUSEHOLD: 0.52,
        ClientKind.NON_PROFIT: 0.15,
        ClientKind.PUBLIC: 0.2,
        ClientKind.COMPANY: 0.13,
    }
)
CLIENTS = {StructureKind.ETTI: ClientKind.COMPANY, StructureKind.ASP_SAP: ClientKind.HOUSEHOLD}


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
    kind: StructureKind
    contracts: list[Contract] = field(default_factory=list)
    hours: list[MonthlyHours] = field(default_factory=list)
    broken: bool = False

    def hours_in_exit_year(self) -> float:
        """Hours of the civil year in which the stay ended, what the threshold of hours is compared with."""
        end = self.stay.end
        return sum(each.hours for each in self.hours if end and each.month.year == end.year)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long a stay will last and where it stands on the day of the simulation."""

    kind: StructureKind
    start: date
    end: date  # the day it will end, after today if it still runs
    months: int  # what the contracts add up to
    today: date

    @property
    def planned_end(self) -> date:
        """The last day the contracts foresee, at or after the real end."""
        return max(self.end, last_day_after(self.start, self.months))

    @property
    def runs(self) -> bool:
        """Whether the person is still there today."""
        return self.end >= self.today


def plan_stay(
    dice: Dice, *, kind: StructureKind, start: date, limit: date | None, days: int | None, today: date
) -> Plan | None:
    """Draw the length of a stay that starts on a day and must not pass `limit` (end of the PASS IAE).

    `days` fixes the length of a stay cut short. None when the law leaves no room for it.
    """
    law = cal.STAYS[kind]
    ceiling = MISSION_CEILING if kind in MISSION_DAYS else CDDI_CEILING
    room = (
        min(length_of(start, limit).months, BUILT_IN.whole(ceiling, on=start)) if limit else LONGEST_HOME_HELP
    )
    least = BUILT_IN.whole(CDDI_MINIMUM, on=start) if kind in RENEWED else 1
    if room < least:
        return None
    months = min(max(least, round(dice.peaked(*law.months))), room)
    end = last_day_after(start, months)
    if days is None and dice.chance(law.short):
        days = dice.whole(*law.short_days)
    if days is not None:
        end = min(start + timedelta(days=days), end)
        months = 0 if kind in MISSION_DAYS else min(BUILT_IN.whole(CDDI_MINIMUM, on=start), room)
    elif kind not in MISSION_DAYS and dice.chance(cal.EARLY_BREAK):
        end = max(end - timedelta(days=dice.whole(3, 75)), start)  # nobody leaves before the first day
    return Plan(kind, start, end, months, today)


def contract_spans(dice: Dice, plan: Plan) -> list[Span]:
    """Dates of the contracts of a stay, in order and without overlap; those signed by today only."""
    if plan.kind in RENEWED:
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
    """CDDI of at least the legal minimum one after the other, up to the planned end; the stay may end inside one."""
    start, done, least = plan.start, 0, BUILT_IN.whole(CDDI_MINIMUM, on=plan.start)
    while start <= plan.end and done < plan.months:
        left = plan.months - done
        done += left if left < 2 * least else min(dice.draw(CDDI_PIECES), left - least)
        # Counted from the first day of the chain: months of unequal length would make it drift otherwise.
        planned_end = last_day_after(plan.start, done)
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
        if plan.kind is StructureKind.AI:
            weekly = max(3, weekly + dice.whole(-2, 2)) if rank > 1 else weekly
            client = dice.draw(AI_CLIENTS)
            # A month never adds more than its hours to the counter: stop well before the ceiling.
            if (
                client is ClientKind.COMPANY
                and company_hours > BUILT_IN.hours(HOURS_480, on=span.start) - MONTH_OF_HOURS
            ):
                client = ClientKind.HOUSEHOLD
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
        if client is ClientKind.COMPANY:
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
        if contract.end is None and month == month_start(plan.today):
            return
        hours = round(days * weekly / 7 * dice.real(low, high) * 2) / 2
        if hours:
            yield MonthlyHours(contract.id, month, hours, client)
