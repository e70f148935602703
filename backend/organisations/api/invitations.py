"""Invitations: sent, approved, withdrawn."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework import serializers

from backend.core.actor import TEAM_ROLES, Role
from backend.core.api.endpoints import creates, verb
from backend.core.api.filters import Filters, IdFilter, YesNoFilter
from backend.core.api.serializers import TOLD_BY_THE_TRAIL, Input, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations import services
from backend.organisations.api.fields import message_state
from backend.organisations.links import invitation_links
from backend.organisations.models import Invitation, Organisation
from backend.organisations.permissions import may_manage_team, may_withdraw_invitations

TEAM_ROLE_CHOICES = [(role.value, role.label) for role in TEAM_ROLES]


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


class InviteSerializer(Input):
    """Une adresse, un rôle, une structure."""

    organisation = ScopedField(Organisation, within="covered_by")
    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(choices=TEAM_ROLE_CHOICES)


class InvitationSerializer(Output):
    """Une invitation ; son lien a été envoyé une fois et ne se relit nulle part. `message_state` dit si ce message est parti."""

    message_state = message_state()

    class Meta:
        model = Invitation
        fields: ClassVar = [
            "id", "organisation", "group", "email", "role", "subject_id", "needs_approval", "approved_at", "created_at",
            "expires_at", "accepted_at", "withdrawn_at", "message_state",
        ]  # fmt: skip
        left_out: ClassVar = {
            "invited_by": TOLD_BY_THE_TRAIL,
            "approved_by": "the same",
            "token_digest": "a secret",
            "is_link_handed_over": "how the link reached them is between whoever invites and the person",
        }


class InvitationViewSet(Lists, Shows, DomainViewSet):
    """Invitations : dans une équipe, ou à ouvrir les besoins d’un employeur ou son propre fil."""

    model = Invitation
    serializer_class = InvitationSerializer
    filterset_class = InvitationFilter

    def shaped(self, rows: Any) -> Any:
        """With what became of each one's message."""
        return rows.with_message()

    @creates(InviteSerializer, may=may_manage_team)
    def create(self, data: dict[str, Any]) -> Invitation:
        """Envoyer à une adresse un lien pour un rôle, qui sert une fois ; après accord si ce rôle lit plus que vous."""
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
    def resend(self, invitation: Invitation, data: dict[str, Any]) -> Invitation:
        """Envoyer un autre lien à la place du précédent, même expiré : son jour de fin est remis à neuf."""
        return services.resend_invitation(
            actor=self.actor, invitation=invitation, link_to=invitation_links(self.request)
        )

    @verb(may=may_withdraw_invitations)
    def withdraw(self, invitation: Invitation, data: dict[str, Any]) -> Invitation:
        """Rendre le lien inutile."""
        return services.withdraw_invitation(actor=self.actor, invitation=invitation)
