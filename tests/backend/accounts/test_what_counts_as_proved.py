"""Which codes serve, which factor may go, which proof opens; each rule asked by itself, at its edge."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from backend.accounts import allauth_seams as seams
from backend.accounts import second_factor
from backend.accounts.identities.adapter import PROVIDER_ID
from backend.core.actor import Role
from backend.core.pages.keepers import SessionGap
from backend.settings.env import ProviderOfIdentities
from tests.factories import BeneficiaryAccessFactory, MembershipFactory, UserFactory, actor_of
from tests.signin import LONG_AGO, give_second_factor

pytestmark = pytest.mark.django_db
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
TOTP, KEY, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
TO_PROVE, TO_SET_UP = SessionGap.SECOND_FACTOR_NOT_PROVED, SessionGap.SECOND_FACTOR_MISSING
NOW = 59_652_100
"""A period of thirty seconds, by its number."""


@pytest.fixture
def _now():
    with time_machine.travel(NOW * 30, tick=False):
        yield


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def professional():
    return actor_of(Role.MANAGER)


@pytest.fixture
def person():
    return BeneficiaryAccessFactory().as_actor()


def another(user, kind=KEY, **fields):
    return Authenticator.objects.create(user=user, type=kind, data={}, **fields)


def session_of(user):
    request = HttpRequest()
    request.session, request.user = SessionStore(), user
    return request


def proving(factor, *, at=0.0):
    """A session that proved this factor, so many seconds after it was set up."""
    request = session_of(factor.user)
    seams.prove(request, factor)
    seams.proofs_of(request)[-1]["at"] = factor.created_at.timestamp() + at
    return request


# Codes


@pytest.mark.usefixtures("_now")
def test_SEC_18_a_code_serves_once_and_what_came_before_it_no_more(user):
    application = give_second_factor(user)
    secret = decrypt(application.data["secret"])
    before, now, after = (seams.shown_at(secret, NOW + step) for step in (-1, 0, 1))
    assert second_factor.spend(application, now) is True
    assert second_factor.spend(application, now) is False
    assert second_factor.spend(application, before) is False
    assert second_factor.spend(application, after) is True
    application.refresh_from_db()
    assert application.data["last_counter"] == NOW + 1


@pytest.mark.usefixtures("_now")
def test_a_wrong_code_uses_nothing_up(user):
    application = give_second_factor(user)
    assert second_factor.spend(application, "") is False
    application.refresh_from_db()
    assert "last_counter" not in application.data


@pytest.mark.usefixtures("_now")
@pytest.mark.parametrize(
    ("after", "shown"), [(None, NOW), (NOW - 1, NOW), (NOW, NOW + 1), (NOW + 1, NOW + 1), (NOW + 9, NOW + 1)]
)
def test_the_next_code_is_the_present_one_until_it_has_served(after, shown):
    """Never later than the last one that is accepted."""
    served = {} if after is None else {"after": after}
    assert second_factor.next_code(SECRET, **served) == seams.shown_at(SECRET, shown)


@pytest.mark.usefixtures("_now")
def test_the_code_of_an_account_is_one_that_has_not_served(user):
    application = give_second_factor(user)
    first = second_factor.current_code(user)
    assert second_factor.spend(application, first)
    assert second_factor.spend(application, second_factor.current_code(user))


# Factors


def test_an_account_is_told_by_its_application_and_its_keys(user):
    assert second_factor.kinds_of(user) == set()
    assert second_factor.is_set_up(user) is False
    another(user, RECOVERY)
    assert second_factor.kinds_of(user) == set()
    assert second_factor.is_set_up(user) is False
    another(user)
    give_second_factor(user)
    assert second_factor.kinds_of(user) == {"totp", "webauthn"}
    assert second_factor.is_set_up(user) is True


def test_nobody_has_the_factor_of_the_first_account():
    give_second_factor(UserFactory(pk=1))
    assert second_factor.kinds_of(AnonymousUser()) == set()
    assert second_factor.is_set_up(AnonymousUser()) is False


def test_of_several_accounts_those_that_have_one():
    one, other, without, apart = (UserFactory() for _ in range(4))
    give_second_factor(one)
    another(other)
    another(without, RECOVERY)
    give_second_factor(apart)
    asked = [account.pk for account in (one, other, without)]
    assert second_factor.accounts_with_one(asked) == {one.pk, other.pk}


def test_SEC_16_the_last_factor_is_removed_by_nobody_who_needs_one(user, professional, person):
    factor = give_second_factor(user)
    another(user, RECOVERY)
    give_second_factor(UserFactory())
    assert second_factor.is_the_last(factor) is True
    may = second_factor.may_be_removed
    assert [may(actor, factor) for actor in (professional, None, person)] == [False, False, True]
    another(user)
    assert second_factor.is_the_last(factor) is False
    assert [may(actor, factor) for actor in (professional, None, person)] == [True, True, True]


def test_a_session_goes_on_by_the_factor_that_is_left(user):
    request = session_of(user)
    another(user, RECOVERY)
    second_factor.stay_proved(request)
    assert seams.proofs_of(request) == []
    left = give_second_factor(user)
    another(user)
    second_factor.stay_proved(request)
    (proof,) = seams.proofs_of(request)
    assert (proof["method"], proof["id"], proof["type"]) == (seams.SECOND_FACTOR, left.pk, "totp")


# What a session has still to prove


def test_SEC_16_without_a_factor_only_who_needs_one_is_stopped(user, professional, person):
    request = session_of(user)
    asked = [second_factor.gap_of(request, actor) for actor in (professional, None, person)]
    assert asked == [TO_SET_UP, None, None]


def test_SEC_16_with_one_everybody_proves_it(user, professional, person):
    factor = give_second_factor(user)
    request = session_of(user)
    for actor in (professional, None, person):
        assert second_factor.gap_of(request, actor) is TO_PROVE
        assert second_factor.gap_of(proving(factor), actor) is None


@pytest.mark.parametrize(("at", "gap"), [(-0.001, TO_PROVE), (0, None), (0.001, None)])
@pytest.mark.parametrize("kind", [TOTP, KEY, RECOVERY])
def test_SEC_16_a_proof_older_than_the_factor_opens_nothing(user, professional, kind, at, gap):
    """Of a recovery code, the factor it stood in for: the first one that stands."""
    factor = give_second_factor(user) if kind == TOTP else another(user, kind, created_at=LONG_AGO)
    if kind == RECOVERY:
        another(user, created_at=LONG_AGO + timedelta(days=1))
        give_second_factor(user)
    assert second_factor.gap_of(proving(factor, at=at), professional) is gap


def test_SEC_16_a_factor_removed_since_or_of_somebody_else_opens_nothing(user, professional):
    removed, theirs = another(user), give_second_factor(UserFactory())
    give_second_factor(user)
    request, other = proving(removed), session_of(user)
    removed.delete()
    seams.prove(other, theirs)
    assert second_factor.gap_of(request, professional) is TO_PROVE
    assert second_factor.gap_of(other, professional) is TO_PROVE


def test_a_recovery_code_that_stands_in_for_nothing_leaves_the_factor_to_set_up(user, professional):
    assert second_factor.gap_of(proving(another(user, RECOVERY)), professional) is TO_SET_UP


def test_SEC_16_only_a_second_factor_that_is_named_is_one(user, professional):
    factor = another(user, pk=1)
    password, unnamed = proving(factor), proving(factor)
    seams.proofs_of(password)[-1]["method"] = "password"
    del seams.proofs_of(unnamed)[-1]["id"]
    assert second_factor.gap_of(password, professional) is TO_PROVE
    assert second_factor.gap_of(unnamed, professional) is TO_PROVE


@pytest.mark.parametrize("has_factor", [True, False])
@pytest.mark.parametrize("levels", [{"deux"}, set(), None])
def test_SEC_16_a_provider_answers_for_two_factors_while_it_is_believed(settings, levels, has_factor):
    membership = MembershipFactory(role=Role.MANAGER)
    user = membership.user
    told = ProviderOfIdentities(
        "https://fournisseur.example", "nous", "secret", "Nom", frozenset(levels or ())
    )
    settings.IDENTITY_PROVIDER = None if levels is None else told
    if has_factor:
        give_second_factor(user)
    link = SocialAccount.objects.create(user=user, provider=PROVIDER_ID, uid="sujet-1")
    theirs = SocialAccount.objects.create(user=UserFactory(), provider=PROVIDER_ID, uid="sujet-2")
    lacking = TO_PROVE if has_factor else TO_SET_UP
    request, borrowed = session_of(user), session_of(user)
    seams.prove_by_provider(request, user, link)
    seams.prove_by_provider(borrowed, user, theirs)
    actor = membership.as_actor()
    assert second_factor.gap_of(request, actor) is (None if levels else lacking)
    assert second_factor.gap_of(borrowed, actor) is lacking
    link.delete()
    assert second_factor.gap_of(request, actor) is lacking
