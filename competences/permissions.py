"""Who may say what of a person's competences; asked by the service that acts and the template that shows."""

from __future__ import annotations

from backend.core.actor import Actor, Role
from competences.enums import ProofStatus

# A person declares; who works beside them observes; recognition and certification come with a paper,
# which the advisor or the manager has seen.
_MAY_RECORD = {
    ProofStatus.DECLARED: {Role.BENEFICIARY, Role.ADVISOR, Role.MANAGER, Role.OPERATOR},
    ProofStatus.OBSERVED: {Role.SUPERVISOR, Role.ADVISOR, Role.MANAGER, Role.OPERATOR},
    ProofStatus.RECOGNISED: {Role.ADVISOR, Role.MANAGER, Role.OPERATOR},
    ProofStatus.CERTIFIED: {Role.ADVISOR, Role.MANAGER, Role.OPERATOR},
}


def may_assess(actor: Actor, status: ProofStatus) -> bool:
    """Whether this role may record this kind of proof."""
    return actor.role in _MAY_RECORD[status]


def may_observe(actor: Actor) -> bool:
    """Who ticks what they saw at work, standing: the person beside them, or their advisor."""
    return actor.role in {Role.SUPERVISOR, Role.ADVISOR}


def may_plan_vae(actor: Actor) -> bool:
    """Advisors and managers steer a VAE with the person."""
    return actor.role in {Role.ADVISOR, Role.MANAGER, Role.OPERATOR}
