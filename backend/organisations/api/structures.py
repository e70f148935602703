"""Groups and structures: opened, and how they work."""

from __future__ import annotations

from typing import Any, ClassVar

from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.core import steps
from backend.core.api.endpoints import creates, updates, verb
from backend.core.api.filters import Filters, NameOrdering, TextFilter
from backend.core.api.serializers import ModelInput, Output, ScopedField, phone_field
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations import services
from backend.organisations.api.fields import AddressSerializer
from backend.organisations.api.invitations import InvitationSerializer
from backend.organisations.enums import GroupKind, StructureKind
from backend.organisations.links import invitation_links
from backend.organisations.models import Group, Invitation, Organisation
from backend.organisations.permissions import (
    answers_for_a_group,
    may_add_structures,
    may_create_group,
    may_manage_team,
    may_name_a_head,
)
from backend.organisations.services.structures import SETTINGS


class GroupFilter(Filters):
    """Groups by name."""

    q = TextFilter(field_name="name", lookup_expr="icontains", label="Nom contenant ces lettres.")


class StructureFilter(Filters):
    """Structures by name and kind."""

    q = TextFilter(field_name="name", lookup_expr="icontains", label="Nom contenant ces lettres.")
    kind = django_filters.ChoiceFilter(choices=StructureKind.choices)
    ordering = NameOrdering(fields=["name", "id"])


class NewGroupSerializer(ModelInput):
    """Un groupe, ou un collectif, à ouvrir."""

    kind = serializers.ChoiceField(choices=GroupKind.choices, default=GroupKind.GROUP.value)

    class Meta:
        model = Group
        fields: ClassVar = ["name", "kind"]


class RenameGroupSerializer(ModelInput):
    """Le nom d’un groupe ; son type ne change pas."""

    class Meta:
        model = Group
        fields: ClassVar = ["name"]


class NewStructureSerializer(ModelInput):
    """Une structure à ouvrir dans son groupe."""

    kind = serializers.ChoiceField(choices=StructureKind.choices)
    group = ScopedField(Group)
    phone = phone_field()

    class Meta:
        model = Organisation
        fields: ClassVar = ["kind", "group", *SETTINGS]


class StructureSettingsSerializer(ModelInput):
    """Le fonctionnement d’une structure."""

    phone = phone_field()

    class Meta:
        model = Organisation
        fields: ClassVar = [*SETTINGS]


class GroupSerializer(Output):
    """Un groupe économique solidaire, ou un collectif ; son type dit ce que ses structures lui donnent."""

    class Meta:
        model = Group
        fields: ClassVar = ["id", "name", "kind"]


class StructureSerializer(Output):
    """Une structure et son fonctionnement ; ses groupes sont dans « belongings »."""

    class Meta:
        model = Organisation
        fields: ClassVar = ["id", "kind", *SETTINGS]


class GroupViewSet(Lists, Shows, DomainViewSet):
    """Groupes économiques solidaires, et collectifs."""

    model = Group
    serializer_class = GroupSerializer
    filterset_class = GroupFilter

    @creates(NewGroupSerializer, may=may_create_group)
    def create(self, data: dict[str, Any]) -> Group:
        """Ouvrir un groupe autour de sa structure, et en prendre la tête."""
        return services.create_group(actor=self.actor, **data)

    @updates(RenameGroupSerializer, may=answers_for_a_group)
    def partial_update(self, group: Group, data: dict[str, Any]) -> Group:
        """Corriger le nom d’un groupe ; l’ancien reste au journal."""
        return services.rename_group(
            actor=self.actor, group=group, seen=steps.seen(group), **{"name": group.name} | data
        )

    @verb(AddressSerializer, gives=InvitationSerializer, status=201, may=may_name_a_head)
    def invite_head(self, group: Group, data: dict[str, Any]) -> Invitation:
        """Inviter une autre personne à la tête de son groupe."""
        return services.invite_head(
            actor=self.actor, group=group, link_to=invitation_links(self.request), **data
        )


class StructureViewSet(Lists, Shows, DomainViewSet):
    """Structures d’insertion."""

    model = Organisation
    serializer_class = StructureSerializer
    filterset_class = StructureFilter

    @creates(NewStructureSerializer, may=may_add_structures)
    def create(self, data: dict[str, Any]) -> Organisation:
        """Ajouter une structure à son groupe."""
        return services.create_structure(actor=self.actor, **data)

    @updates(StructureSettingsSerializer, may=may_manage_team)
    def partial_update(self, structure: Organisation, data: dict[str, Any]) -> Organisation:
        """Régler le fonctionnement d’une structure."""
        return services.change_structure(actor=self.actor, organisation=structure, **data)
