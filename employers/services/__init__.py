"""Writes: one function per thing a user does, five beats each."""

from employers.services.accesses import end_employer_access, offer_employer_access
from employers.services.consents import answer_consent, answer_profile, ask_consent, withdraw_consent
from employers.services.corrections.hires import (
    cancel_hire,
    cancel_post_hire,
    correct_hire,
    correct_post_hire,
)
from employers.services.corrections.work import (
    cancel_analysis,
    cancel_employer,
    cancel_establishment,
    correct_analysis,
    correct_establishment,
)
from employers.services.employers import (
    EmployerMayBeKnown,
    add_establishment,
    record_employer,
    update_employer,
)
from employers.services.placements import hire, record_post_hire
from employers.services.proposals import change_proposal, propose_job
from employers.services.task_analyses import (
    Required,
    add_task,
    change_task,
    open_analysis,
    remove_task,
    return_analysis,
)

__all__ = [
    "EmployerMayBeKnown",
    "Required",
    "add_establishment",
    "add_task",
    "answer_consent",
    "answer_profile",
    "ask_consent",
    "cancel_analysis",
    "cancel_employer",
    "cancel_establishment",
    "cancel_hire",
    "cancel_post_hire",
    "change_proposal",
    "change_task",
    "correct_analysis",
    "correct_establishment",
    "correct_hire",
    "correct_post_hire",
    "end_employer_access",
    "hire",
    "offer_employer_access",
    "open_analysis",
    "propose_job",
    "record_employer",
    "record_post_hire",
    "remove_task",
    "return_analysis",
    "update_employer",
    "withdraw_consent",
]
