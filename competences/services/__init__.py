"""Writes: one function per thing a user does, five beats each."""

from competences.services.assessments import assess, undo_assessment
from competences.services.referential import TableReport, ensure_referential, store_referential
from competences.services.vae import move_vae, plan_vae

__all__ = [
    "TableReport",
    "assess",
    "ensure_referential",
    "move_vae",
    "plan_vae",
    "store_referential",
    "undo_assessment",
]
