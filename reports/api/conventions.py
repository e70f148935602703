"""Conventions with the State: what was agreed, and where the year goes."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core import steps
from backend.core.api.endpoints import creates, reads, updates, verb
from backend.core.api.filters import Filters, IdFilter
from backend.core.api.serializers import ModelInput, NothingSerializer, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations.models import Convention, Organisation
from backend.organisations.permissions import may_write_conventions
from pathways.services.conventions import (
    SAID,
    cancel_convention,
    correct_convention,
    record_convention,
)
from reports.fte.figures import plan_of


class ConventionFilter(Filters):
    """Conventions by structure and year."""

    organisation = IdFilter(field_name="organisation_id")
    year = IdFilter(field_name="year")


class RecordConventionSerializer(ModelInput):
    """L’annexe financière d’une année ; les taux vont de 0 à 1."""

    organisation = ScopedField(Organisation, within="covered_by")

    class Meta:
        model = Convention
        fields: ClassVar = ["organisation", *SAID]


class CorrectConventionSerializer(ModelInput):
    """Ce que l’annexe aurait dû dire, ou ce qu’un avenant change ; ce qui n’est pas envoyé reste."""

    class Meta:
        model = Convention
        fields: ClassVar = [*SAID]


class ConventionSerializer(Output):
    """Ce qu’une structure a convenu avec l’État pour une année."""

    class Meta:
        model = Convention
        fields: ClassVar = ["id", "organisation", *SAID]


class PlannedMonthSerializer(serializers.Serializer[Any]):
    """Un mois : convenu, fait ou prévu ; nul hors de l’annexe, sans heure ou sans référence."""

    month = serializers.DateField()
    agreed = serializers.DecimalField(max_digits=12, decimal_places=3, allow_null=True)
    hours = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    fte = serializers.DecimalField(max_digits=12, decimal_places=3, allow_null=True)
    is_made = serializers.BooleanField(help_text="Faux : prévu.")


class PlanSerializer(serializers.Serializer[Any]):
    """Où va l’année ; `mean` est la moyenne, en heures, qui prolonge les mois saisis."""

    agreed = serializers.DecimalField(max_digits=12, decimal_places=3, allow_null=True)
    made = serializers.DecimalField(max_digits=12, decimal_places=3, allow_null=True)
    made_hours = serializers.DecimalField(max_digits=12, decimal_places=2)
    foreseen = serializers.DecimalField(
        max_digits=12, decimal_places=3, allow_null=True, help_text="ETP de l’année entière, faits et prévus."
    )
    foreseen_hours = serializers.DecimalField(max_digits=12, decimal_places=2)
    mean = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    drift = serializers.DecimalField(
        max_digits=8, decimal_places=1, allow_null=True, help_text="Écart en % des ETP conventionnés."
    )
    is_drifting = serializers.BooleanField()
    months = PlannedMonthSerializer(many=True)


class ConventionViewSet(Lists, Shows, DomainViewSet):
    """Conventions et annexes : postes convenus, objectifs, part fixe et part modulée."""

    model = Convention
    serializer_class = ConventionSerializer
    filterset_class = ConventionFilter

    @creates(RecordConventionSerializer, may=may_write_conventions)
    def create(self, data: dict[str, Any]) -> Convention:
        """Écrire la convention d’une année dans sa structure."""
        return record_convention(actor=self.actor, **data)

    @updates(CorrectConventionSerializer, may=may_write_conventions)
    def partial_update(self, convention: Convention, data: dict[str, Any]) -> Convention:
        """Corriger une convention."""
        return correct_convention(
            actor=self.actor, convention=convention, seen=steps.seen(convention), **data
        )

    @verb(NothingSerializer, status=204, is_matched=True, may=may_write_conventions)
    def cancel(self, convention: Convention, data: dict[str, Any]) -> None:
        """Annuler une convention saisie par erreur."""
        cancel_convention(actor=self.actor, convention=convention, seen=steps.seen(convention))

    @reads(PlanSerializer)
    def plan(self, convention: Convention) -> Any:
        """L’année mois par mois : convenu, fait, prévu."""
        return plan_of(self.actor, convention)
