"""What a person gave to check of what they can do."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.privacy.agreements import Agreement
from competences.models import Passport
from competences.permissions import may_make_passport
from competences.selectors.badges import lines_with_badges
from pathways.models import Beneficiary


def passport_agreements(actor: Actor, person: Beneficiary) -> Iterator[Agreement]:
    """Each passport whose address answers to whoever holds the paper, or whose badges are not taken back."""
    today = timezone.localdate()
    for passport in Passport.objects.visible_to(actor).filter(beneficiary=person):
        is_checked = passport.withdrawn_at is None and passport.expires_on >= today
        has_badges = bool(lines_with_badges(passport))
        is_live = is_checked or has_badges
        withdraws = is_live and may_make_passport(actor)
        state = "retiré" if passport.withdrawn_at else "vérifiable" if is_live else "plus vérifiable"
        yield Agreement(
            what="Faire vérifier un passeport de compétences",
            to_whom="qui a reçu le papier ou un badge" if has_badges else "qui a reçu le papier",
            state=state,
            is_live=is_live,
            on=timezone.localdate(passport.made_at),
            until=passport.expires_on if is_live and not has_badges else None,
            ended_on=timezone.localdate(passport.withdrawn_at) if passport.withdrawn_at else None,
            withdraw=reverse("web:passport_withdraw", args=[passport.pk]) if withdraws else "",
        )
