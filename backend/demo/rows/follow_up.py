"""What teams recorded about a person along the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from backend.demo.rows.ids import EmployerId, GoalId, PersonId, StaffId, StayId, StructureId
from competences.enums import LicenceKind, ProofStatus, VaeStepKind
from pathways.enums import (
    AppointmentStatus,
    BarrierImpact,
    BarrierTheme,
    ImmersionPrescriber,
    ImmersionPurpose,
    InterviewKind,
    InterviewMode,
    ProgressStatus,
    RelayHand,
    RelayPart,
    RelayRefusal,
    RelayStatus,
    RelaySubject,
)
from pathways.enums.trainings import (
    TrainingDecider,
    TrainingFunder,
    TrainingKind,
    TrainingOutcome,
    TrainingStop,
    TrainingTime,
)
from pathways.enums.travelling import SavedFate, SavedKind, VisitKind, VisitPaper, VisitRhythm
from pathways.enums.wishes import Moment, WishLimit, WishVoice


@dataclass(frozen=True, slots=True)
class Interview:
    """A recorded follow-up; `duration` in minutes."""

    id: str
    person: PersonId
    structure: StructureId
    advisor: StaffId
    at: datetime
    kind: InterviewKind
    mode: InterviewMode
    duration: int
    topics: tuple[BarrierTheme, ...]
    synthesis: str
    private_note: str | None


@dataclass(frozen=True, slots=True)
class BarrierReading:
    """How much one frein weighs on one day, lifted included."""

    person: PersonId
    theme: BarrierTheme
    impact: BarrierImpact
    date: date
    advisor: StaffId


@dataclass(frozen=True, slots=True)
class Goal:
    """What a person wants to reach."""

    id: GoalId
    person: PersonId
    advisor: StaffId
    theme: BarrierTheme
    title: str
    created: date
    status: ProgressStatus


@dataclass(frozen=True, slots=True)
class Action:
    """One step towards a goal."""

    id: str
    goal: GoalId
    person: PersonId
    title: str
    due: date
    status: ProgressStatus
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting in an advisor's diary."""

    id: str
    person: PersonId
    advisor: StaffId
    at: datetime
    purpose: str
    status: AppointmentStatus


@dataclass(frozen=True, slots=True)
class Assessment:
    """One competence seen at one level (1–4); the competence is the `ordinal`-th (from 0) of an occupation."""

    person: PersonId
    rome_code: str
    ordinal: int
    level: int
    status: ProofStatus
    observer: StaffId | None
    observer_name: str
    context: str
    date: date
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """A habilitation and its last day of validity (None: no expiry)."""

    person: PersonId
    kind: LicenceKind
    label: str
    obtained: date
    expires: date | None


@dataclass(frozen=True, slots=True)
class VaeStep:
    """One thing that happened to a file of VAE."""

    kind: VaeStepKind
    on: date
    jury_on: date | None = None
    blocs: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class Bloc:
    """A part of a certification: the competences that show its lines, by trade and rank; or a list nobody read yet."""

    code: str
    label: str
    lines: tuple[tuple[str, int], ...] = ()
    content: str = ""


@dataclass(frozen=True, slots=True)
class Certification:
    """An invented certification, typed once and shared."""

    label: str
    level: int
    certifier: str
    blocs: tuple[Bloc, ...]


@dataclass(frozen=True, slots=True)
class VaeProject:
    """A certification aimed at through experience, and what happened to its file."""

    person: PersonId
    certification: str
    steps: tuple[VaeStep, ...]


@dataclass(frozen=True, slots=True)
class Immersion:
    """A PMSMP at one of the employers of the territory; `renews` is the rank of the first one in the list, if any."""

    id: str
    person: PersonId
    structure: StructureId
    host: EmployerId
    prescriber: ImmersionPrescriber
    purpose: ImmersionPurpose
    objectives: str
    start: date
    planned_end: date
    end: date | None = None
    hours: int | None = None
    tutor: str = ""
    renews: str | None = None
    reviewed: date | None = None
    tutor_review: str = ""
    person_review: str = ""


@dataclass(frozen=True, slots=True)
class Training:
    """A training, and how it ended once somebody said it."""

    person: PersonId
    structure: StructureId
    title: str
    provider: str
    kind: TrainingKind
    start: date
    planned_end: date
    days: int
    hours: int
    funder: TrainingFunder
    time: TrainingTime
    decided_by: TrainingDecider
    certification: str = ""
    licence: str = ""
    end: date | None = None
    done_days: int | None = None
    done_hours: int | None = None
    outcome: TrainingOutcome | None = None
    stop_reason: TrainingStop | None = None
    certified: date | None = None


@dataclass(frozen=True, slots=True)
class HoursWish:
    """Hours a week somebody wants from a day on; no structure when they said it themselves."""

    person: PersonId
    structure: StructureId | None
    voice: WishVoice
    start: date
    weekly: float
    moments: tuple[Moment, ...] = ()
    limit: WishLimit | None = None


@dataclass(frozen=True, slots=True)
class MedicalVisit:
    """A visit already made, with the paper the structure received."""

    person: PersonId
    structure: StructureId
    kind: VisitKind
    made: date
    paper: VisitPaper
    rhythm: VisitRhythm = VisitRhythm.ORDINARY
    service: str = ""
    jobs: tuple[str, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True)
class SavedDays:
    """Days off that a structure owes, as counted one day."""

    person: PersonId
    structure: StructureId
    kind: SavedKind
    days: float
    counted: date
    fate: SavedFate


@dataclass(frozen=True, slots=True)
class RelayStep:
    """Something to do before a welcome."""

    subject: RelaySubject
    label: str
    hand: RelayHand
    due: date
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Relay:
    """A relay to another structure, or to an address; `opened` is the stay it led to."""

    person: PersonId
    structure: StructureId
    target: StructureId | None
    status: RelayStatus
    moved: date
    expires: date
    meets: date
    planned: date
    message: str
    parts: tuple[RelayPart, ...] = ()
    to_email: str = ""
    agreed: date | None = None
    agreed_with: StaffId | None = None
    refusal: RelayRefusal | None = None
    cancel_reason: str = ""
    met: date | None = None
    opened: StayId | None = None
    steps: tuple[RelayStep, ...] = ()
