"""Which screen of the competences takes which object."""

from __future__ import annotations

from backend.core.pages.addresses import Gesture, register
from competences.models import Licence, VaeProject


def register_all() -> None:
    """Called once, when the house is installed."""
    register(VaeProject, Gesture.OPEN, "web:vae", number=lambda vae: vae.beneficiary_id)
    register(Licence, Gesture.PROLONG, "web:licence_renew")
