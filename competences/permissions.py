"""Who may say what of a person's competences; asked by the service that acts and the template that shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from backend.core.actor import (
    ACCOMPANY,
    KEEPS_ITS_OWN,
    OBSERVES,
    PEOPLE_IN_PATHWAY,
    SKILL_READERS,
    SPEAKS_FOR_ONESELF,
    Actor,
)
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


def may_take_back_reading(actor: Actor, assessment: Any, *, today: date) -> bool:
    """Who ticked it, all the day it was recorded."""
    is_theirs = assessment.observer_id is not None and assessment.observer_id == actor.user_id
    return is_theirs and timezone.localdate(assessment.created_at) == today


def may_say_of_oneself(actor: Actor) -> bool:
    """Who says what they can do, and what they think of what was seen: the person, on their own page."""
    return actor.role in PEOPLE_IN_PATHWAY


def may_comment(actor: Actor) -> bool:
    """Who writes what the person thinks of an observation: they do, or who they told does."""
    return actor.role in SPEAKS_FOR_ONESELF


def may_keep_gestures(actor: Actor) -> bool:
    """Who keeps the list of the gestures of a work: whoever observes there, in a structure."""
    return may_observe(actor) and actor.organisation_id is not None


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


def may_keep_certifications(actor: Actor) -> bool:
    """Who types a certification, accepts the list of a bloc, says what shows its lines: who steers a VAE."""
    return may_plan_vae(actor)


def may_correct_certification(actor: Actor, certification: Any) -> bool:
    """Who corrects a certification that a structure typed: whoever types them there."""
    is_ours = actor.organisation_id is not None and certification.organisation_id == actor.organisation_id
    return may_keep_certifications(actor) and is_ours


def may_read_coverage(actor: Actor) -> bool:
    """Who reads what a person has of a certification: whoever reads what they can do."""
    return actor.role in SKILL_READERS


def may_make_passport(actor: Actor) -> bool:
    """The person, and whoever accompanies them: what appears is the person's choice."""
    return actor.role in SPEAKS_FOR_ONESELF


def may_make_cv(actor: Actor) -> bool:
    """The person, and whoever accompanies them: the same as a passport, for the same reason."""
    return may_make_passport(actor)


def reads_skills(actor: Actor) -> bool:
    """Who opens the map of what somebody can do: whoever may read what they were seen doing."""
    return actor.role in SKILL_READERS


def reads_team_skills(actor: Actor) -> bool:
    """Who reads, name by name, what the team can do: those who work beside people, and those who accompany them."""
    return actor.role in OBSERVES


def counts_team_skills(actor: Actor) -> bool:
    """Who reads the figures of a team: those who read its names, and whoever heads the group, who reads none."""
    return actor.role in OBSERVES | KEEPS_ITS_OWN
