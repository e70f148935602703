"""What was known when a person came in."""

from __future__ import annotations

from typing import Any, ClassVar

from backend.core.api.endpoints import creates, updates
from backend.core.api.serializers import ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import services
from pathways.api.shared import OfPersonFilter
from pathways.models import Beneficiary, EntryProfile
from pathways.permissions import may_manage_people
from pathways.services.people import ENTRY


class EntrySerializer(ModelInput):
    """Ce qui était su à l’entrée."""

    class Meta:
        model = EntryProfile
        fields: ClassVar = sorted(ENTRY)


class RecordEntrySerializer(EntrySerializer):
    """La situation à l’entrée d’une personne."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")

    class Meta(EntrySerializer.Meta):
        fields: ClassVar = ["beneficiary", *sorted(ENTRY)]


class EntryProfileSerializer(Output):
    """Ce qui était su à l’entrée."""

    class Meta:
        model = EntryProfile
        fields: ClassVar = ["id", "beneficiary", *sorted(ENTRY), "version"]


class EntryProfileViewSet(Lists, Shows, DomainViewSet):
    """Situations à l’entrée : ce qui était su ; null veut dire inconnu, jamais non."""

    model = EntryProfile
    serializer_class = EntryProfileSerializer
    filterset_class = OfPersonFilter

    @creates(RecordEntrySerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> EntryProfile:
        """Écrire la situation d’une personne, si elle ne l’est pas encore."""
        return services.record_entry(actor=self.actor, version=0, **data)

    @updates(EntrySerializer, may=may_manage_people)
    def partial_update(self, profile: EntryProfile, data: dict[str, Any]) -> EntryProfile:
        """Compléter ou corriger une situation à l’entrée."""
        return services.record_entry(
            actor=self.actor, beneficiary=profile.beneficiary, version=profile.version, **data
        )
