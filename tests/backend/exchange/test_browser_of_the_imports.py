"""« Reprendre vos tableurs » in a real Chromium: from the file to the people, without leaving the page."""

from __future__ import annotations

import pytest

from backend.core.actor import Role
from backend.core.jobs import JobStatus
from backend.exchange import services
from backend.exchange.models import ImportJob
from tests.backend.exchange.sheets import CONTRACTS, PEOPLE, XLSX, workbook
from tests.chromium import Visitor, browser, trail_can_be_emptied, walk  # noqa: F401
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
