"""Everything that a provider, or whoever plays it, may say or leave unsaid: nothing opens, nobody waits."""

from __future__ import annotations

import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backend.accounts.identities import contact
from backend.settings.env import ProviderOfIdentities
from tests.backend.accounts.identities.provider import (
    BACK,
    CLIENT_ID,
    CLIENT_SECRET,
    LOGIN,
    OPEN,
    PROVE,
    through,
)
from tests.pages import text_of
from tests.signin import type_password

pytestmark = pytest.mark.django_db


def another_key():
    return rsa.generate_private_key(65537, 2048)


LIES = {
    "a nonce of somebody else": {"claims": {"nonce": "celui-d-une-autre"}},
    "no nonce": {"claims": {"nonce": None}},
    "a signature of somebody else": {"signed_by": another_key},
    "a secret that we hold too": {"signed_by": CLIENT_SECRET * 2, "algorithm": "HS256"},
    "no signature": {"signed_by": None, "algorithm": "none"},
    "an unknown key": {"key_name": "cle-2"},
    "expired": {"claims": {"exp": 1_700_000_000}},
    "without end": {"claims": {"exp": None}},
    "given tomorrow": {"claims": {"iat": 9_999_999_999}},
    "for another audience": {"claims": {"aud": "un-autre-service"}},
    "for several, asked by another": {"claims": {"aud": [CLIENT_ID, "un-autre"], "azp": "un-autre"}},
    "of another issuer": {"claims": {"iss": "https://ailleurs.example.org"}},
    "of nobody": {"claims": {"sub": ""}},
    "of a number": {"claims": {"sub": 12}},
    "of somebody endless": {"claims": {"sub": "x" * 300}},
    "a description of another issuer": {"told": {"issuer": "https://ailleurs.example.org"}},
    "keys kept elsewhere": {"told": {"jwks_uri": "http://127.0.0.1:9/keys"}},
    "codes changed elsewhere": {"told": {"token_endpoint": "http://169.254.169.254/token"}},
    "keys that are no keys": {"answers": {"/keys": (200, {"keys": [{"kty": "zz"}]})}},
    "keys that are no JSON": {"answers": {"/keys": (200, b"<html>")}},
    "a token that is no JSON": {"answers": {"/token": (200, b"<html>")}},
    "a token that is a list": {"answers": {"/token": (200, [])}},
    "no identity": {"answers": {"/token": (200, {"access_token": "x"})}},
    "an identity that is a number": {"answers": {"/token": (200, {"access_token": "x", "id_token": 3})}},
    "an error": {"answers": {"/token": (500, {"error": "panne"})}},
    "keys in error": {"answers": {"/keys": (503, {})}},
    "a way elsewhere": {"answers": {"/keys": (302, b"http://169.254.169.254/latest/")}},
    "an answer without end": {"answers": {"/keys": (200, b"x" * (contact.MAX_BYTES + 1))}},
}


@pytest.mark.parametrize("lie", LIES)
def test_what_is_not_believed_opens_nothing(client, provider, linked, settings, lie):
    """SEC-16: even for an account that is linked."""
    towards = client.get(LOGIN)
    for name, value in LIES[lie].items():
        setattr(provider, name, value() if callable(value) else value)
    cache.clear()  # what it said of itself is believed for some minutes
    refused = client.get(provider.authorize(towards.url))
    assert refused.status_code == 502, lie
    assert "n’a pas pu être vérifiée" in text_of(refused)
    assert client.get(OPEN).url.startswith(reverse("account_login"))
    assert client.get(PROVE).url == reverse("account_login")
    provider.claims, provider.answers, provider.told, provider.signed_by = {}, {}, {}, None
    provider.algorithm, provider.key_name = "RS256", "cle-1"
    cache.clear()
    assert through(client, provider).url == PROVE, "the same without the lie comes in"


@pytest.mark.parametrize("changed", ["state", "code"])
def test_the_answer_to_another_request_opens_nothing(client, provider, linked, changed):
    """Whoever makes somebody else follow their own answer signs nobody in."""
    other = Client()
    theirs = parse_qs(urlsplit(provider.authorize(other.get(LOGIN).url)).query)
    ours = parse_qs(urlsplit(provider.authorize(client.get(LOGIN).url)).query)
    mixed = {**{name: values[0] for name, values in ours.items()}, changed: theirs[changed][0]}
    assert client.get(BACK, mixed).status_code == 502
    assert client.get(OPEN).url.startswith(reverse("account_login"))


def test_an_answer_serves_once(client, provider, linked):
    """SEC-18."""
    back = provider.authorize(client.get(LOGIN).url)
    assert client.get(back).url == PROVE
    assert client.get(back).status_code == 502
    assert Client().get(back).status_code == 502


@pytest.mark.parametrize(
    "query",
    [{}, {"code": "x"}, {"state": "x"}, {"error": "server_error"}, {"code": "x", "state": ["a", "b"]}],
)
def test_a_visit_out_of_the_blue_is_refused(client, provider, query):
    assert client.get(BACK, query).status_code == 502


def test_giving_up_at_the_provider_says_so(client, provider):
    asked = parse_qs(urlsplit(client.get(LOGIN).url).query)
    page = client.get(BACK, {"error": "access_denied", "state": asked["state"][0]})
    assert (page.status_code, "Vous avez renoncé" in text_of(page)) == (200, True)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_a_provider_that_stays_silent_holds_nobody(client, provider, linked, monkeypatch, path):
    monkeypatch.setattr(contact, "READ_SECONDS", 0.4)
    provider.answers = {path: "silence"}
    cache.clear()
    started = time.monotonic()
    towards = client.get(LOGIN)
    said = towards if towards.status_code != 302 else client.get(provider.authorize(towards.url))
    assert time.monotonic() - started < 4
    assert said.status_code == 502
    assert "n’a pas répondu" in text_of(said)
    assert type_password(client, linked.email).url == PROVE, "the password still opens"


def test_one_that_falls_silent_while_somebody_agrees_holds_nobody(client, provider, linked, monkeypatch):
    monkeypatch.setattr(contact, "READ_SECONDS", 0.4)
    back = provider.authorize(client.get(LOGIN).url)
    provider.answers = {"/.well-known/openid-configuration": "silence"}
    cache.clear()
    assert client.get(back).status_code == 502


def test_while_it_is_silent_one_visitor_waits_and_the_next_do_not(client, provider, monkeypatch):
    monkeypatch.setattr(contact, "READ_SECONDS", 0.4)
    provider.answers = {"/.well-known/openid-configuration": "silence"}
    assert [client.get(LOGIN).status_code for _ in range(4)] == [502] * 4
    assert provider.asked == ["/.well-known/openid-configuration"]
    provider.answers = {}
    with time_machine.travel(timezone.now() + timedelta(seconds=contact.SILENT_SECONDS + 5)):
        assert client.get(LOGIN).status_code == 302


def drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b" " * 9000)
            time.sleep(0.1)
    except OSError:
        return


def test_one_that_answers_drop_by_drop_is_left(client, provider, monkeypatch):
    monkeypatch.setattr(contact, "WHOLE_SECONDS", 0.5)
    provider.answers = {"/.well-known/openid-configuration": drip}
    started = time.monotonic()
    assert client.get(LOGIN).status_code == 502
    assert time.monotonic() - started < 3


DESCRIPTION = "/.well-known/openid-configuration"


@pytest.mark.parametrize(
    "lie",
    [
        {"answers": {DESCRIPTION: (200, [])}},
        {"answers": {DESCRIPTION: (200, "mot")}},
        {"answers": {DESCRIPTION: (200, b"<html>")}},
        {"answers": {DESCRIPTION: (200, {})}},
        {"answers": {DESCRIPTION: (500, {})}},
        {"told": {"authorization_endpoint": "https://ailleurs.example.org/"}},
        {"told": {"authorization_endpoint": "http://["}},
        {"told": {"authorization_endpoint": None}},
    ],
)
def test_a_description_that_is_none_leads_nowhere(client, provider, lie):
    """SEC-29."""
    for name, value in lie.items():
        setattr(provider, name, value)
    assert client.get(LOGIN).status_code == 502


def test_one_that_is_not_there(client, provider, settings):
    settings.IDENTITY_PROVIDER = ProviderOfIdentities(
        "http://127.0.0.1:9", CLIENT_ID, CLIENT_SECRET, "ProConnect", frozenset()
    )
    assert client.get(LOGIN).status_code == 502
