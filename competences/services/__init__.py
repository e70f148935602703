"""Writes: one function per thing a user does, five beats each."""

from competences.services.assessments import (
    assess,
    comment_assessment,
    explain_assessment,
    prove_assessment,
    undo_assessment,
)
from competences.services.badges import renew_badge_key
from competences.services.cvs.keeping import clear_cv, keep_cv
from competences.services.gesture_lists import correct_gestures, keep_gestures
from competences.services.licences import cancel_licence, correct_licence, record_licence
from competences.services.observations import Outcome, Tap, record_observations
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
    "Outcome",
    "TableReport",
    "Tap",
    "assess",
    "cancel_licence",
    "cancel_vae_step",
    "clear_cv",
    "comment_assessment",
    "correct_gestures",
    "correct_licence",
    "correct_vae_step",
    "decline_vae",
    "describe_vae",
    "ensure_referential",
    "explain_assessment",
    "keep_cv",
    "keep_gestures",
    "make_passport",
    "move_vae",
    "plan_vae",
    "prove_assessment",
    "record_licence",
    "record_observations",
    "renew_badge_key",
    "store_referential",
    "undo_assessment",
    "withdraw_passport",
]
