"""What lists of structures and teams may be filtered by."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters

from backend.core.api.filters import Filters, IdFilter, TextFilter, YesNoFilter
from backend.organisations.enums import StructureKind
from backend.organisations.models.membership import ROLE_CHOICES


class GroupFilter(Filters):
    """Groups by name."""

    q = TextFilter(field_name="name", lookup_expr="icontains", label="Nom contenant ces lettres.")


class StructureFilter(Filters):
    """Structures by name, kind, group."""

    q = TextFilter(field_name="name", lookup_expr="icontains", label="Nom contenant ces lettres.")
    kind = django_filters.ChoiceFilter(choices=StructureKind.choices)
    group = IdFilter(field_name="group_id")
    ordering = OrderingFilter(fields=["name", "id"])


class MembershipFilter(Filters):
    """Seats by structure and role; those that have not ended by default in the screens, all here."""

    organisation = IdFilter(field_name="organisation_id")
    role = django_filters.ChoiceFilter(choices=ROLE_CHOICES)
    is_live = YesNoFilter(method="filter_live", label="Rôles en cours, ou terminés.")

    def filter_live(self, rows: Any, name: str, value: bool) -> Any:
        """Seats that open a door today, or no longer do."""
        live = Q(ended_at__isnull=True) | Q(ended_at__gt=timezone.now())
        return rows.filter(live if value else ~live)


class InvitationFilter(Filters):
    """Invitations by structure; `is_pending` for those that still wait."""

    organisation = IdFilter(field_name="organisation_id")
    awaits_approval = YesNoFilter(
        method="filter_awaiting", label="Invitations qui attendent un accord, ou non."
    )
    is_pending = YesNoFilter(method="filter_pending", label="Invitations encore en attente, ou closes.")

    def filter_awaiting(self, rows: Any, name: str, value: bool) -> Any:
        """Those whose link has not left for want of an agreement, or the others."""
        waiting = rows.pending(timezone.now()).awaiting_approval()
        return waiting if value else rows.exclude(pk__in=waiting.values("pk"))

    def filter_pending(self, rows: Any, name: str, value: bool) -> Any:
        """Those that may still be accepted, or no longer."""
        waiting = rows.pending(timezone.now())
        return waiting if value else rows.exclude(pk__in=waiting.values("pk"))
