"""A passport already established, with its badges to take away, for the person who has an account."""

from __future__ import annotations

from datetime import date

from backend.core.actor import Actor
from competences.rules.badges import is_signed
from competences.selectors.passports import lines_for
from competences.services import make_passport
from pathways.models import BeneficiaryAccess

SHOWN = 6
DAYS = 90


def make_passports(today: date) -> None:
    """What others attest of each person with an account, the best first."""
    for access in BeneficiaryAccess.objects.select_related("beneficiary"):
        actor: Actor = access.as_actor()
        lines = lines_for(actor, access.beneficiary, today=today)
        chosen = [line.key for line in lines if is_signed(line.status, who=line.who)]
        if chosen:
            make_passport(actor=actor, beneficiary=access.beneficiary, chosen=chosen[:SHOWN], days=DAYS)
