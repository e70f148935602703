"""Hours wanted: told, corrected, taken back, by the person or by who accompanies them."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter
from backend.core.api.serializers import Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import services
from pathways.enums import CancelReason
from pathways.enums.wishes import Moment
from pathways.models import Beneficiary, HoursWish
from pathways.permissions import tells_wishes
from pathways.services.wishes import SAID


def _moments(**options: Any) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.ChoiceField(choices=Moment.choices),
        max_length=len(Moment),
        help_text="Vide tant qu’ils ne sont pas connus.",
        **options,
    )


class HoursWishFilter(Filters):
    """Wishes by person and first day; those taken back only when asked for."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    starts_from = DayFilter(field_name="starts_on", lookup_expr="gte")
    starts_to = DayFilter(field_name="starts_on", lookup_expr="lte")
    is_cancelled = django_filters.BooleanFilter(
        field_name="cancelled_at", lookup_expr="isnull", exclude=True, label="Annulés par erreur de saisie."
    )


class RecordWishSerializer(ModelInput):
    """Les heures voulues par semaine, à partir d’un jour."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    moments = _moments(required=False)

    class Meta:
        model = HoursWish
        fields: ClassVar = ["beneficiary", *SAID]


class CorrectWishSerializer(ModelInput):
    """Le souhait tel qu’il aurait dû être écrit ; ce qui n’est pas envoyé reste."""

    moments = _moments(required=False)

    class Meta:
        model = HoursWish
        fields: ClassVar = [*SAID]


class CancelWishSerializer(Input):
    """Pourquoi la saisie est annulée."""

    reason = serializers.ChoiceField(choices=CancelReason.choices)


class HoursWishSerializer(Output):
    """Un souhait, en vigueur de son premier jour jusqu’au suivant."""

    moments = serializers.ListField(child=serializers.ChoiceField(choices=Moment.choices))
    cancel_reason = serializers.CharField(help_text="Vide tant qu’il n’est pas annulé.")

    class Meta:
        model = HoursWish
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "voice", *SAID, "cancelled_at", "cancel_reason", "version",
        ]  # fmt: skip


class HoursWishViewSet(Lists, Shows, DomainViewSet):
    """Heures que les personnes veulent, et quand."""

    model = HoursWish
    serializer_class = HoursWishSerializer
    filterset_class = HoursWishFilter

    @creates(RecordWishSerializer, may=tells_wishes)
    def create(self, data: dict[str, Any]) -> HoursWish:
        """Dire combien d’heures la personne veut ; elle-même, ou l’équipe avec elle."""
        return services.record_wish(actor=self.actor, **data)

    @updates(CorrectWishSerializer, may=tells_wishes)
    def partial_update(self, wish: HoursWish, data: dict[str, Any]) -> HoursWish:
        """Corriger un souhait ; la personne, ceux qu’elle a dits elle-même."""
        return services.correct_wish(actor=self.actor, wish=wish, version=wish.version, **data)

    @verb(CancelWishSerializer, is_matched=True, may=tells_wishes)
    def cancel(self, wish: HoursWish, data: dict[str, Any]) -> HoursWish:
        """Annuler une saisie faite par erreur : elle reste lisible et ne compte plus."""
        return services.cancel_wish(actor=self.actor, wish=wish, version=wish.version, **data)
