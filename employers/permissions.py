"""Who may act on the employers' side; the service that acts and the template that shows the button ask here."""

from __future__ import annotations

from backend.core.actor import Actor, Role
from employers.models import Employer

_TEAM = frozenset({Role.ADVISOR, Role.MANAGER, Role.GROUP_HEAD, Role.OPERATOR})


def may_work_with_employers(actor: Actor) -> bool:
    """Advisors and managers meet employers, look at the work and make proposals."""
    return actor.role in _TEAM


def may_open_door(actor: Actor, employer: Employer) -> bool:
    """The structure that knows the employer gives their contact an access, and takes it back."""
    if actor.is_operator:
        return True
    return actor.role in {Role.ADVISOR, Role.MANAGER} and employer.organisation_id in actor.organisation_ids


def may_ask_consent(actor: Actor) -> bool:
    """Whoever accompanies the person asks them."""
    return actor.role in {Role.ADVISOR, Role.MANAGER, Role.OPERATOR}


def may_answer_consent(actor: Actor) -> bool:
    """The person answers, or the advisor writes down the answer they gave."""
    return actor.role in {Role.BENEFICIARY, Role.ADVISOR, Role.MANAGER, Role.OPERATOR}


def may_hire(actor: Actor) -> bool:
    """The person's team records a hire."""
    return actor.role in {Role.ADVISOR, Role.MANAGER, Role.OPERATOR}
