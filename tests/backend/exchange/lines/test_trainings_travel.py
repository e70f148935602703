"""`formations.csv`: half-told ends are kept with a word, what cannot be is refused, what was taken back stays so."""

from __future__ import annotations

import pytest
from django.utils import timezone

from backend.core.actor import Actor
from backend.exchange.report import Severity
from backend.exchange.services import import_bundle
from pathways.models import Training
from tests.backend.exchange.whole import write_bundle

pytestmark = pytest.mark.django_db
LINE = {
    "salarie_id": "p1", "id": "f1", "intitule": "Cuisine collective", "type": "QUALIFIANTE", "date_debut": "2026-02-02",
    "date_fin_prevue": "2026-02-13",
}  # fmt: skip
PLACE = {"id": "s1", "nom": "Chantier des Rives", "type": "ACI"}
PERSON = {"id": "p1", "nom": "Fictive", "prenom": "Solange"}
OTHER = {"id": "p2", "nom": "Inventé", "prenom": "Karim"}


@pytest.fixture
def send(tmp_path, today):
    def sent(*lines):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        write_bundle(
            folder, {"structures.csv": [PLACE], "salaries.csv": [PERSON, OTHER], "formations.csv": list(lines)}
        )  # fmt: skip
        report = import_bundle(actor=Actor.operator(), folder=folder)
        return [fault for fault in (*report.faults, *report.notices) if fault.file == "formations.csv"]

    return sent


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"date_fin": "2026-02-06", "issue": "ABANDONNEE"}, "sa raison"),
        ({"date_fin": "2026-02-13", "issue": "CERTIFIEE"}, "a sa date"),
    ],
)
def test_an_end_half_told_is_kept_and_said(send, told, word):
    (fault,) = send(LINE | told)
    assert fault.severity is Severity.RESERVE
    assert word in fault.problem
    assert Training.objects.get().outcome == told["issue"]


@pytest.mark.parametrize(
    "told",
    [
        {"date_fin_prevue": "2026-01-30"},
        {"date_fin_prevue": "2027-01-29", "issue": "SUIVIE"},
        {"issue": "SUIVIE", "raison_arret": "EMPLOI"},
        {"issue": "SUIVIE", "date_certificat": "2026-02-13"},
        {"issue": "CERTIFIEE", "date_certificat": "2026-01-30"},
        {"jours_suivis": "13"},
        {"heures_prevues": "289"},
        {"certification": "CAP cuisine"},
    ],
)
def test_what_cannot_be_is_refused(send, told):
    (fault,) = send(LINE | told)
    assert fault.severity is Severity.REFUSAL
    assert not Training.objects.exists()


def test_a_code_is_read_as_people_write_it(send):
    assert send(LINE | {"certification": "rncp 38 596"}) == []
    assert Training.objects.get().certification_code == "RNCP38596"


def test_the_same_id_is_the_same_training(send):
    assert send(LINE) == []
    assert send(LINE | {"organisme": "Centre inventé"}) == []
    assert Training.objects.get().provider == "Centre inventé"


def test_an_id_that_serves_for_somebody_else_is_refused(send):
    send(LINE)
    (fault,) = send(LINE | {"salarie_id": "p2"})
    assert fault.severity is Severity.REFUSAL
    assert "autre personne" in fault.problem


def test_what_was_taken_back_here_stays_so(send):
    send(LINE)
    Training.objects.update(cancelled_at=timezone.now(), cancel_reason="DOUBLE")
    (fault,) = send(LINE | {"organisme": "Centre inventé"})
    assert fault.problem.startswith("annulé ici le"), "a question of the check, no fault"
    row = Training.objects.get()
    assert (row.provider, row.cancel_reason) == ("", "DOUBLE")
