"""Sign-in and team pages in a real browser: the whole way in, no axe violation, nothing asked elsewhere."""

from __future__ import annotations

import pytest
from django.urls import reverse

from backend.accounts.second_factor import current_code, next_code
from backend.core.actor import Role
from tests.chromium import SIZES, browser, faults_of, trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.factories import PASSWORD, MembershipFactory
from tests.signin import give_second_factor, sign_in

pytestmark = [pytest.mark.browser, committing]


@pytest.fixture
def page(browser, live_server):  # noqa: F811
    """A page of a real browser; the test fails on any request that leaves the machine."""
    elsewhere: list[str] = []
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 800})
    context.on(
        "request",
        lambda request: (
            None if request.url.startswith((live_server.url, "data:")) else elsewhere.append(request.url)
        ),
    )
    yield context.new_page()
    context.close()
    assert elsewhere == []


def violations(page) -> list[str]:
    """What is wrong on the page at both widths."""
    found = []
    for width in SIZES:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{page.url} {width} {fault}" for fault in faults_of(page)]
    return found


def test_the_first_way_in_from_password_to_recovery_codes(page):
    user = MembershipFactory().user
    found = []
    page.goto(reverse("account_login"))
    found += violations(page)
    page.get_by_label("Adresse électronique").fill(user.email)
    page.get_by_label("Mot de passe").fill("pas-le-bon-mot-de-passe")
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_text("incorrect").wait_for()
    found += violations(page)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"**{reverse('mfa_activate_totp')}")
    found += violations(page)
    page.get_by_label("Code à six chiffres").fill(next_code(page.locator("code").inner_text()))
    page.get_by_role("button", name="Activer").click()
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
    found += violations(page)
    assert page.locator("code").count() == 10
    assert found == []


def test_the_daily_way_in(page):
    user = MembershipFactory(role=Role.MANAGER).user
    give_second_factor(user)
    page.goto(reverse("web:team"))
    page.get_by_label("Adresse électronique").fill(user.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"**{reverse('mfa_authenticate')}*")
    found = violations(page)
    page.get_by_label("Code à six chiffres").fill("000000")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_text("a déjà servi").wait_for()
    found += violations(page)
    page.get_by_label("Code à six chiffres").fill(current_code(user))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(f"**{reverse('web:team')}")
    assert found == []


def test_the_pages_of_the_account_and_of_the_team(page, client, live_server):
    seat = MembershipFactory(role=Role.MANAGER, organisation__group=None)
    colleague = MembershipFactory(organisation=seat.organisation)
    sign_in(client, seat.user)
    client.get("/")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    paths = [
        *(
            reverse(name)
            for name in ("web:team", "web:team_invite", "web:team_group_new", "web:tokens", "web:seats")
        ),
        reverse("web:team_membership_end", args=[colleague.pk]),
        reverse("web:team_structure", args=[seat.organisation.pk]),
        reverse("web:invitation", args=[1, "x"]),
        *(
            reverse(name)
            for name in ("mfa_index", "account_change_password", "account_logout", "account_reauthenticate")
        ),
        *(
            reverse(name)
            for name in ("account_reset_password", "account_reset_password_done", "account_inactive")
        ),
    ]
    found = []
    for path in paths:
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == "fr"
        assert page.locator("main h1").count() == 1, path
        found += violations(page)
    page.goto(reverse("web:team_invite"))
    page.locator("main form").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    page.get_by_role("alert").first.wait_for()
    found += violations(page)
    page.goto(reverse("web:tokens"))
    page.get_by_label("Nom de l’outil").fill("Tableur des heures")
    page.get_by_role("button", name="Créer le jeton").click()
    page.get_by_text("plus jamais affiché").wait_for()
    found += violations(page)
    assert found == []
