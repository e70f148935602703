"""A lost phone: whoever could give every seat of the account resets its second factor, and nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from backend.accounts import second_factor
from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import DomainError, NotPermitted
from backend.organisations.services import reset_second_factor
from tests.factories import EmployerAccessFactory, MembershipFactory, OrganisationFactory
from tests.letters import letters
from tests.signin import give_second_factor, sign_in, type_code, type_password

pytestmark = pytest.mark.django_db
NOW = "2026-11-22 09:00:05+01:00"


@pytest.fixture
def place():
    return OrganisationFactory()


@pytest.fixture
def advisor(place):
    membership = MembershipFactory(role=Role.ADVISOR, organisation=place)
    give_second_factor(membership.user)
    return membership


def seat_in(role, place):
    if role is Role.GROUP_HEAD:
        return MembershipFactory(group_head=True, group=place.group)
    return MembershipFactory(role=role, organisation=place)


ALLOWED = {
    Role.MANAGER: {Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR},
    Role.ADMINISTRATOR: {Role.ADMINISTRATOR},
    Role.GROUP_HEAD: {Role.ADMINISTRATOR, Role.GROUP_HEAD},
}
TEAM = (
    Role.ADVISOR,
    Role.SUPERVISOR,
    Role.MANAGER,
    Role.ADMINISTRATOR,
    Role.GROUP_HEAD,
)


@pytest.mark.parametrize("asks", TEAM)
@pytest.mark.parametrize("lost", TEAM)
def test_one_resets_for_those_who_read_no_more_than_oneself(place, asks, lost):
    actor, membership = seat_in(asks, place).as_actor(), seat_in(lost, place)
    give_second_factor(membership.user)
    if lost in ALLOWED.get(asks, set()):
        reset_second_factor(actor=actor, membership=membership)
    else:
        with pytest.raises(NotPermitted):
            reset_second_factor(actor=actor, membership=membership)
    assert second_factor.is_set_up(membership.user) is (lost not in ALLOWED.get(asks, set()))


def test_never_ones_own(place):
    me = seat_in(Role.MANAGER, place)
    give_second_factor(me.user)
    with pytest.raises(NotPermitted):
        reset_second_factor(actor=me.as_actor(), membership=me)


def test_never_in_a_neighbouring_structure(place, advisor):
    neighbour = seat_in(Role.MANAGER, OrganisationFactory(group=place.group)).as_actor()
    with pytest.raises(NotPermitted):
        reset_second_factor(actor=neighbour, membership=advisor)


@pytest.mark.parametrize("elsewhere", ["team", "employer"])
def test_never_an_account_that_also_sits_elsewhere(client, place, advisor, elsewhere):
    manager = seat_in(Role.MANAGER, place)
    if elsewhere == "team":
        MembershipFactory(user=advisor.user)
    else:
        EmployerAccessFactory(user=advisor.user)
    with pytest.raises(NotPermitted):
        reset_second_factor(actor=manager.as_actor(), membership=advisor)
    page = sign_in(client, manager.user).get(reverse("web:team_second_factor", args=[advisor.pk]))
    assert "tient aussi un rôle ailleurs" in page.content.decode()
    assert "Réinitialiser le second facteur</button>" not in page.content.decode()


def test_sessions_end_the_person_is_told_and_sets_a_new_one_up(
    place, advisor, django_capture_on_commit_callbacks
):
    manager = seat_in(Role.MANAGER, place)
    with time_machine.travel(NOW, tick=False) as clock:
        open_still, half_way = Client(), Client()
        type_password(open_still, advisor.user.email)
        type_code(open_still, second_factor.current_code(advisor.user))
        assert open_still.get(reverse("web:people")).status_code == 200
        type_password(half_way, advisor.user.email)
        clock.shift(timedelta(minutes=2))
        with django_capture_on_commit_callbacks(execute=True):
            reset_second_factor(actor=manager.as_actor(), membership=advisor)
        for address in (reverse("web:people"), reverse("mfa_activate_totp")):
            assert open_still.get(address).url.startswith(reverse("account_login"))
        assert half_way.get(reverse("web:people")).url.startswith(reverse("account_login"))
        clock.shift(timedelta(minutes=1))
        again = Client()
        assert type_password(again, advisor.user.email).url == reverse("web:home")
        assert again.get(reverse("web:people")).url == reverse("mfa_activate_totp")
        assert again.get(reverse("api:people-list")).status_code == 401
    (message,) = letters()
    assert message.to == [advisor.user.email]
    assert str(manager.user) in message.body
    assert Entry.objects.get(action="second_factor.reset").user_id == manager.user_id


def test_without_a_second_factor_there_is_nothing_to_reset(place):
    with pytest.raises(DomainError) as refusal:
        reset_second_factor(
            actor=seat_in(Role.MANAGER, place).as_actor(), membership=seat_in(Role.ADVISOR, place)
        )
    assert refusal.value.code == "no_second_factor"


def test_on_screen(client, place, advisor):
    sign_in(client, seat_in(Role.MANAGER, place).user)
    address = reverse("web:team_second_factor", args=[advisor.pk])
    assert address in client.get(reverse("web:team")).content.decode()
    assert "de vive voix" in client.get(address).content.decode()
    assert "est réinitialisé" in client.post(address, follow=True).content.decode()
    assert not second_factor.is_set_up(advisor.user)
    assert address not in client.get(reverse("web:team")).content.decode()


def test_for_an_administrator_the_page_of_an_advisor_does_not_exist(client, place, advisor):
    sign_in(client, seat_in(Role.ADMINISTRATOR, place).user)
    address = reverse("web:team_second_factor", args=[advisor.pk])
    assert address not in client.get(reverse("web:team")).content.decode()
    assert client.post(address).status_code == 404
    assert second_factor.is_set_up(advisor.user)


@pytest.mark.parametrize(("role", "status"), [(Role.MANAGER, 200), (Role.ADMINISTRATOR, 403)])
def test_by_the_api(client, place, advisor, role, status):
    sign_in(client, seat_in(role, place).user)
    address = f"/api/v1/memberships/{advisor.pk}/reset-second-factor/"
    assert client.post(address, content_type="application/json").status_code == status


def test_by_the_command(advisor, capsys):
    call_command("reset_second_factor", advisor.user.email.upper())
    assert "réinitialisé" in capsys.readouterr().out
    assert not second_factor.is_set_up(advisor.user)
    assert Entry.objects.get(action="second_factor.reset").role == Role.OPERATOR


def test_the_command_says_when_there_is_no_such_account(capsys):
    with pytest.raises(SystemExit) as end:
        call_command("reset_second_factor", "personne@example.org")
    assert end.value.code == 1
    assert "Aucun compte" in capsys.readouterr().err
