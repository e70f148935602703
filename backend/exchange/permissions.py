"""Who may bring the spreadsheets of a structure in."""

from __future__ import annotations

from backend.core.actor import BRINGS_DATA_IN, Actor
from backend.organisations.models import Organisation


def may_import(actor: Actor, organisation: Organisation) -> bool:
    """Whoever answers for the structure; the operator for all of them."""
    return actor.is_operator or (actor.role in BRINGS_DATA_IN and organisation.pk in actor.organisation_ids)
