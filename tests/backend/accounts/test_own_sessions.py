"""SEC-19: people see where they are signed in, and close any other place from the one they hold."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.accounts.browsers.devices import device_in_words
from backend.accounts.browsers.listing import mark_of, sessions_of
from backend.accounts.models import OpenSession
from backend.audit.models import Entry
from backend.core.actor import Role
from tests.factories import BeneficiaryAccessFactory, MembershipFactory
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.ADVISOR)


@pytest.fixture
def two(seat):
    """The same account on two devices."""
    office, phone = Client(HTTP_USER_AGENT=FIREFOX), Client(HTTP_USER_AGENT=PHONE)
    for browser in (office, phone):
        sign_in(browser, seat.user)
        browser.get(reverse("web:account"))
    return office, phone


def closing(client):
    return reverse("web:session_close", args=[mark_of(client.session.session_key)])


def test_each_device_is_named_and_one_s_own_comes_first(two):
    office, phone = two
    shown = text_of(office.get(reverse("web:account")))
    assert shown.index("Firefox, Windows") < shown.index("Chrome, Android")
    assert closing(phone) in shown
    assert closing(office) not in shown
    assert office.session.session_key not in shown
    assert phone.session.session_key not in shown


def test_closing_the_other_ends_it_at_its_next_request_and_leaves_a_line(two):
    office, phone = two
    where = closing(phone)
    assert office.post(where).status_code == 302
    assert office.get(reverse("web:account")).status_code == 200
    gone = phone.get(reverse("web:account"))
    assert gone.url.startswith(reverse("account_login"))
    assert phone.get("/api/v1/people/").status_code == 401
    assert Entry.objects.filter(action="session.closed").count() == 1
    assert office.post(where).status_code == 404


def test_nobody_closes_the_session_of_another(two):
    office, _ = two
    other = sign_in(Client(), BeneficiaryAccessFactory().user)
    other.get(reverse("web:account"))
    assert other.post(closing(office)).status_code == 404
    assert closing(office) not in text_of(other.get(reverse("web:account")))
    assert office.get(reverse("web:account")).status_code == 200


def test_a_session_left_for_an_hour_opens_nothing_and_is_not_listed(two, seat):
    office, phone = two
    session = phone.session
    session["seen_at"] -= 3601
    session.save()
    told = sessions_of(seat.user.pk, here=office.session.session_key)
    assert [each.device for each in told] == ["Firefox, Windows"]


def test_a_browser_nobody_signed_in_from_belongs_to_nobody(client):
    client.get(reverse("account_login"))
    assert not OpenSession.objects.exclude(user_id=None).exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (PHONE, "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("curl/8.0", "Appareil inconnu"),
        ("", "Appareil inconnu"),
    ],
)  # fmt: skip
def test_a_device_in_two_words(said, words):
    assert device_in_words(said) == words
