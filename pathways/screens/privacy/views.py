"""« Données gardées »: one page for the person and for whoever accompanies them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backend.core.jobs import FILES_KEPT_FOR
from backend.core.privacy.agreements import agreements_of
from backend.core.privacy.erasing import what_would_go
from backend.core.values.text import of_name
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form
from pathways.enums import DataRequestKind
from pathways.models import AccessCopy, Beneficiary, DataRequest, Retention
from pathways.permissions import (
    answers_requests,
    keeps_longer,
    may_answer_request,
    may_ask_copy,
    may_keep_longer,
    may_withdraw_request,
    reads_data_kept,
    reads_own_thread,
)
from pathways.rules.dated.retention import ERASURE_NOTICE, RETENTION_MONTHS
from pathways.screens.privacy.forms import DataAnswerForm, DataRequestForm, KeepLongerForm
from pathways.selectors.privacy.kept import kept_about
from pathways.selectors.rule_book import read_book
from pathways.services.privacy import copies, requests, retention


@only(reads_data_kept)
@require_safe
def data_kept(request: ActorRequest, pk: int) -> HttpResponse:
    """Copies, requests with their answers, agreements, and until when everything is kept."""
    actor, person = request.actor, _named(request, pk)
    book, today = read_book(), timezone.localdate()
    asked = DataRequest.objects.visible_to(actor).filter(beneficiary=person)
    context = {
        "person": person,
        "is_oneself": reads_own_thread(actor),
        "may_ask": may_ask_copy(actor, person),
        "copies": AccessCopy.objects.visible_to(actor).filter(beneficiary=person)[:5],
        "kept_days": FILES_KEPT_FOR.days,
        "requests": [
            (row, may_answer_request(actor, row) and row.is_waiting, _may_go_back(request, row))
            for row in asked.select_related("beneficiary", "organisation", "answered_by")
        ],
        "agreements": agreements_of(actor, person),
        "tables": kept_about(person) if reads_own_thread(actor) else [],
        "retention": Retention.objects.visible_to(actor).filter(beneficiary=person).first(),
        "may_keep": may_keep_longer(actor, person),
        "months": book.whole(RETENTION_MONTHS, on=today),
        "notice_days": book.whole(ERASURE_NOTICE, on=today),
    }
    return render(request, "pathways/privacy/page.html", context)


def _may_go_back(request: ActorRequest, row: DataRequest) -> bool:
    return (row.is_waiting or row.is_limiting) and may_withdraw_request(request.actor, row)


@only(reads_data_kept)
@require_POST
def copy_ask(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask for a copy: it is prepared apart."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
    return answer_action(
        request,
        act=lambda: copies.ask_copy(actor=request.actor, beneficiary=person),
        done="La copie se prépare : actualisez cette page dans un instant.",
        back=_back(pk),
    )


@only(reads_data_kept)
@require_safe
def copy_take(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """The archive, for whoever asked for it, while it is kept."""
    job = get_object_or_404(AccessCopy.objects.visible_to(request.actor), pk=pk)
    content = copies.take_copy(actor=request.actor, job=job)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="copie-des-donnees.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@only(reads_data_kept)
def request_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask for a correction, a limitation, an erasure."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)

    def act(values: dict[str, Any]) -> str:
        requests.ask(actor=request.actor, beneficiary=person, **values)
        return _back(pk)

    page = FormPage(
        title="Une demande sur mes données"
        if reads_own_thread(request.actor)
        else f"Une demande {of_name(person)} sur ses données",
        line="Une réponse est due dans le mois.",
        back=_back(pk),
        submit="Envoyer la demande",
        done="La demande est notée. La réponse s’affichera sur cette page.",
        adds=True,
    )
    return answer_form(request, DataRequestForm(request.POST or None), page, act)


@only(answers_requests)
def request_answer(request: ActorRequest, pk: int) -> HttpResponse:
    """Answer a request; before an erasure, what would go is counted, table by table."""
    actor = request.actor
    row = get_object_or_404(
        DataRequest.objects.visible_to(actor).select_related("beneficiary", "organisation"), pk=pk
    )
    if not may_answer_request(actor, row):
        raise Http404
    is_erasure = row.kind == DataRequestKind.ERASURE

    def act(values: dict[str, Any]) -> str:
        words = values.pop("answer")
        left = requests.answer(actor=actor, request=row, words=words, **values)
        return reverse("web:people") if left is None else _back(row.beneficiary_id)

    page = FormPage(
        title=f"Répondre à la demande {of_name(row.beneficiary)}",
        line=row.get_kind_display(),
        back=_back(row.beneficiary_id),
        submit="Envoyer la réponse",
        done="La réponse est donnée. Si vous avez accordé un effacement, il est fait.",
        fields="pathways/privacy/_answer_fields.html",
        extra={
            "asked": row,
            "obstacles": requests.erasure_obstacles(actor, row.beneficiary) if is_erasure else [],
            "would_go": _counted(row.beneficiary) if is_erasure else [],
        },
        version_now=lambda: DataRequest.objects.get(pk=row.pk).version,
    )
    form = DataAnswerForm(request.POST or None, initial={"version": row.version})
    return answer_form(request, form, page, act)


def _counted(person: Beneficiary) -> list[tuple[str, int]]:
    going = what_would_go(person.pk)
    return [(str(model._meta.verbose_name_plural), count) for model, count in going.items()]


@only(reads_data_kept)
@require_POST
def request_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Go back on a request, or lift a limitation."""
    row = get_object_or_404(DataRequest.objects.visible_to(request.actor), pk=pk)
    return answer_action(
        request,
        act=lambda: requests.withdraw(actor=request.actor, request=row),
        done="C’est noté : la demande est retirée.",
        back=_back(row.beneficiary_id),
    )


@only(keeps_longer)
def keep(request: ActorRequest, pk: int) -> HttpResponse:
    """Write an exception to the time data are kept."""
    person = _named(request, pk)
    if not may_keep_longer(request.actor, person):
        raise Http404

    def act(values: dict[str, Any]) -> str:
        until, because = values["kept_until"], values["kept_because"]
        retention.keep_longer(actor=request.actor, beneficiary=person, until=until, because=because)
        return _back(pk)

    page = FormPage(
        title=f"Garder plus longtemps les données {of_name(person)}",
        line="L’exception est écrite et datée : ce jour-là, la règle s’applique de nouveau.",
        back=_back(pk),
        done="L’exception est écrite.",
        about=person,
    )
    return answer_form(request, KeepLongerForm(request.POST or None), page, act)


def _named(request: ActorRequest, pk: int) -> Beneficiary:
    return get_object_or_404(Beneficiary.objects.visible_to(request.actor), pk=pk)


def _back(pk: int) -> str:
    return reverse("web:data_kept", args=[pk])
