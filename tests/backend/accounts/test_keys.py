"""Security keys beside the code: added, named, used, removed; nothing else than the account's own key, here and now, opens."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.test import Client
from django.urls import NoReverseMatch, reverse

from backend.accounts import second_factor
from backend.accounts.keys.answers import MAX_LENGTH
from backend.accounts.keys.forms import MAX_KEYS, keys_of
from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.sealing.encryption import Undecipherable
from backend.organisations.models import Membership
from backend.organisations.services import reset_second_factor
from tests.backend.accounts.keyring import HERE, SecurityKey
from tests.factories import BeneficiaryAccessFactory, MembershipFactory
from tests.letters import letters
from tests.pages import text_of
from tests.signin import give_second_factor, sign_in, type_code, type_password

pytestmark = pytest.mark.django_db
NOW = "2026-11-22 09:00:05+01:00"
ADD, PROVE, INDEX = reverse("mfa_add_webauthn"), reverse("mfa_authenticate"), reverse("mfa_index")
OPEN = reverse("web:tokens")


def browser() -> Client:
    """One that is on the address that keys are made for."""
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def client():
    return browser()


@pytest.fixture
def user():
    return MembershipFactory(role=Role.MANAGER).user


def question(client, address=PROVE) -> str:
    return client.get(address).context["question"]


def add(client, key, name="Clé du trousseau", **answer):
    return client.post(ADD, {"name": name, "credential": key.create(question(client, ADD), **answer)})


def holder(user, key=None) -> SecurityKey:
    """A key added to this account by a session that is left behind."""
    key = key or SecurityKey()
    client = browser()
    if second_factor.is_set_up(user):
        sign_in(client, user)
    else:
        type_password(client, user.email)
    assert add(client, key).status_code == 302
    return key


def prove(client, answer):
    return client.post(PROVE, {"credential": answer})


def test_the_first_factor_of_an_account_may_be_a_key(client, user):
    type_password(client, user.email)
    assert client.get(OPEN).url == reverse("mfa_activate_totp")
    assert ADD in text_of(client.get(reverse("mfa_activate_totp")))
    assert add(client, SecurityKey()).url == reverse("mfa_view_recovery_codes")
    assert len(client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]) == 10
    assert client.get(OPEN).status_code == 200


def test_password_then_key_opens_the_house(client, user):
    """SEC-16: between the two, nothing."""
    key = holder(user)
    assert type_password(client, user.email).url == PROVE
    assert client.get(OPEN).url.startswith(reverse("account_login"))
    assert prove(client, key.get(question(client))).status_code == 302
    assert client.get(OPEN).status_code == 200
    assert keys_of(user).get().last_used_at is not None


def test_a_key_alone_opens_nothing(client, user):
    """SEC-16: without the password, there is no question to answer."""
    key = holder(user)
    assert client.get(PROVE).url == reverse("account_login")
    asked = json.dumps({"publicKey": {"challenge": "AAAA"}})
    assert prove(client, key.get(asked)).url == reverse("account_login")
    assert client.get(OPEN).status_code == 302


def test_the_key_comes_first_and_the_code_stays(client, user):
    give_second_factor(user)
    holder(user)
    type_password(client, user.email)
    page = text_of(client.get(PROVE))
    assert page.index("Utiliser ma clé") < page.index("Sans la clé") < page.index("Code à six chiffres")
    assert type_code(client, second_factor.current_code(user)).status_code == 302
    assert client.get(OPEN).status_code == 200


def test_without_application_the_way_out_is_a_recovery_code(client, user, settings):
    settings.DEMO = True  # nothing to fill in beforehand
    holder(user)
    type_password(client, user.email)
    page = text_of(client.get(PROVE))
    assert "Code de secours" in page
    assert "Code à six chiffres" not in page
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap()
    assert type_code(client, codes.get_unused_codes()[0]).status_code == 302
    assert client.get(OPEN).status_code == 200


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
    """SEC-19."""
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


def test_name_and_credential_are_sealed_for_their_account(user):
    """SEC-38: read nowhere in the base, and opened by no other account."""
    holder(user)
    kept = keys_of(user).get()
    assert kept.data["name"].startswith("v1:")
    assert kept.data["credential"].startswith("v1:")
    assert kept.wrap().name == "Clé du trousseau"
    kept.user = MembershipFactory().user
    kept.save()
    with pytest.raises(Undecipherable):
        _ = kept.wrap().authenticator_data


def test_the_list_renaming_and_removing(client, user):
    give_second_factor(user)
    with time_machine.travel(NOW, tick=False):
        holder(user)
        sign_in(client, user)
        kept = keys_of(user).get()
        page = text_of(client.get(INDEX))
        assert "Clé du trousseau" in page
        assert "N’a pas encore servi" in page
        assert "L’application de codes est active ; une clé." in text_of(client.get(reverse("web:account")))
        name = reverse("mfa_edit_webauthn", args=[kept.pk])
        assert client.post(name, {"name": ""}).status_code == 422
        assert client.post(name, {"name": "x" * 61}).status_code == 422
        assert client.post(name, {"name": "Téléphone"}).url == INDEX
        assert keys_of(user).get().wrap().name == "Téléphone"
        assert client.post(reverse("mfa_remove_webauthn", args=[kept.pk])).url == INDEX
        assert not keys_of(user).exists()
        assert client.get(OPEN).status_code == 200


def test_the_last_second_factor_of_a_professional_is_not_removed(client, user):
    """SEC-16."""
    key = holder(user)
    type_password(client, user.email)
    prove(client, key.get(question(client)))
    address = reverse("mfa_remove_webauthn", args=[keys_of(user).get().pk])
    assert "C’est votre seul second facteur" in text_of(client.get(address))
    assert client.post(address).status_code == 422
    assert keys_of(user).count() == 1


def test_a_person_in_pathway_needs_none_and_may_remove_the_last(client):
    user = BeneficiaryAccessFactory().user
    type_password(client, user.email)
    assert add(client, SecurityKey()).status_code == 302
    assert client.post(reverse("mfa_remove_webauthn", args=[keys_of(user).get().pk])).url == INDEX
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get(OPEN).status_code == 200


def test_removing_a_key_closes_what_it_opened_elsewhere_and_not_the_session_that_removes(client, user):
    give_second_factor(user)
    stolen = holder(user)
    thief = browser()
    type_password(thief, user.email)
    prove(thief, stolen.get(question(thief)))
    assert thief.get(OPEN).status_code == 200
    type_password(client, user.email)
    prove(client, stolen.get(question(client)))
    client.post(reverse("mfa_remove_webauthn", args=[keys_of(user).get().pk]))
    assert client.get(OPEN).status_code == 200
    assert thief.get(OPEN).url.startswith(reverse("account_login"))


def test_changing_the_application_keeps_the_key_and_this_session(client, user):
    give_second_factor(user)
    holder(user)
    type_password(client, user.email)
    type_code(client, second_factor.current_code(user))
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.get(OPEN).status_code == 200


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_the_key_of_somebody_else_is_not_found(client, user, name):
    holder(MembershipFactory().user)
    sign_in(client, user)
    address = reverse(name, args=[Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"name": "À moi"}).status_code == 404


def test_what_matters_asks_again_and_a_key_may_answer(client, user):
    with time_machine.travel(NOW, tick=False) as clock:
        key = holder(user)
        type_password(client, user.email)
        prove(client, key.get(question(client)))
        clock.shift(timedelta(minutes=10))
        assert client.get(ADD).url.startswith(reverse("account_reauthenticate"))
        again = reverse("mfa_reauthenticate_webauthn")
        assert client.post(again, {"credential": "{}"}).status_code == 422
        asked = question(client, f"{again}?next={ADD}")
        assert client.post(again, {"credential": key.get(asked), "next": ADD}).url == ADD
        assert client.get(ADD).status_code == 200


def test_a_ring_holds_so_many_keys(client, user):
    sign_in(client, user)
    for _ in range(MAX_KEYS):
        assert add(client, SecurityKey()).status_code == 302
    refused = add(client, SecurityKey())
    assert refused.status_code == 422
    assert "retirez-en une" in text_of(refused)


def test_each_change_is_told_and_leaves_its_line(client, user, django_capture_on_commit_callbacks):
    """SEC-22: who, which kind, and no name."""
    give_second_factor(user)
    sign_in(client, user)
    with django_capture_on_commit_callbacks(execute=True):
        add(client, SecurityKey(), name="Clé de Rosalie Exemple")
        client.post(reverse("mfa_generate_recovery_codes"))
        client.post(reverse("mfa_remove_webauthn", args=[keys_of(user).get().pk]))
        client.post(reverse("mfa_deactivate_totp"))
    lines = Entry.objects.filter(action__startswith="second_factor.")
    assert sorted((line.action, line.detail["kind"]) for line in lines) == [
        ("second_factor.added", "recovery_codes"),
        ("second_factor.added", "webauthn"),
        ("second_factor.removed", "recovery_codes"),
        ("second_factor.removed", "totp"),
        ("second_factor.removed", "webauthn"),
        ("second_factor.renewed", "recovery_codes"),
    ]
    assert {tuple(line.detail) for line in lines} == {("kind",)}
    assert {line.user_id for line in lines} == {user.pk}
    assert {message.subject for message in letters()} == {
        "Passerelles : une clé a été ajoutée",
        "Passerelles : vos codes de secours sont nouveaux",
        "Passerelles : une clé a été retirée",
        "Passerelles : votre application de codes ne sert plus",
    }
    assert all(message.to == [user.email] for message in letters())
    assert not any("Rosalie" in message.body for message in letters())


def test_passwordless_sign_in_does_not_exist():
    for name in ("mfa_login_webauthn", "mfa_signup_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_a_factor_lost_is_reset_with_its_keys(client, user):
    membership = Membership.objects.get(user=user)
    holder(user)
    assert second_factor.is_set_up(user)
    head = MembershipFactory(role=Role.MANAGER, organisation=membership.organisation)
    reset_second_factor(actor=head.as_actor(), membership=membership)
    assert not Authenticator.objects.filter(user=user).exists()
    type_password(client, user.email)
    assert client.get(OPEN).url == reverse("mfa_activate_totp")
