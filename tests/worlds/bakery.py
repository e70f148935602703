"""A bakery, the structure that works with it, a job made of one of its tasks, and somebody accompanied there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from backend.core.actor import Actor, Role
from employers.models import Employer, Establishment, JobProposal, TaskAnalysis, WorkTask
from tests.factories import EmployerFactory, JobProposalFactory, WorkTaskFactory, actor_of
from tests.worlds.accompanied import Accompanied, everyone


@dataclass(frozen=True)
class Bakery(Accompanied):
    """One employer of the structure, the task that was looked at there, the job proposed with it."""

    contact: Actor
    employer: Employer
    establishment: Establishment
    analysis: TaskAnalysis
    task: WorkTask
    proposal: JobProposal

    @classmethod
    def build(cls) -> Self:
        """Everyone, and the bakery."""
        people = everyone()
        employer = EmployerFactory(organisation=people["structure"])
        task = WorkTaskFactory(analysis__establishment__employer=employer)
        return cls(
            **people,
            contact=actor_of(Role.EMPLOYER, employer=employer),
            employer=employer,
            establishment=task.analysis.establishment,
            analysis=task.analysis,
            task=task,
            proposal=JobProposalFactory(organisation=people["structure"], tasks=[task]),
        )

    @property
    def person_herself(self) -> Actor:
        return actor_of(Role.BENEFICIARY, beneficiary=self.person)
