"""Relays: proposed, agreed by the person, answered, met, welcomed; the sheet of what was given."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework import serializers

from backend.audit import trail
from backend.core.api.endpoints import creates, reads, updates, verb
from backend.core.api.serializers import (
    DayField,
    Input,
    InstantField,
    ModelInput,
    Output,
    ScopedField,
    actor_in,
)
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.organisations.models import Organisation
from pathways import services
from pathways.api.shared import OfPersonFilter, advisor_field
from pathways.enums import RelayHand, RelayPart, RelayRefusal
from pathways.models import Beneficiary, Relay
from pathways.permissions import may_manage_people, reads_relays, side_of
from pathways.selectors.relays import SheetPart, sheet_of

_SAID = ["message", "meets_at", "meets_where", "planned_on"]


class CorrectRelaySerializer(ModelInput):
    """La proposition, tant que la personne n’a pas répondu."""

    class Meta:
        model = Relay
        fields: ClassVar = _SAID


class ProposeRelaySerializer(ModelInput):
    """Proposer une personne à une structure du groupe (`receiver`), ou à une adresse ailleurs (`to_email`)."""

    beneficiary = ScopedField(Beneficiary)
    receiver = ScopedField(Organisation, within="relayed_by", required=False, allow_null=True)

    class Meta:
        model = Relay
        fields: ClassVar = ["beneficiary", "receiver", "to_email", *_SAID]


class AgreeSerializer(Input):
    """Les groupes d’informations que la personne donne à lire ; le jour est celui où elle l’a dit."""

    parts = serializers.ListField(
        child=serializers.ChoiceField(choices=RelayPart.choices), max_length=len(RelayPart)
    )
    agreed_on = DayField(required=False)


class SuggestSerializer(Input):
    """Une autre date de rencontre."""

    meets_at = InstantField()


class DeclineSerializer(Input):
    """Pourquoi la structure ne donne pas suite."""

    refusal_reason = serializers.ChoiceField(choices=RelayRefusal.choices)


class MeetSerializer(Input):
    """Le jour de la rencontre."""

    met_on = DayField()


class WelcomeSerializer(Input):
    """Le passage qui s’ouvre."""

    started_on = DayField()
    advisor = advisor_field()


class CancelRelaySerializer(Input):
    """Pourquoi la proposition est annulée."""

    reason = serializers.CharField(max_length=300)


class SheetLineSerializer(serializers.Serializer[Any]):
    """Une ligne de la fiche."""

    label = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField()


class SheetPartSerializer(serializers.Serializer[Any]):
    """Un groupe d’informations que la personne a donné, et ce qu’il contient aujourd’hui."""

    part = serializers.ChoiceField(choices=RelayPart.choices)
    label = serializers.CharField()  # type: ignore[assignment]
    lines = SheetLineSerializer(many=True)


class RelaySerializer(Output):
    """Un relais ; la structure qui accueille ne lit pas de qui il s’agit avant l’accueil (`sheet/` dit ce qui est donné)."""

    parts = serializers.SerializerMethodField(help_text="Ce que la personne donne à lire aujourd’hui.")
    is_lapsed = serializers.SerializerMethodField(help_text="Éteint : personne n’a répondu à temps.")
    cancel_reason = serializers.CharField(help_text="Vide tant que la proposition n’est pas annulée.")

    class Meta:
        model = Relay
        fields: ClassVar = [
            "id", "beneficiary", "organisation", "receiver", "to_email", *_SAID, "status", "is_lapsed", "moved_on",
            "expires_on", "parts", "agreed_on", "agreed_with", "refusal_reason", "met_on", "stay", "created_at",
            "cancelled_at", "cancel_reason", "version",
        ]  # fmt: skip
        left_out: ClassVar = {
            "recorded_by": "who in the team did it is told by the trail",
            "holds": "what bounds the reading of a thread, for us alone: one reads what it lets through",
        }

    def get_parts(self, relay: Relay) -> list[str]:
        """The groups given today, in their order."""
        given = relay.state_on(timezone.localdate()).given
        return [each for each in RelayPart.values if each in given]

    def get_is_lapsed(self, relay: Relay) -> bool:
        """Whether nobody answered in time."""
        return relay.state_on(timezone.localdate()).is_lapsed

    def to_representation(self, relay: Relay) -> dict[str, Any]:
        """Without whom it is about, for the structure that has not welcomed them."""
        shown: dict[str, Any] = super().to_representation(relay)
        actor = actor_in(self.context)
        if actor is not None and side_of(actor, relay) is RelayHand.RECEIVER:
            hidden = {"agreed_with"} if relay.stay_id is not None else {"agreed_with", "beneficiary"}
            return {**shown, **dict.fromkeys(hidden)}
        return shown


class RelayViewSet(Lists, Shows, DomainViewSet):
    """Passages de relais : rien ne se lit avant l’accord de la personne, ni après un refus ou un retrait."""

    model = Relay
    joins: ClassVar = ("beneficiary", "receiver", "organisation")
    serializer_class = RelaySerializer
    filterset_class = OfPersonFilter

    @reads(SheetPartSerializer, is_list=True)
    def sheet(self, relay: Relay) -> list[SheetPart]:
        """La fiche de ce que la personne donne à lire ; la lire laisse une trace."""
        trail.record(self.actor, "relay.sheet", relay)
        return sheet_of(self.actor, relay)

    @creates(ProposeRelaySerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Relay:
        """Proposer un relais."""
        return services.propose_relay(actor=self.actor, **data)

    @updates(CorrectRelaySerializer, may=may_manage_people)
    def partial_update(self, relay: Relay, data: dict[str, Any]) -> Relay:
        """Corriger la proposition, tant que la personne n’a pas répondu."""
        return services.correct_relay(actor=self.actor, relay=relay, version=relay.version, **data)

    @verb(AgreeSerializer, is_matched=True, may=reads_relays)
    def agree(self, relay: Relay, data: dict[str, Any]) -> Relay:
        """La personne dit oui, et choisit ce qui se lit."""
        return services.agree_to_relay(actor=self.actor, relay=relay, version=relay.version, **data)

    @verb(AgreeSerializer, is_matched=True, may=reads_relays, url_path="change-agreement")
    def change_agreement(self, relay: Relay, data: dict[str, Any]) -> Relay:
        """La personne change ce qui se lit."""
        return services.change_agreement(actor=self.actor, relay=relay, version=relay.version, **data)

    @verb(is_matched=True, may=reads_relays)
    def deny(self, relay: Relay, data: dict[str, Any]) -> Relay:
        """La personne dit non : l’autre structure n’en saura rien."""
        return services.deny_relay(actor=self.actor, relay=relay, version=relay.version)

    @verb(is_matched=True, may=reads_relays)
    def withdraw(self, relay: Relay, data: dict[str, Any]) -> Relay:
        """La personne retire son accord."""
        return services.withdraw_agreement(actor=self.actor, relay=relay, version=relay.version)

    @verb(is_matched=True, may=may_manage_people)
    def accept(self, relay: Relay, data: dict[str, Any]) -> Relay:
        """Accepter de rencontrer la personne."""
        return services.accept_relay(actor=self.actor, relay=relay, version=relay.version)

    @verb(SuggestSerializer, is_matched=True, may=may_manage_people)
    def suggest(self, relay: Relay, data: dict[str, Any]) -> Relay:
        """Proposer une autre date de rencontre."""
        return services.suggest_meeting_day(actor=self.actor, relay=relay, version=relay.version, **data)

    @verb(is_matched=True, may=may_manage_people)
    def confirm(self, relay: Relay, data: dict[str, Any]) -> Relay:
        """Confirmer la date proposée."""
        return services.confirm_meeting_day(actor=self.actor, relay=relay, version=relay.version)

    @verb(DeclineSerializer, status=204, is_matched=True, may=may_manage_people)
    def decline(self, relay: Relay, data: dict[str, Any]) -> None:
        """Ne pas donner suite : rien ne se lit plus ici."""
        services.decline_relay(actor=self.actor, relay=relay, version=relay.version, **data)

    @verb(MeetSerializer, is_matched=True, may=may_manage_people)
    def meet(self, relay: Relay, data: dict[str, Any]) -> Relay:
        """Noter la rencontre à trois."""
        return services.record_relay_meeting(actor=self.actor, relay=relay, version=relay.version, **data)

    @verb(WelcomeSerializer, is_matched=True, may=may_manage_people)
    def welcome(self, relay: Relay, data: dict[str, Any]) -> Relay:
        """Accueillir la personne : le passage s’ouvre, et du parcours ce qu’elle a donné."""
        return services.welcome_by_relay(actor=self.actor, relay=relay, version=relay.version, **data)

    @verb(CancelRelaySerializer, is_matched=True, may=may_manage_people)
    def cancel(self, relay: Relay, data: dict[str, Any]) -> Relay:
        """Annuler la proposition, avant l’accueil."""
        return services.cancel_relay(actor=self.actor, relay=relay, version=relay.version, **data)
