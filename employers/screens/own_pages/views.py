"""What an employer finds: their needs, who could do it, what is next. Nothing else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from backend.audit import trail
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import refusal_of
from employers.models import ProfileConsent
from employers.permissions import may_answer_profile, reads_own_needs
from employers.screens.own_pages.page import NeedsPage
from employers.selectors.profiles import profiles_shown_to
from employers.selectors.references import row_behind
from employers.services import answer_profile


@only(reads_own_needs)
@require_safe
def my_needs(request: ActorRequest) -> HttpResponse:
    """Three things on one page, read under the employer's own door."""
    return _needs(request)


@only(may_answer_profile)
@require_POST
def profile_answer(request: ActorRequest, pk: int) -> HttpResponse:
    """Meet the person, or not; the card says so at once."""
    actor = request.actor
    seen = ProfileConsent.objects.visible_to(actor)
    consent = get_object_or_404(seen, pk=row_behind(actor, seen, pk))
    answer = request.POST.get("answer", "")
    refusal = refusal_of(lambda: answer_profile(actor=actor, consent=consent, answer=answer))
    if refusal:
        messages.error(request, refusal, extra_tags=refusal.code)
        return _needs(request, status=422)
    if request.htmx:
        (profile,) = profiles_shown_to(actor, consent_id=consent.pk)
        return render(request, "employers/own_pages/_profile.html", {"profile": profile, "answered": True})
    messages.success(request, "Votre réponse est transmise.")
    return redirect("web:my_needs")


def _needs(request: ActorRequest, *, status: int = 200) -> HttpResponse:
    actor = request.actor
    page = NeedsPage(actor)
    shown = ProfileConsent.objects.visible_to(actor).filter(
        pk__in=[profile.consent_id for profile in page.profiles]
    )
    trail.record_each(actor, "profile.shown", shown)
    return render(request, "employers/own_pages/needs.html", {"page": page}, status=status)
