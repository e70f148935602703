"""SEC-16: a session that did not prove all it must opens nothing, on any address of the screens and of the API."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from backend.accounts.allauth_seams import set_up_application
from backend.accounts.browsers.store import SessionStore
from backend.accounts.identities.adapter import PROVIDER_ID
from backend.accounts.tokens import create_token
from backend.core.actor import Role
from backend.core.api.authentication import SeatSessionAuthentication
from backend.core.pages.keepers import SessionGap
from backend.organisations.middleware import ActorMiddleware
from tests.backend.accounts.identities.provider import Provider, through
from tests.backend.accounts.keys.keyring import browser, holder, prove, question
from tests.factories import BeneficiaryAccessFactory, MembershipFactory
from tests.signin import give_second_factor, sign_in, type_password

pytestmark = pytest.mark.django_db
METHODS = ("get", "post")


def routes(patterns=None, prefix=""):
    """Every address of the service, captures filled with something that is found nowhere."""
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        part = str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, prefix + part)
        elif isinstance(entry, URLPattern):
            path = prefix + part
            path = path.replace("(?P<pk>[0-9]{1,18})", "999999").replace("(?P<version>v1)", "v1")
            path = path.replace("(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)", "x-x")
            path = re.sub(r"\(\?P<\w+>[^()]*\)", "999999", path)
            path = re.sub(r"<int:\w+>", "999999", path)
            path = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000000", path)
            path = re.sub(r"<(?:\w+:)?\w+>", "x", path)
            yield "/" + re.sub(r"[\^$\\]", "", path), entry.callback


ROUTES = list(routes())
API = [path for path, _ in ROUTES if path.startswith("/api/")]
WEB = [
    (path, view)
    for path, view in ROUTES
    if not path.startswith("/api/") and not getattr(view, "is_public", False)
]


def password_only(user):
    client = Client()
    type_password(client, user.email)
    return client


def without_factor():
    """The password is right, and nobody set a second factor up."""
    return password_only(MembershipFactory(role=Role.MANAGER).user)


def factor_set_elsewhere():
    """Opened with the password alone, before another session of the same account set the second factor up."""
    user = MembershipFactory(role=Role.MANAGER).user
    client = password_only(user)
    set_up_application(user)
    return client


def before_the_code():
    """The password was typed, the code is awaited."""
    user = MembershipFactory(role=Role.MANAGER).user
    give_second_factor(user)
    return password_only(user)


def seat_ended():
    """Everything was proved, and the role has ended since."""
    membership = MembershipFactory(role=Role.MANAGER)
    client = sign_in(Client(), membership.user, seat=membership.seat_key)
    membership.ended_at = timezone.now()
    membership.save()
    return client


def seat_ended_and_factor_set_elsewhere():
    """Two lacks at once: the pages of one's own account, recovery codes included, stay closed."""
    membership = MembershipFactory(role=Role.MANAGER)
    client = password_only(membership.user)
    client.get(reverse("mfa_activate_totp"))
    set_up_application(membership.user)
    membership.ended_at = timezone.now()
    membership.save()
    return client


def factor_replaced_since():
    """It proved a second factor, which another session has replaced since."""
    membership = MembershipFactory(role=Role.MANAGER)
    client = sign_in(Client(), membership.user)
    membership.user.authenticator_set.all().delete()
    with time_machine.travel(timezone.now() + timedelta(seconds=5), tick=False):
        set_up_application(membership.user)
    return client


def before_the_key():
    """The password was typed, the key is awaited."""
    user = MembershipFactory(role=Role.MANAGER).user
    holder(user)
    return password_only(user)


def key_removed_since():
    """It proved a key, which another session has removed since; the application of codes still stands."""
    user = MembershipFactory(role=Role.MANAGER).user
    give_second_factor(user)
    key, client = holder(user), browser()
    type_password(client, user.email)
    prove(client, key.get(question(client)))
    user.authenticator_set.filter(type="webauthn").delete()
    return client


def provider_alone():
    """A provider said who it is, and the second factor is awaited."""
    user = MembershipFactory(role=Role.MANAGER).user
    give_second_factor(user)
    SocialAccount.objects.create(user=user, provider=PROVIDER_ID, uid="sujet-1")
    client = Client()
    with Provider() as provider, override_settings(IDENTITY_PROVIDER=provider.named()):
        assert through(client, provider).url == reverse("mfa_authenticate")
    return client


SIGN_IN, SET_UP, NO_SEAT = reverse("account_login"), reverse("mfa_activate_totp"), 403
HALF_OPEN = [
    # Who, the mark of the pages that open all the same, where the others lead.
    (without_factor, "opens_before_second_factor", SET_UP),
    (factor_set_elsewhere, None, SIGN_IN),
    (before_the_code, None, SIGN_IN),
    (seat_ended, "opens_without_seat", NO_SEAT),
    (seat_ended_and_factor_set_elsewhere, None, SIGN_IN),
    (factor_replaced_since, None, SIGN_IN),
    (key_removed_since, None, SIGN_IN),
]
CASES = pytest.mark.parametrize(
    ("make", "mark", "leads_to"), HALF_OPEN, ids=[make.__name__ for make, _, _ in HALF_OPEN]
)


def ask(session, method, path):
    """One page asked; what it changed, being signed out included, is undone before the next is asked."""
    cookies, point = session.cookies.copy(), transaction.savepoint()
    answer = getattr(session, method)(path)
    transaction.savepoint_rollback(point)
    session.cookies = cookies
    return answer


def test_the_walk_really_sees_the_routes():
    paths = [path for path, _ in ROUTES]
    assert {reverse("web:home"), reverse("mfa_index"), reverse("api:people-list")} <= set(paths)
    assert reverse("api:people-detail", args=[999999]) in paths
    assert reverse("web:person", args=[999999]) in paths
    assert len(API) > 90
    assert len(WEB) > 80


SIGN_IN = ("/compte/", "/invitation/", "/sante/")
CHECKED = "/verifier/"
"""Whoever holds a passport checks it, with the secret printed on it and nothing else."""
TELL = {
    "/badges/emetteur/", "/badges/emetteur/etats/999999/", "/badges/verifier/",
    "/.well-known/security.txt", "/accessibilite/", "/aide/", "/mentions-legales/", "/regles/", "/robots.txt", "/vie-privee/",
}  # fmt: skip
"""Pages that tell of the service and of the rules it applies, which are public law, files that machines ask for, and what lets a
stranger verify a badge: keys, states without names, a page that reads what it is sent."""


def test_only_the_pages_that_sign_in_or_tell_of_the_service_are_public():
    public = {path for path, view in ROUTES if getattr(view, "is_public", False)}
    assert sorted(path for path in public - TELL if not path.startswith((*SIGN_IN, CHECKED))) == []
    assert public >= TELL


@CASES
@pytest.mark.parametrize("method", METHODS)
def test_every_page_refuses_a_half_open_session(make, mark, leads_to, method):
    session = make()
    wrong = {}
    for path, view in WEB:
        if mark and getattr(view, mark, False):
            continue
        answer = ask(session, method, path)
        went = answer.status_code if leads_to == NO_SEAT else getattr(answer, "url", "").split("?")[0]
        if went != leads_to:
            wrong[path] = (answer.status_code, went)
    assert wrong == {}


@CASES
@pytest.mark.parametrize("method", METHODS)
def test_every_address_of_the_API_refuses_a_half_open_session(make, mark, leads_to, method):
    session = make()
    answers = {path: ask(session, method, path).status_code for path in API}
    assert {path: status for path, status in answers.items() if status != 401} == {}


@pytest.mark.parametrize(
    "make",
    [
        without_factor,
        factor_set_elsewhere,
        before_the_code,
        factor_replaced_since,
        before_the_key,
        key_removed_since,
        provider_alone,
    ],
)
def test_the_middleware_alone_makes_nobody_of_a_half_open_session(make):
    """The first layer: whatever is written behind it finds no actor."""
    session = make()
    found = []
    request = RequestFactory().get("/")
    request.session = SessionStore(session.cookies["sessionid"].value)
    request.user = get_user(request)
    ActorMiddleware(lambda asked: found.append(asked.actor) or HttpResponse())(request)
    assert found == [None]


@pytest.mark.parametrize("gap", list(SessionGap))
def test_the_API_alone_refuses_a_gap_even_were_somebody_attached(gap):
    """The second layer: it reads the gap itself, and does not lean on the first."""
    membership = MembershipFactory(role=Role.MANAGER)
    request = RequestFactory().get("/api/v1/people/")
    request.user, request.actor, request.session_gap = membership.user, membership.as_actor(), gap
    with pytest.raises(AuthenticationFailed) as refused:
        SeatSessionAuthentication().authenticate(Request(request))
    assert refused.value.get_codes() == gap.value


@pytest.mark.parametrize(
    ("make", "gap"),
    [
        (without_factor, SessionGap.SECOND_FACTOR_MISSING),
        (factor_set_elsewhere, SessionGap.SECOND_FACTOR_NOT_PROVED),
        (factor_replaced_since, SessionGap.SECOND_FACTOR_NOT_PROVED),
    ],
)
def test_the_API_says_what_the_session_lacks(make, gap):
    assert make().get(reverse("api:people-list")).json()["code"] == gap.value


def test_the_same_walk_finds_open_doors_once_the_session_is_complete():
    """Otherwise the refusals above would prove nothing."""
    session = sign_in(Client(), MembershipFactory(role=Role.MANAGER).user)
    assert session.get(reverse("api:people-list")).status_code == 200
    assert session.get(reverse("web:people")).status_code == 200


def test_setting_a_second_factor_up_closes_the_other_sessions_of_a_person_in_pathway_too():
    user = BeneficiaryAccessFactory().user
    older = password_only(user)
    assert older.get(reverse("web:tokens")).status_code == 200
    give_second_factor(user)
    assert older.get(reverse("api:people-list")).status_code == 401
    assert older.get(reverse("web:tokens")).url.startswith(SIGN_IN)


@pytest.mark.parametrize("has_factor", [True, False])
def test_a_tool_is_let_in_only_while_the_account_has_its_second_factor(client, has_factor):
    membership = MembershipFactory(role=Role.MANAGER)
    if has_factor:
        give_second_factor(membership.user)
    _, text = create_token(actor=membership.as_actor(), name="Tableur", days=30)
    answer = client.get(reverse("api:people-list"), HTTP_AUTHORIZATION=f"Token {text}")
    assert answer.status_code == (200 if has_factor else 401)
