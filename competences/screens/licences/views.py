"""A habilitation written with its document; and the question of every evening: who can drive tomorrow?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from backend.core.values.dates import french_date
from backend.web.access import only
from backend.web.requests import ActorRequest, number_in_query
from backend.web.submission import FormPage, answer_form
from backend.web.undo import offer
from competences.enums import DRIVES, LicenceKind
from competences.models import Assessment, Licence
from competences.permissions import may_observe, may_read_licences, may_write_licences
from competences.rules.earned import category_named, kind_named
from competences.screens.licences.forms import (
    EVERY,
    LicenceCancelForm,
    LicenceEditForm,
    LicenceForm,
    ProofForm,
    TeamDayForm,
)
from competences.selectors.licences import titles_of_the_team
from competences.services import cancel_licence, correct_licence, prove_assessment, record_licence
from competences.services.licences import WRITTEN
from pathways.models import Beneficiary
from pathways.selectors.following.person import trainings_of


@only(may_read_licences)
@require_safe
def licences_of_the_team(request: ActorRequest) -> HttpResponse:
    """Title by title, who may do it on a day: tomorrow, unless another is asked."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = TeamDayForm(request.GET or None, kinds=list(LicenceKind.choices), initial={"le": tomorrow})
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    day = asked.get("le") or tomorrow
    chosen = asked.get("habilitation", "")
    kinds = LicenceKind.values if chosen == EVERY else [chosen] if chosen else DRIVES
    context = {
        "dates": form,
        "day": day,
        "question": _question(day, is_of_driving=set(kinds) <= set(DRIVES), is_tomorrow=day == tomorrow),
        "titles": titles_of_the_team(request.actor, day, kinds=kinds),
        "may_write": may_write_licences(request.actor),
    }
    return render(request, "competences/licences/team.html", context)


def _question(day: date, *, is_of_driving: bool, is_tomorrow: bool) -> str:
    asked = "Qui peut conduire" if is_of_driving else "Qui est habilité"
    return f"{asked} {'demain' if is_tomorrow else f'le {french_date(day)}'} ?"


@only(may_write_licences)
@require_http_methods(["GET", "POST"])
def licence_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write down a habilitation; what the certificate of a training says of it is already there."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
    return _record(request, person, _earned(request, person), f"Une habilitation pour {person}")


def _earned(request: ActorRequest, person: Beneficiary) -> dict[str, Any]:
    """What the training named in the address gave, among those this actor reads of the person."""
    number = number_in_query(request, "formation")
    trained = next((each for each in trainings_of(request.actor, person.pk) if each.pk == number), None)
    if trained is None or not trained.licence:
        return {}
    kind = kind_named(trained.licence)
    return {
        "kind": kind or LicenceKind.OTHER,
        "label": category_named(trained.licence) if kind else trained.licence,
        "obtained_on": trained.certified_on,
        "issuer": trained.provider,
    }


@only(may_write_licences)
@require_http_methods(["GET", "POST"])
def licence_renew(request: ActorRequest, pk: int) -> HttpResponse:
    """The same title, obtained again."""
    licence = _licence(request, pk)
    known = {"kind": licence.kind, "label": licence.label, "issuer": licence.issuer}
    return _record(request, licence.beneficiary, known, f"Renouveler : {licence}", str(licence.beneficiary))


def _record(
    request: ActorRequest, person: Beneficiary, known: dict[str, Any], title: str, line: str = ""
) -> HttpResponse:
    back = reverse("web:person", args=[person.pk])

    def act(values: dict[str, Any]) -> str:
        offer(request, record_licence(actor=request.actor, beneficiary=person, **values))
        return back

    page = FormPage(title=title, line=line, back=back, done="L’habilitation est notée.", adds=True)
    form = LicenceForm(request.POST or None, request.FILES or None, initial=known)
    return answer_form(request, form, page, act)


@only(may_write_licences)
@require_http_methods(["GET", "POST"])
def licence_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Write what the document really says, or add the document."""
    licence = _licence(request, pk)
    initial = {name: getattr(licence, name) for name in WRITTEN} | {"version": licence.version}

    def act(values: dict[str, Any]) -> str:
        correct_licence(actor=request.actor, licence=licence, **values)
        return reverse("web:person", args=[licence.beneficiary_id])

    form = LicenceEditForm(request.POST or None, request.FILES or None, initial=initial)
    return answer_form(
        request, form, _page(licence, f"Corriger : {licence}", "L’habilitation est corrigée."), act
    )


@only(may_write_licences)
@require_http_methods(["GET", "POST"])
def licence_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back one typed by mistake."""
    licence = _licence(request, pk)

    def act(values: dict[str, Any]) -> str:
        cancel_licence(actor=request.actor, licence=licence, **values)
        return reverse("web:person", args=[licence.beneficiary_id])

    form = LicenceCancelForm(request.POST or None, initial={"version": licence.version})
    return answer_form(
        request, form, _page(licence, f"Annuler : {licence}", "L’habilitation est annulée."), act
    )


@only(may_observe)
@require_http_methods(["GET", "POST"])
def observation_proof(request: ActorRequest, pk: int) -> HttpResponse:
    """A photo of the work done, or a document, put on what was seen."""
    seen = Assessment.objects.visible_to(request.actor).select_related("beneficiary", "competence")
    reading = get_object_or_404(seen, pk=pk)
    back = reverse("web:person", args=[reading.beneficiary_id])

    def act(values: dict[str, Any]) -> str:
        prove_assessment(actor=request.actor, assessment=reading, file=values["file"])
        return back

    page = FormPage(
        title="Ajouter une preuve",
        line=f"{reading.beneficiary} · {reading.competence.label}",
        back=back,
        done="La preuve est ajoutée.",
        adds=True,
    )
    return answer_form(request, ProofForm(request.POST or None, request.FILES or None), page, act)


def _licence(request: ActorRequest, pk: int) -> Licence:
    rows = Licence.objects.visible_to(request.actor).standing().select_related("beneficiary")
    return get_object_or_404(rows, pk=pk)


def _page(licence: Licence, title: str, done: str) -> FormPage:
    return FormPage(
        title=title,
        line=str(licence.beneficiary),
        back=reverse("web:person", args=[licence.beneficiary_id]),
        done=done,
        version_now=lambda: Licence.objects.get(pk=licence.pk).version,
    )
