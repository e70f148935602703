"""Who may say what of a person's competences; asked by the service that acts and the template that shows."""

from __future__ import annotations

from backend.core.actor import ACCOMPANY, OBSERVES, SPEAKS_FOR_ONESELF, Actor
from competences.enums import ProofStatus

# A person declares; who works beside them observes; recognition and certification come with a paper,
# which the advisor or the manager has seen.
_MAY_RECORD = {
    ProofStatus.DECLARED: SPEAKS_FOR_ONESELF,
    ProofStatus.OBSERVED: OBSERVES,
    ProofStatus.RECOGNISED: ACCOMPANY,
    ProofStatus.CERTIFIED: ACCOMPANY,
}


def may_assess(actor: Actor, status: ProofStatus) -> bool:
    """Whether this role may record this kind of proof."""
    return actor.role in _MAY_RECORD[status]


def may_assess_something(actor: Actor) -> bool:
    """Whether this role has any proof to record."""
    return any(may_assess(actor, status) for status in ProofStatus)


def may_observe(actor: Actor) -> bool:
    """Who ticks what they saw at work, standing: who works beside the person, or accompanies them."""
    return may_assess(actor, ProofStatus.OBSERVED)


def may_plan_vae(actor: Actor) -> bool:
    """Advisors and managers steer a VAE with the person."""
    return actor.role in ACCOMPANY
