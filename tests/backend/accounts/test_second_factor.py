"""Professionals prove two things; between the first and the second, no door opens."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from backend.accounts.second_factor import current_code, next_code
from backend.core.actor import PROFESSIONAL_ROLES, Role
from tests.factories import BeneficiaryAccessFactory, MembershipFactory, actor_of
from tests.signin import give_second_factor, type_code, type_password

pytestmark = pytest.mark.django_db
NOW = "2026-11-22 09:00:05+01:00"


@pytest.fixture
def professional():
    membership = MembershipFactory(role=Role.MANAGER)
    give_second_factor(membership.user)
    return membership.user


@pytest.mark.parametrize("role", sorted(PROFESSIONAL_ROLES - {Role.OPERATOR}))
def test_every_professional_role_needs_it(client, role):
    """SEC-16."""
    actor = actor_of(role)
    from backend.accounts.models import User

    client.force_login(User.objects.get(pk=actor.user_id))
    assert client.get(reverse("web:tokens")).url == reverse("mfa_activate_totp")


def test_a_person_in_pathway_needs_none(client):
    access = BeneficiaryAccessFactory()
    type_password(client, access.user.email)
    assert client.get(reverse("web:tokens")).status_code == 200


def test_password_then_code_opens_the_house(client, professional):
    type_password(client, professional.email)
    assert type_code(client, current_code(professional)).url == reverse("web:home")
    assert client.get(reverse("web:tokens")).status_code == 200


def test_the_same_code_twice_is_refused_even_by_another_worker(professional):
    """SEC-18."""
    with time_machine.travel(NOW, tick=False):
        code = current_code(professional)
        first, second = Client(), Client()
        type_password(first, professional.email)
        assert type_code(first, code).status_code == 302
        cache.clear()  # another worker has another memory: the refusal must come from the database
        type_password(second, professional.email)
        refused = type_code(second, code)
    assert refused.status_code == 422
    assert "a déjà servi" in refused.content.decode()


def test_a_code_older_than_the_last_one_used_is_refused(professional):
    authenticator = Authenticator.objects.get(user=professional)
    with time_machine.travel(NOW, tick=False) as clock:
        early = current_code(professional)
        clock.shift(timedelta(seconds=30))
        late = current_code(professional)
        first, second = Client(), Client()
        type_password(first, professional.email)
        assert type_code(first, late).status_code == 302
        type_password(second, professional.email)
        assert type_code(second, early).status_code == 422
    authenticator.refresh_from_db()
    assert authenticator.data["last_counter"] > 0


def test_a_recovery_code_serves_once(professional):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(professional).get_unused_codes()[0]
    first, second = Client(), Client()
    type_password(first, professional.email)
    assert type_code(first, code).status_code == 302
    type_password(second, professional.email)
    assert type_code(second, code).status_code == 422


def test_secrets_are_sealed_in_the_database(professional):
    """SEC-38."""
    stored = Authenticator.objects.get(user=professional).data["secret"]
    assert stored.startswith("v1:")


def activate(client):
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = next_code(secret)
    return client.post(reverse("mfa_activate_totp"), {"code": code}), code


def test_first_sign_in_sets_it_up_then_opens_and_its_code_is_spent(client):
    user = MembershipFactory().user
    with time_machine.travel(NOW, tick=False):
        type_password(client, user.email)
        done, code = activate(client)
        assert done.url == reverse("mfa_view_recovery_codes")
        page = client.get(done.url)
        assert len(page.context["unused_codes"]) == 10
        assert client.get(reverse("web:tokens")).status_code == 200
        other = Client()
        type_password(other, user.email)
        assert type_code(other, code).status_code == 422


def test_a_session_older_than_the_second_factor_must_sign_in_again(client):
    """Left open elsewhere with a password alone, it does not inherit what another session proved."""
    membership = MembershipFactory()
    with time_machine.travel(NOW, tick=False) as clock:
        older = Client()
        type_password(older, membership.user.email)
        older.get(reverse("mfa_activate_totp"))
        clock.shift(timedelta(minutes=3))
        type_password(client, membership.user.email)
        activate(client)
        assert client.get(reverse("web:tokens")).status_code == 200
        refused = older.get(reverse("web:tokens"))
        assert refused.url.startswith(reverse("account_login"))
        assert "_auth_user_id" not in older.session


def test_changing_phone_asks_who_one_is_and_leads_to_the_new_setup(client, professional):
    with time_machine.travel(NOW, tick=False) as clock:
        type_password(client, professional.email)
        type_code(client, current_code(professional))
        clock.shift(timedelta(minutes=10))
        assert client.get(reverse("mfa_deactivate_totp")).url.startswith(reverse("account_reauthenticate"))
        client.post(reverse("account_reauthenticate"), {"password": "un-long-mot-de-passe-invente"})
        assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_activate_totp")
        assert client.get(reverse("web:tokens")).url == reverse("mfa_activate_totp")
        done, _ = activate(client)
        assert done.status_code == 302
        assert client.get(reverse("web:tokens")).status_code == 200


def test_in_the_demonstration_the_code_is_already_typed(client, professional, settings):
    settings.DEMO = True
    type_password(client, professional.email)
    page = client.get(reverse("mfa_authenticate"))
    assert "Démonstration : le code est déjà rempli." in page.content.decode()
    assert type_code(client, page.context["form"]["code"].value()).status_code == 302


def test_in_the_demonstration_one_may_sign_in_twice_in_a_row(professional, settings):
    settings.DEMO = True
    with time_machine.travel(NOW, tick=False):
        for _ in range(2):
            client = Client()
            type_password(client, professional.email)
            code = client.get(reverse("mfa_authenticate")).context["form"]["code"].value()
            assert type_code(client, code).status_code == 302


def test_elsewhere_the_code_is_never_shown(client, professional, settings):
    assert settings.DEMO is False
    type_password(client, professional.email)
    page = client.get(reverse("mfa_authenticate"))
    assert "Démonstration" not in page.content.decode()
    assert page.context["form"]["code"].value() is None
    assert current_code(professional) not in page.content.decode()
