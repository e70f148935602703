"""Files opened outside a caseload."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from backend.core.pages.pace import SEARCH, is_sent, paced
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from pathways.permissions import may_open_beyond, reads_openings
from pathways.screens.beyond.forms import BeyondForm
from pathways.selectors.beyond import openings_read_by
from pathways.services.beyond import open_beyond_caseload


@only(reads_openings)
@require_safe
def openings(request: ActorRequest) -> HttpResponse:
    """The last month: who opened whose file, why, until when."""
    actor = request.actor
    context = {"openings": openings_read_by(actor), "may_open": may_open_beyond(actor)}
    return render(request, "pathways/beyond/page.html", context)


@only(may_open_beyond)
@paced(SEARCH, when=is_sent)
def open_file(request: ActorRequest) -> HttpResponse:
    """Say whom and why, then read the file."""

    def act(values: dict[str, Any]) -> str:
        opening = open_beyond_caseload(actor=request.actor, **values)
        return reverse("web:person", args=[opening.beneficiary.pk])

    page = FormPage(
        title="Ouvrir un dossier hors de mes suivis",
        line="Pour une personne de votre structure qu’une ou un collègue accompagne. Le dossier s’ouvre pour un temps, le motif est "
        "écrit au journal, et la personne le lit.",
        back=reverse("web:beyond"),
        submit="Ouvrir le dossier",
        done="Le dossier vous est ouvert pour un temps. La personne et votre responsable en lisent le motif.",
    )
    return answer_form(request, BeyondForm(request.POST or None), page, act)
