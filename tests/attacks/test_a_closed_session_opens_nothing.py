"""SEC-19: two sessions of one account that close each other are both gone, from every page and every list of the API."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from backend.accounts.browsers.listing import mark_of
from backend.core.actor import Role
from tests.access.answers import nothing_kept
from tests.access.policy import WEB
from tests.access.routes import every_route
from tests.signin import sign_in

pytestmark = pytest.mark.django_db


def closing(browser):
    return reverse("web:session_close", args=[mark_of(browser.session.session_key)])


def again_with(cookie):
    """Another browser, to which somebody gave the cookie."""
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return browser


def test_two_that_close_each_other_open_nothing_more_nor_does_what_their_cookies_held(world):
    seat = world.seats[Role.MANAGER]
    pages = [
        reverse(name)
        for name, page in WEB.items()
        if page.kind is None and not page.extra and "GET" in page.methods
    ]
    lists = [
        reverse(route.name) for route in every_route() if route.name.startswith("api:") and not route.captures
    ]
    with nothing_kept():
        one, other = (sign_in(Client(), seat.user, seat=seat.seat_key) for _ in range(2))
        for browser in (one, other):
            assert browser.get(reverse("web:account")).status_code == 200
        cookies = [browser.cookies[settings.SESSION_COOKIE_NAME].value for browser in (one, other)]
        addresses = closing(one), closing(other)
        assert other.post(addresses[0]).status_code == 302
        assert one.post(addresses[1]).status_code == 302  # too late: it is already closed
        assert other.get(reverse("web:account")).status_code == 200, "what was closed closed something"
        assert other.post(reverse("account_logout")).status_code == 302
        for cookie in cookies:
            browser = again_with(cookie)
            answers = {address: browser.get(address).status_code for address in (*pages, *lists)}
            assert {where for where in pages if answers[where] != 302} == set()
            assert {where for where in lists if answers[where] not in {401, 405}} == set()
