"""Writes: one function per thing a user does, five beats each."""

from competences.services.assessments import assess, undo_assessment
from competences.services.referential import TableReport, ensure_referential, store_referential
from competences.services.vae import (
    cancel_vae_step,
    correct_vae_step,
    decline_vae,
    describe_vae,
    move_vae,
    plan_vae,
)

__all__ = [
    "TableReport",
    "assess",
    "cancel_vae_step",
    "correct_vae_step",
    "decline_vae",
    "describe_vae",
    "ensure_referential",
    "move_vae",
    "plan_vae",
    "store_referential",
    "undo_assessment",
]
