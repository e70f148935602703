"""`immersions.csv`: what the law refuses is kept with a word, what cannot be true is refused, what was taken back stays so."""

from __future__ import annotations

import pytest
from django.utils import timezone

from backend.core.actor import Actor
from backend.exchange.report import Severity
from backend.exchange.services import import_bundle
from pathways.models import Immersion
from tests.backend.exchange.whole import write_bundle

pytestmark = pytest.mark.django_db
LINE = {
    "salarie_id": "p1", "id": "i1", "prescripteur": "FRANCE_TRAVAIL", "employeur": "Moulin songé", "objet": "DECOUVRIR",
    "objectifs": "Voir", "date_debut": "2026-02-02", "date_fin_prevue": "2026-02-13",
}  # fmt: skip
PLACE = {"id": "s1", "nom": "Chantier des Rives", "type": "ACI"}
PERSON = {"id": "p1", "nom": "Fictive", "prenom": "Solange"}


@pytest.fixture
def send(tmp_path, today):
    def sent(*lines):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        write_bundle(
            folder, {"structures.csv": [PLACE], "salaries.csv": [PERSON], "immersions.csv": list(lines)}
        )
        report = import_bundle(actor=Actor.operator(), folder=folder)
        return [fault for fault in (*report.faults, *report.notices) if fault.file == "immersions.csv"]

    return sent


def test_r32_a_past_convention_against_the_law_is_kept_and_said(send):
    (fault,) = send(LINE | {"date_fin_prevue": "2026-03-10"})
    assert fault.severity is Severity.RESERVE
    assert "un mois" in fault.problem or "1 mois" in fault.problem
    assert Immersion.objects.get().planned_end_on.isoformat() == "2026-03-10"


def test_one_that_ends_before_it_begins_is_refused(send):
    (fault,) = send(LINE | {"date_fin_prevue": "2026-01-30"})
    assert fault.severity is Severity.REFUSAL
    assert not Immersion.objects.exists()


def test_a_renewal_finds_the_first_one_wherever_it_stands_in_the_file(send):
    then = LINE | {
        "id": "i0",
        "date_debut": "2026-02-16",
        "date_fin_prevue": "2026-02-20",
        "renouvelle_id": "i1",
    }
    assert send(then, LINE) == []
    assert Immersion.objects.get(external_id="i0").renews.external_id == "i1"


def test_a_renewal_of_nothing_known_is_refused(send):
    (fault,) = send(LINE | {"renouvelle_id": "i9"})
    assert fault.severity is Severity.REFUSAL
    assert fault.column == "renouvelle_id"


def test_r32_lines_of_one_file_are_told_of_each_other(send):
    others = [
        LINE
        | {
            "id": f"i{n}",
            "objectifs": f"Autre {n}",
            "date_debut": f"2026-0{n}-02",
            "date_fin_prevue": f"2026-0{n}-06",
        }
        for n in (3, 4, 5)
    ]
    faults = send(*others)
    assert [fault.line for fault in faults] == [4]
    assert "2 conventions" in faults[0].problem


def test_one_taken_back_here_is_not_taken_again(send):
    send(LINE)
    Immersion.objects.update(cancelled_at=timezone.now(), cancel_reason="DOUBLE")
    (said,) = send(LINE | {"commune": "Rêveville"})
    assert said.problem.startswith("annulé ici le"), "a question of the check, no fault"
    assert said.severity == "avis"
    kept = Immersion.objects.get()
    assert kept.host_town == ""
    assert kept.cancelled_at is not None


def test_sent_twice_it_stands_once(send):
    assert send(LINE) == []
    assert send(LINE) == []
    assert Immersion.objects.count() == 1
