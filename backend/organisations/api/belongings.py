"""Structures in their groups, and how one leaves."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone

from backend.core.api.endpoints import verb
from backend.core.api.filters import Filters, IdFilter, YesNoFilter
from backend.core.api.serializers import Output
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations import services
from backend.organisations.models import Belonging
from backend.organisations.permissions import may_leave_groups


class BelongingFilter(Filters):
    """Belongings of a group, of a structure; `is_live` for those that stand today."""

    group = IdFilter(field_name="group_id")
    organisation = IdFilter(field_name="organisation_id")
    is_live = YesNoFilter(method="filter_live", label="Appartenances en cours, ou closes.")

    def filter_live(self, rows: Any, name: str, value: bool) -> Any:
        """Those of today, or the others."""
        live = rows.live(timezone.localdate())
        return live if value else rows.exclude(pk__in=live.values("pk"))


class BelongingSerializer(Output):
    """Une structure dans un groupe, depuis quand et jusqu’à quand."""

    class Meta:
        model = Belonging
        fields: ClassVar = ["id", "organisation", "group", "joined_on", "left_on"]


class BelongingViewSet(Lists, Shows, DomainViewSet):
    """Structures de chaque groupe."""

    model = Belonging
    serializer_class = BelongingSerializer
    filterset_class = BelongingFilter

    @verb(may=may_leave_groups)
    def leave(self, belonging: Belonging, data: dict[str, Any]) -> Belonging:
        """Quitter le groupe, ou en retirer la structure : ce qu’elle y donnait et y lisait se ferme le jour même."""
        return services.leave_group(actor=self.actor, belonging=belonging)
