"""Accounts opened before addresses were proven: proven, unless the only link they came by had been handed over."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from backend.accounts.models import User
from backend.audit.trail import record
from backend.core.actor import Actor
from backend.organisations.models import Invitation
from tests.factories.organisations import InvitationFactory, UserFactory

MIGRATION = import_module("backend.organisations.migrations.0009_who_proved_their_address")


def account(name, *links):
    """An account with one accepted invitation for each of these links: « mailed » or « taken »."""
    user = UserFactory(email=f"{name}@example.org", address_proven_at=None)
    for link in links:
        invitation = InvitationFactory(email=user.email, accepted_at=timezone.now())
        if link == "taken":
            record(Actor.operator(), "invitation.link_taken", invitation)


@pytest.mark.django_db
def test_only_a_link_that_was_handed_over_leaves_a_doubt():
    account("avant")
    account("recu", "mailed")
    account("remis", "taken")
    account("les-deux", "taken", "mailed")
    waiting = InvitationFactory()
    record(Actor.operator(), "invitation.link_taken", waiting)
    MIGRATION.look_back(apps, SimpleNamespace(connection=connection))
    doubtful = User.objects.filter(address_proven_at__isnull=True).values_list("email", flat=True)
    assert list(doubtful) == ["remis@example.org"]
    assert Invitation.objects.get(pk=waiting.pk).is_link_handed_over
