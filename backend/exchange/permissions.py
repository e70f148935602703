"""Who may bring the spreadsheets of a structure in, and take its data away."""

from __future__ import annotations

from backend.core.actor import HAS_PEOPLE, Actor
from backend.organisations.models import Organisation
from backend.organisations.permissions import may_bring_data_in


def may_import(actor: Actor, organisation: Organisation) -> bool:
    """Whoever answers for the structure; the operator for all of them."""
    return may_bring_data_in(actor) and (actor.is_operator or organisation.pk in actor.organisation_ids)


def may_take_away(actor: Actor, organisation: Organisation) -> bool:
    """Whoever brings a structure’s data in takes away what they read of it."""
    return may_import(actor, organisation)


def knows_the_way_out(actor: Actor) -> bool:
    """Who works where people stay: those who may not take them away are told who may."""
    return actor.role in HAS_PEOPLE
