"""Which gestures of the competences are taken back at once from their notice."""

from __future__ import annotations

from django.urls import reverse

from backend.core.actor import Actor
from backend.web.undo import Undo, register
from competences.models import Licence
from competences.permissions import may_write_licences
from competences.services import cancel_licence
from pathways.permissions import accompanies

AT_ONCE = "Annulée aussitôt saisie."
"""Why, where a reason is written in words."""


def register_all() -> None:
    """Called once, when the house is installed."""
    register(Licence, Undo(_may, _cancel, lambda row: reverse("web:person", args=[row.beneficiary_id])))


def _may(actor: Actor, row: Licence) -> bool:
    return may_write_licences(actor) and accompanies(actor, row.beneficiary)


def _cancel(actor: Actor, row: Licence) -> None:
    cancel_licence(actor=actor, licence=row, version=row.version, reason=AT_ONCE)
