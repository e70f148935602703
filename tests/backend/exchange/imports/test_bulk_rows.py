"""Rows put by a tool: the engine that reads files, its checks and its rights, an answer per row, nothing twice."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from backend.accounts.models import User
from backend.core.actor import Role
from backend.exchange.services import MOST_ROWS
from pathways.models import Beneficiary, Contract, IaePass, MonthlyHours
from pathways.services import update_person
from tests.factories import actor_of
from tests.signin import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-27T10:00:00+01:00")]
TABLES = {
    "salaries": [
        {"id": "1", "nom": "Fictive", "prenom": "Solange", "telephone": "06 39 98 00 01", "rqth": True, "brsa": None},
        {"id": 2, "nom": "Inventé", "prenom": "Karim"},
    ],
    "contrats": [
        {"id": "c1", "salarie_id": "1", "type": "CDDI", "date_debut": "2026-02-02", "date_fin_prevue": "2027-01-29", "heures_hebdo": 26.0},
        {"id": "c2", "salarie_id": 2, "type": "CDI", "date_debut": "2026-02-02"},
    ],
    "heures": [{"contrat_id": "c1", "mois": "2026-03", "heures": 100.5}],
    "pass": [{"salarie_id": "1", "numero": "999990000001", "date_debut": "2026-02-02"}],
    "entretiens": [{"salarie_id": "1", "date": "2026-11-20", "id": "e1", "synthese": "Point", "sujets": ["TRAVAIL", "PROJET"]}],
}  # fmt: skip


@pytest.fixture
def put(client, manager, here):
    def send(tables, status=200, actor=manager, place=None, **more):
        sign_in(client, User.objects.get(pk=actor.user_id))
        body = {"organisation": (place or here).pk, "tables": tables, **more}
        answer = client.put(reverse("api:bulk"), json.dumps(body), content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    return send


def outcomes(answer):
    return [(row["table"], row["row"], row["outcome"]) for row in answer["rows"]]


def test_rows_go_in_whole_and_a_second_time_change_nothing(put):
    first = put(TABLES)
    assert {row["outcome"] for row in first["rows"]} == {"ajoutée"}
    assert first["counts"]["salaries"] == {"read": 2, "added": 2, "changed": 0, "unchanged": 0, "refused": 0}
    assert Beneficiary.objects.get(last_name="Fictive").phone == "0639980001"
    assert Beneficiary.objects.get(last_name="Fictive").entry_profile.rqth is True
    assert str(MonthlyHours.objects.get().hours) == "100.50"
    again = put(TABLES)
    assert {row["outcome"] for row in again["rows"]} == {"inchangée"}
    assert (Contract.objects.count(), IaePass.objects.count(), again["changes"]) == (2, 1, [])


def test_each_row_is_answered_and_a_bad_one_costs_itself(put):
    put(TABLES)
    answer = put(
        {
            "contrats": [
                {"id": "c1", "salarie_id": "1", "type": "CDDI", "date_debut": "2026-02-02", "heures_hebdo": 28},
                {"id": "c3", "salarie_id": "inconnu", "type": "CDDI", "date_debut": "2026-02-02"},
                {"id": "c2", "salarie_id": "2", "type": "CDX", "date_debut": "2026-02-02"},
            ],
            "heures": [{"contrat_id": "c2", "mois": "2026-04", "heures": "110:30"}, {"salarie_id": "1", "mois": "05/26", "heures": 90}],
        }
    )  # fmt: skip
    assert outcomes(answer) == [
        ("contrats", 1, "modifiée"), ("contrats", 2, "refusée"), ("contrats", 3, "refusée"),
        ("heures", 1, "ajoutée"), ("heures", 2, "ajoutée"),
    ]  # fmt: skip
    (problem,) = answer["rows"][2]["problems"]
    assert (problem["column"], problem["severity"]) == ("type", "refus")
    assert problem["what_to_do"].startswith("Choisissez parmi")


def test_what_was_changed_here_is_kept_until_somebody_decides(put, manager):
    put(TABLES)
    person = Beneficiary.objects.get(last_name="Fictive")
    update_person(actor=manager, beneficiary=person, version=person.version, phone="0639980009")
    rows = {"salaries": [{**TABLES["salaries"][0], "telephone": "0639980002"}]}
    kept = put(rows)
    assert outcomes(kept) == [("salaries", 1, "inchangée")]
    (change,) = kept["changes"]
    assert (change["here"], change["sent"], change["is_taken"]) == ("0639980009", "0639980002", False)
    taken = put(rows, decisions={"salaries.csv:1:telephone": "fichier"})
    assert outcomes(taken) == [("salaries", 1, "modifiée")]


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"structures": []}, "unknown_table"),
        ({"passages.csv": []}, "unknown_table"),
        ({"salaries": [{"id": str(n)} for n in range(MOST_ROWS)], "pass": [{}]}, "too_many_rows"),
        ({"salaries": [{"id": {"a": 1}}]}, None),
        ({"salaries": [["1"]]}, None),
        ({"salaries": "1"}, None),
        ([], None),
    ],
)
def test_what_cannot_be_rows_is_refused_whole(put, tables, code):
    answer = put(tables, status=400)
    assert code in (None, answer["code"])
    assert not Beneficiary.objects.exists()


def test_a_structure_puts_its_own_rows_only(put, there, here):
    put(TABLES, place=there, status=400)
    put(TABLES, actor=actor_of(Role.ADVISOR, here), status=403)
    put(TABLES)
    other = put({"contrats": [{"id": "c1", "salarie_id": "1", "type": "CDI", "date_debut": "2026-02-02"}]}, actor=actor_of(Role.MANAGER, there), place=there)  # fmt: skip
    assert outcomes(other) == [("contrats", 1, "refusée")]
    assert Contract.objects.count() == 2


def test_unknown_columns_are_said_and_an_empty_request_is_fine(put):
    answer = put(
        {"salaries": [{**TABLES["salaries"][0], "couleur": "bleu"}], "contrats": TABLES["contrats"][:1]}
    )
    assert [(said["column"], said["problem"]) for said in answer["notices"]] == [
        ("couleur", "colonne ignorée")
    ]
    assert put({})["rows"] == []
