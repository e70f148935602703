"""Offers between a group and a structure opened apart."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone

from backend.core.api.endpoints import creates, verb
from backend.core.api.filters import Filters, YesNoFilter
from backend.core.api.serializers import TOLD_BY_THE_TRAIL, Output
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations import services
from backend.organisations.api.fields import AddressSerializer, message_state
from backend.organisations.api.structures import StructureSerializer
from backend.organisations.models import GroupOffer, Organisation
from backend.organisations.permissions import may_answer_offers, may_offer_group


class GroupOfferFilter(Filters):
    """Offers between a group and a structure; `is_pending` for those that still wait."""

    is_pending = YesNoFilter(method="filter_pending", label="Propositions encore en attente, ou closes.")

    def filter_pending(self, rows: Any, name: str, value: bool) -> Any:
        """Those that may still be accepted, or no longer."""
        waiting = rows.pending(timezone.now())
        return waiting if value else rows.exclude(pk__in=waiting.values("pk"))


class GroupOfferSerializer(Output):
    """Une proposition entre un groupe et une structure ; l’autre côté n’y est nommé qu’une fois d’accord.

    `message_state` dit si le message qui l’annonce est parti.
    """

    message_state = message_state()

    class Meta:
        model = GroupOffer
        fields: ClassVar = [
            "id", "group", "organisation", "email", "created_at", "expires_at", "accepted_at", "withdrawn_at",
            "message_state",
        ]  # fmt: skip
        left_out: ClassVar = {
            "offered_by": TOLD_BY_THE_TRAIL,
            "accepted_by": "the same",
        }


class GroupOfferViewSet(Lists, Shows, DomainViewSet):
    """Propositions entre un groupe et une structure ouverts séparément."""

    model = GroupOffer
    serializer_class = GroupOfferSerializer
    filterset_class = GroupOfferFilter

    def shaped(self, rows: Any) -> Any:
        """With what became of each one's message."""
        return rows.with_message()

    @creates(AddressSerializer, may=may_offer_group)
    def create(self, data: dict[str, Any]) -> GroupOffer:
        """Proposer son groupe à une structure, ou sa structure à un groupe, à l’adresse de qui en répond."""
        return services.offer_group(actor=self.actor, **data)

    @verb(gives=StructureSerializer, may=may_answer_offers)
    def accept(self, offer: GroupOffer, data: dict[str, Any]) -> Organisation:
        """Accepter : la structure entre dans le groupe, dont les structures partagent un même fil."""
        return services.accept_group_offer(actor=self.actor, offer=offer)

    @verb(may=may_answer_offers)
    def withdraw(self, offer: GroupOffer, data: dict[str, Any]) -> GroupOffer:
        """Retirer sa proposition, ou refuser celle qui est faite."""
        return services.withdraw_group_offer(actor=self.actor, offer=offer)
