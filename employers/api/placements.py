"""Hires that are followed."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import OrderingFilter
from rest_framework import serializers

from backend.core.actor import Role
from backend.core.api.endpoints import creates
from backend.core.api.filters import DayFilter
from backend.core.api.serializers import DayField, ModelInput, ScopedField, WholeField
from backend.core.api.views import DomainViewSet, Lists, Shows
from employers import services
from employers.api.shared import PERSON, KeyedOutput, OfPersonFilter
from employers.models import Employer, JobProposal, Placement
from employers.permissions import may_hire
from pathways.models import Stay


class PlacementFilter(OfPersonFilter):
    """Hires by person, employer, job, day."""

    started_from = DayFilter(field_name="started_on", lookup_expr="gte")
    started_to = DayFilter(field_name="started_on", lookup_expr="lte")
    ordering = OrderingFilter(fields=["started_on", "id"])


MOST_MONTHS = 120


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
