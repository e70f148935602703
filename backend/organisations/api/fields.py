"""Colleagues and addresses, as several tables point to them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.api.serializers import Input, ScopedField
from backend.mail.enums import MessageState
from backend.organisations.models import Membership


def colleagues_of(actor: Actor) -> Any:
    """Accounts with a live seat in the structures that share one thread with the actor's own."""
    seats = Membership.objects.live(timezone.now()).filter(organisation_id__in=actor.thread_ids)
    return User.objects.filter(pk__in=seats.values("user_id"))


def colleague(**kwargs: Any) -> ScopedField:
    """A field that points to a colleague; the domain says which ones fit."""
    return ScopedField(User, rows=colleagues_of, **kwargs)


def message_state() -> serializers.ChoiceField:
    """A field that reads what `with_message` adds: where the message about a row stands."""
    return serializers.ChoiceField(
        choices=MessageState.choices, default=MessageState.WAITING, allow_null=True, read_only=True
    )


class AddressSerializer(Input):
    """L’adresse de la personne à qui l’on s’adresse."""

    email = serializers.EmailField(max_length=254)
