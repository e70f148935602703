"""What anybody reads without signing in: complete, honest about what is missing, reachable from everywhere."""

import re
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from backend.accounts.tokens import create_token
from backend.core.actor import Role
from backend.settings.env import Operator
from backend.web.help import FIRST_STEPS
from backend.web.navigation import places_of
from backend.web.templatetags.web import TO_COMPLETE
from tests.chromium import LOOKS, Visitor, browser, faults_of, picture, trail_can_be_emptied, walk  # noqa: F401
from tests.committing import committing
from tests.factories import BeneficiaryAccessFactory, MembershipFactory
from tests.pages import text_of
from tests.signin import sign_in, type_password

pytestmark = pytest.mark.django_db
PAGES = ("web:help", "web:legal_notice", "web:privacy", "web:accessibility")
FILES = ("web:security_txt", "web:robots_txt")
KNOWN = {
    "OPERATOR_NAME": "Exploitation Inventée",
    "OPERATOR_ADDRESS": "1 rue Imaginaire, 99999 Nulle-Part",
    "OPERATOR_PUBLISHER": "Prudence Exemple",
    "CONTACT_EMAIL": "contact@example.org",
    "PRIVACY_EMAIL": "donnees@example.org",
    "SECURITY_EMAIL": "securite@example.org",
    "HOSTING_PROVIDER": "Hébergeur Inventé, 2 rue Imaginaire, 01 99 00 00 00",
}


@pytest.fixture
def operator(monkeypatch, settings):
    """Sets the environment of the installation; gives back what the settings read in it."""

    def tell(**variables):
        for name in KNOWN:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        settings.OPERATOR = Operator()
        return settings.OPERATOR

    return tell


@pytest.mark.parametrize("name", [*PAGES, *FILES])
def test_it_opens_to_anybody_and_takes_nothing(client, name):
    assert client.get(reverse(name)).status_code == 200
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_it_stands_in_the_frame_of_whoever_is_signed_in(name):
    seat = MembershipFactory()
    page = text_of(sign_in(Client(), seat.user).get(reverse(name)))
    assert 'class="rail"' in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("path", ["/compte/connexion/", "/nulle-part/", "/ma-journee/", "/aide/"])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_every_page_leads_to_them(path, is_signed_in):
    client = sign_in(Client(), MembershipFactory().user) if is_signed_in else Client()
    page = text_of(client.get(path, follow=True))
    assert [name for name in PAGES if f'href="{reverse(name)}"' not in page] == []


def test_what_nobody_said_is_said_to_be_missing(client, operator):
    assert operator().missing() == list(KNOWN)
    assert text_of(client.get(reverse("web:legal_notice"))).count(TO_COMPLETE) == 5
    for name in PAGES:
        assert TO_COMPLETE in text_of(client.get(reverse(name)))


def test_what_the_operator_says_is_shown(client, operator):
    assert operator(**KNOWN).missing() == []
    pages = "".join(text_of(client.get(reverse(name))) for name in (*PAGES, *FILES))
    assert TO_COMPLETE not in pages
    assert [value for value in KNOWN.values() if value not in pages] == []


def test_what_the_operator_says_cannot_become_markup(client, operator):
    operator(**dict.fromkeys(KNOWN, '"><script>alert(1)</script>'))
    assert not any("<script>alert" in text_of(client.get(reverse(name))) for name in PAGES)


def test_each_thing_to_say_has_a_variable_of_its_own():
    assert [each.metadata["variable"] for each in fields(Operator)] == list(KNOWN)


def test_every_role_has_its_first_steps_and_they_name_its_menu():
    assert set(FIRST_STEPS) == set(Role) - {Role.OPERATOR}, (
        "its first gestures: FIRST_STEPS of backend/web/help.py"
    )
    labels = {role: {place.label for place in places_of(role)} for role in Role}
    for role, steps in FIRST_STEPS.items():
        named = set(re.findall("« ([^»]+) »", " ".join(steps))) & set().union(*labels.values())
        assert named, role
        assert named <= labels[role], role


def test_ones_own_first_steps_come_first_and_open():
    page = text_of(sign_in(Client(), MembershipFactory(role=Role.SUPERVISOR).user).get(reverse("web:help")))
    assert re.search(r"<details open>\s*<summary[^>]*>Encadrement technique \(votre place\)", page)
    assert page.count("<details open>") == 1


@pytest.mark.parametrize("today", ["2026-11-26T00:00:00Z", "2026-12-31T23:59:59Z", "2031-02-28T12:00:00Z"])
def test_security_txt_is_never_out_of_date(client, operator, time_machine, today):
    operator(SECURITY_EMAIL="securite@example.org")
    time_machine.move_to(datetime.fromisoformat(today), tick=False)
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in text_of(answer).splitlines())
    end = datetime.fromisoformat(lines["Expires"])
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:securite@example.org"
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    assert timedelta(days=30) < end - datetime.now(UTC) < timedelta(days=366)


def test_security_txt_always_gives_a_contact(client, operator):
    operator()
    assert f"Contact: http://testserver{reverse('web:legal_notice')}\n" in text_of(
        client.get(reverse("web:security_txt"))
    )
    operator(CONTACT_EMAIL="contact@example.org")
    assert "Contact: mailto:contact@example.org\n" in text_of(client.get(reverse("web:security_txt")))


def test_robots_are_sent_away(client):
    assert text_of(client.get("/robots.txt")) == "User-agent: *\nDisallow: /\n"


def test_the_cookies_are_those_that_the_page_names(client):
    named = set(re.findall(r"<dt><code>(\w+)</code></dt>", text_of(client.get(reverse("web:privacy")))))
    seat = MembershipFactory(role=Role.MANAGER)
    client.get(reverse("account_login"))
    type_password(client, seat.user.email)
    given = set(client.cookies)
    client = sign_in(Client(), seat.user)
    token, _ = create_token(actor=seat.as_actor(), name="Outil inventé", days=30)
    assert client.post(reverse("web:token_revoke", args=[token.pk])).status_code == 302
    assert given | set(client.cookies) == named


@pytest.mark.browser
@committing
def test_they_are_accessible_in_every_look(browser, live_server):  # noqa: F811
    visitor = Visitor(browser, live_server.url, MembershipFactory(role=Role.MANAGER).user)
    paths = {f"{name}-in": reverse(name) for name in (*PAGES, "web:account")}
    assert walk(visitor, paths) == {}
    person = Visitor(browser, live_server.url, BeneficiaryAccessFactory().user)
    assert walk(person, {"account-person": reverse("web:account")}) == {}
    found = {}
    for width, scheme in LOOKS:
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        for name in (*PAGES, "account_login"):
            page.goto(live_server.url + reverse(name))
            picture(page, f"{name}-out-{width}-{scheme}")
            found[name, width, scheme] = faults_of(page)
        page.close()
    assert {where: faults for where, faults in found.items() if faults} == {}
    assert visitor.elsewhere == []
