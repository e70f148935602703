"""SEC-17: Redis may be stopped; signing in, resetting and the API go on, and wrong tries are still counted."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from backend.accounts.second_factor import current_code
from tests.factories import MembershipFactory
from tests.letters import letters
from tests.signin import give_second_factor, type_code, type_password

pytestmark = pytest.mark.django_db
CLOSED = "redis://127.0.0.1:1/0"
WRONG = "pas-le-bon-mot-de-passe"


@pytest.fixture
def production_without_redis(settings):
    """The limits where production keeps them, and a broker that answers nobody."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    }
    settings.CELERY_BROKER_URL = CLOSED
    settings.SIGN_IN_WAIT_SECONDS = 0
    caches["default"].clear()


@pytest.fixture
def user(production_without_redis):
    membership = MembershipFactory()
    give_second_factor(membership.user)
    return membership.user


def test_signing_in_and_reading_by_the_API(client, user):
    assert client.get(reverse("account_login")).status_code == 200
    assert type_password(client, user.email, WRONG).status_code == 422
    assert type_password(client, user.email).url == reverse("mfa_authenticate")
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert type_code(client, "000000").status_code == 422
    assert type_code(client, current_code(user)).status_code == 302
    assert client.get(reverse("api:people-list")).status_code == 200


def test_wrong_tries_still_lock(client, user):
    answers = [type_password(client, user.email, WRONG).status_code for _ in range(10)]
    assert answers == [422] * 9 + [429]
    assert type_password(client, user.email).status_code == 429


def test_links_are_still_sent_and_still_bounded(client, user):
    """SEC-26."""
    typed = {"email": user.email}
    answers = [client.post(reverse("account_reset_password"), typed).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(letters()) == 5
