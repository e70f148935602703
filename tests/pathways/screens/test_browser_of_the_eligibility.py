"""The eligibility of somebody welcomed, on a phone: what is missing read, the diagnosis made, completed, then taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from backend.accounts.models import User
from backend.core.actor import Role
from pathways.models import EligibilityDiagnosis
from tests import factories as make
from tests.chromium import Visitor, browser, faults_of, trail_can_be_emptied  # noqa: F401
from tests.committing import committing

pytestmark = [pytest.mark.browser, committing]
PHONE = 360


def words_of(page) -> str:
    return page.inner_text("body").replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_is_read_then_completed(browser, live_server):  # noqa: F811
    seat = make.MembershipFactory(role=Role.ADVISOR, organisation=make.OrganisationFactory(kind="ETTI"))
    stay = make.StayFactory(organisation=seat.organisation, advisor=seat.user)
    make.EntryProfileFactory(beneficiary=stay.beneficiary, qpv=True)
    visitor = Visitor(browser, live_server.url, User.objects.get(pk=seat.user_id), seat=seat.seat_key)
    page = visitor.context(PHONE).new_page()
    today = timezone.localdate()

    page.goto(f"/personnes/{stay.beneficiary_id}/")
    assert "ou un critère de niveau 2 de plus, pour une ETTI." in words_of(page)
    page.get_by_role("link", name="Critères et pièces").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert faults_of(page) == []

    page.get_by_role("link", name="Enregistrer un diagnostic").first.click()
    form = page.locator("#sheet-content form")
    form.wait_for()
    expect(form.locator('[name="criteria"][value="QPV"]'), "known at entry").to_be_checked()
    expect(form.locator('[name="day_QPV"]')).to_be_visible()
    expect(form.locator('[name="day_RSA"]'), "nobody ticked it").to_be_hidden()
    form.locator('[name="day_QPV"]').fill((today - timedelta(days=400)).isoformat())
    with page.expect_navigation():
        form.locator('button[type="submit"]').last.click()
    said = words_of(page)
    assert "Pièce périmée" in said
    assert "ou un critère de niveau 2 de plus, pour une ETTI." in said

    page.get_by_role("link", name="Compléter ou corriger").first.click()
    form = page.locator("#sheet-content form")
    form.wait_for()
    form.locator('[name="criteria"][value="PI"]').check()
    form.locator('[name="day_PI"]').fill((today - timedelta(days=10)).isoformat())
    with page.expect_navigation():
        form.locator('button[type="submit"]').last.click()
    assert "Il manque" not in words_of(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert faults_of(page) == []

    page.get_by_role("link", name="Annuler").first.click()
    form = page.locator("#sheet-content form")
    form.wait_for()
    form.locator('[name="reason"]').fill("Saisi pour une autre personne")
    with page.expect_navigation():
        form.locator('button[type="submit"]').last.click()
    assert "Annulé : Saisi pour une autre personne" in words_of(page)
    assert EligibilityDiagnosis.objects.get().cancelled_at is not None
