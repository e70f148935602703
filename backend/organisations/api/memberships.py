"""Seats held in teams."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone
from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core.api.endpoints import verb
from backend.core.api.filters import Filters, IdFilter, YesNoFilter
from backend.core.api.serializers import Input, Output
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations import services
from backend.organisations.api.fields import colleague
from backend.organisations.models import Membership
from backend.organisations.models.membership import ROLE_CHOICES
from backend.organisations.permissions import may_manage_team


class MembershipFilter(Filters):
    """Seats by structure and role; those that have not ended by default in the screens, all here."""

    organisation = IdFilter(field_name="organisation_id")
    role = django_filters.ChoiceFilter(choices=ROLE_CHOICES)
    is_live = YesNoFilter(method="filter_live", label="Rôles en cours, ou terminés.")

    def filter_live(self, rows: Any, name: str, value: bool) -> Any:
        """Seats that open a door today, or no longer do."""
        live = Q(ended_at__isnull=True) | Q(ended_at__gt=timezone.now())
        return rows.filter(live if value else ~live)


class MembershipSerializer(Output):
    """Un rôle tenu dans une équipe."""

    user_name = serializers.CharField(source="user.get_full_name")
    organisation_name = serializers.CharField(source="organisation.name", default=None, allow_null=True)
    group_name = serializers.CharField(source="group.name", default=None, allow_null=True)

    class Meta:
        model = Membership
        fields: ClassVar = [
            "id", "user", "user_name", "role", "organisation", "organisation_name", "group", "group_name",
            "started_at", "ended_at",
        ]  # fmt: skip


class EndMembershipSerializer(Input):
    """Qui prend la suite des personnes accompagnées."""

    successor = colleague(
        required=False,
        allow_null=True,
        help_text="Un compte de l’équipe d’accompagnement ; absent, les personnes restent sans référent.",
    )


class MembershipViewSet(Lists, Shows, DomainViewSet):
    """Rôles tenus dans les équipes."""

    model = Membership
    joins: ClassVar = ("user", "organisation", "group")
    serializer_class = MembershipSerializer
    filterset_class = MembershipFilter

    @verb(EndMembershipSerializer, may=may_manage_team)
    def end(self, membership: Membership, data: dict[str, Any]) -> Membership:
        """Mettre fin à un rôle : pages et jetons se ferment aussitôt ; ses dossiers passent à qui prend la suite."""
        return services.end_membership(actor=self.actor, membership=membership, **data)

    @verb(url_path="reset-second-factor", may=may_manage_team)
    def reset_second_factor(self, membership: Membership, data: dict[str, Any]) -> Membership:
        """Réinitialiser le second facteur perdu d’un collègue : ses sessions se ferment, il en règle un autre."""
        return services.reset_second_factor(actor=self.actor, membership=membership)
