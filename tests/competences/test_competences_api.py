"""Trades, proofs and VAE through the API."""

from __future__ import annotations

import json

import pytest

from backend.core.actor import Role
from competences.models import Assessment, Competence
from competences.selectors import occupations
from tests.factories import TODAY, CompetenceFactory, OccupationCompetenceFactory, OccupationFactory
from tests.worlds.two_houses import API, House


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def house(db):
    return House()


def post(client, path, body, status=201, **headers):
    answer = client.post(f"{API}{path}", json.dumps(body), "application/json", headers=headers)
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def test_what_was_seen_is_recorded_with_its_proof_then_undone(house):
    supervisor, competence = house.clients[Role.SUPERVISOR], CompetenceFactory()
    made = post(supervisor, "assessments/", {
        "beneficiary": house.person.pk, "competence": competence.code, "level": 2, "context": "Vitres du hall",
    })  # fmt: skip
    assert (made["status"], made["assessed_on"], made["competence"]) == (
        "OBSERVEE",
        str(TODAY),
        competence.code,
    )
    post(supervisor, f"assessments/{made['id']}/undo/", {}, 204)
    assert not Assessment.objects.filter(pk=made["id"]).exists()


def test_a_proof_that_is_not_theirs_to_give_is_refused(house):
    code = house["assessments"].competence.code
    body = {"beneficiary": house.person.pk, "competence": code, "level": 3, "status": "CERTIFIEE"}
    assert post(house.clients[Role.SUPERVISOR], "assessments/", body, 403)["code"] == "not_yours"


def test_the_latest_reading_of_each_competence_may_be_asked_alone(house):
    first = house["assessments"]
    body = {"beneficiary": house.person.pk, "competence": first.competence.code, "level": 4}
    newest = post(house.clients[Role.ADVISOR], "assessments/", body)
    address = f"{API}assessments/?beneficiary={house.person.pk}"
    kept = house.clients[Role.ADVISOR].get(f"{address}&is_latest=true").json()["results"]
    assert [each["id"] for each in kept] == [newest["id"]]
    assert house.clients[Role.ADVISOR].get(address).json()["count"] == 2


def test_a_vae_moves_one_stage_at_a_time(house):
    advisor, body = house.clients[Role.ADVISOR], {"kind": "JURY", "jury_on": "2026-12-20", "on": "2026-11-20"}
    address = f"vae-projects/{house['vae-projects'].pk}/move/"
    refused = post(advisor, address, body, 400, **{"If-Match": '"1"'})
    assert (refused["code"], refused["field"]) == ("consent_missing", "kind")
    assert "L6421-1" in refused["basis"]
    opened = post(advisor, "vae-projects/", {
        "beneficiary": house.person.pk, "certification": "Agent inventé", "on": "2026-11-20",
    })  # fmt: skip
    assert opened["status"] == "PROJET"


def test_the_referential_is_searched_in_plain_words(house):
    competence = CompetenceFactory(label="Élaguer un arbre")
    Competence.objects.filter(pk=competence.pk).update(search_label="elaguer un arbre")
    client = house.clients[Role.EMPLOYER]
    found = client.get(f"{API}competences/?q=arbre elaguer").json()["results"]
    assert [each["code"] for each in found] == [competence.code]
    assert client.get(f"{API}competences/?q=%00").status_code == 400


def test_a_trade_is_found_by_its_words_and_shows_what_it_cites(house):
    occupations._built.cache_clear()
    trade = OccupationFactory(rome_code="K2204", label="Agent de nettoyage")
    trade.appellations.create(ogr_code="T1", label="Agent / Agente de nettoyage", is_main=True)
    cited = OccupationCompetenceFactory(occupation=trade, prominence="core")
    client = house.clients[Role.ADVISOR]
    found = client.get(f"{API}occupations/?q=nettoyage").json()["results"]
    assert found[0]["rome_code"] == "K2204"
    shown = client.get(f"{API}occupations/{trade.pk}/competences/").json()
    assert [each["code"] for each in shown] == [cited.competence.code]
    occupations._built.cache_clear()


def test_a_competence_out_of_the_referential_is_refused(house):
    body = {"beneficiary": house.person.pk, "competence": "inconnue", "level": 2}
    assert post(house.clients[Role.ADVISOR], "assessments/", body, 400)["field"] == "competence"
