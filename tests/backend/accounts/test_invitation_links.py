"""A link opens what it promised, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.invitations import draw, fits

PROMISE = {"email": "solange@example.org", "role": "ADVISOR", "organisation": 4}


def test_a_ticket_fits_its_promise():
    ticket = draw("team", **PROMISE)
    assert fits(ticket.secret, ticket.seal, "team", **PROMISE)


@pytest.mark.parametrize(
    "changed",
    [{"email": "karim@example.org"}, {"role": "MANAGER"}, {"organisation": 5}, {"group": 4}],
)
def test_a_changed_promise_no_longer_fits(changed):
    ticket = draw("team", **PROMISE)
    assert not fits(ticket.secret, ticket.seal, "team", **{**PROMISE, **changed})


def test_a_ticket_for_one_purpose_opens_no_other():
    ticket = draw("team", **PROMISE)
    assert not fits(ticket.secret, ticket.seal, "employer", **PROMISE)


def test_the_seal_tells_nothing_and_the_secret_stays_out_of_logs():
    ticket = draw("team", **PROMISE)
    assert ticket.secret not in ticket.seal
    assert ticket.secret not in repr(ticket)


@given(st.text(max_size=80))
def test_no_other_secret_fits(guess):
    ticket = draw("team", **PROMISE)
    assert not fits(guess, ticket.seal, "team", **PROMISE) or guess == ticket.secret


def test_two_tickets_differ():
    assert draw("team", **PROMISE) != draw("team", **PROMISE)
