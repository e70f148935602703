"""A CV already chosen, to look at and to take away, for the person who has an account."""

from __future__ import annotations

from datetime import date

from backend.core.actor import Actor
from competences.enums import CvLook
from competences.selectors.cvs.page import cv_page
from competences.services import keep_cv
from pathways.models import BeneficiaryAccess

TRADE = "Aide à domicile et entretien de la maison"
WORDS = (
    "Trois ans au service des personnes et de leur maison. J’aime le travail soigné, et prendre le temps d’écouter. "
    "Je me déplace en voiture."
)
LANGUAGES = "français, portugais"


def make_cvs(today: date) -> None:
    """What is proposed to each person with an account, with a few words of theirs and a telephone."""
    for access in BeneficiaryAccess.objects.select_related("beneficiary"):
        actor: Actor = access.as_actor()
        proposed = cv_page(actor, access.beneficiary, today=today)
        if proposed.shown:
            keep_cv(
                actor=actor,
                beneficiary=access.beneficiary,
                version=proposed.cv.version,
                shown=proposed.shown,
                title=TRADE,
                presentation=WORDS,
                languages=LANGUAGES,
                shows_phone=True,
                look=CvLook.BAND,
            )
