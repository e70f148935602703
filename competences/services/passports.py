"""Establishing a passport with what the person chose, and taking it back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from competences.models import Passport
from competences.permissions import may_make_passport
from competences.rules.badges import is_signed
from competences.rules.passports import choice_findings
from competences.selectors.passports import as_content, lines_for, read_badges
from competences.services.badges import allot_badges, withdraw_badges
from pathways.models import Beneficiary
from pathways.permissions import accompanies

_NOT_YOURS = "Seuls la personne et qui l’accompagne établissent son passeport."


@transaction.atomic
def make_passport(
    *, actor: Actor, beneficiary: Beneficiary, chosen: Collection[str], days: int, is_linked: bool = False
) -> Passport:
    """Keep what the person chose to show, as it stands today; the paper can be checked for so many days.

    Each line that somebody else attests is given a badge; `is_linked` has them carry the print of the person's e-mail.
    """
    beneficiary = steps.within_reach(actor, beneficiary)
    ensure(may_make_passport(actor) and accompanies(actor, beneficiary), "not_yours", _NOT_YOURS)
    today = timezone.localdate()
    lines = [line for line in lines_for(actor, beneficiary, today=today) if line.key in set(chosen)]
    raise_refusals(choice_findings(lines=len(lines)))
    badges = allot_badges(
        [line.key for line in lines if is_signed(line.status, who=line.who)],
        email=beneficiary.email if is_linked else "",
    )
    passport = Passport(
        beneficiary=beneficiary,
        organisation_id=actor.organisation_id,
        content=as_content(str(beneficiary), lines, badges),
        expires_on=today + timedelta(days=days),
        author_id=actor.user_id,
    )
    steps.save(passport)
    trail.record(actor, "passport.made", passport, lines=len(lines), days=days)
    return passport


@transaction.atomic
def withdraw_passport(*, actor: Actor, passport: Passport) -> Passport:
    """Nobody can check this paper any more, and its badges are said to be taken back; withdrawn twice is withdrawn."""
    passport = steps.lock(actor, passport)
    ensure(may_make_passport(actor) and accompanies(actor, passport.beneficiary), "not_yours", _NOT_YOURS)
    if passport.withdrawn_at is None:
        passport.withdrawn_at = timezone.now()
        passport.save(update_fields=["withdrawn_at"])
        withdraw_badges(read_badges(passport).values())
        trail.record(actor, "passport.withdrawn", passport)
    return passport
