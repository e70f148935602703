"""What was typed about a person, each line with its correction and its annulment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.panels.registry import Reader, typed_page
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from pathways.models import Beneficiary
from pathways.permissions import may_manage_people
from pathways.screens.corrections.forms import CancelForm, CorrectionForm
from pathways.screens.corrections.kind import Kind


@only(may_manage_people)
@require_safe
def typed(request: ActorRequest, pk: int) -> HttpResponse:
    """Everything typed about a person that one may correct or take back."""
    person = get_object_or_404(Beneficiary.objects.visible_to(request.actor), pk=pk)
    panels = typed_page.fill(Reader(request.actor, timezone.localdate(), person))["main"]
    return render(request, "pathways/corrections/page.html", {"person": person, "panels": panels})


def correcting(
    kind: Kind, make: type[CorrectionForm], correct: Callable[..., Any]
) -> Callable[..., HttpResponse]:
    """The page that corrects one row of this kind."""

    door = kind.door

    @only(door)
    def page(request: ActorRequest, pk: int) -> HttpResponse:
        row = _row(request, kind, pk, kind.may)
        known = {name: getattr(row, make.typed_as.get(name, name), None) for name in make.base_fields}
        if (moment := known.get("starts_at")) is not None:
            known["starts_at"] = timezone.localtime(moment)
        form = make(
            request.POST or None,
            row=row,
            actor=request.actor,
            initial=known | {"version": str(kind.version(row))},
        )

        def act(values: dict[str, Any]) -> str:
            seen = kind.seen(values.pop("version"))
            correct(actor=request.actor, **{kind.argument: row}, **seen, **values)
            return kind.back(row)

        return answer_form(request, form, _page(kind, row, f"Corriger {kind.this}", "C’est corrigé."), act)

    return page


def cancelling(kind: Kind) -> Callable[..., HttpResponse]:
    """The page that takes one row of this kind back, after saying what goes with it."""

    door = kind.door

    @only(door)
    def page(request: ActorRequest, pk: int) -> HttpResponse:
        row = _row(request, kind, pk, kind.is_cancelled_by)
        form = CancelForm(
            request.POST or None, row=row, actor=request.actor, initial={"version": str(kind.version(row))}
        )
        form.fields["reason"].choices = [(each.value, each.label) for each in kind.reasons]  # type: ignore[attr-defined]
        person, left = kind.person(row), kind.after(row)

        def act(values: dict[str, Any]) -> str:
            seen = kind.seen(values.pop("version"))
            kind.cancel(actor=request.actor, **{kind.argument: row}, **seen, **values)
            if person is not None and not Beneficiary.objects.filter(pk=person.pk).exists():
                return reverse("web:people")
            return left

        done = "La saisie est annulée. Le journal garde qui l’a annulée, quand et pourquoi."
        shown = _page(
            kind,
            row,
            "Annuler cette saisie",
            done,
            submit="Annuler la saisie",
            fields="pathways/corrections/_cancel_fields.html",
            extra={"gone": kind.gone(row), "leaving": kind.leaving(row), "resting": kind.resting(row)},
        )
        return answer_form(request, form, shown, act)

    return page


def paths_of(kinds: Iterable[Kind], places: Mapping[str, str]) -> list[URLPattern]:
    """The addresses of these kinds; `places` says under which word each stands."""
    correct = [
        path(
            f"{places[kind.name]}/<int:pk>/corriger/",
            correcting(kind, kind.form, kind.correct),
            name=kind.correct_route,
        )
        for kind in kinds
        if kind.form and kind.correct
    ]
    cancel = [
        path(f"{places[kind.name]}/<int:pk>/annuler/", cancelling(kind), name=kind.cancel_route)
        for kind in kinds
    ]
    return [*correct, *cancel]


def _row(request: ActorRequest, kind: Kind, pk: int, may: Callable[..., bool]) -> Any:
    rows: Any = kind.model._default_manager
    row = get_object_or_404(rows.visible_to(request.actor), pk=pk)
    if not may(request.actor, row):
        raise Http404
    return row


def _page(kind: Kind, row: Any, title: str, done: str, **more: Any) -> FormPage:
    def version_now() -> int | str:
        rows: Any = kind.model._default_manager
        return kind.version(rows.get(pk=row.pk))

    return FormPage(
        title=title,
        line=kind.line(row),
        back=kind.back(row),
        done=done,
        version_now=version_now,
        **more,
    )
