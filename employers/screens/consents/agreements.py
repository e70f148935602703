"""What a person agreed to about employers."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.privacy.agreements import Agreement
from employers.enums import ConsentDecision
from employers.models import ProfileConsent
from employers.permissions import may_answer_consent
from pathways.models import Beneficiary


def profile_agreements(actor: Actor, person: Beneficiary) -> Iterator[Agreement]:
    """Each employer a profile without a name was, or may be, shown to."""
    rows = ProfileConsent.objects.visible_to(actor).filter(beneficiary=person)
    today = timezone.localdate()
    for consent in rows.select_related("employer"):
        is_live = consent.decision == ConsentDecision.GRANTED and consent.ends_on >= today
        withdraws = is_live and may_answer_consent(actor)
        yield Agreement(
            what="Montrer un profil sans nom",
            to_whom=consent.employer.name,
            state=consent.get_decision_display().lower(),
            is_live=is_live,
            on=timezone.localdate(consent.decided_at or consent.asked_at),
            until=consent.ends_on if is_live else None,
            withdraw=reverse("web:consent_withdraw", args=[consent.pk]) if withdraws else "",
        )
