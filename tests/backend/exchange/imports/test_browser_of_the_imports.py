"""« Reprendre vos tableurs » in a real Chromium: from the file to the people, without leaving the page."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.actor import Role
from backend.core.jobs import JobStatus
from backend.exchange import services
from backend.exchange.models import ImportJob
from pathways.models import Contract, MonthlyHours
from tests.backend.exchange.sheets import CONTRACTS, PEOPLE, XLSX, csv_file, workbook
from tests.chromium import Visitor, browser, picture, trail_can_be_emptied, walk  # noqa: F401
from tests.committing import committing
from tests.factories import MembershipFactory, UserFactory
from tests.worlds.three_valleys import signed_up

pytestmark = [pytest.mark.browser, committing]
PAGE = "/equipe/tableurs/"


@pytest.fixture
def manager(browser, live_server, settings, tmp_path, monkeypatch) -> Visitor:  # noqa: F811
    """Who answers for a structure that has nobody yet; messages are delivered by hand."""
    settings.IMPORT_DIR = tmp_path / "imports"
    monkeypatch.setattr("backend.core.jobs.send", lambda task, job, words: True)
    seat = MembershipFactory(role=Role.MANAGER, user=signed_up(UserFactory()))
    visitor = Visitor(browser, live_server.url, seat.user)
    yield visitor
    assert visitor.elsewhere == []
    assert visitor.complaints == []


def choose(page, *contracts):
    sent = workbook(salaries=PEOPLE, contrats=[*CONTRACTS, *contracts])
    file = {"name": "classeur.xlsx", "mimeType": XLSX, "buffer": sent.read()}
    page.get_by_label("Vos fichiers", exact=True).set_input_files([file])
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_text("En attente").wait_for()
    return page.url.rstrip("/").rpartition("/")[2]


def test_from_the_empty_list_to_the_people_the_page_follows_by_itself(manager):
    page = manager.open("/personnes/")
    page.get_by_role("link", name="Reprendre vos tableurs").click()
    number = choose(page)
    services.run_import(job_id=number)
    page.get_by_role("button", name="Importer").click()
    page.get_by_text("En attente").wait_for()
    services.run_import(job_id=number)
    page.get_by_role("link", name="Voir les personnes").click()
    page.get_by_role("link", name="Solange Fictive", exact=True).wait_for()


def test_every_state_of_the_page_is_accessible_at_both_sizes(manager):
    pages = {"imports": PAGE}
    for state in ("waiting", "checked", "done", "failed"):
        page = manager.open(PAGE)
        number = choose(page, ["11", "1", "STAGE", None])
        page.context.close()
        pages[f"imports-{state}"] = f"{PAGE}{number}/"
        job = ImportJob.objects.get(pk=number)
        if state in ("checked", "done"):
            services.run_import(job_id=number)
        if state == "done":
            ImportJob.objects.filter(pk=job.pk).update(is_dry_run=False)
        if state == "failed":
            ImportJob.objects.filter(pk=job.pk).update(status=JobStatus.FAILED, message="Envoyez à nouveau.")
    assert walk(manager, pages) == {}


WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
MANY = 300


def in_their_words():
    """A workbook and a csv as a team keeps them: two rows above the titles, « Feuil1 », their own titles."""
    rows = [["Suivi des salariés"], ["au 3 novembre 2026"]]
    rows.append(
        [
            "Matricule",
            "NOM",
            "Prénom",
            "Né(e) le",
            "Civilité",
            "Tél. portable",
            "Nature du contrat",
            "Début",
            "Fin prévue",
        ]
    )
    hours = ["Matricule,Mois,Nb d’heures"]
    for number in range(1, MANY + 1):
        born, kind = (
            date(1960 + number % 40, 1 + number % 12, 3),
            "chantier" if number % 3 else "CDD insertion",
        )
        rows.append(
            [
                number,
                f"Inventé{number}",
                "Élodie",
                born,
                "Mme" if number % 2 else "M.",
                639980000 + number,
                kind,
                "05/01/2026",
                "04/07/2026",
            ]
        )
        hours.append(f'{number},janvier 2026,"{80 + number % 20},5"')
    return workbook("Suivi été.xlsx", Feuil1=rows), csv_file("pointages.csv", *hours)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_a_new_team_is_at_work_with_its_own_tables(manager, size):
    page = manager.open(PAGE)
    page.set_viewport_size(size)
    files = [
        {"name": file.name, "mimeType": file.content_type, "buffer": file.read()} for file in in_their_words()
    ]
    page.get_by_label("Vos fichiers", exact=True).set_input_files(files)
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_text("En attente").wait_for()
    number = page.url.rstrip("/").rpartition("/")[2]
    services.run_import(job_id=number)
    page.get_by_role("link", name="Faire correspondre les colonnes").click()
    page.get_by_role("heading", name="Faites correspondre vos colonnes").wait_for()
    assert page.get_by_label("Prénom", exact=True).input_value() == "salaries.prenom"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "nothing runs off the page"
    )
    # Correcting a column shows at once the words it leaves to translate.
    page.get_by_label("Nature du contrat", exact=True).select_option("")
    page.get_by_label("« chantier » veut dire").wait_for(state="detached")
    page.get_by_label("Nature du contrat", exact=True).select_option("contrats.type")
    page.get_by_label("« chantier » veut dire").select_option("CDDI")
    picture(page, f"imports-columns-{size['width']}")
    page.get_by_role("button", name="Vérifier mes tableurs").click()
    page.get_by_text("En attente").wait_for()
    services.run_import(job_id=number)
    page.get_by_role("button", name="Importer").wait_for()
    picture(page, f"imports-checked-{size['width']}")
    page.get_by_role("button", name="Importer").click()
    page.get_by_text("En attente").wait_for()
    services.run_import(job_id=number)
    page.get_by_text("L’import est fini.").wait_for()
    assert Contract.objects.count() == MonthlyHours.objects.count() == MANY
