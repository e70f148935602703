"""A whole territory, or one batch of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Self

from backend.demo.rows.follow_up import (
    Action,
    Appointment,
    Assessment,
    BarrierReading,
    Certification,
    Goal,
    HoursWish,
    Immersion,
    Interview,
    Licence,
    MedicalVisit,
    Relay,
    SavedDays,
    Training,
    VaeProject,
)
from backend.demo.rows.organisation import Account, Belonging, Convention, Group, StaffMember, Structure
from backend.demo.rows.thread import (
    Contract,
    Derogation,
    Diagnosis,
    Exit,
    HoursAmendment,
    MonthlyHours,
    Pass,
    PassProlongation,
    PassSuspension,
    Person,
    Stay,
)
from backend.demo.rows.work import (
    Consent,
    Employer,
    Establishment,
    Placement,
    PostHireMilestone,
    TaskAnalysis,
    WorkTask,
)


@dataclass(slots=True)
class Territory:
    """Everything of a territory, or of one batch of it: one list per kind of row, in loading order."""

    groups: list[Group] = field(default_factory=list)
    structures: list[Structure] = field(default_factory=list)
    belongings: list[Belonging] = field(default_factory=list)
    conventions: list[Convention] = field(default_factory=list)
    staff: list[StaffMember] = field(default_factory=list)
    employers: list[Employer] = field(default_factory=list)
    establishments: list[Establishment] = field(default_factory=list)
    analyses: list[TaskAnalysis] = field(default_factory=list)
    tasks: list[WorkTask] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    amendments: list[HoursAmendment] = field(default_factory=list)
    hours: list[MonthlyHours] = field(default_factory=list)
    passes: list[Pass] = field(default_factory=list)
    suspensions: list[PassSuspension] = field(default_factory=list)
    prolongations: list[PassProlongation] = field(default_factory=list)
    derogations: list[Derogation] = field(default_factory=list)
    diagnoses: list[Diagnosis] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    barriers: list[BarrierReading] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    licences: list[Licence] = field(default_factory=list)
    certifications: list[Certification] = field(default_factory=list)
    vae_projects: list[VaeProject] = field(default_factory=list)
    immersions: list[Immersion] = field(default_factory=list)
    trainings: list[Training] = field(default_factory=list)
    wishes: list[HoursWish] = field(default_factory=list)
    visits: list[MedicalVisit] = field(default_factory=list)
    saved_days: list[SavedDays] = field(default_factory=list)
    relays: list[Relay] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    milestones: list[PostHireMilestone] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)

    def extend(self, other: Territory) -> Self:
        """Add every row of another territory or batch, and give back this one."""
        for name in self.names():
            getattr(self, name).extend(getattr(other, name))
        return self

    @classmethod
    def names(cls) -> Iterator[str]:
        """The names of the lists, in an order in which each row comes after those it refers to."""
        return (each.name for each in fields(cls))
