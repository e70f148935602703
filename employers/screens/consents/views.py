"""A person's answer about being shown to an employer: given, told, or taken back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.core.values.text import at_place, of_name
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form
from employers.models import ProfileConsent
from employers.permissions import may_answer_consent
from employers.screens.consents.forms import ConsentForm
from employers.screens.consents.page import to_say_again, waiting_and_settled
from employers.selectors.profiles import profile_to_be_shown
from employers.services import answer_consent, withdraw_consent
from pathways.permissions import reads_own_thread


@only(reads_own_thread)
@require_safe
def my_consents(request: ActorRequest) -> HttpResponse:
    """Who asks to see my profile, what they would see, and the agreements I may take back."""
    actor = request.actor
    rows = ProfileConsent.objects.visible_to(actor)
    waiting, settled = waiting_and_settled(rows)
    context = {
        "questions": [(consent, profile_to_be_shown(consent)) for consent in waiting],
        "agreed": [consent for consent in settled if consent.is_live],
        "again": [(consent, profile_to_be_shown(consent)) for consent in to_say_again(settled, waiting)],
        "past": [consent for consent in settled if not consent.is_live],
    }
    return render(request, "employers/consents/mine.html", context)


@only(may_answer_consent)
@require_http_methods(["GET", "HEAD", "POST"])
def consent_answer(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the answer down: the person's own, or the one they told."""
    actor = request.actor
    consent = _consent(request, pk)

    def act(values: dict[str, Any]) -> str:
        answer_consent(actor=actor, consent=consent, **values)
        return _after(request, consent)

    page = FormPage(
        title=_question(request, consent),
        line="Sans nom, sans adresse, sans âge : les tâches et les compétences seulement. "
        "L’accord se retire à tout moment.",
        back=_after(request, consent),
        submit="Enregistrer la réponse",
        done="La réponse est enregistrée.",
        about=consent,
    )
    return answer_form(request, ConsentForm(request.POST or None), page, act)


@only(may_answer_consent)
@require_POST
def consent_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Close the profile to the employer, at once."""
    consent = _consent(request, pk)
    return answer_action(
        request,
        act=lambda: withdraw_consent(actor=request.actor, consent=consent),
        done="L’accord est retiré : cet employeur ne voit plus le profil.",
        back=_after(request, consent),
    )


def _question(request: ActorRequest, consent: ProfileConsent) -> str:
    """The person reads of « their » profile; whoever notes an answer reads whose."""
    if reads_own_thread(request.actor):
        return f"Montrer votre profil {at_place(consent.employer)} ?"
    return f"Montrer le profil {of_name(consent.beneficiary)} {at_place(consent.employer)} ?"


def _consent(request: ActorRequest, pk: int) -> ProfileConsent:
    rows = ProfileConsent.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("employer", "beneficiary", "proposal"), pk=pk)


def _after(request: ActorRequest, consent: ProfileConsent) -> str:
    if reads_own_thread(request.actor):
        return reverse("web:my_consents")
    if consent.proposal_id is not None:
        return reverse("web:proposal", args=[consent.proposal_id])
    return reverse("web:person", args=[consent.beneficiary_id])
