"""Licences, with the day they expire."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import DayFilter, Filters, IdFilter, YesNoFilter
from backend.core.api.serializers import DayField, Input, ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.files.api.files import StoredFileSerializer
from backend.files.api.sent import SendFileSerializer, sent_file
from backend.files.models import StoredFile
from backend.files.services import attach
from competences import services
from competences.enums import LicenceKind
from competences.models import Licence
from competences.permissions import may_write_licences
from competences.rules.licences import holds_on
from pathways.models import Beneficiary


class LicenceFilter(Filters):
    """Licences by person, kind and end."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    kind = django_filters.ChoiceFilter(choices=LicenceKind.choices)
    expires_to = DayFilter(field_name="expires_on", lookup_expr="lte")
    is_standing = YesNoFilter(method="filter_standing", label="Sans celles qui ont été annulées.")

    def filter_standing(self, rows: Any, name: str, value: bool) -> Any:
        """Those nobody cancelled, or everything."""
        return rows.standing() if value else rows


class RecordLicenceSerializer(ModelInput):
    """Une habilitation obtenue, ou obtenue à nouveau."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    kind = serializers.ChoiceField(choices=LicenceKind.choices)
    obtained_on = DayField()
    expires_on = DayField(
        required=False, allow_null=True, help_text="Sans elle, la fin est calculée quand une règle la fixe."
    )

    class Meta:
        model = Licence
        fields: ClassVar = [
            "beneficiary",
            "kind",
            "label",
            "obtained_on",
            "expires_on",
            "issuer",
            "is_suspended",
        ]


class CorrectLicenceSerializer(RecordLicenceSerializer):
    """Ce que le document dit vraiment."""

    class Meta:
        model = Licence
        fields: ClassVar = ["kind", "label", "obtained_on", "expires_on", "issuer", "is_suspended"]

    beneficiary = None  # type: ignore[assignment]


class CancelLicenceSerializer(Input):
    """Pourquoi elle est annulée."""

    reason = serializers.CharField(max_length=300)


class LicenceSerializer(Output):
    """Une habilitation, avec le jour où elle expire."""

    name = serializers.CharField(source="__str__")
    holds_today = serializers.SerializerMethodField()

    class Meta:
        model = Licence
        fields: ClassVar = [
            "id", "beneficiary", "name", "kind", "label", "obtained_on", "expires_on", "holds_today", "issuer",
            "is_suspended", "organisation", "author", "cancelled_at", "cancel_reason",
            "version",
        ]  # fmt: skip

    def get_holds_today(self, licence: Licence) -> bool:
        """Whether it is valid today, its last day included."""
        day: date = timezone.localdate()
        return licence.cancelled_at is None and holds_on(licence, day)


class LicenceViewSet(Lists, Shows, DomainViewSet):
    """Habilitations et permis."""

    model = Licence
    serializer_class = LicenceSerializer
    filterset_class = LicenceFilter

    @creates(RecordLicenceSerializer, may=may_write_licences)
    def create(self, data: dict[str, Any]) -> Licence:
        """Noter une habilitation ; renouveler, c’est noter la nouvelle."""
        return services.record_licence(actor=self.actor, **data)

    @updates(CorrectLicenceSerializer, may=may_write_licences)
    def partial_update(self, licence: Licence, data: dict[str, Any]) -> Licence:
        """Corriger ce qui a été mal noté."""
        return services.correct_licence(actor=self.actor, licence=licence, version=licence.version, **data)

    @verb(CancelLicenceSerializer, is_matched=True, may=may_write_licences)
    def cancel(self, licence: Licence, data: dict[str, Any]) -> Licence:
        """Annuler une habilitation notée par erreur : elle reste lisible, avec sa raison."""
        return services.cancel_licence(actor=self.actor, licence=licence, version=licence.version, **data)

    @verb(SendFileSerializer, gives=StoredFileSerializer, status=201, may=may_write_licences)
    def attach(self, licence: Licence, data: dict[str, Any]) -> StoredFile:
        """Joindre le document."""
        return attach(actor=self.actor, row=licence, sent=sent_file(data))
