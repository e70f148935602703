"""What people send in one column or one sheet alone: whole names, hours of a month without a contract, one line per contract."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.actor import Actor
from backend.exchange import services
from backend.exchange.formats.tables import table_of_csv
from backend.exchange.matching.applying import Choice, told_by
from backend.exchange.matching.proposing import propose
from backend.exchange.matching.sending import Matched
from backend.exchange.matching.targets import knows
from backend.exchange.models import ColumnMap
from backend.exchange.scope import Scope
from backend.exchange.services import import_bundle
from pathways.models import Beneficiary, Contract, Exit, MonthlyHours, Stay
from tests.backend.exchange.import_jobs import checked, run
from tests.backend.exchange.sheets import csv_file

pytestmark = pytest.mark.time_machine("2026-11-27T10:00:00+01:00")


def table(tmp_path, *lines):
    (tmp_path / "a.csv").write_bytes("\n".join(lines).encode())
    return table_of_csv(tmp_path / "a.csv", key="a.csv", name="le fichier", knows=knows)


def keys(found):
    return [each.key if each else "" for each in propose(found)]


# Whole names

NAMES = ["FICTIVE Solange", "INVENTÉ Karim", "MODÈLE Lina"]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("NOM Prénom", "salaries.nom_prenom"),
        ("Nom et prénom", "salaries.nom_prenom"),
        ("Nom & Prénom", "salaries.nom_prenom"),
        ("NOM / PRENOM", "salaries.nom_prenom"),
        ("Nom, prénom", "salaries.nom_prenom"),
        ("Nom prénom du salarié", "salaries.nom_prenom"),
        ("Bénéficiaire", "salaries.nom_prenom"),
        ("Salarié", "salaries.nom_prenom"),
        ("Nom complet", "salaries.nom_prenom"),
        ("Identité", "salaries.nom_prenom"),
        ("Prénom Nom", "salaries.prenom_nom"),
        ("Prénom et nom", "salaries.prenom_nom"),
        ("Nom", "salaries.nom_prenom"),
        ("Nom du salarié", "salaries.nom_prenom"),
        ("Couleur", ""),
        ("Référent", ""),
    ],
)
def test_a_column_of_whole_names_is_seen(tmp_path, title, key):
    lines = [f"{title};Né(e) le", *(f"{name};12/03/1985" for name in NAMES)]
    assert keys(table(tmp_path, *lines))[0] == key


@pytest.mark.parametrize(
    ("titles", "cells"),
    [
        ("Nom;Prénom;Salarié", "Fictive;Solange;12"),
        ("Nom;Prénom;Nom complet", "Fictive;Solange;Fictive Solange"),
        ("Bénéficiaire;Nom;Prénom", "Fictive Solange;Fictive;Solange"),
        ("Salarié;Nom;Prénom", "0012;Fictive;Solange"),
        ("Nom;Prénoms", "De La Rive;Solange Marie"),
    ],
)
def test_two_columns_are_never_one_whole_name(tmp_path, titles, cells):
    found = keys(table(tmp_path, titles, cells, cells))
    assert {"salaries.nom", "salaries.prenom"} <= set(found)
    assert "salaries.nom_prenom" not in found


def test_a_cut_is_corrected_and_a_guess_is_said(tmp_path):
    found = table(
        tmp_path, "Salarié;Né le", "FICTIVE Solange;1/2/90", "Rêve Anne Marie;3/4/91", "Paul Songe Fée;5/6/92"
    )
    columns = keys(found)
    choice = Choice(columns, {"salaries.nom_prenom": {"paul songe fee": "Songe Fée | Paul"}})
    told = told_by({"a.csv": found}, {"a.csv": choice})["salaries.csv"]
    assert [(line["nom"], line["prenom"]) for line in told.lines.values()] == [
        ("FICTIVE", "Solange"), ("Rêve", "Anne Marie"), ("Songe Fée", "Paul"),
    ]  # fmt: skip
    assert [(said.line, said.problem) for said in told.said] == [
        (3, "coupé ainsi : Nom de famille « Rêve », Prénom « Anne Marie »")
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("import_dir")
def test_the_page_asks_the_guesses_and_forgets_the_names(manager, monkeypatch):
    monkeypatch.setattr("backend.core.jobs.send", lambda task, job, words: True)
    lines = [
        "Bénéficiaire;Type de contrat;Début",
        "Rêve Anne Marie;CDDI;05/01/26",
        "FICTIVE Solange;CDDI;05/01/26",
    ]
    job = checked(manager, csv_file("suivi.csv", *lines))
    (asked,) = services.asked_tables(job)
    assert [(cut.word, cut.said, cut.is_sure) for cut in asked.columns[0].cuts] == [
        ("Rêve Anne Marie", "Rêve | Anne Marie", False), ("FICTIVE Solange", "FICTIVE | Solange", True),
    ]  # fmt: skip
    answers = {"0:0:Rêve Anne Marie": "Rêve Anne | Marie"}
    choices = services.choices_sent([asked], answers)
    services.choose_columns(actor=manager, job=job, choices=choices)
    services.confirm_import(actor=manager, job=run(job))
    run(job)
    assert sorted(Beneficiary.objects.values_list("last_name", "first_name")) == [
        ("FICTIVE", "Solange"), ("Rêve Anne", "Marie"),
    ]  # fmt: skip
    assert "marie" not in str(ColumnMap.objects.get().values).lower(), "a map holds nothing of any person"


# Hours alone


def person(here, last, first, *contracts, sent="", born=None):
    row = Beneficiary.objects.create(last_name=last, first_name=first, external_id=sent, birth_date=born)
    stay = Stay.objects.create(beneficiary=row, organisation=here, started_on="2026-01-05")
    for number, (start, end) in enumerate(contracts):
        Contract.objects.create(
            stay=stay, kind="CDDI", started_on=start, planned_end_on=end,
            external_id=f"{sent}c{number}" if sent else "",
        )  # fmt: skip
    return row


@pytest.fixture
def team(here):
    mark = Scope(here.pk).prefix
    person(
        here,
        "Fictive",
        "Solange",
        ("2026-01-05", "2026-06-30"),
        ("2026-07-01", "2026-12-31"),
        sent=f"{mark}12",
    )
    person(here, "Inventé", "Karim", ("2026-01-05", "2026-12-31"))  # typed here: no id of a file
    person(here, "Songe", "Paul", ("2026-01-05", "2026-12-31"), born=date(1990, 2, 1))
    person(here, "Songe", "Paul", ("2026-01-05", "2026-12-31"), born=date(1980, 2, 1))
    person(here, "Rêve", "Zoé", ("2026-01-05", "2026-03-15"), ("2026-03-16", "2026-12-31"), sent=f"{mark}15")
    return here


def bring(tmp_path, here, *lines):
    found = table(tmp_path, *lines)
    choice = Choice(keys(found))
    (tmp_path / "sent").mkdir(exist_ok=True)
    (tmp_path / "sent" / "a.csv").write_bytes((tmp_path / "a.csv").read_bytes())
    return import_bundle(
        actor=Actor.operator(),
        folder=tmp_path / "sent",
        scope=Scope(here.pk),
        matched=Matched({"a.csv": found}, {"a.csv": choice}),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("titles", "line", "whose"),
    [
        ("Matricule;Mois;Heures", "12;02/2026;100", ("Fictive", "2026-01-05")),
        ("Matricule;Mois;Heures", "12;08/2026;100", ("Fictive", "2026-07-01")),
        ("Matricule;Mois;Heures", "12;août 26;100:30", ("Fictive", "2026-07-01")),
        ("Matricule;Période;Nb d’heures", "12;2026-06;100", ("Fictive", "2026-01-05")),
        ("Nom;Prénom;Mois;Heures", "Fictive;Solange;07/2026;100", ("Fictive", "2026-07-01")),
        ("Nom;Prénom;Mois;Heures", "FICTIVE;SOLANGE;07/26;100", ("Fictive", "2026-07-01")),
        ("Nom;Prénom;Mois;Heures", "Solange;Fictive;07/26;100", ("Fictive", "2026-07-01")),
        ("Nom;Prénom;Mois;Heures", "invente;karim;03/2026;90", ("Inventé", "2026-01-05")),
        ("Salarié;Mois;Heures", "INVENTÉ Karim;03/2026;90", ("Inventé", "2026-01-05")),
        ("Salarié;Mois;Heures", "Karim INVENTÉ;03/2026;90", ("Inventé", "2026-01-05")),
        ("NOM Prénom;Mois de paie;Heures payées", "Inventé Karim;mars 2026;90,25", ("Inventé", "2026-01-05")),
        ("Nom;Prénom;Né(e) le;Mois;Heures", "Songe;Paul;01/02/90;03/2026;90", ("Songe", "2026-01-05")),
        ("Matricule;Mois;Heures", "15;02/2026;90", ("Rêve", "2026-01-05")),
        ("Matricule;Mois;Heures", "15;04/2026;90", ("Rêve", "2026-03-16")),
    ],
)
def test_hours_alone_find_the_contract_of_their_month(team, tmp_path, titles, line, whose):
    report = bring(tmp_path, team, titles, line)
    assert [(fault.file, fault.problem) for fault in report.faults] == []
    row = MonthlyHours.objects.select_related("contract__stay__beneficiary").get()
    assert (row.contract.stay.beneficiary.last_name, row.contract.started_on.isoformat()) == whose
    assert Beneficiary.objects.count() == 5, "nobody is doubled"
    again = bring(tmp_path, team, titles, line)
    assert again.tallies["heures.csv"].unchanged == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("titles", "line", "problem"),
    [
        ("Matricule;Mois;Heures", "15;03/2026;90", "2 contrats couvrent ce mois : n° 15c0, du 5 janvier 2026 ; n° 15c1, du 16 mars 2026"),
        ("Nom;Prénom;Mois;Heures", "Rêve;Zoé;mars 26;90", "2 contrats couvrent ce mois"),
        ("Salarié;Mois;Heures", "Zoé RÊVE;2026-03;90", "2 contrats couvrent ce mois"),
        ("Matricule;Mois;Heures", "12;02/2025;90", "aucun contrat de cette personne ne couvre ce mois"),
        ("Matricule;Mois;Heures", "15;12/2025;90", "aucun contrat de cette personne ne couvre ce mois"),
        ("Nom;Prénom;Mois;Heures", "Inventé;Karim;01/2027;90", "aucun contrat de cette personne ne couvre ce mois"),
        ("Matricule;Mois;Heures", "99;02/2026;90", "cet identifiant n’est connu nulle part"),
        ("Matricule;Mois;Heures", ";02/2026;90", "valeur obligatoire absente"),
        ("Nom;Prénom;Mois;Heures", "Songe;Paul;03/2026;90", "cette personne n’a ni contrat, ni passage, ni sortie"),
        ("Nom;Prénom;Mois;Heures", "Personne;Inconnue;03/2026;90", "cette personne n’a ni contrat, ni passage, ni sortie"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_asked_by_name(team, tmp_path, titles, line, problem):
    report = bring(tmp_path, team, titles, line)
    assert any(
        problem.replace(" ", "") in fault.problem.replace("\u00a0", "").replace(" ", "")
        for fault in report.faults
    )
    assert not MonthlyHours.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("whose", "problem"), [("12", []), ("", []), ("15", ["ce contrat est celui d’une autre personne"])]
)
def test_a_contract_and_a_person_must_agree(team, tmp_path, whose, problem):
    sent = tmp_path / "sent"
    sent.mkdir()
    lines = ["contrat_id;salarie_id;mois;heures", f"12c0;{whose};2026-03;90"]
    (sent / "heures.csv").write_text("\n".join(lines), encoding="utf-8")
    report = import_bundle(actor=Actor.operator(), folder=sent, scope=Scope(team.pk))
    assert [fault.problem for fault in report.faults] == problem
    assert MonthlyHours.objects.count() == (0 if problem else 1)


@pytest.mark.django_db
def test_a_number_of_somebody_elsewhere_opens_nothing(team, there, tmp_path):
    other = person(there, "Ailleurs", "Nour", ("2026-01-05", "2026-12-31"))
    report = bring(tmp_path, team, "Matricule;Mois;Heures", f"passerelles-{other.pk};03/2026;90")
    assert [fault.problem for fault in report.faults] == ["cet identifiant n’est connu nulle part"]


# One line per contract

FLAT = [
    ("Nom;Prénom;Né le;Type de contrat;Début;Fin prévue;Mois;Heures;Sorti(e) le;Motif de sortie",
     ["Fictive;Solange;17/05/1988;CDDI;05/01/2026;04/07/2026;01/2026;100;;",
      "Fictive;Solange;17/05/1988;CDDI;05/07/2026;31/12/2026;08/2026;90;;",
      "Inventé;Karim;01/02/1990;CDDI;05/01/2026;30/06/2026;02/2026;80;30/06/2026;3"]),
    ("NOM Prénom;Date de naissance;Nature du contrat;Embauche;Échéance;Période;Nb heures;Départ;Motif du départ",
     ["FICTIVE Solange;17/05/88;CDD insertion;05/01/26;04/07/26;janv. 26;100;;",
      "FICTIVE Solange;17/05/88;CDD insertion;05/07/26;31/12/26;août 26;90;;",
      "INVENTÉ Karim;01/02/90;CDD insertion;05/01/26;30/06/26;févr. 26;80;30/06/26;3"]),
    ("Matricule,Bénéficiaire,Type,Début,Fin de contrat,Mois,Heures travaillées,Date de sortie,Motif",
     ["1,Solange FICTIVE,CDDI,2026-01-05,2026-07-04,2026-01,100,,",
      "1,Solange FICTIVE,CDDI,2026-07-05,2026-12-31,2026-08,90,,",
      "2,Karim INVENTÉ,CDDI,2026-01-05,2026-06-30,2026-02,80,2026-06-30,3"]),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("titles", "lines"), FLAT)
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_one_line_per_contract_gives_the_whole(here, tmp_path, titles, lines, order):
    lines = [lines[rank] for rank in order]
    report = bring(tmp_path, here, titles, *lines)
    assert [(fault.file, fault.line, fault.problem) for fault in report.faults] == []
    assert sorted(Beneficiary.objects.values_list("first_name", flat=True)) == ["Karim", "Solange"]
    assert (Contract.objects.count(), Exit.objects.get().motive, Stay.objects.count()) == (3, "3", 2)
    hours = MonthlyHours.objects.order_by("hours").values_list("hours", "contract__started_on")
    assert [(int(each), str(day)) for each, day in hours] == [
        (80, "2026-01-05"), (90, "2026-07-05"), (100, "2026-01-05"),
    ]  # fmt: skip
    again = bring(tmp_path, here, titles, *lines)
    assert all(tally.unchanged == tally.read for tally in again.tallies.values())
