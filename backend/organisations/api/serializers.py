"""Structures, teams and invitations, as tools read and write them."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from backend.core.actor import TEAM_ROLES
from backend.core.api.serializers import Input, ModelInput, Output, ScopedField
from backend.organisations.enums import StructureKind
from backend.organisations.models import Group, Invitation, Membership, Organisation
from backend.organisations.services.structures import SETTINGS

TEAM_ROLE_CHOICES = [(role.value, role.label) for role in TEAM_ROLES]


class GroupSerializer(Output):
    """Un groupe économique solidaire."""

    class Meta:
        model = Group
        fields: ClassVar = ["id", "name"]


class NewGroupSerializer(ModelInput):
    """Un groupe à ouvrir."""

    class Meta:
        model = Group
        fields: ClassVar = ["name"]


class StructureSerializer(Output):
    """Une structure et son fonctionnement."""

    class Meta:
        model = Organisation
        fields: ClassVar = ["id", "kind", "group", *SETTINGS]


class NewStructureSerializer(ModelInput):
    """Une structure à ouvrir dans son groupe."""

    kind = serializers.ChoiceField(choices=StructureKind.choices)
    group = ScopedField(Group)

    class Meta:
        model = Organisation
        fields: ClassVar = ["kind", "group", *SETTINGS]


class StructureSettingsSerializer(ModelInput):
    """Le fonctionnement d’une structure."""

    class Meta:
        model = Organisation
        fields: ClassVar = [*SETTINGS]


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


class InvitationSerializer(Output):
    """Une invitation ; son lien a été envoyé une fois et ne se relit nulle part."""

    class Meta:
        model = Invitation
        fields: ClassVar = [
            "id", "organisation", "email", "role", "subject_id", "needs_approval", "approved_at", "created_at",
            "expires_at", "accepted_at", "withdrawn_at",
        ]  # fmt: skip


class InviteSerializer(Input):
    """Une adresse, un rôle, une structure."""

    organisation = ScopedField(Organisation, within="covered_by")
    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(choices=TEAM_ROLE_CHOICES)
