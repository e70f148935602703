"""What a person has of certifications: the nearest on one page, one of them bloc by bloc, and what is carried away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from backend.audit import trail
from backend.core.errors import DomainError
from backend.core.pages.keepers import only_reads
from backend.web.access import only
from backend.web.forms.search import search_of, to_results
from backend.web.requests import ActorRequest
from competences.models import Certification
from competences.permissions import may_keep_certifications, may_plan_vae, may_read_coverage
from competences.selectors.certifications.coverage import (
    CoveredCertification,
    covered,
    nearest,
    unread_of_the_trades,
)
from competences.services.certifications.paper import coverage_bundle, coverage_document
from pathways.models import Beneficiary

FOUND = 12


@only_reads
@only(may_read_coverage)
@require_http_methods(["GET", "HEAD", "POST"])
def feasibility(request: ActorRequest, pk: int) -> HttpResponse:
    """« Faisabilité d’une VAE »: which certification is nearest, what remains of it; another one may be looked for."""
    person, search = _person(request, pk), search_of(request)
    if request.method == "POST":
        return to_results(request, search)
    named = (
        Certification.objects.visible_to(request.actor)
        .current()
        .named(search.text)
        .prefetch_related("certifiers")
    )
    context = {
        "person": person,
        "nearest": nearest(request.actor, person, today=timezone.localdate()),
        "unread": unread_of_the_trades(request.actor, person),
        "text": search.text,
        "is_oneself": _is_oneself(request, person),
        "found": list(named[:FOUND]) if search.text else [],
        "may_keep": may_keep_certifications(request.actor),
    }
    return render(request, "competences/certifications/feasibility.html", context)


@only(may_read_coverage)
@require_safe
def coverage_page(request: ActorRequest, pk: int, of: int) -> HttpResponse:
    """One certification, bloc by bloc: what is proved, by whom; what is missing, and where it could be shown."""
    person = _person(request, pk)
    context = {
        "person": person,
        "covered": _covered(request, person, of),
        "is_oneself": _is_oneself(request, person),
        "may_keep": may_keep_certifications(request.actor),
        "may_plan": may_plan_vae(request.actor),
    }
    return render(request, "competences/certifications/coverage.html", context)


@only(may_read_coverage)
@require_safe
def coverage_pdf(request: ActorRequest, pk: int, of: int) -> HttpResponse:
    """The same on paper."""
    person = _person(request, pk)
    read = _covered(request, person, of)
    try:
        made = coverage_document(person, read)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("web:coverage", pk, of)
    trail.record(request.actor, "coverage.read", person)
    return _download(made, "application/pdf", "couverture.pdf")


@only(may_read_coverage)
@require_safe
def coverage_file(request: ActorRequest, pk: int, of: int) -> HttpResponse:
    """The evidence assembled: an index, the paper, and every document this reader may open."""
    person = _person(request, pk)
    read = _covered(request, person, of)
    made = coverage_bundle(actor=request.actor, person=person, read=read)
    trail.record(request.actor, "coverage.read", person)
    return _download(made, "application/zip", "dossier-de-preuves.zip")


def _person(request: ActorRequest, pk: int) -> Beneficiary:
    return get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)


def _is_oneself(request: ActorRequest, person: Beneficiary) -> bool:
    """Who reads about themselves goes back to their own page; everybody else to the page of the person."""
    return request.actor.beneficiary_id == person.pk


def _covered(request: ActorRequest, person: Beneficiary, of: int) -> CoveredCertification:
    rows = Certification.objects.visible_to(request.actor).prefetch_related("certifiers")
    certification = get_object_or_404(rows, pk=of)
    return covered(request.actor, person, certification, today=timezone.localdate())


def _download(made: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
