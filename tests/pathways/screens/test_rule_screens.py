"""« Règles »: every professional reads them, the network writes them, a manager records the préfet's decision."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from backend.core.actor import Role
from pathways.models import RuleSetting
from pathways.rules.dated.rows import CDDI_CEILING, HOURS_480_LIFTED
from tests.factories import OrganisationFactory, actor_of
from tests.worlds.two_houses import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


def words(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def test_an_advisor_reads_the_rules_with_their_texts_and_changes_nothing():
    client = client_of(actor_of(Role.ADVISOR))
    shown = words(client.get(reverse("web:rules")))
    assert "Durée maximale des CDD d’insertion dans une structure" in shown
    assert "L5132-15-1" in shown
    assert "au 31 décembre 2025" in shown
    assert "Changer une règle" not in shown
    assert client.get(reverse("web:rule_new")).status_code == 404


def test_the_network_changes_a_rule_and_reads_it():
    client = client_of(actor_of(Role.NETWORK_HEAD))
    asked = {"name": CDDI_CEILING, "value": "30", "valid_from": "2026-01-01", "text": "Loi inventée"}
    assert client.post(reverse("web:rule_new"), asked).status_code == 302
    shown = words(client.get(reverse("web:rules")))
    assert "30 mois" in shown
    assert "depuis le 1er janvier 2026" in shown


def test_a_refused_value_keeps_what_was_typed():
    client = client_of(actor_of(Role.NETWORK_HEAD))
    asked = {"name": CDDI_CEILING, "value": "deux ans", "valid_from": "2026-01-01", "text": "Loi inventée"}
    answer = client.post(reverse("web:rule_new"), asked)
    assert answer.status_code == 422
    assert "un nombre est attendu" in words(answer)
    assert "deux ans" in words(answer)


def test_a_manager_is_offered_the_decisions_of_their_structure_only():
    structure = OrganisationFactory(kind="AI")
    client = client_of(actor_of(Role.MANAGER, structure))
    assert CDDI_CEILING not in words(client.get(reverse("web:rule_new")))
    asked = {
        "name": HOURS_480_LIFTED,
        "organisation": structure.pk,
        "value": "oui",
        "valid_from": "2026-01-01",
        "valid_to": "2027-12-31",
        "text": "Arrêté inventé du 2 janvier 2026",
    }
    assert client.post(reverse("web:rule_new"), asked).status_code == 302
    assert RuleSetting.objects.get().organisation == structure
    shown = words(client.get(reverse("web:rules")))
    assert "oui, du 1er janvier 2026 au 31 décembre 2027" in shown
    assert "Arrêté inventé" not in words(client_of(actor_of(Role.MANAGER)).get(reverse("web:rules")))
