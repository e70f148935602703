"""Employers, the work seen at their place, and the hires that followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.demo.rows.ids import (
    AnalysisId,
    EmployerId,
    EstablishmentId,
    PersonId,
    PlacementId,
    StaffId,
    WorkTaskId,
)
from employers.enums import AnalysisStatus, ConsentDecision, HireKind, Situation


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer of the territory."""

    id: EmployerId
    name: str
    sector: str
    contact_name: str
    contact_phone: str
    siret: str
    commune: str
    postcode: str
    insee: str


@dataclass(frozen=True, slots=True)
class Establishment:
    """A workplace of an employer, placed on a flat map in kilometres."""

    id: EstablishmentId
    employer: EmployerId
    name: str
    commune: str
    x_km: float
    y_km: float


@dataclass(frozen=True, slots=True)
class TaskAnalysis:
    """A day of immersion in a workplace and what came of it."""

    id: AnalysisId
    establishment: EstablishmentId
    date: date
    title: str
    status: AnalysisStatus


@dataclass(frozen=True, slots=True)
class Requirement:
    """A competence a task asks for: the `ordinal`-th (from 0) of an occupation, at a level (1–4)."""

    rome_code: str
    ordinal: int
    level: int


@dataclass(frozen=True, slots=True)
class WorkTask:
    """A task that may be handed over: hours a week in each of four seasons, from winter to autumn."""

    id: WorkTaskId
    analysis: AnalysisId
    name: str
    family: str
    hours: tuple[float, float, float, float]
    dayparts: tuple[str, ...]
    hard: bool
    devalued: bool
    skill_building: bool
    rome_code: str
    requirements: tuple[Requirement, ...]
    demands: tuple[str, ...]
    hourly_cost: float


@dataclass(frozen=True, slots=True)
class Placement:
    """A hire followed after the pathway; `months` is None for a CDI."""

    id: PlacementId
    person: PersonId
    employer: EmployerId
    start: date
    kind: HireKind
    months: int | None
    advisor: StaffId


@dataclass(frozen=True, slots=True)
class PostHireMilestone:
    """A contact due after a hire (J7, ESSAI, M1, M3, M6); `situation` is None until it is made."""

    placement: PlacementId
    code: str
    due: date
    done_on: date | None
    situation: Situation | None


@dataclass(frozen=True, slots=True)
class Consent:
    """A person's answer about one employer."""

    person: PersonId
    employer: EmployerId
    decision: ConsentDecision
    date: date
