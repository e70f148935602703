"""Employers, the work they need done, the people who agreed to be shown, and the hires that follow."""

from employers.models.consent import ProfileConsent
from employers.models.employer import Employer, EmployerAccess, Establishment
from employers.models.placement import Placement, PostHireFollowUp
from employers.models.proposal import JobProposal
from employers.models.task_analysis import TaskAnalysis, TaskRequirement, WorkTask

__all__ = [
    "Employer",
    "EmployerAccess",
    "Establishment",
    "JobProposal",
    "Placement",
    "PostHireFollowUp",
    "ProfileConsent",
    "TaskAnalysis",
    "TaskRequirement",
    "WorkTask",
]
