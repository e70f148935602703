"""SEC-26: one seat asks so many times a minute, by the API, by a search, by exports; beyond, it is told how long to wait."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from backend.core.pages import pace
from backend.core.pages.pace import API, EXPORT, REFUSAL, SEARCH, WINDOW_SECONDS, count
from tests.factories import MembershipFactory
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
FEW = {API: 3, SEARCH: 2, EXPORT: 1, REFUSAL: 20}


@pytest.fixture(autouse=True)
def _few(settings):
    settings.PACE_OF_REQUESTS = FEW


@pytest.fixture
def client():
    seat = MembershipFactory(role=Role.ADVISOR)
    return sign_in(Client(), seat.user, seat=seat.seat_key)


def test_the_api_says_where_one_stands_then_how_long_to_wait(client):
    answers = [client.get("/api/v1/goals/") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert [each["RateLimit-Remaining"] for each in answers] == ["2", "1", "0", "0"]
    assert {each["RateLimit-Limit"] for each in answers} == {"3"}
    late = answers[-1]
    assert late.json()["code"] == "throttled"
    assert "Attendez" in late.json()["detail"]
    assert 1 <= int(late["Retry-After"]) <= WINDOW_SECONDS
    assert late["RateLimit-Reset"] == late["Retry-After"]


def test_another_seat_is_not_slowed_by_mine(client):
    for _ in range(4):
        client.get("/api/v1/goals/")
    seat = MembershipFactory(role=Role.ADVISOR)
    other = sign_in(Client(), seat.user, seat=seat.seat_key)
    assert other.get("/api/v1/goals/").status_code == 200


def test_a_search_is_counted_apart_by_the_api_and_by_the_page(client):
    searches = [client.get("/api/v1/people/?q=rive") for _ in range(3)]
    assert [each.status_code for each in searches] == [200, 200, 429]
    assert client.get("/api/v1/people/").status_code == 200
    typed = [client.post(reverse("web:people"), {"q": "rive"}) for _ in range(3)]
    assert [each.status_code for each in typed] == [302, 302, 429]
    assert "Attendez un instant" in text_of(typed[-1])
    assert typed[-1]["Retry-After"]
    assert client.get(reverse("web:people")).status_code == 200


def test_exports_are_counted_apart(client, sent):
    asked = {"start": "2024-01-01", "end": "2024-12-31", "format": "csv"}
    page = [client.post(reverse("web:exits_export"), asked) for _ in range(2)]
    assert [each.status_code for each in page] == [302, 429]
    tool = [client.post("/api/v1/exports/", asked, "application/json") for _ in range(2)]
    assert [each.status_code for each in tool] == [201, 429]


def test_the_next_minute_begins_again_and_former_seats_are_forgotten(monkeypatch):
    assert [count(API, "a", now=60 + each).left for each in range(4)] == [2, 1, 0, -1]
    assert count(API, "a", now=120).left == 2
    monkeypatch.setattr(pace, "KEPT_KEYS", 1)
    count(API, "b", now=120)
    count(API, "c", now=180)
    assert ("api", "b") not in pace._counts
