"""In a real browser: the person establishes, takes a badge and hands it over; a stranger without account verifies it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.chromium import Visitor, browser, picture, trail_can_be_emptied, walk  # noqa: F401
from tests.committing import committing
from tests.factories import AssessmentFactory, BeneficiaryAccessFactory
from tests.worlds.accompanied import Accompanied

pytestmark = [pytest.mark.browser, committing]
PHONE = 360


def test_a_badge_goes_from_the_person_to_a_stranger(browser, live_server, tmp_path):  # noqa: F811
    here = Accompanied.build()
    access = BeneficiaryAccessFactory(beneficiary=here.person)
    here.person.email = "jo.imaginaire@example.org"
    here.person.save()
    AssessmentFactory(beneficiary=here.person, observer_name="Odile Exemple")
    oneself = Visitor(browser, live_server.url, access.user)
    passports = reverse("web:passports", args=[here.person.pk])
    page = oneself.open(passports, width=PHONE)
    page.locator('[name="chosen"]').first.check()
    page.get_by_label("Relier les badges à l’adresse électronique").check()
    page.get_by_role("button", name="Établir le passeport").click()
    page.get_by_text("1 badge à emporter").click()
    picture(page, "badges-360")
    with page.expect_download() as taken:
        page.locator(".badge-lines li a").click()
    badge = tmp_path / taken.value.suggested_filename
    taken.value.save_as(badge)

    visitor = browser.new_context(viewport={"width": PHONE, "height": 780})
    stranger = visitor.new_page()
    stranger.goto(live_server.url + reverse("web:badge_check"))
    for typed, said in (
        ("jo.imaginaire@example.org", "Il est bien relié à l’adresse"),
        ("autre@example.org", "relié à une autre adresse"),
    ):
        stranger.get_by_label("Le badge reçu").set_input_files(badge)
        stranger.get_by_label("Adresse électronique de la personne").fill(typed)
        stranger.get_by_role("button", name="Vérifier").click()
        expect(stranger.get_by_text("Ce badge est vrai.")).to_be_visible()
        expect(stranger.get_by_text(said)).to_be_visible()
    picture(stranger, "badge-vrai-360")

    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("ses badges sont dits retirés")).to_be_visible()
    stranger.get_by_label("Le badge reçu").set_input_files(badge)
    stranger.get_by_role("button", name="Vérifier").click()
    expect(stranger.get_by_text("Ce badge a été retiré.")).to_be_visible()
    visitor.close()
    assert walk(oneself, {"passeport": passports, "verifier": reverse("web:badge_check")}) == {}
    assert oneself.elsewhere == oneself.complaints == []
