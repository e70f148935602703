"""People, the steps of their thread and how each step ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.demo.rows.ids import ContractId, EmployerId, PersonId, StaffId, StayId, StructureId
from pathways.enums import (
    ClientKind,
    ContractEnd,
    ContractKind,
    Criterion,
    Decider,
    DerogationMotive,
    DiagnosedBy,
    OtherEmployer,
    ProlongationMotive,
    RefusalReason,
    RequestStatus,
    Sex,
    SuspensionMotive,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile at entry, column by column of `salaries.csv`: True oui, False non, None not known."""

    brsa: bool | None = None
    ass: bool | None = None
    aah: bool | None = None
    rqth: bool | None = None
    detld: bool | None = None
    deld: bool | None = None
    qpv: bool | None = None
    zrr: bool | None = None
    parent_isole: bool | None = None
    refugie: bool | None = None
    sortant_detention: bool | None = None
    sortant_ase: bool | None = None
    sans_hebergement: bool | None = None
    mobilite_difficile: bool | None = None
    langue_inf_a1: bool | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person on a pathway; `education` a level of the paying agency (70, 51, 40…).

    `referent` is the advisor who follows the person today, None once nobody does.
    """

    id: PersonId
    last_name: str
    first_name: str
    sex: Sex
    birth_date: date
    phone: str
    email: str
    commune: str
    postcode: str
    insee: str
    education: str
    profile: Profile
    referent: StaffId | None


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's time in one structure, a step of the thread; `end` is None while it lasts.

    `start` may be after today: a step already agreed that has not begun.
    """

    id: StayId
    person: PersonId
    structure: StructureId
    rank: int
    start: date
    end: date | None
    advisor: StaffId
    supervisor: StaffId | None


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract of a stay; `initial_contract` is the first of the chain, None for the first itself.

    `planned_end` is None for a CDI; `end` is None while the contract runs; `weekly_hours` is None for EITI.
    """

    id: ContractId
    person: PersonId
    structure: StructureId
    stay: StayId
    kind: ContractKind
    start: date
    planned_end: date | None
    end: date | None
    weekly_hours: float | None
    rome_code: str
    initial_contract: ContractId | None
    advisor: StaffId
    supervisor: StaffId | None
    end_motive: ContractEnd | None = None
    guaranteed_hours: float | None = None


@dataclass(frozen=True, slots=True)
class HoursAmendment:
    """An avenant: the hours a week of one contract from that day on."""

    contract: ContractId
    start: date
    weekly_hours: float


@dataclass(frozen=True, slots=True)
class MonthlyHours:
    """Hours of one contract in one month (`month` is its first day)."""

    contract: ContractId
    month: date
    hours: float
    client_kind: ClientKind | None


@dataclass(frozen=True, slots=True)
class Pass:
    """A PASS IAE; `end` is its last day: 730 days from `start`, and what its suspensions and prolongations add.

    `closed` is the day it was closed before, once what `note` says was looked at.
    """

    person: PersonId
    number: str
    start: date
    end: date
    closed: date | None = None
    note: str = ""

    @property
    def last_day(self) -> date:
        """The closing comes before the end."""
        return self.closed or self.end


@dataclass(frozen=True, slots=True)
class PassSuspension:
    """Days a PASS (its number) did not run, as recorded by the structure of a stay; taken back, it moved nothing."""

    iae_pass: str
    stay: StayId
    motive: SuspensionMotive
    start: date
    end: date
    cancel_reason: str = ""


@dataclass(frozen=True, slots=True)
class PassProlongation:
    """A request to prolong a PASS (its number) from the end it had that day; `decided_on` is None while it waits."""

    iae_pass: str
    stay: StayId
    motive: ProlongationMotive
    start: date
    end: date
    asked_on: date
    prescriber: str
    document: str
    status: RequestStatus = RequestStatus.ASKED
    decided_on: date | None = None
    refusal: RefusalReason | None = None


@dataclass(frozen=True, slots=True)
class Derogation:
    """A decision on the contracts of a stay; `decided_on` is None while it waits."""

    stay: StayId
    motive: DerogationMotive
    decider: Decider
    start: date
    end: date | None
    asked_on: date
    decided_on: date | None
    document: str
    training_end: date | None = None
    status: RequestStatus = RequestStatus.GRANTED
    refusal: RefusalReason | None = None
    other_employer: OtherEmployer | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis of eligibility, with the day of each document seen."""

    stay: StayId
    made_by: DiagnosedBy
    made_on: date
    criteria: tuple[Criterion, ...]
    documents: dict[Criterion, date]


@dataclass(frozen=True, slots=True)
class Exit:
    """How a person left a structure; `motive` is the paying agency's code, None when nobody recorded it."""

    person: PersonId
    structure: StructureId
    stay: StayId
    date: date
    motive: int | None
    employer: EmployerId | None
    employer_name: str
    contract_months: int | None
