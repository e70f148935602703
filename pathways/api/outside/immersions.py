"""Immersions (PMSMP): conventions, their renewal, their end, what was said of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter
from backend.core.api.serializers import DayField, Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import enums, services
from pathways.models import Beneficiary, Immersion
from pathways.permissions import may_manage_people

SAID = [
    "prescriber", "host_name", "host_town", "host_siret", "tutor_name", "tutor_role", "purpose", "objectives",
    "started_on", "planned_end_on", "hours",
]  # fmt: skip


class ImmersionFilter(Filters):
    """Immersions by person, object, days; those taken back only when asked for."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    purpose = django_filters.ChoiceFilter(choices=enums.ImmersionPurpose.choices)
    started_from = DayFilter(field_name="started_on", lookup_expr="gte")
    started_to = DayFilter(field_name="started_on", lookup_expr="lte")
    is_cancelled = django_filters.BooleanFilter(
        field_name="cancelled_at", lookup_expr="isnull", exclude=True, label="Annulées par erreur de saisie."
    )


class RecordImmersionSerializer(ModelInput):
    """Une convention de PMSMP."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")

    class Meta:
        model = Immersion
        fields: ClassVar = ["beneficiary", *SAID]


class CorrectImmersionSerializer(ModelInput):
    """La convention telle qu’elle aurait dû être écrite ; ce qui n’est pas envoyé reste."""

    class Meta:
        model = Immersion
        fields: ClassVar = [*SAID, "ended_on"]


class RenewImmersionSerializer(ModelInput):
    """Les jours du renouvellement ; l’employeur, l’objet et les objectifs restent."""

    class Meta:
        model = Immersion
        fields: ClassVar = ["started_on", "planned_end_on", "hours"]


class EndImmersionSerializer(Input):
    """Le dernier jour réel, avant la fin prévue."""

    on = DayField()


class ReviewImmersionSerializer(ModelInput):
    """Ce que le tuteur et la personne en disent."""

    reviewed_on = DayField()

    class Meta:
        model = Immersion
        fields: ClassVar = ["reviewed_on", "tutor_review", "person_review"]


class CancelImmersionSerializer(Input):
    """Pourquoi la saisie est annulée."""

    reason = serializers.ChoiceField(choices=enums.CancelReason.choices)


class ImmersionSerializer(Output):
    """Une convention ; `renews` est la première quand elle la renouvelle."""

    cancel_reason = serializers.CharField(help_text="Vide tant qu’elle n’est pas annulée.")

    class Meta:
        model = Immersion
        fields: ClassVar = [
            "id", "beneficiary", "organisation", *SAID, "ended_on", "renews", "reviewed_on", "tutor_review",
            "person_review", "cancelled_at", "cancel_reason", "version",
        ]  # fmt: skip


class ImmersionViewSet(Lists, Shows, DomainViewSet):
    """Immersions professionnelles (PMSMP), dans les limites de la loi."""

    model = Immersion
    serializer_class = ImmersionSerializer
    filterset_class = ImmersionFilter

    @creates(RecordImmersionSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Immersion:
        """Enregistrer une convention."""
        return services.record_immersion(actor=self.actor, **data)

    @updates(CorrectImmersionSerializer, may=may_manage_people)
    def partial_update(self, immersion: Immersion, data: dict[str, Any]) -> Immersion:
        """Corriger une convention."""
        return services.correct_immersion(
            actor=self.actor, immersion=immersion, version=immersion.version, **data
        )

    @verb(RenewImmersionSerializer, is_matched=True, may=may_manage_people)
    def renew(self, immersion: Immersion, data: dict[str, Any]) -> Immersion:
        """La renouveler, une fois, pour le même objet."""
        return services.renew_immersion(
            actor=self.actor, immersion=immersion, version=immersion.version, **data
        )

    @verb(EndImmersionSerializer, is_matched=True, may=may_manage_people)
    def end(self, immersion: Immersion, data: dict[str, Any]) -> Immersion:
        """Écrire qu’elle s’est arrêtée plus tôt."""
        return services.end_immersion(
            actor=self.actor, immersion=immersion, version=immersion.version, **data
        )

    @verb(ReviewImmersionSerializer, is_matched=True, may=may_manage_people)
    def review(self, immersion: Immersion, data: dict[str, Any]) -> Immersion:
        """Écrire le bilan du tuteur, celui de la personne."""
        return services.review_immersion(
            actor=self.actor, immersion=immersion, version=immersion.version, **data
        )

    @verb(CancelImmersionSerializer, is_matched=True, may=may_manage_people)
    def cancel(self, immersion: Immersion, data: dict[str, Any]) -> Immersion:
        """Annuler une saisie faite par erreur : elle reste lisible et ne compte plus."""
        return services.cancel_immersion(
            actor=self.actor, immersion=immersion, version=immersion.version, **data
        )
