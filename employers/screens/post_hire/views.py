"""A hire, what it closed and opened, and the calls that follow it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from backend.core.actor import Actor
from backend.core.values.text import at_place, of_name
from backend.web.access import only
from backend.web.requests import ActorRequest, number_in_query
from backend.web.submission import FormPage, answer_form
from employers.models import Employer, JobProposal, Placement, PostHireFollowUp
from employers.permissions import (
    may_correct_calls,
    may_correct_hire,
    may_hire,
    may_hire_from,
    may_record_post_hire,
    reads_hires,
)
from employers.rules.post_hire import LABELS, SUPPORT_MONTHS
from employers.screens.post_hire.forms import HireForm, PostHireForm
from employers.screens.post_hire.page import post_hire_lines
from employers.services import hire as record_hire
from employers.services import record_post_hire
from pathways.models import Exit, Stay
from pathways.permissions import may_complete_exit, reads_contact
from pathways.rules.exits.motives import MOTIVES_BY_CODE, ExitCategory
from pathways.selectors.rule_book import read_book


@only(may_hire)
@require_http_methods(["GET", "HEAD", "POST"])
def hire(request: ActorRequest, pk: int) -> HttpResponse:
    """Record that the person leaves this stay for a job."""
    actor = request.actor
    rows = Stay.objects.visible_to(actor).select_related("beneficiary", "organisation")
    stay = get_object_or_404(rows, pk=pk)
    if not may_hire_from(actor, stay):
        raise Http404
    proposal = _proposal(request)
    employers = Employer.objects.visible_to(actor)
    form = HireForm(
        request.POST or None,
        employers=employers.filter(proposals=proposal) if proposal else employers,
        initial=_prefilled(request, proposal),
    )

    def act(values: dict[str, Any]) -> str:
        placement = record_hire(actor=actor, stay=stay, proposal=proposal, **values)
        return reverse("web:placement", args=[placement.pk])

    page = FormPage(
        title=f"Embauche {of_name(stay.beneficiary)}",
        line=f"Clôt le passage {at_place(stay.organisation)}, écrit la sortie et ouvre {SUPPORT_MONTHS} mois de suivi, d’un seul geste.",
        back=reverse("web:proposal", args=[proposal.pk])
        if proposal
        else reverse("web:person", args=[stay.beneficiary_id]),
        submit="Enregistrer l’embauche",
        done="L’embauche est enregistrée.",
        fields="employers/post_hire/_hire_fields.html",
    )
    return answer_form(request, form, page, act)


@only(reads_hires)
@require_safe
def placement(request: ActorRequest, pk: int) -> HttpResponse:
    """What a hire closed and what it opened."""
    actor = request.actor
    rows = Placement.objects.visible_to(actor).select_related(
        "beneficiary", "employer", "proposal", "exit__stay__organisation"
    )
    found = get_object_or_404(rows, pk=pk)
    context = {
        "placement": found,
        "motive": MOTIVES_BY_CODE.get(found.exit.motive) if found.exit else None,
        "may_record": may_record_post_hire(actor, found),
        "may_correct": may_correct_hire(actor, found),
        "may_correct_calls": may_correct_calls(actor, found),
        "exit_page": _page_of_the_exit(actor, found),
        "category": _category_of(found.exit) if found.exit else None,
        "follow_ups": post_hire_lines(actor, found),
    }
    return render(request, "employers/post_hire/placement.html", context)


@only(may_hire)
@require_http_methods(["GET", "HEAD", "POST"])
def post_hire(request: ActorRequest, pk: int) -> HttpResponse:
    """Record what a call found; one already made is shown with its hire."""
    actor = request.actor
    rows = PostHireFollowUp.objects.visible_to(actor)
    follow_up = get_object_or_404(
        rows.select_related("placement__beneficiary", "placement__employer", "placement__exit"), pk=pk
    )
    if request.method == "GET" and follow_up.done_on is not None:
        return redirect("web:placement", follow_up.placement_id)
    if not may_record_post_hire(actor, follow_up.placement):
        raise Http404

    def act(values: dict[str, Any]) -> str:
        record_post_hire(actor=actor, follow_up=follow_up, **values)
        return reverse("web:placement", args=[follow_up.placement_id])

    hired = follow_up.placement
    page = FormPage(
        title=f"{LABELS.get(follow_up.milestone, follow_up.milestone)} : {hired.beneficiary}",
        line=f"{hired.get_kind_display()} chez {hired.workplace}. « Injoignable » est une réponse, elle est comptée.",
        back=reverse("web:placement", args=[hired.pk]),
        submit="Enregistrer le suivi",
        done="Le suivi est enregistré.",
        extra={
            "phone": hired.beneficiary.phone if reads_contact(actor, hired.beneficiary) else "",
        },
        fields="employers/post_hire/_fields.html",
        about=follow_up,
    )
    return answer_form(request, PostHireForm(request.POST or None), page, act)


def _proposal(request: ActorRequest) -> JobProposal | None:
    """The job the hire comes from, when one comes from its page."""
    wanted = number_in_query(request, "proposition")
    if wanted is None:
        return None
    return get_object_or_404(JobProposal.objects.visible_to(request.actor), pk=wanted)


def _prefilled(request: ActorRequest, proposal: JobProposal | None) -> dict[str, Any]:
    """The employer one comes from among those of the job, or the only one it has."""
    employers = list(proposal.employers.values_list("pk", flat=True)) if proposal else []
    asked = number_in_query(request, "employeur")
    if asked in employers:
        return {"employer": asked}
    return {"employer": employers[0]} if len(employers) == 1 else {}


def _page_of_the_exit(actor: Actor, placement: Placement) -> str:
    """Where a job learnt of by its exit is corrected: it knows nothing that the exit does not say."""
    exit_ = placement.exit
    if placement.employer_id is not None or exit_ is None or not may_complete_exit(actor, exit_):
        return ""
    return reverse("web:exit_edit", args=[exit_.stay_id])


def _category_of(exit_: Exit) -> ExitCategory | None:
    return read_book().category(exit_.motive, on=exit_.occurred_on)
