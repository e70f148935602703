"""Accesses of an employer’s people to their own needs."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.endpoints import creates, verb
from backend.core.api.filters import Filters, IdFilter, YesNoFilter
from backend.core.api.serializers import Input, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations.api.invitations import InvitationSerializer
from backend.organisations.links import invitation_links
from backend.organisations.models import Invitation
from employers import services
from employers.models import Employer, EmployerAccess
from employers.permissions import may_offer_access


class EmployerAccessFilter(Filters):
    """Accesses by employer and state."""

    employer = IdFilter(field_name="employer_id")
    is_live = YesNoFilter(field_name="ended_at", lookup_expr="isnull", label="Ouvert aujourd’hui.")


class OfferAccessSerializer(Input):
    """Une adresse à inviter chez un employeur."""

    employer = ScopedField(Employer)
    email = serializers.EmailField(max_length=254)


class EmployerAccessSerializer(Output):
    """Un accès donné chez un employeur."""

    user_name = serializers.CharField(source="user.get_full_name")
    email = serializers.EmailField(source="user.email")

    class Meta:
        model = EmployerAccess
        fields: ClassVar = ["id", "employer", "user_name", "email", "started_at", "ended_at"]


class EmployerAccessViewSet(Lists, Shows, DomainViewSet):
    """Accès des interlocuteurs d’un employeur à leurs propres besoins."""

    model = EmployerAccess
    joins: ClassVar = ("user",)
    serializer_class = EmployerAccessSerializer
    filterset_class = EmployerAccessFilter

    @creates(OfferAccessSerializer, gives=InvitationSerializer, may=may_offer_access)
    def create(self, data: dict[str, Any]) -> Invitation:
        """Inviter un interlocuteur : l’accès s’ouvre quand il accepte."""
        return services.offer_employer_access(
            actor=self.actor, **data, link_to=invitation_links(self.request)
        )

    @verb(may=may_offer_access)
    def end(self, access: EmployerAccess, data: dict[str, Any]) -> EmployerAccess:
        """Fermer l’accès : pages et jetons s’arrêtent aussitôt."""
        return services.end_employer_access(actor=self.actor, access=access)
