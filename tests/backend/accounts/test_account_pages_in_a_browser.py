"""Sign-in and team pages in a real browser: the whole way in, no axe violation, nothing asked elsewhere."""

from __future__ import annotations

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.urls import reverse
from playwright.sync_api import sync_playwright

from backend.accounts.second_factor import current_code, next_code
from backend.audit import triggers
from backend.core.actor import Role
from tests.factories import PASSWORD, MembershipFactory
from tests.signin import give_second_factor, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module", autouse=True)
def trail_can_be_emptied(django_db_setup, django_db_blocker):
    """A test in a browser really commits, so the suite must empty the tables after it, the trail included."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        triggers.drop(None, editor)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        triggers.create(None, editor)


@pytest.fixture
def page(live_server, monkeypatch):
    """A page of a real browser; the test fails on any request that leaves the machine."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    elsewhere: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(base_url=live_server.url, viewport={"width": 360, "height": 800})
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((live_server.url, "data:")) else elsewhere.append(request.url)
            ),
        )
        yield page
        browser.close()
    assert elsewhere == []


def violations(page) -> list[str]:
    """What axe finds wrong, at both widths."""
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        report = Axe().run(page, options=RULES)
        found += [
            f"{page.url} {width} {item['id']} {node['html']}"
            for item in report.response["violations"]
            for node in item["nodes"]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found += [f"{page.url} {width} scrolls sideways"] if wide else []
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
