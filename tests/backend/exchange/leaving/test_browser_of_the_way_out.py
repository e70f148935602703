"""« Emporter vos données » in a real Chromium: the page follows by itself, and the file is taken."""

from __future__ import annotations

import pytest

from backend.core.actor import Role
from backend.exchange.models import StructureCopy
from backend.exchange.services.structure_copies import prepare_structure_copy
from tests.backend.exchange.leaving.taking import lines_of
from tests.chromium import Visitor, browser, trail_can_be_emptied, walk  # noqa: F401
from tests.committing import committing
from tests.factories import MembershipFactory, StayFactory, UserFactory
from tests.worlds.three_valleys import signed_up

pytestmark = [pytest.mark.browser, committing]


@pytest.fixture
def manager(browser, live_server, monkeypatch) -> Visitor:  # noqa: F811
    """Who answers for a structure where somebody is; messages are delivered by hand."""
    monkeypatch.setattr("backend.core.jobs.send", lambda task, job, words: True)
    seat = MembershipFactory(role=Role.MANAGER, user=signed_up(UserFactory()))
    StayFactory(organisation=seat.organisation, beneficiary__last_name="Emportée")
    visitor = Visitor(browser, live_server.url, seat.user)
    yield visitor
    assert visitor.elsewhere == []
    assert visitor.complaints == []


def test_from_the_team_to_the_file_and_every_state_is_accessible(manager, tmp_path):
    page = manager.open("/equipe/")
    page.get_by_role("link", name="Emporter vos données").click()
    page.get_by_text("archive ZIP").click()
    page.get_by_role("button", name="Préparer le fichier").click()
    page.get_by_text("En attente").wait_for()
    job = StructureCopy.objects.get()
    states = {"taking-out-waiting": f"/equipe/emporter/{job.pk}/"}
    assert walk(manager, states) == {}
    prepare_structure_copy(job_id=str(job.pk))
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger").click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    assert [line["nom"] for line in lines_of(kept.read_bytes())["salaries.csv"]] == ["Emportée"]
    assert (
        walk(manager, {"taking-out": "/equipe/emporter/", "taking-out-ready": states["taking-out-waiting"]})
        == {}
    )
