"""« Ne plus suivre, parce que… », for tools: what is read, what is written, the verbs."""

from __future__ import annotations

from typing import Any, ClassVar

from backend.core.api.endpoints import creates, verb
from backend.core.api.serializers import ModelInput, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from pathways import services
from pathways.api.shared import OfPersonFilter
from pathways.models import Beneficiary, WatchEnd
from pathways.permissions import may_manage_people


class WatchEndSerializer(Output):
    """L’arrêt du suivi d’une personne entre deux étapes, par une structure et pour elle-même."""

    class Meta:
        model = WatchEnd
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "reason", "note", "ended_at", "ended_by", "resumed_at",
            "resumed_by",
        ]  # fmt: skip


class StopWatchingSerializer(ModelInput):
    """Qui n’est plus suivi, et pourquoi ; « AUTRE » demande une précision."""

    beneficiary = ScopedField(Beneficiary)

    class Meta:
        model = WatchEnd
        fields: ClassVar = ["beneficiary", "reason", "note"]


class WatchEndViewSet(Lists, Shows, DomainViewSet):
    """Arrêts du suivi des personnes entre deux étapes : la raison, qui et quand ; le fil ne change pas."""

    model = WatchEnd
    serializer_class = WatchEndSerializer
    filterset_class = OfPersonFilter

    @creates(StopWatchingSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> WatchEnd:
        """Ne plus suivre une personne qui attend entre deux étapes."""
        return services.stop_watching(actor=self.actor, **data)

    @verb(may=may_manage_people)
    def resume(self, watch_end: WatchEnd, data: dict[str, Any]) -> WatchEnd:
        """La suivre de nouveau."""
        return services.watch_again(actor=self.actor, watch_end=watch_end)
