"""« Essayer une situation »: what is typed, judged by the rules, saved nowhere."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from backend.core.pages.forms import BirthField, DayField, HoursField, WholeField
from backend.core.pages.keepers import only_reads
from backend.organisations.enums import StructureKind
from backend.organisations.models import Organisation
from backend.web.access import only
from backend.web.forms.base import CalmForm
from backend.web.requests import ActorRequest
from pathways.enums import (
    ContractKind,
    Decider,
    DerogationMotive,
    OtherEmployer,
    ProlongationMotive,
    SuspensionMotive,
)
from pathways.permissions import may_try_rules
from pathways.rules.told.trials import Situation, try_situation
from pathways.selectors.rule_book import read_book

LONGEST = 48
"""Hours a week, as the column of a contract holds them."""
_UNTOLD = [("", "Aucun")]


def _day(label: str, **more: Any) -> DayField:
    return DayField(label=label, required=False, **more)


def _hours(label: str, most: int = 10_000) -> HoursField:
    return HoursField(label=label, max_value=most, max_digits=7, decimal_places=2, required=False)


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[*_UNTOLD, *choices], required=False)


class TrialForm(CalmForm):
    """A situation, part by part; what is left empty is not judged."""

    writes = "essaie une situation et n’enregistre rien"
    is_all_optional = True

    structure_kind = forms.ChoiceField(label="Type de structure", choices=StructureKind.choices)
    born_on = BirthField(
        label="Date de naissance", required=False, help_text="Pour les règles qui ont un âge."
    )
    kind = _choice("Type de contrat", ContractKind.choices)
    started_on = _day("Début")
    planned_end_on = _day("Fin prévue")
    weekly_hours = _hours("Heures par semaine", most=LONGEST)
    before_from = _day("Contrats précédents du même type dans la structure : début")
    before_to = _day("Contrats précédents : fin")
    is_renewal = forms.BooleanField(label="Le nouveau contrat les prolonge", required=False)
    pass_from = _day("Début du PASS")
    pass_to = _day("Fin du PASS", help_text="Vide, elle est calculée comme sur les Emplois de l’inclusion.")
    last_pass_to = _day("Fin du PASS précédent")
    suspension_motive = _choice("Suspension : motif", SuspensionMotive.choices)
    suspension_from = _day("Suspension : premier jour")
    suspension_to = _day("Suspension : dernier jour")
    prolongation_motive = _choice("Prolongation : motif", ProlongationMotive.choices)
    prolongation_asked_on = _day("Prolongation : demandée le", help_text="Vide : aujourd’hui.")
    prolongation_to = _day("Prolongation : nouvelle fin du PASS")
    derogation_motive = _choice("Motif", DerogationMotive.choices)
    derogation_decider = _choice("Décidée par", Decider.choices)
    derogation_from = _day("Du")
    derogation_to = _day("Au")
    training_ends_on = _day("Fin de la formation")
    other_employer = _choice("Autre employeur, pour un cumul", OtherEmployer.choices)
    cumuls_before = WholeField(
        label="Cumuls déjà accordés",
        min_value=0,
        max_value=9,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "field-short"}),
    )
    immersion_from = _day("Premier jour")
    immersion_to = _day("Dernier jour")
    company_hours = _hours("Heures déjà faites en entreprise")
    company_since = _day("Depuis le")
    company_more = _hours("Heures à ajouter")
    company_on = _day("Le mois du")

    PARTS = (
        ("Le contrat", ("kind", "started_on", "planned_end_on", "weekly_hours", "before_from", "before_to", "is_renewal")),
        ("Le PASS IAE", ("pass_from", "pass_to", "last_pass_to", "suspension_motive", "suspension_from", "suspension_to",
                          "prolongation_motive", "prolongation_asked_on", "prolongation_to")),
        ("Une dérogation", ("derogation_motive", "derogation_decider", "derogation_from", "derogation_to", "training_ends_on",
                              "other_employer", "cumuls_before")),
        ("Une immersion (PMSMP)", ("immersion_from", "immersion_to")),
        ("Les heures en entreprise, en AI", ("company_hours", "company_since", "company_more", "company_on")),
    )  # fmt: skip

    @property
    def first(self) -> list[forms.BoundField]:
        """What every part asks for."""
        return [self["structure_kind"], self["born_on"]]

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """Each part, its inputs, and whether it is open: the first, and those where something was typed."""
        return [
            (title, [self[name] for name in names], rank == 0 or any(self[name].value() for name in names))
            for rank, (title, names) in enumerate(self.PARTS)
        ]

    def situation(self) -> Situation:
        """What was typed, as the rules take it."""
        return Situation(**{each.name: self.cleaned_data[each.name] for each in fields(Situation)})


@only(may_try_rules)
@only_reads
@require_http_methods(["GET", "HEAD", "POST"])
def rule_trial(request: ActorRequest) -> HttpResponse:
    """The form, and under it what the rules say; the situation leaves with the page."""
    form = TrialForm(request.POST or None, initial={"structure_kind": _own_kind(request)})
    judged, status = None, 200
    if form.is_bound and form.is_valid():
        judged = try_situation(form.situation(), today=timezone.localdate(), book=read_book())
    elif form.is_bound:
        status = 422
    return render(request, "pathways/rules/trial.html", {"form": form, "judged": judged}, status=status)


def _own_kind(request: ActorRequest) -> str | None:
    """The kind of one's own structure, to begin with."""
    own = Organisation.objects.filter(pk__in=request.actor.organisation_ids)
    return own.order_by("pk").values_list("kind", flat=True).first()
