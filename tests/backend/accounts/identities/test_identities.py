"""Signing in by an identity provider: a real one, on this machine, over HTTP."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.accounts.privacy import empty_accounts
from backend.accounts.recovery import forget_second_factor
from backend.accounts.second_factor import current_code
from backend.audit.models import Entry
from backend.core.actor import Role
from tests.backend.accounts.identities.provider import (
    BACK,
    INDEX,
    LINK,
    LOGIN,
    OPEN,
    PROVE,
    TWO,
    named,
    through,
)
from tests.factories import BeneficiaryAccessFactory, MembershipFactory
from tests.letters import letters
from tests.pages import text_of
from tests.signin import sign_in, type_code, type_password

pytestmark = pytest.mark.django_db


def test_nothing_of_it_exists_until_the_settings_name_one(client, user):
    for address in (LOGIN, BACK, LINK):
        assert sign_in(Client(), user).get(address).status_code == 404
    assert LOGIN not in text_of(client.get(reverse("account_login")))
    assert LINK not in text_of(sign_in(client, user).get(INDEX))


def test_linked_from_ones_account_then_it_replaces_the_password_and_not_the_second_factor(
    client, provider, linked
):
    """SEC-16."""
    assert LOGIN in text_of(client.get(reverse("account_login")))
    assert through(client, provider).url == PROVE
    assert client.get(OPEN).url.startswith(reverse("account_login"))
    assert type_code(client, current_code(linked)).status_code == 302
    assert client.get(OPEN).status_code == 200
    line = Entry.objects.latest("pk")
    assert (line.action, line.user_id) == ("session.opened", linked.pk)


def test_what_is_asked_carries_state_nonce_and_pkce_and_nothing_typed(client, provider):
    asked = parse_qs(
        urlsplit(client.get(f"{LOGIN}?scope=admin&auth_params=prompt%3Dnone&process=connect").url).query
    )
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) > 30
    assert asked["state"][0]
    assert "prompt" not in asked
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]


def test_only_the_providers_name_of_somebody_is_kept(provider, linked):
    provider.claims = {"email": linked.email, "given_name": "Odile"}
    through(Client(), provider)
    link = SocialAccount.objects.get()
    assert (link.user_id, link.uid, link.extra_data) == (linked.pk, "sujet-1", {})


def test_somebody_unknown_opens_nothing_and_reads_why(client, provider, user):
    """SEC-20: neither an account, nor a word on whether one exists."""
    provider.claims = {"email": "inconnue@example.org", "email_verified": True}
    accounts = User.objects.count()
    refused = through(client, provider)
    assert refused.status_code == 403
    assert "Aucun compte n’est relié" in text_of(refused)
    assert (User.objects.count(), SocialAccount.objects.count()) == (accounts, 0)
    assert client.get(OPEN).url.startswith(reverse("account_login"))
    line = Entry.objects.latest("pk")
    assert (line.action, line.user_id) == ("session.refused", None)


@pytest.mark.parametrize("verified", [True, False, None])
def test_the_address_of_an_account_opens_it_for_nobody(client, provider, user, verified):
    provider.claims = {"email": user.email, "email_verified": verified}
    assert through(client, provider).status_code == 403
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("claims", "trusted", "leads_to"),
    [
        ({"acr": TWO}, [TWO], "/"),
        ({"acr": "eidas1", "amr": ["pwd", "mfa"]}, ["eidas2", "mfa"], "/"),
        ({"acr": TWO}, [], PROVE),
        ({"acr": "eidas1"}, [TWO], PROVE),
        ({}, [TWO], PROVE),
        ({"acr": [TWO]}, [TWO], PROVE),
        ({"amr": TWO}, [TWO], PROVE),
    ],
)
def test_the_provider_answers_for_two_factors_only_when_it_says_so_and_we_trust_it(
    client, provider, linked, settings, claims, trusted, leads_to
):
    """SEC-16."""
    named(settings, provider, *trusted)
    provider.claims = claims
    assert through(client, provider).url == leads_to
    assert (client.get(OPEN).status_code == 200) is (leads_to == "/")


def test_trust_withdrawn_or_a_link_undone_closes_what_it_had_opened(client, provider, linked, settings):
    named(settings, provider, TWO)
    provider.claims = {"acr": TWO}
    other = Client()
    for session in (client, other):
        through(session, provider)
        assert session.get(OPEN).status_code == 200
    SocialAccount.objects.all().delete()
    assert client.get(OPEN).url.startswith(reverse("account_login"))
    named(settings, provider)
    assert other.get(OPEN).url.startswith(reverse("account_login"))


def test_a_professional_without_second_factor_is_led_to_set_one_up(client, provider, settings):
    user = MembershipFactory(role=Role.MANAGER).user
    SocialAccount.objects.create(user=user, provider="identite", uid="sujet-1")
    through(client, provider)
    assert client.get(OPEN).url == reverse("mfa_activate_totp")


def test_a_person_in_pathway_comes_in_at_once(client, provider):
    user = BeneficiaryAccessFactory().user
    SocialAccount.objects.create(user=user, provider="identite", uid="sujet-1")
    assert through(client, provider).url == "/"
    assert client.get(OPEN).status_code == 200


def test_a_closed_account_stays_closed(client, provider, linked):
    linked.is_active = False
    linked.save()
    assert through(client, provider).url == reverse("account_inactive")
    assert client.get(OPEN).url.startswith(reverse("account_login"))


def test_a_door_that_rests_rests_for_the_provider_too(client, provider, linked):
    """SEC-17."""
    for _ in range(3):
        type_password(client, linked.email, "pas le bon mot de passe")
    refused = through(client, provider)
    assert refused.status_code == 429
    assert "même le bon n’est pas regardé" in text_of(refused)
    for _ in range(10):
        type_password(Client(), linked.email, "pas le bon mot de passe")
    assert through(client, provider).status_code == 429


def test_a_half_open_session_links_nothing(client, provider, user):
    """SEC-16: the password alone is not enough to add a way in."""
    type_password(client, user.email)
    assert client.get(LINK).url.startswith(reverse("account_login"))
    without = MembershipFactory(role=Role.MANAGER).user
    other = Client()
    type_password(other, without.email)
    assert other.get(LINK).url == reverse("mfa_activate_totp")


def test_linking_asks_again_who_one_is(provider, user):
    with time_machine.travel("2026-11-22 09:00:05+01:00", tick=False) as clock:
        client = sign_in(Client(), user)
        clock.shift(timedelta(minutes=10))
        assert client.get(LINK).url.startswith(reverse("account_reauthenticate"))


def test_an_identity_opens_one_account(client, provider, linked):
    other = MembershipFactory().user
    answer = through(sign_in(client, other), provider, LINK)
    assert "déjà reliée à un autre compte" in text_of(client.get(answer.url))
    assert SocialAccount.objects.get().user_id == linked.pk


def test_linked_seen_unlinked_told_and_written(client, provider, user, django_capture_on_commit_callbacks):
    sign_in(client, user)
    with django_capture_on_commit_callbacks(execute=True):
        through(client, provider, LINK)
        page = text_of(client.get(INDEX))
        address = re.search(r'href="(/compte/securite/identite/\d+/delier/)"', page)[1]
        stranger = sign_in(Client(), MembershipFactory().user)
        assert stranger.post(address).status_code == 404
        assert client.get(address).status_code == 200
        assert client.post(address).url == INDEX
    assert not SocialAccount.objects.exists()
    told = Entry.objects.filter(action__startswith="identity.").order_by("pk")
    assert [(line.action, line.user_id, line.detail) for line in told] == [
        ("identity.linked", user.pk, {}),
        ("identity.unlinked", user.pk, {}),
    ]
    assert [message.subject for message in letters()] == [
        "Passerelles : une identité est reliée à votre compte",
        "Passerelles : une identité n’est plus reliée à votre compte",
    ]


def test_leaving_offers_to_leave_the_provider_too(client, provider, linked):
    through(client, provider)
    type_code(client, current_code(linked))
    page = client.post(reverse("account_logout"))
    address = re.search(r'href="(http://127[^"]+)"', text_of(page))[1]
    asked = parse_qs(urlsplit(address.replace("&amp;", "&")).query)
    assert address.startswith(f"{provider.issuer}/end?")
    assert asked["post_logout_redirect_uri"] == [f"http://testserver{reverse('account_login')}"]
    assert asked["id_token_hint"][0].count(".") == 2
    assert client.get(OPEN).url.startswith(reverse("account_login"))


def test_by_password_one_leaves_as_before(client, provider, linked):
    sign_in(client, linked)
    assert client.post(reverse("account_logout")).url == reverse("account_login")


@pytest.mark.parametrize("forget", [forget_second_factor, lambda user: empty_accounts([user])])
def test_a_factor_reset_or_an_account_emptied_unlinks(provider, linked, forget):
    forget(linked)
    assert not SocialAccount.objects.exists()
