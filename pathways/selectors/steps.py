"""Stays and contracts read as steps of the line."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from backend.core.values.dates import day_after, last_day_after
from backend.organisations.enums import StructureKind
from pathways.enums import ContractKind
from pathways.models import Contract, Exit, Stay
from pathways.querysets import StayQuerySet
from pathways.rules.exits.findings import thread_after
from pathways.rules.exits.motives import ThreadAfter
from pathways.rules.timeline import EMPLOYMENT, Mark, Span, Step, Thread, thread


def with_contracts(stays: StayQuerySet) -> StayQuerySet:
    """The same stays with all a step needs, in two queries whatever their number."""
    return stays.select_related("organisation", "exit").prefetch_related("contracts")


def exit_of(stay: Stay) -> Exit | None:
    """How the stay ended, None while it has no exit."""
    return getattr(stay, "exit", None)


def steps_of(stays: Iterable[Stay]) -> list[Step]:
    """One step per contract; a stay without any contract is a step by itself."""
    return [step for stay in stays for step in _steps_of_stay(stay)]


def pathway_end(stays: Iterable[Stay]) -> date | None:
    """The day the pathway reached its end, when the last departure says so; None while it goes on."""
    left = [exit_ for stay in stays if (exit_ := exit_of(stay)) is not None]
    if not left:
        return None
    last = max(left, key=lambda exit_: (exit_.occurred_on, exit_.pk))
    return None if thread_after(last.motive) is ThreadAfter.GOES_ON else last.occurred_on


def line_of(
    stays: Collection[Stay],
    elsewhere: Iterable[Step],
    *,
    today: date,
    spans: Iterable[Span] = (),
    marks: Iterable[Mark] = (),
) -> Thread:
    """The one line of a person, from their stays and what other domains know: page, board, alerts and API ask here."""
    elsewhere = list(elsewhere)
    told = {step.exit_id for step in elsewhere}
    jobs = [
        step
        for stay in stays
        if (step := _job_after(stay)) is not None and step.exit_id not in told and not _is_a_stay(step, stays)
    ]
    return thread(
        [*steps_of(stays), *elsewhere, *jobs],
        today=today,
        ended_on=pathway_end(stays),
        spans=spans,
        marks=marks,
    )


def _job_after(stay: Stay) -> Step | None:
    """The fixed term an exit speaks of, when nobody recorded the hire itself; its employer stays on the exit."""
    left = exit_of(stay)
    if left is None or not left.contract_months or thread_after(left.motive) is not ThreadAfter.ELSEWHERE:
        return None
    start = day_after(left.occurred_on)
    end = last_day_after(start, left.contract_months)
    return Step(EMPLOYMENT, "Emploi", "Autre employeur", start, end, exit_id=left.pk)


def _is_a_stay(job: Step, stays: Iterable[Stay]) -> bool:
    """Whether the job is one of these stays: a structure outside the IAE hires like any employer, and is known better."""
    return any(
        not StructureKind(stay.organisation.kind).is_siae
        and job.start <= stay.started_on
        and (job.end is None or stay.started_on <= job.end)
        for stay in stays
    )


def last_day_of(contract: Contract, stay: Stay) -> date | None:
    """The last day of a contract, never after the stay it belongs to."""
    days = [day for day in (contract.last_day, stay.ended_on) if day is not None]
    return max(min(days), contract.started_on) if days else None


def _steps_of_stay(stay: Stay) -> list[Step]:
    contracts = list(stay.contracts.all())
    if not contracts:
        return [_step(stay, stay.started_on, stay.ended_on, "")]
    return [
        _step(stay, contract.started_on, last_day_of(contract, stay), ContractKind(contract.kind).label)
        for contract in contracts
    ]


def _step(stay: Stay, start: date, end: date | None, label: str) -> Step:
    kind = StructureKind(stay.organisation.kind)
    return Step(
        kind=kind.value,
        kind_label=kind.label,
        structure=stay.organisation.name,
        start=start,
        end=end,
        label=label,
        organisation_id=stay.organisation_id,
    )
