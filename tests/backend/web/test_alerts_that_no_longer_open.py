"""The key of sealed columns is missing: pages that list what waits say that some of it is not there; a tool is refused."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.alerts.registry import UNREAD
from backend.core.actor import Role
from tests.factories import (
    ContractFactory,
    IaePassFactory,
    MedicalVisitFactory,
    MembershipFactory,
    StayFactory,
)
from tests.signin import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def person():
    """Whose contract ends this week, and whose medical visit is known."""
    seat = MembershipFactory(role=Role.ADVISOR)
    stay = StayFactory(organisation=seat.organisation, advisor=seat.user)
    ContractFactory(stay=stay, planned_end_on=date(2026, 11, 26))
    IaePassFactory(beneficiary=stay.beneficiary)
    MedicalVisitFactory(beneficiary=stay.beneficiary, organisation=seat.organisation)
    return stay.beneficiary


@pytest.fixture
def client(person):
    seat = person.stays.get().organisation.memberships.get(role=Role.ADVISOR)
    return sign_in(Client(), seat.user, seat=seat.seat_key)


def pages(client, person):
    addresses = [reverse("web:day"), reverse("web:person", args=[person.pk])]
    return [client.get(address).content.decode() for address in addresses]


def test_nothing_is_said_while_all_is_read(client, person):
    assert [UNREAD in page for page in pages(client, person)] == [False, False]
    assert client.get(reverse("api:alerts-list")).status_code == 200


def test_a_key_that_is_missing_is_said_beside_what_still_reads(client, person, settings):
    settings.FIELD_KEYS = ["une autre clé, tirée pour ce test"]
    day, theirs = pages(client, person)
    assert (day.count(UNREAD), theirs.count(UNREAD)) == (1, 1)
    assert "CDDI" in day, "what is not sealed still stands"


def test_a_tool_is_refused_rather_than_told_a_part(client, settings):
    settings.FIELD_KEYS = ["une autre clé, tirée pour ce test"]
    assert client.get(reverse("api:alerts-list")).status_code == 503
