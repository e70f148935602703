"""Accesses of people to their own thread."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.endpoints import creates, verb
from backend.core.api.filters import YesNoFilter
from backend.core.api.serializers import Input, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations.api.invitations import InvitationSerializer
from backend.organisations.links import invitation_links
from backend.organisations.models import Invitation
from pathways import services
from pathways.api.shared import OfPersonFilter
from pathways.models import Beneficiary, BeneficiaryAccess
from pathways.permissions import may_manage_people


class PersonAccessFilter(OfPersonFilter):
    """Accesses by person and state."""

    is_live = YesNoFilter(field_name="ended_at", lookup_expr="isnull", label="Ouvert aujourd’hui.")


class OfferThreadSerializer(Input):
    """Une adresse où inviter la personne."""

    beneficiary = ScopedField(Beneficiary, within="accompanied_by")
    email = serializers.EmailField(max_length=254)


class PersonAccessSerializer(Output):
    """L’accès d’une personne à son propre fil."""

    email = serializers.EmailField(source="user.email")

    class Meta:
        model = BeneficiaryAccess
        fields: ClassVar = ["id", "beneficiary", "email", "started_at", "ended_at"]


class PersonAccessViewSet(Lists, Shows, DomainViewSet):
    """Accès des personnes à leur propre fil."""

    model = BeneficiaryAccess
    joins: ClassVar = ("user",)
    serializer_class = PersonAccessSerializer
    filterset_class = PersonAccessFilter

    @creates(OfferThreadSerializer, gives=InvitationSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Invitation:
        """Inviter la personne : l’accès s’ouvre quand elle accepte."""
        return services.offer_person_access(actor=self.actor, **data, link_to=invitation_links(self.request))

    @verb(may=may_manage_people)
    def end(self, access: BeneficiaryAccess, data: dict[str, Any]) -> BeneficiaryAccess:
        """Fermer l’accès ; le fil reste entier."""
        return services.end_person_access(actor=self.actor, access=access)
