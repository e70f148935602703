"""Who may say what of a person's competences; asked by the service that acts and the template that shows."""

from __future__ import annotations

from typing import Any

from backend.core.actor import ACCOMPANY, OBSERVES, SPEAKS_FOR_ONESELF, Actor
from competences.enums import ProofStatus
from pathways.permissions import accompanies

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


def may_write_licences(actor: Actor) -> bool:
    """Who has seen the paper: advisors and managers write habilitations."""
    return actor.role in ACCOMPANY


def may_read_licences(actor: Actor) -> bool:
    """Who says who may drive tomorrow: those who work beside people, and those who accompany them."""
    return actor.role in OBSERVES


def may_change_licence_files(actor: Actor, licence: Any) -> bool:
    """Who adds a document to a habilitation, or takes one away: whoever writes it, while the thread is open."""
    return may_write_licences(actor) and accompanies(actor, licence.beneficiary)


def may_prove(actor: Actor, assessment: Any) -> bool:
    """Who puts a photo or a document on what was seen: who saw it, or who accompanies the person."""
    is_theirs = assessment.observer_id is not None and assessment.observer_id == actor.user_id
    return (
        (actor.role in ACCOMPANY or (is_theirs and may_observe(actor)))
        and accompanies(actor, assessment.beneficiary)
    )  # fmt: skip


def may_make_passport(actor: Actor) -> bool:
    """The person, and whoever accompanies them: what appears is the person's choice."""
    return actor.role in SPEAKS_FOR_ONESELF
