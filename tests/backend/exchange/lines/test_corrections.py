"""A corrected line corrects: no second departure, no hours counted twice, no interview beside itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.core.actor import Actor
from backend.exchange.services import import_bundle
from competences.models import Assessment, Licence
from pathways.models import Contract, Exit, Interview, MonthlyHours, Stay
from tests.backend.exchange.whole import write_bundle
from tests.factories import CompetenceFactory

pytestmark = pytest.mark.django_db
PLACE = {"structures.csv": [{"id": "s1", "nom": "Chantier des Rives", "type": "ACI"}]}
PERSON = {"salaries.csv": [{"id": "p1", "nom": "Fictive", "prenom": "Solange"}]}


def contract(key="c1", start="2026-01-05", **more):
    return {"id": key, "salarie_id": "p1", "structure_id": "s1", "type": "CDI", "date_debut": start, **more}


def leaving(day, **more):
    return {"salarie_id": "p1", "structure_id": "s1", "date_sortie": day, "motif": "3", **more}


@pytest.fixture
def bring(tmp_path):
    """Send files, one after the other, each time beside the same person and contract."""
    count = iter(range(100))

    def send(contracts=None, **files):
        lines = {**PLACE, **PERSON, "contrats.csv": [contract()] if contracts is None else contracts}
        lines |= {f"{name}.csv": rows for name, rows in files.items()}
        folder = write_bundle(
            tmp_path / str(next(count)), {name: rows for name, rows in lines.items() if rows}
        )
        return import_bundle(actor=Actor.operator(), folder=folder)

    return send


def said(report):
    return [(fault.file, fault.line, fault.problem) for fault in report.faults]


def exits():
    return list(Exit.objects.order_by("occurred_on").values_list("occurred_on", "motive"))


def stays():
    return list(Stay.objects.order_by("started_on").values_list("started_on", "ended_on"))


# Exits


@pytest.mark.parametrize("day", ["2026-07-04", "2026-06-15", "2026-01-05"])
def test_an_exit_sent_again_with_another_day_is_the_same_departure(bring, day):
    bring(sorties=[leaving("2026-06-30")])
    report = bring(sorties=[leaving(day, motif="7")])
    assert exits() == [(date.fromisoformat(day), "7")]
    assert stays() == [(date(2026, 1, 5), date.fromisoformat(day))]
    assert report.tallies["sorties.csv"].changed == 1


def test_a_departure_after_a_new_contract_is_another_one(bring):
    bring(sorties=[leaving("2026-03-31")])
    contracts = [contract(), contract("c2", "2026-04-15")]
    bring(contracts, sorties=[leaving("2026-06-30")])
    assert [day for day, _ in exits()] == [date(2026, 3, 31), date(2026, 6, 30)]
    assert stays() == [(date(2026, 1, 5), date(2026, 3, 31)), (date(2026, 4, 15), date(2026, 6, 30))]


def test_two_departures_without_a_contract_in_between_are_told_apart(bring):
    report = bring(sorties=[leaving("2026-06-30"), leaving("2026-03-31")])
    assert said(report) == [
        (
            "sorties.csv",
            2,
            "une sortie est déjà là le 31/03/2026, et aucun contrat n’a commencé entre les deux",
        )
    ]
    assert len(exits()) == 1


def test_an_exit_before_its_entry_is_refused_and_makes_no_ghost(bring):
    report = bring(sorties=[leaving("2025-06-30")])
    assert said(report) == [("sorties.csv", 2, "La sortie ne peut pas précéder l’entrée.")]
    assert stays() == [(date(2026, 1, 5), None)]


def test_the_same_departure_in_both_files_counts_once(bring):
    bare = {key: value for key, value in leaving("2026-06-30").items() if key != "motif"}
    report = bring(sorties=[leaving("2026-06-30")], sorties_sans_motif=[bare])
    assert said(report) == [("sorties_sans_motif.csv", 2, "cette sortie est déjà dans sorties.csv, ligne 2")]
    assert exits() == [(date(2026, 6, 30), "3")]


def test_a_motive_completed_here_is_not_lost(bring):
    bare = {key: value for key, value in leaving("2026-06-30").items() if key != "motif"}
    bring(sorties_sans_motif=[bare])
    Exit.objects.update(motive="3", employer_name="Brioches du Val")
    for _ in range(2):
        report = bring(sorties_sans_motif=[bare])
        assert report.tallies["sorties_sans_motif.csv"].unchanged == 1
        assert Exit.objects.values_list("motive", "employer_name").get() == ("3", "Brioches du Val")


def test_a_day_corrected_here_stays_when_the_file_repeats_the_old_one(bring):
    bring(sorties=[leaving("2026-06-30")])
    Exit.objects.update(occurred_on=date(2026, 7, 3))
    Stay.objects.update(ended_on=date(2026, 7, 3))
    report = bring(sorties=[leaving("2026-06-30")])
    assert exits() == [(date(2026, 7, 3), "3")]
    assert [(notice.column, notice.severity) for notice in report.notices] == [("date_sortie", "avis")]


def test_a_stay_without_contract_keeps_its_first_day(bring):
    bring([], sorties=[leaving("2026-06-30", date_entree="2026-02-02")])
    bring([], sorties=[leaving("2026-06-30")])
    assert stays() == [(date(2026, 2, 2), date(2026, 6, 30))]


def test_a_stay_opened_here_keeps_its_first_day_when_its_contract_comes(bring):
    bring()
    stay = Stay.objects.get()
    Contract.objects.all().delete()
    Stay.objects.filter(pk=stay.pk).update(started_on=date(2026, 1, 2))
    bring([contract("c9", "2026-01-12")])
    assert stays() == [(date(2026, 1, 2), None)]


# Hours


def hour(hours, kind="", key="c1", month="2026-02"):
    return {"contrat_id": key, "mois": month, "heures": hours, "client_type": kind}


def hours_here():
    return {row.client_kind: row.hours for row in MonthlyHours.objects.all()}


def test_lines_of_one_month_and_kind_of_client_add_up(bring):
    lines = [hour("80", "PARTICULIER"), hour("75,255", "PARTICULIER"), hour("10", "PUBLIC")]
    report = bring(heures=lines)
    assert hours_here() == {"PARTICULIER": Decimal("155.26"), "PUBLIC": Decimal(10)}
    assert report.tallies["heures.csv"].counts() == {
        "read": 3, "added": 3, "changed": 0, "unchanged": 0, "refused": 0,
    }  # fmt: skip
    assert bring(heures=lines).tallies["heures.csv"].unchanged == 3


def test_lines_that_add_up_to_no_month_are_refused_with_the_whole_month(bring):
    report = bring(heures=[hour("300"), hour("300"), hour("10", "PUBLIC"), hour("20", month="2026-03")])
    assert [line for _, line, _ in said(report)] == [2, 3, 4]
    assert "d’autres lignes de ce mois" in said(report)[2][2]
    assert report.tallies["heures.csv"].counts() == {
        "read": 4, "added": 1, "changed": 0, "unchanged": 0, "refused": 3,
    }  # fmt: skip
    assert hours_here() == {"": 20}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([("80", "")], [("80", "PARTICULIER")], {"PARTICULIER": 80}),
        ([("80", "")], [("75", "PARTICULIER")], {"PARTICULIER": 75}),
        ([("80", "")], [("50", "PARTICULIER"), ("40", "PUBLIC")], {"PARTICULIER": 50, "PUBLIC": 40}),
        ([("80", "PARTICULIER")], [("80", "PUBLIC")], {"PUBLIC": 80}),
        ([("50", "PARTICULIER"), ("30", "PUBLIC")], [("80", "")], {"": 80}),
        ([("50", "PUBLIC"), ("30", "")], [("60", "PUBLIC"), ("30", "")], {"PUBLIC": 60, "": 30}),
    ],
)
def test_a_month_told_otherwise_is_never_counted_twice(bring, first, second, expected):
    bring(heures=[hour(*line) for line in first])
    report = bring(heures=[hour(*line) for line in second])
    assert report.faults == []
    assert hours_here() == expected
    assert bring(heures=[hour(*line) for line in second]).tallies["heures.csv"].unchanged == len(second)


@pytest.mark.parametrize("second", [("20", "PUBLIC"), ("90", "")])
def test_a_month_that_could_lose_or_double_hours_is_asked_whole(bring, second):
    bring(heures=[hour("80", "PARTICULIER")])
    report = bring(heures=[hour(*second)])
    assert said(report) == [("heures.csv", 2, "ce mois porte déjà 80 h PARTICULIER, absentes du fichier")]
    assert hours_here() == {"PARTICULIER": 80}
    bring(heures=[hour(*second), hour("0", "PARTICULIER")])
    assert hours_here() == {second[1]: Decimal(second[0]), "PARTICULIER": 0}


def test_hours_typed_here_are_not_replaced_unasked(bring):
    bring(heures=[hour("80")])
    MonthlyHours.objects.update(hours=70)
    bring(heures=[hour("50", "PARTICULIER"), hour("40", "PUBLIC")])
    assert hours_here() == {"": 70}


@pytest.mark.parametrize(
    ("known", "second"),
    [
        ([("60", "")], [("50", "PARTICULIER"), ("40", "PUBLIC")]),
        ([("10", "")], [("140", "PARTICULIER")]),
        ([("10", "PUBLIC")], [("140", "PARTICULIER"), ("0", "PUBLIC")]),
        ([("30", "PUBLIC"), ("30", "PARTICULIER")], [("80", "PUBLIC"), ("0", "PARTICULIER")]),
    ],
)
def test_a_refused_month_keeps_the_hours_it_had(bring, known, second):
    """Three days of contract hold 72 hours: what goes past them takes nothing away."""
    three_days = [contract("c1", "2026-02-26", date_fin="2026-02-28")]
    bring(three_days, heures=[hour(*line) for line in known])
    before = {(row.pk, row.client_kind, row.hours) for row in MonthlyHours.objects.all()}
    report = bring(three_days, heures=[hour(*line) for line in second])
    assert report.tallies["heures.csv"].counts()["refused"] == len(second)
    assert report.notices == []
    assert {(row.pk, row.client_kind, row.hours) for row in MonthlyHours.objects.all()} == before


@pytest.mark.parametrize(
    ("kind", "typed", "second"),
    [
        ("PARTICULIER", "95", [("50", "PARTICULIER"), ("30", "PUBLIC")]),
        ("", "95", [("80", "PARTICULIER")]),
        ("", "95", [("50", "PARTICULIER"), ("30", "PUBLIC")]),
        ("PUBLIC", "40", [("80", "PARTICULIER"), ("10", "ASSOCIATION")]),
    ],
)
def test_a_month_typed_here_and_told_otherwise_is_asked_whole(bring, kind, typed, second):
    """80 h came by file, another figure was typed here: whatever the file does now could count hours twice."""
    bring(heures=[hour("80", kind)])
    MonthlyHours.objects.update(hours=Decimal(typed))
    report = bring(heures=[hour(*line) for line in second])
    assert hours_here() == {kind: Decimal(typed)}
    assert report.tallies["heures.csv"].counts()["refused"] == len(second)
    assert all(typed in problem for _, _, problem in said(report))
    assert report.notices == []
    whole = [hour(typed, kind), *(hour("0", each) for _, each in second if each != kind)]
    assert bring(heures=whole).faults == []
    assert sum(hours_here().values()) == Decimal(typed)


def test_what_a_formula_leaves_beyond_the_cents_changes_nothing(bring):
    for _ in range(2):
        report = bring(heures=[hour("151,666667")])
    assert report.tallies["heures.csv"].unchanged == 1
    assert hours_here() == {"": Decimal("151.67")}


# Interviews and competences


def interview(**more):
    return {"salarie_id": "p1", "date": "2026-02-02", "synthese": "Premier mot", **more}


def test_an_interview_is_known_by_person_and_day(bring):
    bring(entretiens=[interview()])
    report = bring(entretiens=[interview(synthese="Mot corrigé", duree="45")])
    assert report.tallies["entretiens.csv"].changed == 1
    assert [(row.synthesis, row.duration_minutes) for row in Interview.objects.all()] == [("Mot corrigé", 45)]


def test_two_interviews_of_one_day_need_an_id_and_keep_it(bring):
    report = bring(entretiens=[interview(), interview(synthese="Autre")])
    assert [line for _, line, _ in said(report)] == [3]
    both = [interview(id="e1"), interview(id="e2", synthese="Autre")]
    assert bring(entretiens=both).faults == []
    assert {row.external_id: row.synthesis for row in Interview.objects.all()} == {
        "e1": "Premier mot",
        "e2": "Autre",
    }
    moved = [interview(id="e1", date="2026-02-09"), both[1]]
    assert bring(entretiens=moved).tallies["entretiens.csv"].changed == 1
    assert Interview.objects.count() == 2
    lost = bring(entretiens=[interview(synthese="Sans id", date="2026-02-02")])
    assert lost.faults == []


def test_an_unknown_author_is_said_and_the_interview_kept(bring):
    report = bring(entretiens=[interview(auteur="personne@example.org")])
    assert report.faults == []
    assert [notice.column for notice in report.notices] == ["auteur"]
    assert Interview.objects.get().author is None


def note(**more):
    return {"salarie_id": "p1", "code": "104253", "niveau": "2", "date": "2026-02-02", **more}


def test_a_competence_is_known_by_person_competence_and_day(bring):
    CompetenceFactory(code="104253")
    bring(competences=[note(observateur="Paul Prétendu")])
    bring(competences=[note(niveau="3", observateur="Paule Prétendu")])
    assert [(row.level, row.observer_name) for row in Assessment.objects.all()] == [(3, "Paule Prétendu")]


def test_two_pairs_of_eyes_on_one_day_stay_two_readings(bring):
    CompetenceFactory(code="104253")
    both = [note(observateur="Paul Prétendu"), note(niveau="1", statut="DECLAREE")]
    bring(competences=both)
    assert bring(competences=both).tallies["competences.csv"].unchanged == 2
    assert Assessment.objects.count() == 2


def test_two_lines_never_undo_each_other(bring):
    CompetenceFactory(code="104253")
    notes = [note(contexte="Un"), note(contexte="Deux", statut="OBSERVEE")]
    both = [interview(id="e1"), interview(synthese="Sans id")]
    for _ in range(2):
        report = bring(competences=notes, entretiens=both)
        assert said(report) == [("competences.csv", 3, "cette ligne répète la ligne 2")]
    assert report.tallies["entretiens.csv"].unchanged == 2
    assert [row.context for row in Assessment.objects.all()] == ["Un"]


def test_an_end_emptied_by_the_first_file_already_stays_empty(bring):
    title = {"salarie_id": "p1", "nature": "CACES_R489", "precision": "catégorie 3", "date": "2024-07-31"}
    for end in ("EFFACER", "EFFACER", ""):
        report = bring(habilitations=[{**title, "date_fin": end}])
        assert Licence.objects.get().expires_on is None
    assert report.tallies["habilitations.csv"].unchanged == 1


# Lines that hang on a refused line


def test_lines_that_hang_on_a_refused_line_say_which(bring):
    people = [
        {"id": "p1", "nom": "Fictive", "prenom": "Solange"},
        {"id": "p2", "nom": "", "prenom": "Karim"},
        {"id": "p3", "nom": "Modèle", "prenom": '"Lina'},
    ]
    report = bring(
        [contract(), contract("c2") | {"salarie_id": "p2"}, contract("c3") | {"salarie_id": "p3"}],
        salaries=people,
        heures=[hour("10", key="c2"), hour("10", key="c9")],
    )
    problems = {(file, line): problem for file, line, problem in said(report)}
    assert problems["contrats.csv", 3] == "sa ligne 3 de salaries.csv est à corriger d’abord"
    assert problems["heures.csv", 2] == "sa ligne 3 de contrats.csv est à corriger d’abord"
    assert problems["heures.csv", 3] == "cet identifiant n’est connu nulle part"


def test_a_renewal_without_its_chain_is_kept_with_a_reservation(bring):
    report = bring([contract("c2") | {"contrat_initial_id": "c0"}])
    assert report.faults == []
    assert [(notice.severity, notice.column) for notice in report.notices] == [
        ("réserve", "contrat_initial_id")
    ]
    assert report.tallies["contrats.csv"].added == 1
