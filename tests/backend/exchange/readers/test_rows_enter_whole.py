"""A row of somebody's own table enters whole or not at all; what was announced is what is done; said in their words."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest

from backend.exchange import registry, services
from backend.exchange.services import folders
from pathways.models import Beneficiary, Contract, EntryProfile, Exit, MonthlyHours
from tests.backend.exchange.import_jobs import checked, report_of, run
from tests.backend.exchange.sheets import workbook
from tests.factories import BeneficiaryFactory, ContractFactory, StayFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-27T10:00:00+01:00")]
TITLES = [
    "N° salarié", "NOM", "Prénom", "Né(e) le", "Tél. portable", "Mail", "Date d'embauche", "Fin de contrat",
    "Type contrat", "Nb heures hebdo", "RSA", "Date sortie", "Motif de sortie", "Mois de paie", "Heures payées",
]  # fmt: skip
GOOD = {
    "Né(e) le": date(1988, 5, 17), "Tél. portable": "06 39 98 00 01", "Mail": "lea@example.org",
    "Date d'embauche": date(2026, 3, 2), "Fin de contrat": date(2026, 10, 30), "Type contrat": "CDDI",
    "Nb heures hebdo": 26, "RSA": "oui", "Date sortie": date(2026, 10, 30), "Motif de sortie": "3",
    "Mois de paie": "04/2026", "Heures payées": 110,
}  # fmt: skip
FAULTS = {
    "NOM": [""],
    "Prénom": [""],
    "Né(e) le": ["15/13/1988", "demain", "01/01/2024", "#N/A"],
    "Tél. portable": ["0612", "bonjour"],
    "Mail": ["pas un mail"],
    "Date d'embauche": ["", "32/01/2026", "#REF!"],
    "Fin de contrat": ["pas fini", date(2026, 1, 1)],
    "Type contrat": ["Contrat bizarre", ""],
    "Nb heures hebdo": ["beaucoup", 480],
    "RSA": ["peut-être"],
    "Date sortie": ["hier", date(2025, 1, 1), date(2027, 11, 1)],
    "Motif de sortie": ["parti", "99"],
    "Mois de paie": ["avril", "04/2031"],
    "Heures payées": ["trop", 4_000, 390],
}
"""By title: what cannot be read, and what the rules refuse as it is stored."""
EVERY_FAULT = [(title, value) for title, values in FAULTS.items() for value in values]


@pytest.fixture(autouse=True)
def silent(import_dir, monkeypatch):
    monkeypatch.setattr("backend.core.jobs.send", lambda task, job, words: True)


def row(number, **others):
    """One good row, some of its cells otherwise."""
    cells = {
        "N° salarié": f"S{number:03}",
        "NOM": f"Fictive{'abcdefghijkl'[number % 12]}",
        "Prénom": f"Léa{number}",
    }
    return [(cells | GOOD | others)[title] for title in TITLES]


def sheet(*rows):
    return workbook("suivi.xlsx", Feuil1=[["Suivi des salariés"], [], TITLES, *rows])


def matched(actor, file):
    """Sent, its columns chosen as they are proposed, checked."""
    job = checked(actor, file)
    if job.needs_columns:
        services.choose_columns(
            actor=actor, job=job, choices=services.choices_sent(services.asked_tables(job), {})
        )
        job = run(job)
    return job


def taken(actor, job, **decisions):
    services.confirm_import(actor=actor, job=job, decisions=decisions)
    return run(job)


def figures(job):
    (table,) = services.diagnosis(job)
    return {"lignes": table["lines"], **table["figures"]}


def written():
    return [model.objects.count() for model in (Beneficiary, EntryProfile, Contract, Exit, MonthlyHours)]


def test_every_column_of_the_sheet_is_proposed(manager):
    job = checked(manager, sheet(row(1)))
    (table,) = services.asked_tables(job)
    assert [column.title for column in table.columns if not column.target] == []


def test_a_day_is_shown_as_people_write_it(manager):
    (table,) = services.asked_tables(checked(manager, sheet(row(1))))
    shown = [value for column in table.columns for value in column.shown]
    assert "17/05/1988" in shown
    assert not [value for value in shown if re.search(r"\d{4}-\d{2}-\d{2}", value)]


def test_a_good_row_gives_all_it_tells_and_again_changes_nothing(manager):
    job = taken(manager, matched(manager, sheet(row(1))))
    assert (written(), figures(job)["ajoutée"]) == ([1, 1, 1, 1, 1], 1)
    again = taken(manager, matched(manager, sheet(row(1))))
    assert (written(), figures(again)["inchangée"]) == ([1, 1, 1, 1, 1], 1)


@pytest.mark.parametrize(("title", "value"), EVERY_FAULT)
def test_a_row_refused_for_any_of_its_cells_writes_nothing_anywhere(manager, import_dir, title, value):
    check = matched(manager, sheet(row(1), row(2, **{title: value})))
    announced = figures(check)
    job = taken(manager, check)
    assert figures(job) == announced
    assert announced["lignes"] == sum(count for word, count in announced.items() if word != "lignes")
    told = [each for each in report_of(import_dir, job) if each["gravite"] == "refus"]
    if announced["refusée"]:
        assert written() == [1, 1, 1, 1, 1]
        assert {(each["fichier"], each["ligne"]) for each in told} == {("Feuil1", "5")}
    else:
        assert told == []


@pytest.mark.parametrize(("title", "value"), EVERY_FAULT)
def test_what_is_wrong_is_said_once_in_their_own_words(manager, import_dir, title, value):
    job = matched(manager, sheet(row(1), row(2, **{title: value})))
    told = [each for each in report_of(import_dir, job) if each["gravite"] == "refus"]
    ours = {column.name for layout in registry.layouts() for column in layout.columns if "_" in column.name}
    for each in told:
        text = f"{each['probleme']} {each['que_faire']} {each['colonne']}"
        assert (each["fichier"], each["colonne"] in (*TITLES, "")) == ("Feuil1", True)
        assert ".csv" not in text
        assert not [name for name in ours if re.search(rf"\b{name}\b", text)]
        assert not re.search(r"\bcodes 1\b", text)
        assert "n’a ni contrat" not in text
        assert not re.search(r"\d{4}-\d{2}-\d{2}", each["valeur"])
    assert len(told) <= 1 or {each["colonne"] for each in told} == {title}


@pytest.mark.parametrize("seed", range(12))
def test_of_random_sheets_what_was_announced_is_what_is_done(manager, import_dir, seed):
    draw = random.Random(seed)
    rows, number = [], 0
    for _ in range(14):
        number = number + 1 if draw.random() < 0.75 else max(1, number - 1)  # somebody told by several rows
        wrong = draw.sample(EVERY_FAULT, draw.choice([0, 0, 0, 1, 1, 2]))
        start = date(2026, draw.randint(1, 6), draw.randint(1, 28))
        rows.append(row(number, **({"Date d'embauche": start} | dict(wrong))))
    person = BeneficiaryFactory(
        last_name="Fictiveb", first_name="Léa1", birth_date=GOOD["Né(e) le"], external_id=""
    )
    stay = StayFactory(
        beneficiary=person, organisation_id=manager.organisation_id, started_on=date(2026, 3, 2)
    )
    ContractFactory(stay=stay, kind="CDDI", started_on=date(2026, 3, 2), external_id="")
    check = matched(manager, sheet(*rows))
    announced = figures(check)
    assert announced["lignes"] == 14
    assert announced["lignes"] == sum(count for word, count in announced.items() if word != "lignes")
    refused = {each["ligne"] for each in report_of(import_dir, check) if each["gravite"] == "refus"}
    assert announced["refusée"] == len(refused)
    job = taken(manager, check)
    assert figures(job) == announced
    assert job.counts == check.counts
    after = written()
    again = taken(manager, matched(manager, sheet(*rows)))
    assert (written(), figures(again)["ajoutée"], figures(again)["modifiée"]) == (after, 0, 0)
    assert figures(again)["refusée"] == announced["refusée"]


def test_a_second_contract_is_told_by_its_own_row_when_the_first_is_refused(manager):
    first = row(1, **{"Motif de sortie": "parti"})
    second = row(1, **{"Date d'embauche": date(2026, 6, 1), "Mois de paie": "07/2026"})
    job = taken(manager, matched(manager, sheet(first, second)))
    assert figures(job) == {"lignes": 2, "ajoutée": 1, "modifiée": 0, "inchangée": 0, "refusée": 1}
    assert [each.started_on for each in Contract.objects.all()] == [date(2026, 6, 1)]


def test_the_accepted_words_are_said_as_people_read_them(manager, import_dir):
    job = matched(manager, sheet(row(1, **{"Motif de sortie": "parti", "Type contrat": "bizarre"})))
    advice = {each["colonne"]: each["que_faire"] for each in report_of(import_dir, job)}
    assert "Embauche en CDI non aidé (par un autre employeur)" in advice["Motif de sortie"]
    assert "CDD d’insertion" in advice["Type contrat"]
    (table,) = services.asked_tables(job)
    (motive,) = [column for column in table.columns if column.title == "Motif de sortie"]
    assert ("3", "Embauche en CDI non aidé (par un autre employeur)") in motive.worded


def test_of_our_own_two_files_a_contract_refused_is_not_also_a_person_without_one(manager, import_dir):
    file = workbook(
        salaries=[["id", "nom", "prenom"], ["1", "Fictive", "Solange"]],
        contrats=[["id", "salarie_id", "type", "date_debut"], ["c1", "1", "bizarre", date(2026, 2, 2)]],
    )
    told = {(each["fichier"], each["probleme"]) for each in report_of(import_dir, checked(manager, file))}
    assert told == {
        ("contrats.csv", "valeur inconnue"),
        ("salaries.csv", "sa ligne 2 de la feuille « contrats » est à corriger d’abord"),
    }


def test_somebody_followed_in_a_sheet_of_their_own_waits_whole(manager, import_dir):
    person = BeneficiaryFactory(
        last_name="Fictiveb", first_name="Léa1", birth_date=GOOD["Né(e) le"], external_id=""
    )
    stay = StayFactory(
        beneficiary=person, organisation_id=manager.organisation_id, started_on=date(2026, 3, 2)
    )
    ContractFactory(stay=stay, kind="CDDI", started_on=date(2026, 3, 2), external_id="")
    before = written()
    second = row(1, **{"Date d'embauche": date(2026, 6, 1), "Mois de paie": "07/2026"})
    check = matched(manager, sheet(row(1), second))
    assert [(each["column"], each["line"]) for each in folders.read(check, folders.CHANGES)] == [
        ("identite", 4)
    ]
    job = taken(manager, check)
    assert (written(), figures(job)["refusée"]) == (before, 2)
    job = taken(manager, matched(manager, sheet(row(1), second)), **{"salaries.csv:4:identite": "elle"})
    assert (Beneficiary.objects.count(), Contract.objects.count()) == (1, 2)
