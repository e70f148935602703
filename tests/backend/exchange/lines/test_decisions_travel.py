"""`suspensions.csv`, `prolongations.csv` and `derogations.csv`: what moves a right comes in, and the end of a PASS follows once."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.actor import Actor
from backend.core.values.dates import french_date
from backend.exchange.report import Severity
from backend.exchange.scope import Scope
from backend.exchange.services import import_bundle
from pathways.enums import DerogationMotive
from pathways.models import Contract, Derogation, IaePass, PassProlongation, PassSuspension
from pathways.selectors.facts.rights import pass_facts
from pathways.selectors.rule_book import read_book
from tests.backend.exchange.whole import write_bundle
from tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-26T10:00:00+01:00")]
PEOPLE = [
    {"id": "p1", "nom": "Fictive", "prenom": "Solange"},
    {"id": "p2", "nom": "Inventé", "prenom": "Karim"},
]
WELCOMED = [
    {"salarie_id": "p1", "date_entree": "2025-01-06"},
    {"salarie_id": "p2", "date_entree": "2025-01-06"},
]
PASS = {"salarie_id": "p1", "numero": "999990000001", "date_debut": "2025-01-06"}
END = date(2027, 1, 5)
"""Of a PASS begun on 6 January 2025: 730 days, both included (R14)."""
PAUSE = {
    "salarie_id": "p1", "id": "u1", "numero": "999990000001", "motif": "CONTRAT_ROMPU", "date_debut": "2026-03-02",
    "date_fin": "2026-04-01",
}  # fmt: skip
MORE = {
    "salarie_id": "p1", "id": "l1", "numero": "999990000001", "motif": "RQTH", "date_debut": "2027-01-05",
    "date_fin": "2027-03-06", "demandee_le": "2026-10-05", "etat": "ACCORDEE", "reponse_le": "2026-10-19",
}  # fmt: skip
ALLOWED = {
    "salarie_id": "p1", "id": "g1", "motif": "CONTRAT_COURT", "decidee_par": "EMPLOYEUR", "date_debut": "2026-02-02",
    "demandee_le": "2026-02-02", "etat": "ACCORDEE", "reponse_le": "2026-02-02",
}  # fmt: skip


@pytest.fixture
def house():
    return OrganisationFactory(kind="ACI", name="Chantier des Rives")


@pytest.fixture
def send(tmp_path, house):
    numbers = iter(range(100))

    def sent(place=house, **files):
        lines = {
            "salaries.csv": PEOPLE,
            "passages.csv": WELCOMED,
            **{f"{name}.csv": rows for name, rows in files.items()},
        }
        folder = write_bundle(tmp_path / str(next(numbers)), lines)
        return import_bundle(actor=Actor.operator(), folder=folder, scope=Scope(place.pk))

    return sent


def end() -> date:
    return IaePass.objects.get().ends_on


def said(report, name):
    return [fault.problem for fault in (*report.faults, *report.notices) if fault.file == f"{name}.csv"]


def test_the_end_follows_what_the_file_tells_and_only_once(send):
    """R16: thirty days of suspension, sixty of prolongation."""
    send(**{"pass": [PASS]})
    assert end() == END
    report = send(suspensions=[PAUSE])
    assert (report.faults, end()) == ([], date(2027, 2, 4))
    assert said(report, "suspensions") == [
        f"la fin du PASS suit, et devient le {french_date(date(2027, 2, 4))}"
    ]
    report = send(suspensions=[PAUSE], prolongations=[MORE])
    assert (report.faults, end()) == ([], date(2027, 4, 5))
    for _ in range(2):
        report = send(**{"pass": [PASS]}, suspensions=[PAUSE], prolongations=[MORE])
        assert {name: tally.unchanged for name, tally in report.tallies.items()} == {
            name: tally.read for name, tally in report.tallies.items()
        }
        assert end() == date(2027, 4, 5)


def test_all_in_one_file_is_the_same_as_one_after_the_other(send):
    report = send(**{"pass": [PASS]}, suspensions=[PAUSE], prolongations=[MORE])
    assert (report.faults, end()) == ([], date(2027, 4, 5))


def test_a_suspension_corrected_by_the_file_moves_the_end_by_the_difference(send):
    send(**{"pass": [PASS]}, suspensions=[PAUSE])
    send(suspensions=[PAUSE | {"date_fin": "2026-03-22"}])
    assert end() == date(2027, 1, 25)


def test_a_request_answered_by_the_next_file_moves_the_end_when_it_is_granted(send):
    asked = {name: value for name, value in MORE.items() if name != "reponse_le"} | {"etat": "DEMANDEE"}
    send(**{"pass": [PASS]}, prolongations=[asked])
    assert end() == END
    send(prolongations=[MORE | {"etat": "REFUSEE", "raison_refus": "DUREE"}])
    assert end() == END
    send(prolongations=[MORE])
    assert end() == date(2027, 3, 6)


@pytest.mark.parametrize("told", ["2027-02-04", "2027-02-05", "2026-12-31"])
def test_an_end_told_by_the_same_file_wins(send, told):
    """Art. R5132-1-2: the dates of the platform win over those we would compute, whether or not they agree."""
    report = send(**{"pass": [PASS | {"date_fin": told}]}, suspensions=[PAUSE])
    assert (report.faults, str(end())) == ([], told)


def test_an_end_known_that_already_counts_the_suspension_does_not_move(send):
    """The platform gave it before, with the suspension inside."""
    send(**{"pass": [PASS | {"date_fin": "2027-02-04"}]})
    assert said(send(suspensions=[PAUSE]), "suspensions") == []
    assert end() == date(2027, 2, 4)
    assert pass_facts(IaePass.objects.get()).computed_end(book=read_book()) == end()


@pytest.mark.parametrize(
    ("name", "line", "word"),
    [
        ("suspensions", PAUSE | {"date_fin": "2026-03-01"}, "se terminerait avant d’avoir commencé"),
        ("suspensions", PAUSE | {"numero": "999990000009"}, "n’est pas connu pour cette personne"),
        ("suspensions", PAUSE | {"salarie_id": "p2"}, "n’est pas connu pour cette personne"),
        ("prolongations", MORE | {"date_fin": "2027-01-05"}, "La nouvelle fin suit celle du PASS"),
        ("prolongations", MORE | {"motif": "MALADIE"}, "valeur inconnue"),
        ("derogations", ALLOWED | {"date_fin": "2026-02-01"}, "se terminerait avant d’avoir commencé"),
        ("derogations", ALLOWED | {"etat": "PEUT-ETRE"}, "valeur inconnue"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(send, name, line, word):
    report = send(**{"pass": [PASS]}, **{name: [line]})
    assert word in " ".join(said(report, name))
    assert report.tallies[f"{name}.csv"].counts()["refused"] == 1
    for model in (PassSuspension, PassProlongation, Derogation):
        assert not model.objects.exists()
    assert end() == END


@pytest.mark.parametrize(
    ("name", "line", "word"),
    [
        ("suspensions", PAUSE | {"motif": "CONTRAT_SUSPENDU", "date_fin": "2026-03-10"}, "15 jours ou moins"),
        (
            "suspensions",
            PAUSE | {"date_debut": "2024-12-02", "date_fin": "2024-12-20"},
            "commence pendant le PASS",
        ),
        ("prolongations", MORE | {"demandee_le": "2025-12-01", "reponse_le": "2025-12-02"}, "se demande du"),
        ("prolongations", MORE | {"reponse_le": ""}, "Une réponse a son jour"),
        ("derogations", ALLOWED | {"decidee_par": "PREFET"}, "se décide par"),
        ("derogations", ALLOWED | {"etat": "REFUSEE"}, "Un refus est motivé"),
    ],
)
def test_what_the_law_would_refuse_today_has_been_and_is_kept_with_a_word(send, name, line, word):
    report = send(**{"pass": [PASS]}, **{name: [line]})
    assert report.faults == []
    kept = [
        each for each in report.notices if each.severity is Severity.RESERVE and each.file == f"{name}.csv"
    ]
    assert word in " ".join(each.problem for each in kept)
    assert any(model.objects.exists() for model in (PassSuspension, PassProlongation, Derogation))


def test_two_suspensions_of_one_file_do_not_share_a_day(send):
    report = send(
        **{"pass": [PASS]},
        suspensions=[PAUSE, PAUSE | {"id": "u2", "date_debut": "2026-04-01", "date_fin": "2026-04-20"}],
    )
    assert report.tallies["suspensions.csv"].counts() == {
        "read": 2,
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": 1,
    }
    assert end() == date(2027, 2, 4)


def test_a_request_of_before_is_judged_by_its_day(send):
    """A refused request, then one that waits: told again, neither says that the other waits (R21)."""
    first = MORE | {"etat": "REFUSEE", "raison_refus": "DUREE"}
    waiting = {name: value for name, value in MORE.items() if name != "reponse_le"}
    waiting |= {"id": "l2", "etat": "DEMANDEE", "demandee_le": "2026-11-02"}
    for _ in range(2):
        report = send(**{"pass": [PASS]}, prolongations=[first, waiting])
        assert said(report, "prolongations") == []


def test_a_pass_whose_number_was_corrected_here_is_still_the_one_of_its_suspension(send):
    send(**{"pass": [PASS]}, suspensions=[PAUSE])
    IaePass.objects.update(number="999990000007")
    report = send(suspensions=[PAUSE | {"motif": "CONTRAT_TERMINE"}])
    assert report.faults == []
    assert PassSuspension.objects.get().motive == "CONTRAT_TERMINE"


def test_a_line_moves_no_suspension_to_another_pass(send):
    older = PASS | {"numero": "999990000002", "date_debut": "2022-01-03", "date_fin": "2022-12-31"}
    send(**{"pass": [older, PASS]}, suspensions=[PAUSE])
    report = send(suspensions=[PAUSE | {"numero": "999990000002"}])
    assert said(report, "suspensions") == [
        "cet identifiant désigne déjà la suspension du PASS d’un autre PASS"
    ]
    assert PassSuspension.objects.get().iae_pass.number == "999990000001"


def test_no_suspension_comes_from_where_nobody_is_in_insertion(send):
    firm = OrganisationFactory(kind="ASP-SAP", name="Maison songée")
    report = send(place=firm, **{"pass": [PASS]}, suspensions=[PAUSE])
    assert [each.problem for each in report.faults] == [
        "un PASS IAE change dans une structure d’insertion qui accompagne la personne"
    ]


def test_a_derogation_of_the_file_lets_its_contracts_go_further(send):
    """R03: nobody of 50 and more told, a contract past 24 months is said; with its decision, nothing is."""
    years = [
        {"id": f"c{rank}", "salarie_id": "p1", "type": "CDDI", "date_debut": start, "date_fin_prevue": over, "heures_hebdo": "26"}
        for rank, (start, over) in enumerate(
            [("2023-11-06", "2024-11-05"), ("2024-11-06", "2025-11-05"), ("2025-11-06", "2026-11-05")]
        )
    ]  # fmt: skip
    decision = ALLOWED | {
        "motif": DerogationMotive.DIFFICULTIES.value, "decidee_par": "PRESCRIPTEUR", "date_debut": "2025-11-06",
        "date_fin": "2026-11-05", "demandee_le": "2025-10-01", "reponse_le": "2025-10-20",
    }  # fmt: skip
    with_it = send(derogations=[decision], contrats=years)
    Contract.objects.all().delete()
    Derogation.objects.all().delete()
    without = send(contrats=years)
    assert "il faut une dérogation" in " ".join(said(without, "contrats"))
    assert "il faut une dérogation" not in " ".join(said(with_it, "contrats"))
