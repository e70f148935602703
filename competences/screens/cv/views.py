"""Looking at a CV, choosing what it shows, taking it away; the person on their own, or with who accompanies them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.audit import trail
from backend.core.errors import DomainError
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from competences.permissions import may_make_cv
from competences.screens.cv.forms import CvClearForm, CvForm
from competences.selectors.cvs.page import CvPage, cv_of, cv_page
from competences.services import clear_cv, keep_cv
from competences.services.cvs.files import DOCX, PDF, CvFile
from pathways.models import Beneficiary


@only(may_make_cv)
@require_safe
def cv(request: ActorRequest, pk: int) -> HttpResponse:
    """The page as it will be printed, and what finds no room on it."""
    made = _made(request, pk)
    trail.record(request.actor, "cv.read", made.person)
    page = {
        "made": made,
        "is_oneself": request.actor.beneficiary_id == pk,
        "has_reach": made.cv.shows_phone or made.cv.shows_email,
    }
    return render(request, "competences/cv/page.html", page)


@only(may_make_cv)
def cv_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """One tick a line, a few words, a look."""
    made = _made(request, pk)
    back = reverse("web:cv", args=[pk])

    def act(values: dict[str, Any]) -> str:
        keep_cv(actor=request.actor, beneficiary=made.person, **values)
        return back

    chooses = "Vous choisissez" if request.actor.beneficiary_id == pk else f"{made.person} choisit"
    page = FormPage(
        title="Ce qui apparaît sur le CV",
        line=f"{chooses} ; ce qui n’est pas coché n’est montré à personne.",
        back=back,
        done="Le choix est gardé : relisez la page, puis prenez le fichier.",
        version_now=lambda: cv_of(request.actor, made.person).version,
    )
    return answer_form(request, CvForm(request.POST or None, made=made), page, act)


@only(may_make_cv)
def cv_clear(request: ActorRequest, pk: int) -> HttpResponse:
    """Forget the choice and its words."""
    made = _made(request, pk)
    back = reverse("web:cv", args=[pk])

    def act(values: dict[str, Any]) -> str:
        clear_cv(actor=request.actor, beneficiary=made.person, **values)
        return back

    page = FormPage(
        title="Repartir de ce qui est proposé",
        line="Le choix des lignes, le métier cherché, la présentation, la commune et les langues sont oubliés. Rien du parcours ne change.",
        back=back,
        submit="Oublier ce choix",
        done="Le choix est oublié : voici de nouveau ce qui est proposé.",
        version_now=lambda: cv_of(request.actor, made.person).version,
    )
    return answer_form(
        request, CvClearForm(request.POST or None, initial={"version": made.cv.version}), page, act
    )


@only(may_make_cv)
@require_safe
def cv_pdf(request: ActorRequest, pk: int) -> HttpResponse:
    """The PDF, to print or to send."""
    return _file(request, pk, PDF)


@only(may_make_cv)
@require_safe
def cv_docx(request: ActorRequest, pk: int) -> HttpResponse:
    """The text file, to correct and to send."""
    return _file(request, pk, DOCX)


def _file(request: ActorRequest, pk: int, kind: CvFile) -> HttpResponse:
    made = _made(request, pk)
    try:
        content = kind.make(made)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("web:cv", pk)
    trail.record(request.actor, "cv.taken", made.person, format=kind.name)
    return kind.answer(content, made)


def _made(request: ActorRequest, pk: int) -> CvPage:
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
    return cv_page(request.actor, person, today=timezone.localdate())
