"""The map of a person, the picture of a team, the figures of the structures one answers for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.audit import trail
from backend.panels.registry import Reader, skills_page, team_skills_page
from backend.web.access import only
from backend.web.requests import ActorRequest
from competences.permissions import counts_team_skills, may_observe, reads_skills, reads_team_skills
from competences.rules.polycompetence.team import FEWEST_PEOPLE, PROOF_MONTHS
from competences.rules.polycompetence.trades import HELD_FROM, NEAR_FROM
from competences.screens.polycompetence.forms import NeedsForm, TeamForm
from competences.screens.polycompetence.grid import grids_of
from competences.screens.polycompetence.page import map_page
from competences.screens.polycompetence.team_page import absences_of, figures_of, learnings_of, proposals_of
from competences.screens.polycompetence.words import STRENGTH_WORDS, percent
from competences.selectors.polycompetence import skills_of
from competences.selectors.team_skills import EVERY_TRADE, structures_in_figures, team_of
from pathways.models import Beneficiary


@only(reads_skills)
@require_safe
def person_skills(request: ActorRequest, pk: int) -> HttpResponse:
    """What one person can do, as trades; the trail remembers who looked."""
    actor, today = request.actor, timezone.localdate()
    person = get_object_or_404(Beneficiary.objects.accompanied_by(actor), pk=pk)
    trail.record(actor, "skills.read", person)
    page = {
        "person": person,
        "map": map_page(skills_of(actor, person), today=today),
        "panels": skills_page.fill(Reader(actor, today, person)),
        "is_oneself": actor.beneficiary_id == person.pk,
        "may_observe": may_observe(actor),
        "near_from": percent(NEAR_FROM),
        "held_from": percent(HELD_FROM),
    }
    return render(request, "competences/polycompetence/person.html", page)


@only(reads_team_skills)
@require_safe
def team_skills(request: ActorRequest) -> HttpResponse:
    """Who can do what among the people present, and what happens when somebody is away."""
    actor, today = request.actor, timezone.localdate()
    asked = NeedsForm.asked(request.GET)
    team = team_of(actor, today, trade=request.GET.get("metier", ""), needs=asked.needs)
    form = TeamForm({"metier": team.chosen or EVERY_TRADE}, trades=team.trades)
    keys = set(team.measures.key_people)
    absences = absences_of(team)
    page = {
        "team": team,
        "form": form,
        "needs": NeedsForm.shown(request.GET, team.activities),
        "grids": grids_of(team),
        "figures": figures_of(team.measures),
        "key_people": [each.person for each in team.people if each.key in keys],
        "learnings": learnings_of(team),
        "absences": absences,
        "spared": [each.person for each in absences if not each.changes],
        "proposals": proposals_of(team),
        "panels": team_skills_page.fill(Reader(actor, today)),
        "levels": list(STRENGTH_WORDS.items()),
        "months": PROOF_MONTHS,
        "today": today,
    }
    status = 200 if asked.is_valid() else 422
    return render(request, "competences/polycompetence/team.html", page, status=status)


@only(counts_team_skills)
@require_safe
def skills_figures(request: ActorRequest) -> HttpResponse:
    """Structure by structure, figures only."""
    found = structures_in_figures(request.actor, timezone.localdate())
    lines = [(each, figures_of(each.measures) if each.measures else None) for each in found]
    page = {"lines": lines, "fewest": FEWEST_PEOPLE, "may_read_team": reads_team_skills(request.actor)}
    return render(request, "competences/polycompetence/figures.html", page)
