"""SEC-17: after the third failure each try waits longer, for the account and for the address, and the page says how long."""

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client

from backend.accounts.lockout import LONGEST_WAIT_SECONDS, in_words
from backend.accounts.second_factor import current_code
from tests.factories import BeneficiaryAccessFactory, MembershipFactory
from tests.signin import give_second_factor, type_code, type_password

pytestmark = pytest.mark.django_db
WRONG = "pas-le-bon-mot-de-passe"
HERE = {"REMOTE_ADDR": "192.0.2.1"}
WAITS = [5, 10, 20, 40, 80, 160, LONGEST_WAIT_SECONDS]
"""Seconds after the third failure, then after each one, until the ninth."""


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22 09:00:05+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def user():
    return BeneficiaryAccessFactory().user


def failures():
    return sum(AccessAttempt.objects.values_list("failures_since_start", flat=True))


def test_three_failures_wait_for_nothing_and_the_fourth_try_waits(client, user, clock):
    for turn in range(3):
        assert "Réessayez dans" not in type_password(client, user.email, WRONG, **HERE).content.decode()
        assert failures() == turn + 1
    too_soon = type_password(client, user.email, **HERE)  # the right one
    assert too_soon.status_code == 422
    assert "Réessayez dans 5 secondes" in too_soon.content.decode()
    assert failures() == 3
    clock.shift(5)
    assert type_password(client, user.email, **HERE).status_code == 302


def test_each_failure_waits_twice_as_long_until_the_door_rests(client, user, clock):
    for _ in range(3):
        type_password(client, user.email, WRONG, **HERE)
    for seconds in WAITS:
        clock.shift(seconds - 1)
        assert (
            "Réessayez dans une seconde" in type_password(client, user.email, WRONG, **HERE).content.decode()
        )
        clock.shift(1)
        answer = type_password(client, user.email, WRONG, **HERE)
    assert (answer.status_code, failures()) == (429, 10)


def test_an_account_waits_wherever_the_tries_come_from(user, clock):
    for turn in range(3):
        type_password(Client(), user.email, WRONG, REMOTE_ADDR=f"192.0.2.{turn + 1}")
    assert (
        "Réessayez dans" in type_password(Client(), user.email, REMOTE_ADDR="198.51.100.7").content.decode()
    )


def test_an_address_waits_whatever_the_accounts_tried_and_no_other(user, clock):
    for turn in range(3):
        type_password(Client(), f"inconnu{turn}@example.org", WRONG, **HERE)
    assert "Réessayez dans" in type_password(Client(), user.email, **HERE).content.decode()
    assert type_password(Client(), user.email, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_known_and_unknown_addresses_wait_alike(user, clock):
    said = []
    for email, address in ((user.email, "192.0.2.1"), ("inconnue@example.org", "192.0.2.2")):
        client = Client()
        answers = [type_password(client, email, WRONG, REMOTE_ADDR=address) for _ in range(4)]
        said.append([(answer.status_code, "Réessayez dans" in answer.content.decode()) for answer in answers])
    assert said[0] == said[1] == [(422, False)] * 3 + [(422, True)]


def test_wrong_codes_make_the_next_code_wait(client, clock):
    user = MembershipFactory().user
    give_second_factor(user)
    type_password(client, user.email, **HERE)
    for _ in range(3):
        type_code(client, "000000")
    too_soon = type_code(client, current_code(user))
    assert too_soon.status_code == 422
    assert "Réessayez dans 5 secondes" in too_soon.content.decode()
    clock.shift(30)
    assert type_code(client, current_code(user)).status_code == 302


def test_what_was_typed_stays_but_the_password(client, user, clock):
    for _ in range(4):
        answer = type_password(client, user.email, WRONG, **HERE)
    assert user.email in answer.content.decode()
    assert WRONG not in answer.content.decode()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "une seconde"), (59, "59 secondes"), (60, "une minute"), (61, "2 minutes"), (300, "5 minutes")],
)
def test_the_wait_is_said_in_words(seconds, words):
    assert in_words(seconds) == words
