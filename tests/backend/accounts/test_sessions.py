"""A session ends after an hour of silence, and after twelve hours whatever happens."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backend.accounts.models import OpenSession
from tests.factories import BeneficiaryAccessFactory
from tests.signin import type_password

pytestmark = pytest.mark.django_db
NOW = "2026-11-22 08:00:05+01:00"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def opened(client, clock):
    type_password(client, BeneficiaryAccessFactory().user.email)
    return client


def is_open(client):
    return client.get(reverse("web:tokens")).status_code == 200


@pytest.mark.parametrize(("minutes", "open_still"), [(59, True), (60, False)])
def test_an_hour_without_a_word_ends_it(opened, clock, minutes, open_still):
    """SEC-19."""
    assert is_open(opened)
    clock.shift(timedelta(minutes=minutes))
    assert is_open(opened) is open_still


def test_twelve_hours_end_it_however_busy(opened, clock):
    """SEC-19."""
    for _ in range(23):
        clock.shift(timedelta(minutes=30))
        assert is_open(opened)
    clock.shift(timedelta(minutes=30))
    assert not is_open(opened)


def test_the_next_page_says_why_and_comes_back_to_where_one_was(opened, clock):
    clock.shift(timedelta(hours=2))
    answer = opened.get(reverse("web:seats"), follow=True)
    assert answer.redirect_chain[0][0] == f"{reverse('account_login')}?next={reverse('web:seats')}"
    assert "après 1 h sans activité" in answer.content.decode()


def test_an_ended_session_is_gone_from_the_database(opened, clock):
    key = opened.session.session_key
    clock.shift(timedelta(hours=2))
    is_open(opened)
    assert not OpenSession.objects.filter(session_key=key).exists()


def session_writes(client):
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("web:tokens"))
    return sum(
        query["sql"].upper().startswith(("UPDATE", "INSERT")) and "accounts_opensession" in query["sql"]
        for query in captured.captured_queries
    )


def test_reading_writes_the_session_once_a_minute_at_most(opened, clock):
    is_open(opened)
    clock.shift(timedelta(seconds=30))
    assert session_writes(opened) == 0
    clock.shift(timedelta(seconds=31))
    assert session_writes(opened) == 1
    assert session_writes(opened) == 0
