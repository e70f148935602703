"""To a provider and back in a real browser: what the content policy allows is what a person really follows."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from backend.accounts.second_factor import current_code
from backend.core.actor import Role
from tests.backend.accounts.identities.provider import CLIENT_ID, INDEX, PROVE
from tests.chromium import SIZES, Visitor, browser, faults_of, picture, trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.factories import MembershipFactory
from tests.signin import give_second_factor

pytestmark = [pytest.mark.browser, committing]


def seen(page, name: str) -> list[str]:
    """What is wrong on this page at both widths; a picture is kept when asked for."""
    found = []
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 800})
        picture(page, f"{name}-{width}")
        found += [f"{name} {width} {fault}" for fault in faults_of(page)]
    return found


def test_linked_then_in_by_the_provider_then_out_of_both(browser, live_server, provider):  # noqa: F811
    """SEC-16."""
    user = MembershipFactory(role=Role.MANAGER).user
    give_second_factor(user)
    visitor = Visitor(browser, live_server.url, user)
    page = visitor.open(INDEX)
    faults = seen(page, "identite-a-relier")
    page.get_by_role("link", name="Relier ProConnect").click()
    page.get_by_text("L’identité est reliée").wait_for()
    faults += seen(page, "identite-reliee")

    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    faults += seen(page, "identite-connexion")
    page.get_by_role("link", name="Se connecter avec ProConnect").click()
    page.wait_for_url(f"**{PROVE}*")
    page.get_by_label("Code à six chiffres").fill(current_code(user))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(lambda url: "/compte/" not in url)

    page.goto(reverse("web:account"))
    page.get_by_role("main").get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("link", name="Se déconnecter de ProConnect").wait_for()
    faults += seen(page, "identite-depart")
    page.get_by_role("link", name="Se déconnecter de ProConnect").click()
    expect(page.get_by_text("Au revoir.")).to_be_visible()
    assert "/end" in provider.asked

    provider.subject = f"inconnu-de-{CLIENT_ID}"
    page.goto(reverse("account_login"))
    page.get_by_role("link", name="Se connecter avec ProConnect").click()
    page.get_by_text("Aucun compte n’est relié").wait_for()
    faults += seen(page, "identite-inconnue")
    assert visitor.complaints == [said for said in visitor.complaints if "403" in said], visitor.complaints
    assert faults == []
