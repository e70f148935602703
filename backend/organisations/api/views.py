"""Groups, structures, teams: the same verbs as the screens."""

from __future__ import annotations

from typing import Any, ClassVar

from backend.core.actor import Role
from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations import services
from backend.organisations.api import filters, serializers
from backend.organisations.links import invitation_links
from backend.organisations.models import Group, Invitation, Membership, Organisation
from backend.organisations.permissions import (
    may_add_structures,
    may_create_group,
    may_manage_team,
    may_withdraw_invitations,
)


class GroupViewSet(Lists, Shows, DomainViewSet):
    """Groupes économiques solidaires."""

    model = Group
    serializer_class = serializers.GroupSerializer
    filterset_class = filters.GroupFilter

    @creates(serializers.NewGroupSerializer, may=may_create_group)
    def create(self, data: dict[str, Any]) -> Group:
        """Ouvrir un groupe autour de sa structure, et en prendre la tête."""
        return services.create_group(actor=self.actor, **data)


class StructureViewSet(Lists, Shows, DomainViewSet):
    """Structures d’insertion."""

    model = Organisation
    serializer_class = serializers.StructureSerializer
    filterset_class = filters.StructureFilter

    @creates(serializers.NewStructureSerializer, may=may_add_structures)
    def create(self, data: dict[str, Any]) -> Organisation:
        """Ajouter une structure à son groupe."""
        return services.create_structure(actor=self.actor, **data)

    @updates(serializers.StructureSettingsSerializer, may=may_manage_team)
    def partial_update(self, structure: Organisation, data: dict[str, Any]) -> Organisation:
        """Régler le fonctionnement d’une structure."""
        return services.change_structure(actor=self.actor, organisation=structure, **data)


class MembershipViewSet(Lists, Shows, DomainViewSet):
    """Rôles tenus dans les équipes."""

    model = Membership
    joins: ClassVar = ("user", "organisation", "group")
    serializer_class = serializers.MembershipSerializer
    filterset_class = filters.MembershipFilter

    @verb(may=may_manage_team)
    def end(self, membership: Membership, data: dict[str, Any]) -> Membership:
        """Mettre fin à un rôle : pages et jetons se ferment aussitôt."""
        return services.end_membership(actor=self.actor, membership=membership)

    @verb(url_path="reset-second-factor", may=may_manage_team)
    def reset_second_factor(self, membership: Membership, data: dict[str, Any]) -> Membership:
        """Réinitialiser le second facteur perdu d’un collègue : ses sessions se ferment, il en règle un autre."""
        return services.reset_second_factor(actor=self.actor, membership=membership)


class InvitationViewSet(Lists, Shows, DomainViewSet):
    """Invitations : dans une équipe, ou à ouvrir les besoins d’un employeur ou son propre fil."""

    model = Invitation
    serializer_class = serializers.InvitationSerializer
    filterset_class = filters.InvitationFilter

    @creates(serializers.InviteSerializer, may=may_manage_team)
    def create(self, data: dict[str, Any]) -> Invitation:
        """Envoyer à une adresse un lien valable sept jours, pour un rôle ; après accord si ce rôle lit plus que vous."""
        return services.invite_member(
            actor=self.actor,
            **{**data, "role": Role(data["role"])},
            link_to=invitation_links(self.request),
        )

    @verb(may=may_manage_team)
    def approve(self, invitation: Invitation, data: dict[str, Any]) -> Invitation:
        """Donner son accord à une invitation qui l’attend : le lien part aussitôt."""
        return services.approve_invitation(
            actor=self.actor, invitation=invitation, link_to=invitation_links(self.request)
        )

    @verb(may=may_withdraw_invitations)
    def withdraw(self, invitation: Invitation, data: dict[str, Any]) -> Invitation:
        """Rendre le lien inutile."""
        return services.withdraw_invitation(actor=self.actor, invitation=invitation)
