"""Which screen of the employers' side takes which object: the one place where a number meets a route."""

from __future__ import annotations

from backend.core.pages.addresses import Gesture, register
from employers.models import PostHireFollowUp, ProfileConsent
from employers.screens.corrections.kinds import KINDS
from pathways.screens.corrections.kind import register_kinds


def register_all() -> None:
    """Called once, when the house is installed."""
    register(PostHireFollowUp, Gesture.SETTLE, "web:post_hire")
    register(ProfileConsent, Gesture.OPEN, "web:proposal", number=lambda consent: consent.proposal_id)
    register_kinds(KINDS)
