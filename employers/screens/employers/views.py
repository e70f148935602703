"""Employers the team works with: finding them, meeting them, their workplaces."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from backend.core.pages.keepers import only_reads
from backend.core.values.text import of_place
from backend.organisations.models import Organisation
from backend.web.access import only
from backend.web.forms.search import search_of, to_results
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from employers.models import Employer
from employers.permissions import may_work_with_employers
from employers.screens.employers.forms import (
    EmployerEditForm,
    EmployerFilterForm,
    EstablishmentForm,
    NewEmployerForm,
)
from employers.screens.employers.page import EmployerPage, employers_page
from employers.services import EmployerMayBeKnown, add_establishment, record_employer, update_employer

_EDITABLE = ("name", "sector", "contact_name", "contact_phone", "siret", "version")


@only_reads
@only(may_work_with_employers)
@require_http_methods(["GET", "HEAD", "POST"])
def employers(request: ActorRequest) -> HttpResponse:
    """Every employer of the group, found by name, activity or commune."""
    actor, search = request.actor, search_of(request)
    in_place = request.htmx.target == "employer-list"
    if request.method == "POST" and not in_place:
        return to_results(request, search)
    form = EmployerFilterForm({"q": search.text})
    text = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "form": form,
        "search": search,
        "page": employers_page(actor, text, request.GET.get("page", "1")),
        "may_write": may_work_with_employers(actor),
        "is_filtered": bool(text),
    }
    return render(
        request, "employers/employers/_list.html" if in_place else "employers/employers/list.html", context
    )


@only(may_work_with_employers)
@require_safe
def employer(request: ActorRequest, pk: int) -> HttpResponse:
    """One employer: whom to call, where they work, what was seen, proposed and hired."""
    actor = request.actor
    found = get_object_or_404(Employer.objects.visible_to(actor).select_related("organisation"), pk=pk)
    context = {"employer": found, "page": EmployerPage(actor, found)}
    return render(request, "employers/employers/employer.html", context)


@only(may_work_with_employers)
@require_http_methods(["GET", "HEAD", "POST"])
def employer_new(request: ActorRequest) -> HttpResponse:
    """Open an employer's file."""
    actor = request.actor
    form = NewEmployerForm(request.POST or None, organisations=Organisation.objects.working_for(actor))

    def act(values: dict[str, Any]) -> str:
        try:
            opened = record_employer(actor=actor, **values)
        except EmployerMayBeKnown as refusal:
            form.candidates = refusal.candidates
            raise
        return reverse("web:establishment_new", args=[opened.pk])

    page = FormPage(
        title="Rencontrer un employeur",
        line="Un nom suffit ; le reste peut venir plus tard.",
        back=reverse("web:employers"),
        submit="Enregistrer, puis saisir le lieu de travail",
        done="L’employeur est enregistré. Il reste à dire où l’on travaille, maintenant ou plus tard.",
        adds=True,
        fields="employers/employers/_new_fields.html",
    )
    return answer_form(request, form, page, act)


@only(may_work_with_employers)
@require_http_methods(["GET", "HEAD", "POST"])
def employer_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct an employer's file."""
    actor = request.actor
    found = get_object_or_404(Employer.objects.visible_to(actor), pk=pk)
    form = EmployerEditForm(request.POST or None, initial={name: getattr(found, name) for name in _EDITABLE})

    def act(values: dict[str, Any]) -> str:
        update_employer(actor=actor, employer=found, **values)
        return reverse("web:employer", args=[pk])

    page = FormPage(
        title=f"Fiche {of_place(found)}",
        back=reverse("web:employer", args=[pk]),
        done="La fiche est à jour.",
        version_now=lambda: Employer.objects.get(pk=pk).version,
    )
    return answer_form(request, form, page, act)


@only(may_work_with_employers)
@require_http_methods(["GET", "HEAD", "POST"])
def establishment_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Add a workplace to an employer."""
    actor = request.actor
    found = get_object_or_404(Employer.objects.visible_to(actor), pk=pk)

    def act(values: dict[str, Any]) -> str:
        add_establishment(actor=actor, employer=found, **values)
        return reverse("web:employer", args=[pk])

    page = FormPage(
        title="Un lieu de travail",
        line=str(found),
        back=reverse("web:employer", args=[pk]),
        done="Le lieu est enregistré. Une analyse de tâches peut y commencer.",
        adds=True,
    )
    return answer_form(request, EstablishmentForm(request.POST or None), page, act)
