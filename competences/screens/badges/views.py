"""Taking badges away; and, for strangers, the keys, the states and the page that verifies."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from backend.accounts.lockout import client_address
from backend.audit import trail
from backend.core.errors import DomainError
from backend.core.pages.keepers import only_reads, public
from backend.core.pages.pace import EXPORT, SEARCH, is_sent, paced
from backend.web.access import only
from backend.web.requests import ActorRequest
from competences.models import Passport
from competences.permissions import may_make_passport
from competences.rules.badges import Issuer
from competences.screens.badges.archive import archive_of, as_json, badge_name
from competences.screens.badges.forms import CheckBadgeForm
from competences.selectors.badges import (
    badges_of,
    check_badge,
    issuer_at,
    issuer_document,
    list_of_states,
)

BADGE = "application/ld+json"
_NONE = "Il n’y a pas de badge à emporter ici : rien n’y est attesté par d’autres, ou le passeport a été retiré. Établissez-en un autre."


def _issuer(request: HttpRequest) -> Issuer:
    return issuer_at(request.build_absolute_uri(reverse("web:badge_issuer")))


@only(may_make_passport)
@paced(EXPORT, when=lambda request: True)
@require_safe
def badges_all(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Every badge of a passport, in one file."""
    passport = get_object_or_404(Passport.objects.visible_to(request.actor), pk=pk)
    issuer = _issuer(request)
    try:
        badges = badges_of(passport, issuer, now=timezone.now())
    except DomainError as error:
        return _back(request, passport, error.message)
    if not badges:
        return _back(request, passport, _NONE)
    check_address = request.build_absolute_uri(reverse("web:badge_check"))
    made = archive_of(badges, issuer_document(issuer), check_address=check_address)
    trail.record(request.actor, "passport.badges_read", passport, badges=len(badges))
    return _to_save(made, "application/zip", "badges-de-competences.zip")


@only(may_make_passport)
@require_safe
def badge_one(request: ActorRequest, pk: uuid.UUID, key: str) -> HttpResponse:
    """One badge, as a file that wallets read."""
    passport = get_object_or_404(Passport.objects.visible_to(request.actor), pk=pk)
    try:
        badges = badges_of(passport, _issuer(request), only=key, now=timezone.now())
    except DomainError as error:
        return _back(request, passport, error.message)
    if not badges:
        return _back(request, passport, _NONE)
    trail.record(request.actor, "passport.badges_read", passport, badges=1)
    return _to_save(as_json(badges[0].document).encode(), BADGE, badge_name(badges[0]))


def _back(request: ActorRequest, passport: Passport, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect("web:passports", passport.beneficiary_id)


def _to_save(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _address(request: HttpRequest) -> str:
    return f"address:{client_address(request)}"


@public
@only_reads
@paced(SEARCH, when=is_sent, by=_address)
@require_http_methods(["GET", "HEAD", "POST"])
def badge_check(request: HttpRequest) -> HttpResponse:
    """Whether a badge that somebody received is true; what is sent is read, then forgotten."""
    form = CheckBadgeForm(request.POST, request.FILES) if is_sent(request) else CheckBadgeForm()
    context: dict[str, Any] = {"form": form, "checked": None}
    status = 200
    if is_sent(request):
        if form.is_valid():
            context["checked"] = check_badge(form.cleaned_data["badge"], email=form.cleaned_data["email"])
        else:
            status = 422
    answer = render(request, "competences/badges/check.html", context, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


@public
@require_safe
def badge_issuer(request: HttpRequest) -> HttpResponse:
    """Who signs, and with which keys, former ones included: what a tool reads to verify."""
    return _published(issuer_document(_issuer(request)))


@public
@require_safe
def badge_states(request: HttpRequest, number: int) -> HttpResponse:
    """Which badges were taken back: one bit a badge, in no order that tells whose."""
    try:
        said = list_of_states(number, _issuer(request), now=timezone.now())
    except DomainError as error:
        return HttpResponse(error.message, status=503, content_type="text/plain; charset=utf-8")
    if said is None:
        raise Http404
    return _published(said)


def _published(document: dict[str, Any]) -> HttpResponse:
    answer = HttpResponse(as_json(document), content_type=BADGE)
    answer["Access-Control-Allow-Origin"] = (
        "*"  # a tool in a browser reads it too; nobody is signed in to read it
    )
    answer["Cache-Control"] = "public, max-age=300"
    return answer
