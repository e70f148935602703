"""Spreadsheets as people make them are read, or refused in words, with the row they see."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.core.errors import DomainError
from backend.core.jobs import JobStatus
from backend.exchange.formats import workbook_reader, workbooks
from backend.exchange.models import ImportJob
from backend.exchange.services import sent_files as receiving
from pathways.models import MonthlyHours
from tests.backend.exchange.import_jobs import ask, brought, checked, places_of, report_of, run, sent_files
from tests.backend.exchange.sheets import CONTRACTS, PEOPLE, csv_file, usual, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_dir", "sent")]


def test_sheets_are_known_by_their_names_whatever_their_dress(manager):
    job = checked(
        manager, workbook(**{"  SALARIÉS ": PEOPLE, "Contrats": CONTRACTS, "Sorties sans motif": [
            ["salarie_id", "date_sortie"], ["1", date(2026, 6, 30)]
        ], "Feuil1": [["n’importe quoi"]]})
    )  # fmt: skip
    assert set(job.counts) == {"salaries.csv", "contrats.csv", "sorties_sans_motif.csv"}


def test_one_sheet_workbooks_are_known_by_their_file_name(manager, import_dir):
    files = [workbook("Salariés.xlsx", Feuil1=PEOPLE), workbook("contrats.xlsx", Feuil1=CONTRACTS)]
    job = ask(manager, *files)
    assert sent_files(import_dir, job) == ["contrats.xlsx", "salaries.xlsx"]
    assert set(run(job).counts) == {"salaries.csv", "contrats.csv"}


def test_faults_keep_the_row_number_people_see(manager, import_dir):
    rows = [PEOPLE[0], PEOPLE[1], [], ["2", "Prétendu", "Jo", "31/02/1990"], ["3", None, "Lina", None]]
    contracts = [*CONTRACTS, [11, 9, "CDDI", date(2026, 1, 1)], [12, 1, "STAGE", date(2026, 1, 1)]]
    job = checked(manager, workbook(salaries=rows, contrats=contracts))
    assert places_of(import_dir, job) == [
        ("salaries.csv", "4", "date_naissance"),
        ("salaries.csv", "5", "nom"),
        ("contrats.csv", "3", "salarie_id"),
        ("contrats.csv", "4", "type"),
    ]
    lines = ["id;nom;prenom;date_naissance", "1;Fictive;Solange;", "", "2;Prétendu;Jo;31/02/1990", "3;;Lina;"]
    again = checked(manager, csv_file("salaries.csv", *lines), workbook(contrats=contracts))
    assert places_of(import_dir, again) == places_of(import_dir, job)


def test_a_month_written_by_the_spreadsheet_itself_is_read(manager):
    hours = [["contrat_id", "mois", "heures"], [10, date(2026, 2, 1), 80.5], [10, "03/2026", 1 / 3]]
    brought(manager, usual(heures=hours))
    assert {str(row.month): float(row.hours) for row in MonthlyHours.objects.all()} == {
        "2026-02-01": 80.5,
        "2026-03-01": 0.33,
    }


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "oui"),
        (False, "non"),
        (12.0, "12"),
        (26.5, "26.5"),
        (1000000, "1000000"),
        (" a ", "a"),
    ],
)
def test_a_cell_becomes_the_text_of_our_csv(cell, text):
    assert workbook_reader.cell_text(cell) == text


def test_a_formula_is_never_run_nor_kept_and_the_report_only_shows_it(manager, import_dir):
    lines = ["id;nom;prenom;email", "1;Fictive;Solange;=cmd|' /C calc'!A0"]
    job = checked(manager, csv_file("salaries.csv", *lines), workbook(contrats=CONTRACTS))
    assert "'=cmd|' /C calc'!A0" in [line["valeur"] for line in report_of(import_dir, job)]
    book = workbook(salaries=[PEOPLE[0], ["1", "=1+1", "Solange", None]], contrats=CONTRACTS)
    assert ("salaries.csv", "2", "nom") in places_of(import_dir, checked(manager, book))


def test_a_workbook_without_any_known_sheet_asks_what_its_columns_are(manager, import_dir):
    job = checked(manager, workbook(Feuil1=PEOPLE, Feuil2=CONTRACTS))
    assert (job.status, job.needs_columns) == (JobStatus.READY, True)
    assert sent_files(import_dir, job) == ["classeur-1.xlsx"]


def test_a_file_keeps_no_name_that_leads_elsewhere(manager, import_dir):
    job = ask(manager, SimpleUploadedFile("../../etc/passwd.csv", b"Nom;Pr\xc3\xa9nom"))
    assert sent_files(import_dir, job) == ["fichier-1.csv"]


def test_the_same_file_twice_in_one_sending_is_said(manager, import_dir):
    job = checked(manager, usual(), csv_file("salaries.csv", "id;nom;prenom", "1;Fictive;Solange"))
    assert ("salaries.csv", "0", "") in places_of(import_dir, job)


def test_too_many_rows_refuse_the_sheet(manager, monkeypatch, import_dir):
    monkeypatch.setattr("backend.exchange.sources.MAX_ROWS", 1)
    people = [*PEOPLE, ["2", "Prétendu", "Jo", None]]
    job = checked(manager, workbook(salaries=people, contrats=CONTRACTS))
    assert next(line["probleme"] for line in report_of(import_dir, job)) == "plus de 1 lignes"


def unreadable(name, content=b"pas un classeur"):
    return SimpleUploadedFile(name, content)


def packed(**entries):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (unreadable("photo.jpg"), "wrong_type"),
        (unreadable("ancien.xls"), "not_a_workbook"),
        (unreadable("page.xls", b"<html><body><table>"), "web_page"),
        (unreadable("salaries"), "wrong_type"),
        (unreadable("classeur.csv", b"PK\x03\x04"), "not_a_text"),
        (unreadable("ancien.csv", b"\xd0\xcf\x11\xe0"), "not_a_text"),
        (unreadable("classeur.xlsx"), "not_a_workbook"),
        (unreadable("classeur.xlsx", packed(autre="x")), "not_a_workbook"),
    ],
)
def test_what_is_not_a_spreadsheet_is_refused_and_leaves_nothing(manager, file, code, import_dir):
    with pytest.raises(DomainError) as refusal:
        ask(manager, file)
    assert refusal.value.code == code
    assert not ImportJob.objects.exists()
    assert not import_dir.exists() or list(import_dir.iterdir()) == []


def test_a_workbook_that_would_unpack_beyond_reason_is_refused(manager, monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1_000_000)
    bomb = packed(**{"[Content_Types].xml": "x", "xl/workbook.xml": " " * 2_000_000})
    assert len(bomb) < 10_000
    with pytest.raises(DomainError) as refusal:
        ask(manager, unreadable("classeur.xlsx", bomb))
    assert refusal.value.code == "workbook_too_large"


def test_a_broken_workbook_fails_in_words(manager):
    job = ask(
        manager, unreadable("classeur.xlsx", packed(**{"[Content_Types].xml": "x", "xl/workbook.xml": "x"}))
    )
    assert (run(job).status, job.message) == (JobStatus.FAILED, workbooks.NOT_A_WORKBOOK)


def test_more_than_ten_megabytes_are_refused(manager, monkeypatch):
    monkeypatch.setattr(receiving, "MAX_BYTES", 1_000)
    with pytest.raises(DomainError) as refusal:
        ask(manager, usual())
    assert refusal.value.code == "too_large"
