"""Choosing, carrying away, taking back; and, for whoever received the paper, checking it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.audit import trail
from backend.core.errors import DomainError
from backend.core.pages.keepers import public
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form
from competences.models import Passport
from competences.permissions import may_make_passport
from competences.screens.passport.forms import PassportForm
from competences.selectors.badges import lines_with_badges
from competences.selectors.passports import (
    check_code,
    lines_for,
    read_content,
    sections_of,
    titles_of,
    verified,
)
from competences.services import make_passport, withdraw_passport
from competences.services.passport_paper import passport_document
from pathways.models import Beneficiary


@only(may_make_passport)
@require_http_methods(["GET", "HEAD", "POST"])
def passports(request: ActorRequest, pk: int) -> HttpResponse:
    """What may be shown, one tick a line; below, the passports already established."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
    back = reverse("web:passports", args=[pk])
    lines = lines_for(request.actor, person, today=timezone.localdate())

    def act(values: dict[str, Any]) -> str:
        make_passport(actor=request.actor, beneficiary=person, **values)
        return back

    made = [
        (passport, lines_with_badges(passport))
        for passport in Passport.objects.visible_to(request.actor).filter(beneficiary=person)
    ]
    page = FormPage(
        title="Passeport de compétences",
        line=str(person),
        back="/",
        submit="Établir le passeport",
        done="Le passeport est prêt : prenez le PDF et les badges.",
        fields="competences/passport/_fields.html",
        extra={"passports": made, "has_lines": bool(lines), "today": timezone.localdate()},
        adds=True,
    )
    form = PassportForm(request.POST or None, lines=lines, has_email=bool(person.email))
    return answer_form(request, form, page, act)


@only(may_make_passport)
@require_safe
def passport_pdf(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """The paper, to save or to print."""
    passport = get_object_or_404(Passport.objects.visible_to(request.actor), pk=pk)
    address = request.build_absolute_uri(reverse("web:passport_check", args=[pk, check_code(passport)]))
    try:
        made = passport_document(passport, check_address=address)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("web:passports", passport.beneficiary_id)
    trail.record(request.actor, "passport.read", passport)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="passeport-de-competences.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@only(may_make_passport)
@require_POST
def passport_withdraw(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Nobody can check it any more."""
    passport = get_object_or_404(Passport.objects.visible_to(request.actor), pk=pk)
    return answer_action(
        request,
        act=lambda: withdraw_passport(actor=request.actor, passport=passport),
        done="Ce passeport ne peut plus être vérifié, et ses badges sont dits retirés.",
        back=reverse("web:passports", args=[passport.beneficiary_id]),
    )


@public
@require_safe
def passport_check(request: HttpRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    """What the paper said when it was established; nothing once its last day passed, it was withdrawn, or it is not ours."""
    passport = verified(pk, code, today=timezone.localdate())
    if passport is None:
        return render(request, "competences/passport/check.html", {"passport": None}, status=404)
    name, lines = read_content(passport)
    context = {"passport": passport, "name": name, "sections": sections_of(lines), "titles": titles_of(lines)}
    answer = render(request, "competences/passport/check.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
