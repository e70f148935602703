"""Licences, with the day they expire."""

from __future__ import annotations

from typing import ClassVar

from backend.core.api.filters import DayFilter, Filters, IdFilter
from backend.core.api.serializers import Output
from backend.core.api.views import DomainViewSet, Lists, Shows
from competences.models import Licence


class LicenceFilter(Filters):
    """Licences by person and end."""

    beneficiary = IdFilter(field_name="beneficiary_id")
    expires_to = DayFilter(field_name="expires_on", lookup_expr="lte")


class LicenceSerializer(Output):
    """Une habilitation, avec le jour où elle expire."""

    class Meta:
        model = Licence
        fields: ClassVar = ["id", "beneficiary", "label", "obtained_on", "expires_on"]


class LicenceViewSet(Lists, Shows, DomainViewSet):
    """Habilitations et permis."""

    model = Licence
    serializer_class = LicenceSerializer
    filterset_class = LicenceFilter
