"""Security keys beside the code: added, named, used, removed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.urls import NoReverseMatch, reverse

from backend.accounts import second_factor
from backend.accounts.keys.forms import MAX_KEYS, keys_of
from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.sealing.encryption import Undecipherable
from backend.organisations.models import Membership
from backend.organisations.services import reset_second_factor
from tests.backend.accounts.keys.keyring import (
    ADD,
    INDEX,
    OPEN,
    PROVE,
    SecurityKey,
    add,
    browser,
    holder,
    prove,
    question,
)
from tests.factories import BeneficiaryAccessFactory, MembershipFactory
from tests.letters import letters
from tests.pages import text_of
from tests.signin import give_second_factor, sign_in, type_code, type_password

pytestmark = pytest.mark.django_db
NOW = "2026-11-22 09:00:05+01:00"


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
    """Who, which kind, and no name."""
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
