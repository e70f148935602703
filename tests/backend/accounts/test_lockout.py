"""Ten failures, then the door rests: for the account, for the address, for passwords and for codes."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from backend.accounts.second_factor import current_code
from tests.factories import BeneficiaryAccessFactory, MembershipFactory, UserFactory
from tests.signin import give_second_factor, type_code, type_password

pytestmark = pytest.mark.django_db
NOW = "2026-11-22 09:00:05+01:00"
WRONG = "pas-le-bon-mot-de-passe"


@pytest.fixture(autouse=True)
def _without_waiting(settings):
    """What grows between two tries: `test_each_failure_waits_longer.py`."""
    settings.SIGN_IN_WAIT_SECONDS = 0


def fail(client, email, times, *, from_each_own_address=False):
    answers = []
    for turn in range(times):
        address = f"192.0.2.{turn + 1}" if from_each_own_address else "192.0.2.250"
        answers.append(type_password(client, email, WRONG, REMOTE_ADDR=address))
    return answers


def test_the_eleventh_try_is_refused_even_with_the_right_password(client):
    """SEC-17."""
    user = BeneficiaryAccessFactory().user
    answers = fail(client, user.email, 10)
    assert [answer.status_code for answer in answers] == [422] * 9 + [429]
    refused = type_password(client, user.email, REMOTE_ADDR="192.0.2.250")
    assert refused.status_code == 429
    assert f"{round(settings.AXES_COOLOFF_TIME * 60)} minutes" in refused.content.decode()


def test_an_account_rests_wherever_the_tries_come_from(client):
    """SEC-17."""
    user = BeneficiaryAccessFactory().user
    fail(client, user.email, 10, from_each_own_address=True)
    assert type_password(client, user.email, REMOTE_ADDR="198.51.100.7").status_code == 429


def test_an_address_rests_whatever_the_accounts_tried(client):
    """SEC-17."""
    for turn in range(10):
        type_password(client, f"inconnu{turn}@example.org", WRONG, REMOTE_ADDR="192.0.2.250")
    user = BeneficiaryAccessFactory().user
    assert type_password(client, user.email, REMOTE_ADDR="192.0.2.250").status_code == 429
    assert type_password(client, user.email, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_known_and_unknown_addresses_rest_alike():
    known = UserFactory(email="connue@example.org")
    seen = []
    for email, address in ((known.email, "192.0.2.1"), ("inconnue@example.org", "192.0.2.2")):
        client = Client()
        answers = [type_password(client, email, WRONG, REMOTE_ADDR=address) for _ in range(11)]
        seen.append([answer.status_code for answer in answers])
        assert "Trop d’essais" in answers[-1].content.decode()
    assert seen[0] == seen[1]


def test_the_count_lives_in_the_database_not_in_the_memory_of_one_worker(client):
    user = BeneficiaryAccessFactory().user
    for turn in range(10):
        cache.clear()
        type_password(client, user.email, WRONG, REMOTE_ADDR=f"192.0.2.{turn + 1}")
    cache.clear()
    assert type_password(client, user.email).status_code == 429


def test_the_door_opens_again_after_a_quarter_of_an_hour(client):
    user = BeneficiaryAccessFactory().user
    with time_machine.travel(NOW, tick=False) as clock:
        fail(client, user.email, 10)
        clock.shift(timedelta(minutes=14))
        assert type_password(client, user.email, REMOTE_ADDR="192.0.2.250").status_code == 429
        clock.shift(timedelta(minutes=2))
        assert type_password(client, user.email, REMOTE_ADDR="192.0.2.250").status_code == 302


def test_signing_in_clears_ones_own_failures_and_nobody_elses():
    mine, theirs = BeneficiaryAccessFactory().user, BeneficiaryAccessFactory().user
    fail(Client(), theirs.email, 8)
    fail(Client(), mine.email, 1)
    assert type_password(Client(), mine.email, REMOTE_ADDR="192.0.2.250").status_code == 302
    assert [answer.status_code for answer in fail(Client(), theirs.email, 2)] == [422, 429]


def test_wrong_codes_count_like_wrong_passwords(client):
    """SEC-17."""
    user = MembershipFactory().user
    give_second_factor(user)
    type_password(client, user.email)
    answers = [type_code(client, "000000") for _ in range(10)]
    assert answers[-1].status_code == 429
    assert type_code(client, current_code(user)).status_code == 429
    assert type_password(Client(), user.email).status_code == 429


def test_what_is_kept_of_a_failure_names_nobody(client):
    type_password(client, "quelquun@example.org", WRONG)
    attempt = AccessAttempt.objects.get()
    kept = f"{attempt.username} {attempt.post_data} {attempt.get_data} {attempt.path_info}"
    assert "quelquun" not in kept
    assert WRONG not in kept


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [(0, "203.0.113.9", "192.0.2.1"), (1, "198.51.100.1, 203.0.113.9", "203.0.113.9")],
)
def test_only_our_own_proxies_are_believed_about_where_one_comes_from(rf, settings, proxies, forwarded, seen):
    from backend.accounts.lockout import client_address

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == seen


def test_asking_for_too_many_links_is_refused_in_french(client):
    """SEC-26."""
    cache.clear()
    answers = [client.post(reverse("account_reset_password"), {"email": "a@example.org"}) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "Trop de demandes" in answers[-1].content.decode()
    cache.clear()
