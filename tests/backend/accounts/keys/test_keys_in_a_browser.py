"""A key in a real browser, whose authenticator Chromium plays (WebAuthn of the DevTools protocol): added, used, removed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from backend.accounts.keys.forms import keys_of
from backend.accounts.second_factor import current_code
from backend.core.actor import Role
from tests.chromium import SIZES, browser, faults_of, picture, trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.factories import PASSWORD, MembershipFactory
from tests.signin import give_second_factor

pytestmark = [pytest.mark.browser, committing]
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser, live_server):  # noqa: F811
    """A page of a browser with a key plugged in; what the page complains of, a policy broken included, fails the test."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 800}, locale="fr-FR"
    )
    complaints: list[str] = []
    context.on(
        "console",
        lambda said: (
            complaints.append(said.text) if said.type == "error" and "422" not in said.text else None
        ),
    )
    opened = context.new_page()
    devtools = context.new_cdp_session(opened)
    devtools.send("WebAuthn.enable")
    devtools.plugged = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    opened.devtools = devtools
    yield opened
    context.close()
    assert complaints == []


def seen(page, name: str) -> list[str]:
    """What is wrong on this page at both widths; a picture is kept when asked for."""
    found = []
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 800})
        picture(page, f"{name}-{width}")
        found += [f"{name} {width} {fault}" for fault in faults_of(page)]
    return found


def type_in(page, user) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("Adresse électronique").fill(user.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def test_a_key_is_added_opens_the_house_and_is_removed(page):
    """SEC-16."""
    user = MembershipFactory(role=Role.MANAGER).user
    give_second_factor(user)
    type_in(page, user)
    page.get_by_label("Code à six chiffres").fill(current_code(user))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(lambda url: "/compte/" not in url)
    page.goto(reverse("mfa_index"))
    faults = seen(page, "cles-aucune")
    page.get_by_role("link", name="Ajouter une clé").click()
    page.get_by_label("Nom de la clé").fill("Clé du trousseau")
    faults += seen(page, "cles-ajouter")
    page.get_by_role("button", name="Ajouter cette clé").click()
    page.get_by_text("La clé est ajoutée").wait_for()
    page.goto(reverse("mfa_index"))
    page.get_by_text("N’a pas encore servi").wait_for()
    faults += seen(page, "cles-une")

    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_role("button", name="Ajouter cette clé").click()
    page.get_by_text("déjà celle de votre compte").wait_for()

    page.context.clear_cookies()
    type_in(page, user)
    page.wait_for_url(f"**{reverse('mfa_authenticate')}*")
    page.get_by_role("button", name="Utiliser ma clé").wait_for()
    faults += seen(page, "cles-connexion")
    page.get_by_role("button", name="Utiliser ma clé").click()
    page.wait_for_url(lambda url: "/compte/" not in url)
    page.goto(reverse("mfa_index"))
    page.get_by_text("A servi le").wait_for()

    page.get_by_role("link", name="Renommer Clé du trousseau").click()
    faults += seen(page, "cles-renommer")
    page.get_by_label("Nom de la clé").fill("Clé de rechange")
    page.get_by_role("button", name="Renommer").click()
    page.get_by_role("link", name="Retirer Clé de rechange").click()
    faults += seen(page, "cles-retirer")
    page.get_by_role("button", name="Retirer cette clé").click()
    page.get_by_text("La clé est retirée").wait_for()
    assert not keys_of(user).exists()
    assert faults == []


def test_the_first_factor_may_be_a_key_and_a_key_that_is_not_there_says_so(page):
    user = MembershipFactory(role=Role.MANAGER).user
    type_in(page, user)
    page.get_by_role("link", name="ajouter une clé").click()
    page.get_by_role("button", name="Ajouter cette clé").click()
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
    page.context.clear_cookies()
    page.devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": page.devtools.plugged})
    page.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    type_in(page, user)
    page.get_by_role("button", name="Utiliser ma clé").click()
    page.get_by_text("La clé n’a pas répondu").wait_for()
    assert seen(page, "cles-absente") == []
    expect(page.get_by_label("Code de secours")).to_be_visible()


def test_without_script_the_page_says_so_and_the_code_stays(browser, live_server):  # noqa: F811
    user = MembershipFactory(role=Role.MANAGER).user
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    type_in(page, user)
    page.goto(reverse("mfa_add_webauthn"))
    expect(page.get_by_text("ne sait pas employer de clé")).to_be_visible()
    expect(page.get_by_role("button", name="Ajouter cette clé")).to_be_hidden()
    context.close()
