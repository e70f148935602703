"""The certifications of the installation: finding one, typing one, reading what its blocs ask for."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.core.pages.keepers import only_reads
from backend.web.access import only
from backend.web.forms.search import search_of, to_results
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from competences.enums import CertificationOrigin
from competences.models import Bloc, BlocLine, Certification
from competences.permissions import may_correct_certification, may_keep_certifications
from competences.rncp.reader import ATTRIBUTION
from competences.rules.certifications.splitting import split_competences
from competences.screens.certifications.forms import (
    BlocEditForm,
    BlocForm,
    BlocLinesForm,
    CertificationEditForm,
    CertificationForm,
    LineMatchForm,
)
from competences.selectors.certifications.catalogue import (
    latest,
    proposals_for,
    read_blocs,
    register_in_use,
    trades_of,
    with_reading,
)
from competences.selectors.wording import trades_of as trades_seen_by
from competences.services.certifications.reading import accept_lines, match_line
from competences.services.certifications.typed import (
    correct_bloc,
    correct_certification,
    type_bloc,
    type_certification,
)

SHOWN = 50


@only_reads
@only(may_keep_certifications)
@require_http_methods(["GET", "HEAD", "POST"])
def certifications(request: ActorRequest) -> HttpResponse:
    """Those whose blocs were read first, or what a search finds by code or words."""
    search = search_of(request)
    if request.method == "POST":
        return to_results(request, search)
    rows = with_reading(Certification.objects.visible_to(request.actor).current().named(search.text))
    found = list(rows.order_by("-lines_accepted", "label", "pk")[: SHOWN + 1])
    context = {
        "certifications": found[:SHOWN],
        "has_more": len(found) > SHOWN,
        "text": search.text,
        "register": register_in_use(),
        "attribution": ATTRIBUTION,
    }
    return render(request, "competences/certifications/list.html", context)


@only(may_keep_certifications)
@require_safe
def certification(request: ActorRequest, pk: int) -> HttpResponse:
    """One certification: who awards it, what took its place, what each bloc asks for and how far it was read."""
    found = _certification(request, pk)
    context = {
        "certification": found,
        "latest": latest(found),
        "trades": trades_of(found),
        "blocs": read_blocs(found),
        "may_correct": may_correct_certification(request.actor, found)
        and found.origin == CertificationOrigin.TYPED,
        "register": register_in_use(),
        "attribution": ATTRIBUTION,
    }
    return render(request, "competences/certifications/page.html", context)


@only(may_keep_certifications)
@require_http_methods(["GET", "POST"])
def certification_new(request: ActorRequest) -> HttpResponse:
    """Type a certification once, for everybody."""

    def act(values: dict[str, Any]) -> str:
        return _page_of(type_certification(actor=request.actor, **values).pk)

    page = FormPage(
        title="Saisir une certification",
        line="Cherchez-la d’abord : le répertoire national est peut-être déjà chargé.",
        back=reverse("web:certifications"),
        done="La certification est saisie ; ajoutez ses blocs.",
        adds=True,
    )
    return answer_form(request, CertificationForm(request.POST or None), page, act)


@only(may_keep_certifications)
@require_http_methods(["GET", "POST"])
def certification_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Say a typed certification again."""
    found = _certification(request, pk)
    names = ("label", "code", "level", "is_by_vae", "ends_on", "is_retired", "version")
    initial = {name: getattr(found, name) for name in names}
    initial["certifier"] = ", ".join(each.name for each in found.certifiers.all())

    def act(values: dict[str, Any]) -> str:
        correct_certification(actor=request.actor, certification=found, **values)
        return _page_of(pk)

    page = FormPage(
        title="Corriger la certification",
        line=str(found),
        back=_page_of(pk),
        done="La certification est corrigée.",
        version_now=lambda: Certification.objects.get(pk=pk).version,
    )
    return answer_form(request, CertificationEditForm(request.POST or None, initial=initial), page, act)


@only(may_keep_certifications)
@require_http_methods(["GET", "POST"])
def bloc_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Add a bloc to a typed certification; its list is then accepted."""
    found = _certification(request, pk)

    def act(values: dict[str, Any]) -> str:
        bloc = type_bloc(actor=request.actor, certification=found, **values)
        return reverse("web:bloc_lines", args=[bloc.pk]) if bloc.content else _page_of(pk)

    page = FormPage(
        title="Ajouter un bloc", line=str(found), back=_page_of(pk), done="Le bloc est ajouté.", adds=True
    )
    return answer_form(request, BlocForm(request.POST or None), page, act)


@only(may_keep_certifications)
@require_http_methods(["GET", "POST"])
def bloc_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Say a typed bloc again."""
    bloc = _bloc(request, pk)
    initial = {name: getattr(bloc, name) for name in ("code", "label", "content", "is_retired", "version")}

    def act(values: dict[str, Any]) -> str:
        correct_bloc(actor=request.actor, bloc=bloc, **values)
        return _page_of(bloc.certification_id)

    page = _of_bloc(bloc, "Corriger le bloc", "Le bloc est corrigé.")
    return answer_form(request, BlocEditForm(request.POST or None, initial=initial), page, act)


@only(may_keep_certifications)
@require_http_methods(["GET", "POST"])
def bloc_lines(request: ActorRequest, pk: int) -> HttpResponse:
    """Accept what a bloc asks for: the lines kept so far, else the published text as it may be cut."""
    bloc = _bloc(request, pk)
    kept = [line.text for line in bloc.lines.all()]
    proposed = kept or split_competences(bloc.content)

    def act(values: dict[str, Any]) -> str:
        accept_lines(actor=request.actor, bloc=bloc, **values)
        return _page_of(bloc.certification_id)

    page = _of_bloc(
        bloc,
        "Ce que ce bloc demande",
        "La liste est acceptée ; dites ce qui montre chaque ligne.",
        "Accepter cette liste",
    )
    initial = {"version": bloc.version, "lines": "\n".join(proposed)}
    return answer_form(request, BlocLinesForm(request.POST or None, initial=initial), page, act)


@only(may_keep_certifications)
@require_http_methods(["GET", "POST"])
def line_match(request: ActorRequest, pk: int) -> HttpResponse:
    """Say which competences show a line: those said before, what a search finds, else the nearest of its words."""
    line = _line(request, pk)
    search = search_of(request) if request.method != "POST" else None
    held = [match.competence_id for match in line.matches.all()]
    text = search.text if search else ""
    proposals = proposals_for(line, trades=trades_seen_by(request.actor), text=text)

    def act(values: dict[str, Any]) -> str:
        match_line(actor=request.actor, line=line, **values)
        return _page_of(line.bloc.certification_id)

    page = FormPage(
        title="Ce qui montre cette compétence",
        line=line.text,
        back=_page_of(line.bloc.certification_id),
        done="C’est rapproché.",
        fields="competences/certifications/_match.html",
        extra={"line": line, "text": text},
        version_now=lambda: BlocLine.objects.get(pk=pk).version,
    )
    form = LineMatchForm(
        request.POST or None,
        initial={"version": line.version, "competences": held},
        offered=[*held, *(each.pk for each in proposals)],
    )
    return answer_form(request, form, page, act)


@only_reads
@only(may_keep_certifications)
@require_POST
def line_search(request: ActorRequest, pk: int) -> HttpResponse:
    """Look for another competence to show this line with."""
    line, query = _line(request, pk), search_of(request).query
    return redirect(f"{reverse('web:line_match', args=[line.pk])}?{query.urlencode()}")


def _certification(request: ActorRequest, pk: int) -> Certification:
    rows = Certification.objects.visible_to(request.actor).select_related("organisation")
    return get_object_or_404(rows.prefetch_related("certifiers", "trades"), pk=pk)


def _bloc(request: ActorRequest, pk: int) -> Bloc:
    rows = Bloc.objects.visible_to(request.actor).select_related("certification")
    return get_object_or_404(rows.prefetch_related("lines"), pk=pk)


def _line(request: ActorRequest, pk: int) -> BlocLine:
    rows = BlocLine.objects.visible_to(request.actor).select_related("bloc__certification")
    return get_object_or_404(rows.prefetch_related("matches"), pk=pk)


def _page_of(pk: int) -> str:
    return reverse("web:certification", args=[pk])


def _of_bloc(bloc: Bloc, title: str, done: str, submit: str = "Enregistrer") -> FormPage:
    return FormPage(
        title=title,
        line=str(bloc),
        back=_page_of(bloc.certification_id),
        done=done,
        submit=submit,
        fields="competences/certifications/_bloc_fields.html",
        extra={"bloc": bloc},
        version_now=lambda: Bloc.objects.get(pk=bloc.pk).version,
    )
