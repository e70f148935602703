"""Changing role, and what happens when a role ends in the middle of a session."""

import pytest
from django.urls import reverse

from backend.core.actor import Role
from backend.organisations.middleware import SEAT_SESSION_KEY
from backend.organisations.services import end_membership
from tests.backend.accounts.test_half_open_sessions import ROUTES
from tests.factories import BeneficiaryFactory, MembershipFactory, StayFactory, actor_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.MANAGER)


def end(membership):
    end_membership(actor=actor_of(Role.MANAGER, membership.organisation), membership=membership)


def guarded(path, view):
    is_open = getattr(view, "is_public", False) or getattr(view, "opens_without_seat", False)
    return not is_open and not path.startswith("/api/")


def test_the_first_page_sits_in_the_first_seat_and_remembers_it(client, seat):
    sign_in(client, seat.user)
    client.get(reverse("web:team"))
    assert client.session[SEAT_SESSION_KEY] == seat.seat_key


def test_one_may_sit_elsewhere_and_stays_there(client, seat):
    other = MembershipFactory(user=seat.user, role=Role.ADVISOR)
    sign_in(client, seat.user)
    page = client.get(reverse("web:seats"))
    assert seat.seat_label in page.content.decode()
    assert other.seat_label in page.content.decode()
    assert client.post(reverse("web:seats"), {"seat": other.seat_key}).url == reverse("web:home")
    assert client.get(reverse("web:tokens")).wsgi_request.actor == other.as_actor()


@pytest.mark.parametrize("wanted", ["membership:999999", "operator", "", "beneficiary:1"])
def test_a_seat_that_is_not_ones_own_does_not_exist(client, seat, wanted):
    sign_in(client, seat.user)
    assert client.post(reverse("web:seats"), {"seat": wanted}).status_code == 404
    assert client.get(reverse("web:tokens")).wsgi_request.actor == seat.as_actor()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_role_that_ends_in_the_middle_of_a_session_closes_every_route(client, seat, method):
    """SEC-11: A18: the very next request, on each route, with nothing about anybody in the answer."""
    person = BeneficiaryFactory(last_name="Introuvable")
    StayFactory(beneficiary=person, organisation=seat.organisation)
    sign_in(client, seat.user)
    assert client.get(reverse("web:team")).status_code == 200
    end(seat)
    for path, view in ROUTES:
        if guarded(path, view):
            response = getattr(client, method)(path)
            assert response.status_code == 403, path
            page = response.content.decode()
            assert "Introuvable" not in page
            assert str(seat.organisation) not in page


def test_when_another_role_remains_the_page_leads_to_it(client, seat):
    other = MembershipFactory(user=seat.user)
    sign_in(client, seat.user, seat=seat.seat_key)
    end(seat)
    refused = client.get(reverse("web:tokens"))
    assert refused.status_code == 403
    assert reverse("web:seats") in refused.content.decode()
    client.post(reverse("web:seats"), {"seat": other.seat_key})
    assert client.get(reverse("web:tokens")).status_code == 200


def test_somebody_without_any_role_may_still_look_after_their_account(client, seat):
    sign_in(client, seat.user)
    end(seat)
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("web:seats")).status_code == 200
