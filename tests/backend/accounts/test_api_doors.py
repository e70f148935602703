"""The API's two doors: a token that sits in one seat, a browser's session that proves its origin."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from backend.accounts.models import SeatToken, User
from backend.accounts.tokens import MAX_TOKENS_PER_SEAT, create_token, revoke_token
from backend.audit.models import Entry
from backend.core.actor import Actor, Role
from backend.core.api.authentication import SeatSessionAuthentication, SeatTokenAuthentication
from backend.core.errors import DomainError
from backend.core.pages.keepers import SessionGap
from backend.organisations.services import end_membership
from tests.factories import BeneficiaryAccessFactory, MembershipFactory, actor_of
from tests.signin import give_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    membership = MembershipFactory(role=Role.ADVISOR)
    give_second_factor(membership.user)
    return membership


def token_of(membership, days=90):
    return create_token(actor=membership.as_actor(), name="Tableur des heures", days=days)


def call(header):
    request = Request(APIRequestFactory().get("/api/v1/stays/", HTTP_AUTHORIZATION=header))
    return request, SeatTokenAuthentication().authenticate(request)


def refusal_of(header):
    with pytest.raises(AuthenticationFailed) as refusal:
        call(header)
    assert refusal.value.status_code == 401
    return refusal.value.get_codes(), str(refusal.value.detail)


def test_a_token_acts_from_its_own_seat(seat):
    MembershipFactory(user=seat.user, role=Role.MANAGER)
    _, text = token_of(seat)
    request, (user, _) = call(f"Token {text}")
    assert user == seat.user
    assert request.actor == request._request.actor == seat.as_actor()


def test_a_token_is_shown_once_and_kept_as_a_digest(seat):
    token, text = token_of(seat)
    kept = SeatToken.objects.filter(pk=token.pk).values().get()
    assert not any(text == value for value in kept.values())
    assert len(token.digest) == 128
    assert text not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_ending_the_seat_refuses_the_very_next_call(seat):
    """SEC-11."""
    _, text = token_of(seat)
    call(f"Token {text}")
    end_membership(actor=actor_of(Role.MANAGER, seat.organisation), membership=seat)
    code, message = refusal_of(f"Token {text}")
    assert code == "seat_ended"
    assert "Ce rôle a pris fin" in message


def test_another_seat_of_the_same_person_does_not_save_the_token(seat):
    _, text = token_of(seat)
    MembershipFactory(user=seat.user)
    end_membership(actor=actor_of(Role.MANAGER, seat.organisation), membership=seat)
    assert refusal_of(f"Token {text}")[0] == "seat_ended"


def test_a_revoked_token_no_longer_opens(seat):
    token, text = token_of(seat)
    revoke_token(actor=seat.as_actor(), token=token)
    assert refusal_of(f"Token {text}")[0] == "bad_token"


def test_a_token_dies_on_its_day_and_reading_deletes_nothing(seat):
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False) as clock:
        _, text = token_of(seat, days=30)
        clock.shift(timedelta(days=29, hours=23))
        call(f"Token {text}")
        clock.shift(timedelta(hours=2))
        assert refusal_of(f"Token {text}")[0] == "bad_token"
    assert SeatToken.objects.count() == 1


@pytest.mark.parametrize("header", ["Token", "Token inconnu", "Token deux mots", "Token \xff\xfe"])
def test_a_bad_token_is_refused_in_french(header):
    code, message = refusal_of(header)
    assert code == "bad_token"
    assert message.startswith("Ce jeton est inconnu")


def test_without_a_token_the_other_door_is_tried():
    assert call("")[1] is None
    assert call("Bearer autre")[1] is None


def test_a_closed_account_is_refused(seat):
    _, text = token_of(seat)
    User.objects.filter(pk=seat.user_id).update(is_active=False)
    assert refusal_of(f"Token {text}")[0] == "bad_token"


def test_a_professional_without_second_factor_is_refused():
    _, text = token_of(MembershipFactory())
    assert refusal_of(f"Token {text}")[0] == "second_factor_missing"


def test_the_person_in_pathway_needs_no_second_factor():
    access = BeneficiaryAccessFactory()
    _, text = create_token(actor=access.as_actor(), name="Mon outil", days=30)
    request, _ = call(f"Token {text}")
    assert request.actor.beneficiary_id == access.beneficiary_id


@pytest.mark.parametrize("days", [0, 366])
def test_a_token_lives_a_year_at_most(seat, days):
    with pytest.raises(DomainError) as refusal:
        token_of(seat, days=days)
    assert refusal.value.field == "days"


def test_a_seat_holds_a_bounded_number_of_tokens(seat):
    for _ in range(MAX_TOKENS_PER_SEAT):
        token_of(seat)
    with pytest.raises(DomainError, match="Retirez"):
        token_of(seat)


def test_tokens_are_seen_from_their_own_seat_only(seat):
    token_of(seat)
    other = MembershipFactory(user=seat.user)
    assert SeatToken.objects.visible_to(seat.as_actor()).count() == 1
    assert not SeatToken.objects.visible_to(other.as_actor()).exists()
    assert not SeatToken.objects.visible_to(actor_of(Role.MANAGER, seat.organisation)).exists()
    assert not SeatToken.objects.visible_to(Actor.operator()).exists()


def through_session(user, actor, method="get", gap=None, **extra):
    http = getattr(APIRequestFactory(enforce_csrf_checks=True), method)("/api/v1/stays/", **extra)
    http.user, http.actor, http.session_gap = user, actor, gap
    request = Request(http)
    return request, SeatSessionAuthentication().authenticate(request)


def test_a_session_reads_from_the_seat_chosen_on_the_screens(seat):
    request, (user, _) = through_session(seat.user, seat.as_actor())
    assert (user, request.actor) == (seat.user, seat.as_actor())


def test_a_session_that_changes_something_proves_where_it_comes_from(seat):
    with pytest.raises(PermissionDenied, match="Rechargez la page"):
        through_session(seat.user, seat.as_actor(), "post")


def test_a_session_with_its_proof_may_change_things(seat):
    token = "a" * 32
    extra = {"HTTP_X_CSRFTOKEN": token, "HTTP_COOKIE": f"csrftoken={token}"}
    assert through_session(seat.user, seat.as_actor(), "post", **extra)[1][0] == seat.user


def test_a_session_whose_seat_ended_is_refused(seat):
    with pytest.raises(AuthenticationFailed) as refusal:
        through_session(seat.user, None)
    assert (refusal.value.status_code, refusal.value.get_codes()) == (401, "seat_ended")


@pytest.mark.parametrize("gap", SessionGap)
def test_a_half_open_session_is_refused_with_what_it_lacks(gap):
    membership = MembershipFactory()
    with pytest.raises(AuthenticationFailed) as refusal:
        through_session(membership.user, None, gap=gap)
    assert (refusal.value.status_code, refusal.value.get_codes()) == (401, gap)


def test_a_stranger_is_left_to_the_permission_to_refuse():
    assert through_session(AnonymousUser(), None)[1] is None
