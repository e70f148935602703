"""Which screen of the pathways takes which object: the one place where a number meets a route."""

from __future__ import annotations

from backend.core.addresses import Gesture, register
from pathways.models import Beneficiary, Exit, Stay


def register_all() -> None:
    """Called once, when the house is installed."""
    register(Beneficiary, Gesture.OPEN, "web:person")
    register(Beneficiary, Gesture.NOTE, "web:follow_up_new")
    register(Stay, Gesture.CLOSE, "web:exit_edit")
    register(Exit, Gesture.COMPLETE, "web:exit_edit", number=lambda exit_: exit_.stay_id)
