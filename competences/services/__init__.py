"""Writes: one function per thing a user does, five beats each."""

from competences.services.assessments import assess, prove_assessment, undo_assessment
from competences.services.licences import cancel_licence, correct_licence, record_licence
from competences.services.passports import make_passport, withdraw_passport
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
    "cancel_licence",
    "cancel_vae_step",
    "correct_licence",
    "correct_vae_step",
    "decline_vae",
    "describe_vae",
    "ensure_referential",
    "make_passport",
    "move_vae",
    "plan_vae",
    "prove_assessment",
    "record_licence",
    "store_referential",
    "undo_assessment",
    "withdraw_passport",
]
