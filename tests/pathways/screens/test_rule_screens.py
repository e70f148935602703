"""« Règles »: anybody reads them, the network writes them, a manager records the préfet's decision, a team tries them."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.forms import BooleanField, ChoiceField, DecimalField, IntegerField
from django.urls import reverse

from backend.core.actor import Role
from backend.core.pages.forms import BirthField, DayField
from pathways.models import RuleSetting
from pathways.rules.dated.rows import CDDI_CEILING, HOURS_480_LIFTED
from pathways.screens.rules.trial import TrialForm
from tests.factories import OrganisationFactory, StayFactory, actor_of
from tests.worlds.two_houses import API, client_of, stranger

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


def test_whoever_is_not_signed_in_reads_every_rule_and_no_structures_decision():
    structure = OrganisationFactory(kind="AI")
    RuleSetting.objects.create(
        key=HOURS_480_LIFTED, organisation=structure, value="oui", valid_from=date(2026, 1, 1),
        valid_to=date(2027, 1, 1), basis="Arrêté inventé",
    )  # fmt: skip
    answer = stranger().get(reverse("web:rules"))
    shown = words(answer)
    assert answer.status_code == 200
    assert all(f'id="R{number:02}"' in shown for number in range(1, 42))
    assert "pas encore appliquée ici" not in shown
    assert "12 mois, du 17 septembre 2021 (jour probable) au 30 janvier 2023" in shown
    assert "Arrêté inventé" not in shown
    assert reverse("web:rule_trial") not in shown


def test_a_situation_is_tried_and_nothing_is_kept():
    client = client_of(actor_of(Role.SUPERVISOR, OrganisationFactory(kind="ACI")))
    assert 'value="ACI" selected' in words(client.get(reverse("web:rule_trial")))
    asked = {
        "structure_kind": "ACI",
        "kind": "CDDI",
        "started_on": "2026-12-01",
        "planned_end_on": "2026-12-31",
    }
    answer = client.post(reverse("web:rule_trial"), asked)
    shown = words(answer)
    assert answer.status_code == 200
    assert "serait refusé" in shown
    assert "le minimum est de 4 mois" in shown
    assert 'href="/regles/#R01"' in shown
    assert 'value="2026-12-31"' in shown


NOTHING_OF_SOMEBODY = (DayField, BirthField, DecimalField, IntegerField, BooleanField, ChoiceField)
"""Days, numbers, yes or no, and closed lists: no word can be written in them."""


@pytest.mark.parametrize("name", [each.name for each in TrialForm().visible_fields()])
def test_nothing_can_be_written_of_somebody_in_a_situation(name):
    assert isinstance(TrialForm.base_fields[name], NOTHING_OF_SOMEBODY)


def test_an_unreadable_day_keeps_what_was_typed():
    client = client_of(actor_of(Role.ADVISOR))
    answer = client.post(reverse("web:rule_trial"), {"structure_kind": "EI", "started_on": "demain"})
    assert answer.status_code == 422
    assert "demain" in words(answer)


def test_the_api_tries_and_lists_with_the_same_words():
    client = client_of(actor_of(Role.MANAGER, OrganisationFactory(kind="AI")))
    sent = {"structure_kind": "AI", "kind": "CTT", "started_on": "2026-12-01"}
    answer = client.post(f"{API}rules/simulate/", sent, content_type="application/json")
    assert answer.status_code == 200
    (part,) = answer.json()["parts"]
    assert (part["subject"], part["is_refused"]) == ("Contrat", True)
    assert [(each["code"], each["rule"]) for each in part["findings"]] == [
        ("contract_kind", "/regles/#signataires")
    ]
    first = client.get(f"{API}rules/").json()["results"][0]
    assert (first["code"], first["values"][0]["value"]) == ("R01", "4 mois")


def test_days_the_wrong_way_round_are_said_alike_by_both_doors():
    client = client_of(actor_of(Role.ADVISOR))
    sent = {"structure_kind": "ACI", "pass_from": "2026-11-02", "pass_to": "2026-11-01"}
    answer = client.post(f"{API}rules/simulate/", sent, content_type="application/json")
    (part,) = answer.json()["parts"]
    assert (part["subject"], part["is_refused"]) == ("PASS IAE", True)
    (found,) = part["findings"]
    assert found["code"] == "trial_backwards"
    shown = words(client.post(reverse("web:rule_trial"), sent))
    assert "serait refusé" in shown
    for said in (found["sentence"], found["way_out"]):
        assert said in shown


def test_a_refusal_leads_to_its_line_on_screen_and_in_the_api():
    stay = StayFactory(organisation__kind="ACI", started_on=date(2026, 11, 1))
    client = client_of(actor_of(Role.MANAGER, stay.organisation))
    asked = {"kind": "CDDI", "started_on": "2026-11-16", "planned_end_on": "2026-12-31", "weekly_hours": "26"}
    assert 'href="/regles/#R01"' in words(client.post(reverse("web:contract_new", args=[stay.pk]), asked))
    answer = client.post(f"{API}contracts/", asked | {"stay": stay.pk}, content_type="application/json")
    assert (answer.status_code, answer.json()["rule"]) == (400, "/regles/#R01")
