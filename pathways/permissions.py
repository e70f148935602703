"""Who may act on a thread: the service that acts and the template that shows the button ask the same question."""

from __future__ import annotations

from backend.core.actor import WRITES_DECISIONS, WRITES_RULES, Actor, Role
from backend.organisations.models import Organisation
from pathways.models import Beneficiary, Exit, Interview, Stay

_ACCOMPANY = frozenset({Role.ADVISOR, Role.MANAGER, Role.OPERATOR})


def may_record_follow_up(actor: Actor, beneficiary: Beneficiary) -> bool:
    """An advisor of the person, or the manager of their structure, writes the thread."""
    return actor.role in _ACCOMPANY


def may_manage_people(actor: Actor) -> bool:
    """Who welcomes people and records their contracts."""
    return actor.role in _ACCOMPANY


def may_open_thread(actor: Actor) -> bool:
    """Who accompanies the person gives them an access to their own thread, and takes it back."""
    return actor.role in _ACCOMPANY


def may_record_contract(actor: Actor, stay: Stay) -> bool:
    """Contracts and hours are written by the structure that signs them."""
    return _accompanies_in(actor, stay)


def may_assign_advisor(actor: Actor, stay: Stay) -> bool:
    """A structure's own team chooses who accompanies a person there."""
    return _accompanies_in(actor, stay)


def may_read_synthesis(actor: Actor, interview: Interview) -> bool:
    """The text of an interview is for who accompanies the person, its author, and the person (CNIL 2021-028)."""
    if actor.role in {Role.ADVISOR, Role.BENEFICIARY, Role.OPERATOR}:
        return True
    return actor.role is Role.MANAGER and _is_author(actor, interview)


def may_edit_interview(actor: Actor, interview: Interview) -> bool:
    """Only its author changes what an interview says."""
    return actor.role in {Role.ADVISOR, Role.MANAGER} and _is_author(actor, interview)


def may_keep_private_note(actor: Actor) -> bool:
    """A private note is an advisor's own; only they will ever read it here."""
    return actor.role is Role.ADVISOR


def may_close(actor: Actor, stay: Stay) -> bool:
    """The person's advisor or a manager records how a stay in their own structure ended."""
    return _accompanies_in(actor, stay)


def may_complete_exit(actor: Actor, exit_: Exit) -> bool:
    """Whoever may close the stay may complete or correct its exit."""
    return may_close(actor, exit_.stay)


def may_set_rule(actor: Actor, organisation: Organisation | None = None) -> bool:
    """A rule moves everybody's figures: the network's; a préfet's decision is its own structure's to record."""
    if organisation is None:
        return actor.role in WRITES_RULES
    return actor.role in WRITES_DECISIONS and (actor.is_operator or organisation.pk in actor.organisation_ids)


def _accompanies_in(actor: Actor, stay: Stay) -> bool:
    if actor.is_operator:
        return True
    return actor.role in _ACCOMPANY and stay.organisation_id in actor.organisation_ids


def _is_author(actor: Actor, interview: Interview) -> bool:
    return interview.author_id is not None and interview.author_id == actor.user_id
