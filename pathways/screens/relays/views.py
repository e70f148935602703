"""Relays: proposed from a person's page, read and moved by each hand on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backend.accounts.models import User
from backend.audit import trail
from backend.core.actor import ADVISING
from backend.core.tables.ordering import Alphabetical
from backend.core.values.dates import french_date
from backend.organisations.models import Membership, Organisation
from backend.web.access import only
from backend.web.forms.base import CalmForm
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_action, answer_form
from pathways.models import Beneficiary, Relay, RelayStep
from pathways.permissions import may_manage_people, reads_own_thread, reads_relays
from pathways.rules.relays.table import Move
from pathways.screens.relays.forms import (
    RelayForm,
    RelayStepCorrectForm,
    RelayStepForm,
    RelayStepPlainForm,
    RelayWelcomeForm,
)
from pathways.screens.relays.gestures import GESTURES, filled
from pathways.screens.relays.page import RelayPage, sorted_relays
from pathways.selectors.following.hands import may_make, may_prepare, may_propose_relay
from pathways.services import (
    correct_relay_step,
    plan_relay_step,
    propose_relay,
    remove_relay_step,
    settle_relay_step,
)


@only(may_manage_people)
@require_safe
def relays(request: ActorRequest) -> HttpResponse:
    """Relays of the structure: what waits for us first, then the others, then those that are over."""
    return render(request, "pathways/relays/list.html", sorted_relays(request.actor))


@only(may_manage_people)
def relay_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Propose a person to another structure."""
    actor = request.actor
    person = get_object_or_404(Beneficiary.objects.visible_to(actor), pk=pk)
    if not may_propose_relay(actor, person):
        raise Http404
    others = Organisation.objects.relayed_by(actor).exclude(pk__in=actor.organisation_ids)

    def act(values: dict[str, Any]) -> str:
        relay = propose_relay(actor=actor, beneficiary=person, **values)
        return reverse("web:relay", args=[relay.pk])

    page = FormPage(
        title=f"Proposer un relais pour {person}",
        line="Rien ne part avant l’accord de la personne : elle choisit, groupe par groupe, ce que l’autre structure lira.",
        back=reverse("web:person", args=[pk]),
        submit="Proposer le relais",
        done="Le relais est proposé : la personne peut répondre, seule ou avec vous.",
        adds=True,
    )
    return answer_form(request, RelayForm(request.POST or None, organisations=others), page, act)


@only(reads_relays)
@require_safe
def relay(request: ActorRequest, pk: int) -> HttpResponse:
    """One relay, as this hand reads it; what the person gave leaves a line they may read."""
    row = _relay(request, pk)
    page = RelayPage(request.actor, row)
    if page.is_receiver:
        trail.record(request.actor, "relay.sheet", row)
    return render(request, "pathways/relays/page.html", {"page": page})


def gesture(move: Move) -> Callable[..., HttpResponse]:
    """The page of one move: the same form, the same refusals as the API."""

    @only(reads_relays)
    def view(request: ActorRequest, pk: int) -> HttpResponse:
        row = _relay(request, pk)
        if not may_make(request.actor, row, move):
            raise Http404
        words = GESTURES[move]

        def act(values: dict[str, Any]) -> str:
            done = words.act(actor=request.actor, relay=row, **values)
            return _after(request, done)

        page = FormPage(
            title=_about(request, row, words.title),
            line=words.line.format(when=_when(row)),
            back=reverse("web:relay", args=[pk]),
            submit=words.submit,
            done=words.done,
            version_now=lambda: Relay.objects.get(pk=pk).version,
        )
        return answer_form(request, _form(request, move, row), page, act)

    return view


@only(may_manage_people)
def step_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Add something to do before the welcome."""
    row = _relay(request, pk)
    if not may_prepare(request.actor, row):
        raise Http404

    def act(values: dict[str, Any]) -> str:
        plan_relay_step(actor=request.actor, relay=row, **values)
        return _steps(pk)

    page = FormPage(
        title=_about(request, row, "Une étape avant l’accueil"),
        back=_steps(pk),
        done="L’étape est ajoutée.",
        adds=True,
    )
    asked = RelayPage(request.actor, row)
    asks = "manque" in request.GET and asked.may_ask_missing
    initial = asked.asking() if asks else {"due_on": row.planned_on}
    form = RelayStepForm(request.POST or None, initial=initial)
    return answer_form(request, form, page, act)


@only(may_manage_people)
def step_correct(request: ActorRequest, pk: int) -> HttpResponse:
    """Say a step otherwise."""
    step = _step(request, pk)
    initial = {name: getattr(step, name) for name in ("subject", "label", "hand", "due_on", "version")}

    def act(values: dict[str, Any]) -> str:
        correct_relay_step(actor=request.actor, step=step, **values)
        return _steps(step.relay_id)

    page = FormPage(
        title=_about(request, step.relay, "Corriger l’étape"),
        back=_steps(step.relay_id),
        done="L’étape est corrigée.",
        version_now=lambda: RelayStep.objects.get(pk=pk).version,
    )
    return answer_form(request, RelayStepCorrectForm(request.POST or None, initial=initial), page, act)


@only(may_manage_people)
def step_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a step away."""
    step = _step(request, pk)

    def act(values: dict[str, Any]) -> str:
        remove_relay_step(actor=request.actor, step=step, **values)
        return _steps(step.relay_id)

    page = FormPage(
        title=_about(request, step.relay, "Retirer cette étape ?"),
        line=step.label,
        back=_steps(step.relay_id),
        submit="Retirer",
        done="L’étape est retirée.",
        about=step,
    )
    form = RelayStepPlainForm(request.POST or None, initial={"version": step.version})
    return answer_form(request, form, page, act)


@only(may_manage_people)
@require_POST
def step_settle(request: ActorRequest, pk: int) -> HttpResponse:
    """Done, or not after all: one press."""
    step = _step(request, pk)
    return answer_action(
        request,
        act=lambda: settle_relay_step(
            actor=request.actor, step=step, version=step.version, is_done=step.done_on is None
        ),
        done="C’est noté.",
        back=_steps(step.relay_id),
    )


def _about(request: ActorRequest, relay: Relay, title: str) -> str:
    """The title of a page, with whom it is about as this hand may name them; one's own relay needs no name."""
    page = RelayPage(request.actor, relay)
    return title if page.is_person else f"{title} · {page.name}"


def _relay(request: ActorRequest, pk: int) -> Relay:
    rows = Relay.objects.visible_to(request.actor)
    return get_object_or_404(rows.select_related("beneficiary", "organisation", "receiver"), pk=pk)


def _step(request: ActorRequest, pk: int) -> RelayStep:
    step = get_object_or_404(
        RelayStep.objects.visible_to(request.actor).select_related("relay__beneficiary"), pk=pk
    )
    if not may_prepare(request.actor, step.relay):
        raise Http404
    return step


def _form(request: ActorRequest, move: Move, row: Relay) -> CalmForm:
    words = GESTURES[move]
    form = words.form
    if words.form_with_adviser is not None and not reads_own_thread(request.actor):
        form = words.form_with_adviser
    if form is RelayWelcomeForm:
        return RelayWelcomeForm(request.POST or None, initial=filled(words, row), advisors=_team(request))
    return form(request.POST or None, initial=filled(words, row))


def _team(request: ActorRequest) -> Any:
    """Who may be the referent in one's own structure."""
    seats = Membership.objects.live(timezone.now()).filter(
        organisation__in=request.actor.organisation_ids, role__in=ADVISING
    )
    return User.objects.filter(pk__in=seats.values("user_id")).order_by(
        Alphabetical("first_name"), Alphabetical("last_name")
    )


def _when(relay: Relay) -> str:
    """The day and the hour of the meeting, as a sentence says them."""
    at = timezone.localtime(relay.meets_at)
    return f"le {french_date(at.date())} à {at:%H:%M}"


def _after(request: ActorRequest, done: Relay) -> str:
    """The relay again, while this hand still reads it; otherwise where one comes from."""
    if done.stay_id is not None and may_manage_people(request.actor):
        return reverse("web:person", args=[done.beneficiary_id])
    if Relay.objects.visible_to(request.actor).filter(pk=done.pk).exists():
        return reverse("web:relay", args=[done.pk])
    return reverse("web:relays")


def _steps(relay_id: int) -> str:
    return f"{reverse('web:relay', args=[relay_id])}#etapes-du-relais"
