"""« Mon compte »: one page that leads to everything about oneself."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from tests.factories import BeneficiaryAccessFactory, EmployerAccessFactory, MembershipFactory
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
SECURITY = ("account_change_password", "mfa_index", "account_logout")
TOOLS = ("web:tokens", "api:docs")


def page_of(seat) -> str:
    return text_of(sign_in(Client(), seat.user, seat=seat.seat_key).get(reverse("web:account")))


def leads_to(page: str, name: str) -> bool:
    return f'"{reverse(name)}"' in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR])
def test_a_professional_finds_security_tools_and_the_way_out(role):
    page = page_of(MembershipFactory(role=role))
    assert [name for name in (*SECURITY, *TOOLS) if not leads_to(page, name)] == []


def test_an_employer_finds_the_same():
    page = page_of(EmployerAccessFactory())
    assert [name for name in (*SECURITY, *TOOLS) if not leads_to(page, name)] == []


def test_the_person_reads_nothing_about_tools():
    page = page_of(BeneficiaryAccessFactory())
    assert all(leads_to(page, name) for name in SECURITY)
    assert "API" not in page


def test_changing_place_is_offered_only_when_there_is_another():
    seat = MembershipFactory()
    assert not leads_to(page_of(seat), "web:seats")
    MembershipFactory(user=seat.user)
    assert leads_to(page_of(seat), "web:seats")


def test_recovery_codes_are_counted_and_made_when_there_are_none():
    seat = MembershipFactory()
    page = page_of(seat)
    assert leads_to(page, "mfa_generate_recovery_codes")
    assert "Il ne vous en reste pas" in page
    RecoveryCodes.activate(seat.user)
    page = page_of(seat)
    assert leads_to(page, "mfa_view_recovery_codes")
    assert "Il vous en reste 10" in page


def test_the_page_opens_when_every_role_has_ended():
    seat = MembershipFactory()
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    seat.ended_at = seat.started_at
    seat.save()
    page = client.get(reverse("web:account"))
    assert page.status_code == 200
    assert leads_to(text_of(page), "account_change_password")


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.ADMINISTRATOR])
def test_every_menu_says_my_account_and_says_when_one_is_there(role):
    page = page_of(MembershipFactory(role=role))
    links = re.findall(
        rf'<a class="rail-link"\s+href="{reverse("web:account")}"\s+aria-current="page">', page
    )
    assert len(links) == 1
    assert "Changer de place" not in page
