"""Who may bring the spreadsheets of a structure in."""

from __future__ import annotations

from backend.core.actor import Actor
from backend.organisations.models import Organisation
from backend.organisations.permissions import may_bring_data_in


def may_import(actor: Actor, organisation: Organisation) -> bool:
    """Whoever answers for the structure; the operator for all of them."""
    return may_bring_data_in(actor) and (actor.is_operator or organisation.pk in actor.organisation_ids)
