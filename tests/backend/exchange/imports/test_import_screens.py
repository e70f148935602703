"""« Reprendre vos tableurs » on screen: what is refused keeps the form, what is checked waits for a yes."""

from __future__ import annotations

import io

import openpyxl
import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backend.core.actor import Role
from backend.exchange import services
from backend.exchange.models import ImportJob
from pathways.models import Beneficiary, Contract
from tests.backend.exchange.sheets import CONTRACTS, PEOPLE, csv_file, usual, workbook
from tests.factories import MembershipFactory, OrganisationFactory
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/equipe/tableurs/"


@pytest.fixture(autouse=True)
def import_dir(tmp_path, settings, monkeypatch):
    settings.IMPORT_DIR = tmp_path / "imports"
    monkeypatch.setattr(current_app, "send_task", lambda name, args: None)
    return settings.IMPORT_DIR


@pytest.fixture
def here():
    return OrganisationFactory(name="Chantier des Rives")


def enter(role, place, **fields):
    seat = MembershipFactory(role=role, organisation=place, **fields)
    return sign_in(Client(), seat.user, seat=seat.seat_key)


@pytest.fixture
def manager(here):
    return enter(Role.MANAGER, here)


def send(client, *files, **fields):
    return client.post(PAGE, {"spreadsheets": list(files), **fields})


def run(job=None):
    job = job or ImportJob.objects.get()
    services.run_import(job_id=str(job.pk))
    job.refresh_from_db()
    return job


def test_the_page_says_what_to_send_and_asks_no_structure_when_there_is_one(manager):
    page = text_of(manager.get(PAGE))
    assert 'name="organisation"' not in page
    assert "sorties_sans_motif" in page
    assert "(obligatoire)" in page
    assert "structures.csv" not in page


def test_files_go_from_the_form_to_the_people(manager):
    answer = send(manager, usual())
    job = ImportJob.objects.get()
    assert answer.url == reverse("web:import", args=[job.pk])
    waiting = text_of(manager.get(answer.url))
    assert "En attente" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    run()
    checked = text_of(manager.get(answer.url))
    assert "rien n’est encore enregistré" in checked
    assert "2\u00a0lignes seront ajoutées ou modifiées" in checked
    assert not Beneficiary.objects.exists()
    confirmed = manager.post(reverse("web:import_confirm", args=[job.pk]))
    assert confirmed.url == answer.url
    assert "Fichier par fichier" not in text_of(manager.get(answer.url))
    run()
    done = text_of(manager.get(answer.url))
    assert "L’import est fini" in done
    assert reverse("web:people") in done
    assert "Fictive" in text_of(manager.get(reverse("web:people")))


def test_a_group_head_chooses_the_structure(here):
    head = enter(Role.GROUP_HEAD, None, group=here.group)
    other = OrganisationFactory(name="Vallées Intérim", group=here.group)
    elsewhere = OrganisationFactory()
    assert 'name="organisation"' in text_of(head.get(PAGE))
    assert send(head, usual()).status_code == 422
    assert send(head, usual(), organisation=elsewhere.pk).status_code == 422
    assert send(head, usual(), organisation=other.pk).status_code == 302
    assert ImportJob.objects.get().organisation == other


def test_a_manager_of_one_structure_cannot_name_another(manager, here):
    elsewhere = OrganisationFactory()
    send(manager, usual(), organisation=elsewhere.pk)
    assert ImportJob.objects.get().organisation == here


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "Choisissez au moins un fichier."),
        ([csv_file("photo.jpg", "x")], "Envoyez un classeur (.xlsx, .xls, .ods) ou un fichier .csv."),
        ([csv_file("classeur.xlsx", "x")], "Ce classeur ne s’ouvre pas."),
        ([csv_file("liste.xls", "<html>")], "Ce fichier est une page web"),
    ],
)
def test_what_is_refused_keeps_the_form_and_says_why(manager, files, words):
    for file in files:
        file.seek(0)
    answer = send(manager, *files)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Rien n’a été envoyé" in text_of(answer)
    assert 'type="file"' in text_of(answer)
    assert not ImportJob.objects.exists()


def test_files_too_heavy_are_refused(manager, monkeypatch):
    monkeypatch.setattr("backend.exchange.services.sent_files.MAX_BYTES", 100)
    answer = send(manager, usual())
    assert answer.status_code == 422
    assert "10\u00a0Mo" in text_of(answer)


def test_faults_are_shown_line_by_line_and_the_report_is_whole(manager):
    contracts = [*CONTRACTS, *([n, n, "CDDI", None] for n in range(20, 90))]
    send(manager, workbook(salaries=PEOPLE, contrats=contracts))
    job = run()
    page = text_of(manager.get(reverse("web:import", args=[job.pk])))
    assert "les 50 premiers points sur 70" in page
    assert "valeur obligatoire absente" in page
    assert "Importer les lignes bonnes" in page
    report = b"".join(manager.get(reverse("web:import_report", args=[job.pk])).streaming_content)
    assert len(report.decode("utf-8-sig").splitlines()) == 71


def test_everything_noticed_is_told_before_the_button(manager):
    lines = ["Identifiant;id;nom;prenom;Couleur préférée", "x;1;Fictive;Solange;bleu"]
    old = "\n".join(lines).encode() + "\nx;2;Prétendu;Élodie;vert".encode("cp1252")
    people = SimpleUploadedFile("salaries.csv", old, content_type="text/csv")
    send(manager, people, workbook(contrats=CONTRACTS, Brouillon=[["rien"]]))
    page = text_of(manager.get(reverse("web:import", args=[run().pk])))
    notices, button = page.index("data-notices"), page.index("Importer les lignes bonnes")
    assert notices < button
    for words in ("Identifiant", "Couleur préférée", "colonne ignorée", "Windows-1252", "feuille ignorée"):
        assert words in page[notices:button]
    assert "rapport complet" in page[notices:button]


def test_lines_that_hang_on_a_refused_line_name_the_sheet(manager):
    people = [PEOPLE[0], ["1", None, "Solange", None]]
    send(manager, workbook(Salariés=people, Contrats=CONTRACTS))
    page = text_of(manager.get(reverse("web:import", args=[run().pk])))
    assert "sa ligne 2 de la feuille « Salariés » est à corriger d’abord" in page


def test_nothing_good_leaves_no_button(manager):
    send(manager, workbook(salaries=[PEOPLE[0]], contrats=[CONTRACTS[0]]))
    page = text_of(manager.get(reverse("web:import", args=[run().pk])))
    assert "aucune ligne nouvelle ou modifiée" in page
    assert "Importer" not in page.split("<main", 1)[1].split("Envoyer d’autres")[0]


def test_files_gone_are_said_when_one_confirms_too_late(manager, import_dir):
    send(manager, usual())
    job = run()
    for file in (import_dir / str(job.pk) / "recus").iterdir():
        file.unlink()
    (import_dir / str(job.pk) / "recus").rmdir()
    answer = manager.post(reverse("web:import_confirm", args=[job.pk]))
    assert answer.status_code == 422
    assert "Ces fichiers ne sont plus là" in text_of(answer)
    assert not Contract.objects.exists()


def test_a_colleague_finds_nothing(manager, here):
    send(manager, usual())
    job = run()
    colleague = enter(Role.MANAGER, here)
    for name in ("import", "import_report"):
        assert colleague.get(reverse(f"web:{name}", args=[job.pk])).status_code == 404
    assert colleague.post(reverse("web:import_confirm", args=[job.pk])).status_code == 404
    assert "Vos derniers envois" not in text_of(colleague.get(PAGE))


def test_the_empty_workbook_opens(manager):
    book = openpyxl.load_workbook(io.BytesIO(manager.get(f"{PAGE}modele/").content))
    assert book.sheetnames[0] == "salaries"
    assert book.sheetnames.index("pass") < book.sheetnames.index("contrats")
    assert book["contrats"]["A1"].value == "id"


def test_the_way_in_is_shown_to_those_who_may(manager, here):
    assert PAGE in text_of(manager.get(reverse("web:team")))
    assert PAGE in text_of(manager.get(reverse("web:people")))
    assert PAGE not in text_of(enter(Role.ADMINISTRATOR, here).get(reverse("web:team")))
    assert PAGE not in text_of(enter(Role.ADVISOR, here).get(reverse("web:people")))


def test_queries_do_not_grow_with_what_was_sent(manager):
    def queries(people):
        rows = [PEOPLE[0], *([n, "Fictive", "Jo", "hier"] for n in range(people))]
        answer = send(manager, workbook(salaries=rows, contrats=CONTRACTS))
        run(ImportJob.objects.get(pk=answer.url.rstrip("/").rpartition("/")[2]))
        with CaptureQueriesContext(connection) as found:
            manager.get(answer.url)
        return len(found)

    queries(1)  # the very first page also reads what later ones keep
    assert queries(2) == queries(40)
