"""Stays and contracts read as steps of the line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from backend.core.sealing.codes import own
from backend.core.tables.among import among
from backend.core.values.dates import day_after, last_day_after
from backend.organisations.enums import StructureKind
from pathways.enums import ContractKind
from pathways.models import Contract, Exit, Stay
from pathways.querysets.thread import StayQuerySet
from pathways.rules.dated.book import RuleBook
from pathways.rules.exits.findings import thread_after
from pathways.rules.exits.motives import ThreadAfter
from pathways.rules.timeline import EMPLOYMENT, Gap, Mark, Span, Step, Thread, gap_holding, thread
from pathways.selectors.rule_book import read_book

UNNAMED_EMPLOYER = "Autre employeur"
"""Where an exit says somebody found work, while nobody recorded the hire."""

_KINDS: dict[str, str] = dict(ContractKind.choices)


class ContractLine(NamedTuple):
    """One contract as the line reads it."""

    kind: str
    started_on: date
    ended_on: date | None
    planned_end_on: date | None

    @property
    def last_day(self) -> date | None:
        """Its real end when known, else the planned one."""
        return self.ended_on or self.planned_end_on


class ExitLine(NamedTuple):
    """How a stay ended, as the line reads it."""

    pk: int
    occurred_on: date
    motive: str
    contract_months: int | None


@dataclass(frozen=True, slots=True)
class StayLine:
    """One stay as the line reads it: days, kinds and the name of the structure, nothing of the person."""

    beneficiary_id: int
    organisation_id: int
    structure: str
    kind: StructureKind
    started_on: date
    ended_on: date | None
    exit: ExitLine | None
    contracts: tuple[ContractLine, ...]


def stay_lines(stays: StayQuerySet) -> list[StayLine]:
    """These stays with their contracts and exits, in two queries whatever their number; values, not objects."""
    rows = list(
        stays.values_list(
            "pk",
            "beneficiary_id",
            "organisation_id",
            "organisation__name",
            "organisation__kind",
            "started_on",
            "ended_on",
            "exit__pk",
            "exit__occurred_on",
            "exit__motive",
            "exit__contract_months",
        )
    )
    contracts: dict[int, list[ContractLine]] = defaultdict(list)
    found = Contract.objects.filter(stay_id__in=among([row[0] for row in rows]))
    for stay_id, kind, start, end, planned in found.order_by("started_on", "pk").values_list(
        "stay_id", "kind", "started_on", "ended_on", "planned_end_on"
    ):
        contracts[stay_id].append(ContractLine(kind, start, end, planned))
    return [
        StayLine(
            person, place, name, StructureKind(kind), start, end,
            None if exit_id is None else ExitLine(exit_id, left_on, own(motive, exit_id), months), tuple(contracts[pk]),
        )
        for pk, person, place, name, kind, start, end, exit_id, left_on, motive, months in rows
    ]  # fmt: skip


def line_of_stay(stay: Stay) -> StayLine:
    """The same of a stay that a page already holds (`with_contracts`); no query."""
    left, place = exit_of(stay), stay.organisation
    return StayLine(
        stay.beneficiary_id,
        place.pk,
        place.name,
        StructureKind(place.kind),
        stay.started_on,
        stay.ended_on,
        None if left is None else ExitLine(left.pk, left.occurred_on, left.motive, left.contract_months),
        tuple(
            ContractLine(each.kind, each.started_on, each.ended_on, each.planned_end_on)
            for each in stay.contracts.all()
        ),
    )


def with_contracts(stays: StayQuerySet) -> StayQuerySet:
    """The same stays with all a step needs, in two queries whatever their number."""
    return stays.select_related("organisation", "exit").prefetch_related("contracts")


def exit_of(stay: Stay) -> Exit | None:
    """How the stay ended, None while it has no exit."""
    return getattr(stay, "exit", None)


def steps_of(stays: Iterable[StayLine]) -> list[Step]:
    """One step per contract; a stay without any contract is a step by itself."""
    return [step for stay in stays for step in _steps_of_stay(stay)]


def pathway_end(stays: Iterable[StayLine]) -> date | None:
    """The day the pathway reached its end, when the last departure says so; None while it goes on."""
    left = [stay.exit for stay in stays if stay.exit is not None]
    if not left:
        return None
    last = max(left, key=lambda exit_: (exit_.occurred_on, exit_.pk))
    return None if thread_after(last.motive) is ThreadAfter.GOES_ON else last.occurred_on


def line_of(
    stays: Collection[StayLine],
    elsewhere: Iterable[Step],
    *,
    today: date,
    spans: Iterable[Span] = (),
    marks: Iterable[Mark] = (),
) -> Thread:
    """The one line of a person, from their stays and what other domains know: page, board, alerts and API ask here."""
    return thread(
        _all_steps(stays, elsewhere),
        today=today,
        book=read_book(),
        ended_on=pathway_end(stays),
        spans=spans,
        marks=marks,
    )


def gap_of_today(
    stays: Collection[StayLine], elsewhere: Iterable[Step], *, today: date, book: RuleBook
) -> Gap | None:
    """The gap of the same line that holds today, without drawing the line."""
    return gap_holding(today, _all_steps(stays, elsewhere), book=book, ended_on=pathway_end(stays))


def _all_steps(stays: Collection[StayLine], elsewhere: Iterable[Step]) -> list[Step]:
    elsewhere = list(elsewhere)
    told = {step.exit_id for step in elsewhere}
    jobs = [
        step
        for stay in stays
        if (step := _job_after(stay)) is not None and step.exit_id not in told and not _is_a_stay(step, stays)
    ]
    return [*steps_of(stays), *elsewhere, *jobs]


def _job_after(stay: StayLine) -> Step | None:
    """The fixed term an exit speaks of, when nobody recorded the hire itself; its employer stays on the exit."""
    left = stay.exit
    if left is None or not left.contract_months or thread_after(left.motive) is not ThreadAfter.ELSEWHERE:
        return None
    start = day_after(left.occurred_on)
    end = last_day_after(start, left.contract_months)
    return Step(EMPLOYMENT, "Emploi", UNNAMED_EMPLOYER, start, end, exit_id=left.pk)


def _is_a_stay(job: Step, stays: Iterable[StayLine]) -> bool:
    """Whether the job is one of these stays: a structure outside the IAE hires like any employer, and is known better."""
    return any(
        not stay.kind.is_siae
        and job.start <= stay.started_on
        and (job.end is None or stay.started_on <= job.end)
        for stay in stays
    )


def last_day_of(contract: Contract | ContractLine, stay: Stay | StayLine) -> date | None:
    """The last day of a contract, never after the stay it belongs to."""
    days = [day for day in (contract.last_day, stay.ended_on) if day is not None]
    return max(min(days), contract.started_on) if days else None


def _steps_of_stay(stay: StayLine) -> list[Step]:
    if not stay.contracts:
        return [_step(stay, stay.started_on, stay.ended_on, "")]
    return [
        _step(stay, contract.started_on, last_day_of(contract, stay), _KINDS[contract.kind])
        for contract in stay.contracts
    ]


def _step(stay: StayLine, start: date, end: date | None, label: str) -> Step:
    return Step(
        kind=stay.kind.value,
        kind_label=stay.kind.label,
        structure=stay.structure,
        start=start,
        end=end,
        label=label,
        organisation_id=stay.organisation_id,
    )
