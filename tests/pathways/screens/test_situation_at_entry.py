"""The situation at entry: what is known, what is not, and nothing in between."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.errors import Conflict, NotPermitted
from pathways.models import EntryProfile
from pathways.services import record_entry
from tests.factories import MembershipFactory, StayFactory
from tests.signin import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    return MembershipFactory()


@pytest.fixture
def person(seat):
    return StayFactory(organisation=seat.organisation, advisor=seat.user).beneficiary


@pytest.fixture
def team(seat) -> Client:
    return sign_in(Client(), seat.user)


def test_yes_no_and_not_known_are_three_answers(team, person):
    address = reverse("web:person_entry", args=[person.pk])
    sent = team.post(address, {"version": "0", "education_level": "", "brsa": "oui", "rqth": "non"})
    assert sent.url == reverse("web:person", args=[person.pk])
    profile = EntryProfile.objects.get(beneficiary=person)
    assert (profile.brsa, profile.rqth, profile.qpv, profile.version) == (True, False, None, 1)

    page = team.get(sent.url).content.decode()
    assert "Bénéficiaire du RSA" in page
    assert "RQTH" not in page
    assert "14 réponses encore inconnues" in page

    form = team.get(address).context["form"]
    assert [form[name].value() for name in ("brsa", "rqth", "qpv")] == ["oui", "non", ""]


def test_the_trail_keeps_which_answers_moved_and_none_of_them(seat, person):
    record_entry(actor=seat.as_actor(), beneficiary=person, version=0, brsa=True, qpv=None)
    entry = Entry.objects.get(action="beneficiary.entry_recorded")
    assert (entry.detail, entry.beneficiary_id) == ({"fields": ["brsa"]}, person.pk)


def test_two_people_writing_at_once_do_not_erase_each_other(seat, team, person):
    record_entry(actor=seat.as_actor(), beneficiary=person, version=0, brsa=True)
    with pytest.raises(Conflict):
        record_entry(actor=seat.as_actor(), beneficiary=person, version=0, rqth=True)
    refused = team.post(reverse("web:person_entry", args=[person.pk]), {"version": "0", "rqth": "oui"})
    assert refused.status_code == 422
    assert 'name="version" value="1"' in refused.content.decode()
    assert EntryProfile.objects.get(beneficiary=person).rqth is None


def test_an_encadrant_neither_reads_nor_writes_it(seat, person):
    supervisor = MembershipFactory(role="SUPERVISOR", organisation=seat.organisation)
    assert not EntryProfile.objects.visible_to(supervisor.as_actor()).exists()
    with pytest.raises(NotPermitted):
        record_entry(actor=supervisor.as_actor(), beneficiary=person, version=0, brsa=True)
    page = sign_in(Client(), supervisor.user).get(reverse("web:person", args=[person.pk]))
    assert "À l’entrée" not in page.content.decode()


def test_a_field_that_is_not_of_the_entry_is_a_mistake_of_the_caller(seat, person):
    with pytest.raises(TypeError, match="last_name"):
        record_entry(actor=seat.as_actor(), beneficiary=person, version=0, last_name="X")
