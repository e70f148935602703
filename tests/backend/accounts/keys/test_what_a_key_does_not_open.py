"""Nothing else than the account’s own key, here and now, opens."""

from __future__ import annotations

import json

import pytest
from axes.models import AccessAttempt
from django.urls import reverse

from backend.accounts.keys.answers import MAX_LENGTH
from backend.accounts.keys.forms import keys_of
from tests.backend.accounts.keys.keyring import (
    ADD,
    HERE,
    OPEN,
    SecurityKey,
    browser,
    holder,
    prove,
    question,
)
from tests.factories import MembershipFactory
from tests.pages import text_of
from tests.signin import sign_in, type_password

pytestmark = pytest.mark.django_db


def of_another_account(key, client, user):
    other = holder(MembershipFactory().user)
    return other.get(question(client))


def of_another_account_under_this_name(key, client, user):
    other = holder(MembershipFactory().user)
    other.id = key.id
    return other.get(question(client))


def from_another_address(key, client, user):
    return key.get(question(client), origin="http://passerelles.example.org")


def from_a_neighbour_of_the_domain(key, client, user):
    return key.get(question(client), origin="http://ailleurs.localhost")


def from_another_port(key, client, user):
    return key.get(question(client), origin=f"{HERE}:8443")


def made_for_another_service(key, client, user):
    key.host = "ailleurs.example.org"
    return key.get(question(client))


def to_an_older_question(key, client, user):
    answer = key.get(question(client))
    question(client)
    return answer


def to_the_question_of_another_session(key, client, user):
    other = browser()
    type_password(other, user.email)
    question(client)
    return key.get(question(other))


def said_as_when_a_key_is_added(key, client, user):
    return key.create(question(client))


def with_a_signature_changed(key, client, user):
    answer = json.loads(key.get(question(client)))
    answer["response"]["signature"] = answer["response"]["signature"][:-4] + "AAAA"
    return json.dumps(answer)


def of_a_copy_that_served_elsewhere(key, client, user):
    other = browser()
    type_password(other, user.email)
    key.count = 7
    assert prove(other, key.get(question(other))).status_code == 302
    key.count = 3
    return key.get(question(client))


@pytest.mark.parametrize(
    "forge",
    [
        of_another_account,
        of_another_account_under_this_name,
        from_another_address,
        from_a_neighbour_of_the_domain,
        from_another_port,
        made_for_another_service,
        to_an_older_question,
        to_the_question_of_another_session,
        said_as_when_a_key_is_added,
        with_a_signature_changed,
        of_a_copy_that_served_elsewhere,
    ],
)
def test_what_is_not_the_accounts_own_key_here_and_now_is_refused(client, user, forge):
    """SEC-18."""
    key = holder(user)
    type_password(client, user.email)
    refused = prove(client, forge(key, client, user))
    assert refused.status_code == 422
    assert refused.context["webauthn_form"].errors["credential"]
    assert client.get(OPEN).url.startswith(reverse("account_login"))


def test_an_answer_serves_once(client, user):
    """SEC-18: taken again by another browser, or by the same one once it came in, it opens nothing."""
    key = holder(user)
    type_password(client, user.email)
    answer = key.get(question(client))
    assert prove(client, answer).status_code == 302
    again = browser()
    type_password(again, user.email)
    question(again)
    assert prove(again, answer).status_code == 422
    stolen = client.post(reverse("mfa_reauthenticate_webauthn"), {"credential": answer})
    assert stolen.status_code == 422


DEEP = "[" * 9000
SHAPES = [
    "", "null", "[]", "3", '"mot"', "{}", "{", DEEP, '{"a":' * 3000, "x" * (MAX_LENGTH + 1), '{"id":"YQ","rawId":"YQ"}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":[]}',
    '{"id":1,"rawId":2,"type":"public-key","response":{"clientDataJSON":3,"authenticatorData":"","signature":""}}',
    '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","attestationObject":"oA"}}',
]  # fmt: skip


@pytest.mark.parametrize("sent", SHAPES)
def test_what_is_no_answer_is_refused_with_words(client, user, sent):
    holder(user)
    type_password(client, user.email)
    question(client)
    assert prove(client, sent).status_code == 422
    inside = sign_in(browser(), user)
    question(inside, ADD)
    assert inside.post(ADD, {"name": "x", "credential": sent}).status_code == 422
    assert keys_of(user).count() == 1


def test_an_answer_of_the_right_shape_and_from_here_with_anything_inside_is_refused_too(client, user):
    key = holder(user)
    type_password(client, user.email)
    good = json.loads(key.get(question(client)))
    for part in ("authenticatorData", "signature", "clientDataJSON"):
        for value in ("", "AA", "!!!", "é", None, 3, [], {}, "A" * 400):
            bad = {**good, "response": {**good["response"], part: value}}
            AccessAttempt.objects.all().delete()
            question(client)
            assert prove(client, json.dumps(bad)).status_code == 422, (part, value)


def test_wrong_keys_lock_like_wrong_passwords(client, user):
    """SEC-17."""
    key = holder(user)
    type_password(client, user.email)
    for _ in range(3):
        assert prove(client, from_another_address(key, client, user)).status_code == 422
    waiting = prove(client, key.get(question(client)))
    assert waiting.status_code == 422
    assert "même le bon n’est pas regardé" in text_of(waiting)


@pytest.mark.parametrize(
    "forge",
    [
        lambda key, asked: key.create(asked, origin="http://ailleurs.localhost"),
        lambda key, asked: key.get(asked),
    ],
)
def test_a_key_added_from_elsewhere_or_wrongly_is_not_added(client, user, forge):
    sign_in(client, user)
    refused = client.post(ADD, {"name": "x", "credential": forge(SecurityKey(), question(client, ADD))})
    assert refused.status_code == 422
    assert not keys_of(user).exists()
