"""Hires that are followed."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django_filters import OrderingFilter
from rest_framework import serializers

from backend.core import steps
from backend.core.actor import Role
from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter
from backend.core.api.serializers import DayField, ModelInput, ScopedField, WholeField
from backend.core.api.views import DomainViewSet, Lists, Shows
from employers import services
from employers.api.shared import PERSON, KeyedOutput, OfPersonFilter
from employers.models import Employer, JobProposal, Placement
from employers.permissions import may_hire
from pathways.api.shared import CancelSerializer
from pathways.models import Stay

CORRECTED = ("employer", "kind", "started_on", "months", "trial_ends_on")
"""What of a hire is corrected; its person, its stay and the job it comes from are what they are."""


class PlacementFilter(OfPersonFilter):
    """Hires by person, employer, job, day."""

    started_from = DayFilter(field_name="started_on", lookup_expr="gte")
    started_to = DayFilter(field_name="started_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["started_on", "id"])


MOST_MONTHS = 120
"""Ten years: beyond any fixed term the law allows; above, days were typed for months."""


class HireSerializer(ModelInput):
    """Une embauche ; la sortie et les suivis viennent avec."""

    stay = ScopedField(Stay)
    employer = ScopedField(Employer)
    proposal = ScopedField(JobProposal, required=False, allow_null=True)
    months = WholeField(min_value=1, max_value=MOST_MONTHS, required=False, allow_null=True)
    left_on = DayField(
        required=False,
        allow_null=True,
        help_text="Dernier jour dans la structure ; le jour de l’embauche sinon.",
    )

    class Meta:
        model = Placement
        fields: ClassVar = [
            "stay", "employer", "proposal", "kind", "started_on", "months", "trial_ends_on", "left_on",
        ]  # fmt: skip


class CorrectHireSerializer(ModelInput):
    """Ce qui est corrigé d’une embauche ; sa sortie et les contacts à venir suivent."""

    employer = ScopedField(Employer)
    months = WholeField(min_value=1, max_value=MOST_MONTHS, required=False, allow_null=True)
    left_on = DayField(
        required=False,
        allow_null=True,
        help_text="Dernier jour dans la structure ; le jour de l’embauche s’il est vide, ou s’il l’était.",
    )

    class Meta:
        model = Placement
        fields: ClassVar = [*CORRECTED, "left_on"]


class PlacementSerializer(KeyedOutput):
    """Une embauche ; l’employeur lit les siennes sans ce qui tient au parcours."""

    beneficiary_name = serializers.CharField(source="beneficiary.__str__")

    class Meta:
        model = Placement
        fields: ClassVar = [
            "id", *PERSON, "employer", "proposal", "exit", "advisor", "kind", "started_on", "months",
            "trial_ends_on", "ended_on",
        ]  # fmt: skip
        keyed: ClassVar = {"proposal": JobProposal}
        withheld: ClassVar = {Role.EMPLOYER: (*PERSON, "exit", "advisor")}


class PlacementViewSet(Lists, Shows, DomainViewSet):
    """Embauches suivies."""

    model = Placement
    joins: ClassVar = ("beneficiary",)
    serializer_class = PlacementSerializer
    filterset_class = PlacementFilter

    @creates(HireSerializer, may=may_hire)
    def create(self, data: dict[str, Any]) -> Placement:
        """Enregistrer une embauche : la sortie et le suivi dans l’emploi viennent avec."""
        return services.hire(actor=self.actor, **data)

    @updates(CorrectHireSerializer, may=may_hire)
    def partial_update(self, placement: Placement, data: dict[str, Any]) -> Placement:
        """Corriger une embauche ; ce qu’elle disait avant reste au journal."""
        known = {name: getattr(placement, name) for name in CORRECTED}
        said = known | {"left_on": _left_before(placement)} | data
        return services.correct_hire(
            actor=self.actor, placement=placement, seen=steps.seen(placement), **said
        )

    @verb(CancelSerializer, status=204, is_matched=True, may=may_hire)
    def cancel(self, placement: Placement, data: dict[str, Any]) -> None:
        """Annuler une embauche saisie par erreur : la sortie est annulée, le passage reprend, le poste est à pourvoir."""
        services.cancel_hire(actor=self.actor, placement=placement, seen=steps.seen(placement), **data)


def _left_before(placement: Placement) -> date | None:
    """The last day in the structure, when it was not the day of the hire: what is not sent stays so."""
    left_on = placement.exit.occurred_on if placement.exit else None
    return None if left_on == placement.started_on else left_on
