"""The rules, one line each, with their dated values; and a situation nobody lives, judged without being kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.endpoints import asks
from backend.core.api.serializers import BirthField, DayField, ExactField, Input
from backend.core.api.views import ApiViewSet
from backend.core.findings import Finding
from backend.core.rule_lines import address_behind, confidence_of
from backend.organisations.enums import StructureKind
from pathways.enums import ContractKind, Decider, DerogationMotive, SuspensionMotive
from pathways.permissions import may_try_rules
from pathways.rules.dated.book import ALWAYS, Rule
from pathways.rules.told.shown import shown_lines
from pathways.rules.told.trials import Situation, try_situation
from pathways.selectors.rule_book import read_book


class RuleValueSerializer(serializers.Serializer[Any]):
    """Une valeur datée."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField(source="words", help_text="Comme à l’écran, avec son unité.")
    valid_from = serializers.SerializerMethodField(
        help_text="Nul : première date non vérifiée, ou choix du produit."
    )
    days = serializers.CharField(
        source="days_in_words", help_text="Ses jours en mots, et si le premier est sûr."
    )
    valid_to = serializers.DateField(allow_null=True, help_text="Nul : toujours en vigueur.")
    basis = serializers.CharField()
    confidence = serializers.CharField(source="confidence.value")

    def get_valid_from(self, rule: Rule) -> date | None:
        """Its first day."""
        return None if rule.valid_from == ALWAYS else rule.valid_from


class RuleLineSerializer(serializers.Serializer[Any]):
    """Une règle, en clair."""

    code = serializers.CharField(source="line.code")
    subject = serializers.CharField(source="line.subject")
    words = serializers.CharField()
    basis = serializers.CharField(source="line.basis")
    confidence = serializers.CharField(
        source="confidence.value", help_text="Jamais plus que celle des valeurs que la règle lit."
    )
    here = serializers.CharField(help_text="Ce que le produit en fait.")
    is_applied = serializers.BooleanField()
    left = serializers.CharField(source="line.part", help_text="Ce qui reste à faire ; vide sinon.")
    refusals = serializers.ListField(
        source="line.refusals",
        child=serializers.CharField(),
        help_text="Les codes des refus qu’elle explique.",
    )
    values = RuleValueSerializer(source="rows", many=True, help_text="En vigueur d’abord, puis passées.")


class TrySerializer(Input):
    """Une situation à essayer ; ce qui n’est pas dit n’est pas jugé."""

    structure_kind = serializers.ChoiceField(choices=StructureKind.choices)
    kind = serializers.ChoiceField(choices=ContractKind.choices, required=False)
    started_on = DayField(required=False)
    planned_end_on = DayField(required=False)
    weekly_hours = ExactField(max_digits=5, decimal_places=2, min_value=0, max_value=48, required=False)
    before_from = DayField(required=False, help_text="Contrats précédents du même type dans la structure.")
    before_to = DayField(required=False)
    is_renewal = serializers.BooleanField(required=False, help_text="Le contrat prolonge les précédents.")
    born_on = BirthField(required=False)
    derogation_motive = serializers.ChoiceField(choices=DerogationMotive.choices, required=False)
    derogation_decider = serializers.ChoiceField(choices=Decider.choices, required=False)
    derogation_from = DayField(required=False)
    derogation_to = DayField(required=False)
    training_ends_on = DayField(required=False)
    pass_from = DayField(required=False)
    pass_to = DayField(required=False)
    last_pass_to = DayField(required=False)
    suspension_motive = serializers.ChoiceField(choices=SuspensionMotive.choices, required=False)
    suspension_from = DayField(required=False)
    suspension_to = DayField(required=False)
    immersion_from = DayField(required=False)
    immersion_to = DayField(required=False)
    company_hours = ExactField(max_digits=7, decimal_places=2, min_value=0, required=False)
    company_since = DayField(required=False)
    company_more = ExactField(max_digits=7, decimal_places=2, min_value=0, required=False)
    company_on = DayField(required=False)


class TriedFindingSerializer(serializers.Serializer[Any]):
    """Ce qu’une règle constate."""

    code = serializers.CharField(help_text="Celui du refus à la saisie.")
    sentence = serializers.CharField()
    way_out = serializers.CharField()
    basis = serializers.CharField()
    confidence = serializers.SerializerMethodField()
    rule = serializers.SerializerMethodField(help_text="Où lire la règle ; vide sans règle numérotée.")
    is_contradiction = serializers.BooleanField()
    refuses = serializers.BooleanField(help_text="Faux : une remarque, rien n’est refusé.")

    def get_confidence(self, finding: Finding) -> str:
        """How sure we are of it."""
        return confidence_of(finding).value

    def get_rule(self, finding: Finding) -> str:
        """The address of its line."""
        return address_behind(finding.code) or ""


class JudgedSerializer(serializers.Serializer[Any]):
    """Une partie de la situation."""

    subject = serializers.CharField()
    said = serializers.CharField(help_text="Ce qui a été compté.")
    is_refused = serializers.BooleanField()
    findings = TriedFindingSerializer(many=True)


class VerdictSerializer(serializers.Serializer[Any]):
    """Ce que disent les règles, partie par partie."""

    parts = JudgedSerializer(many=True)


class RuleViewSet(ApiViewSet):
    """Règles : leur texte, leurs valeurs datées, ce que le produit en fait."""

    serializer_class = RuleLineSerializer

    def list(self, request: Request) -> Response:
        """Toutes les règles, numérotées d’abord ; les mêmes pour tous, sauf les décisions propres à une structure."""
        shown = shown_lines(read_book(), timezone.localdate(), self.actor.organisation_ids)
        return self.paged(shown)

    @asks(TrySerializer, gives=VerdictSerializer, may=may_try_rules)
    def simulate(self, data: dict[str, Any]) -> dict[str, Any]:
        """Essayer une situation, comme sur la page « Essayer une situation » ; rien n’est enregistré."""
        return {"parts": try_situation(Situation(**data), today=timezone.localdate(), book=read_book())}
