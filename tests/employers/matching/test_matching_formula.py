"""What each way of standing before a competence is worth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.matching.formula import (
    STANDINGS,
    Outcome,
    familiarity,
    held_outcome,
    inverse_document_frequency,
    nearness,
)
from employers.matching.vocabulary import State


@pytest.mark.parametrize(
    ("required", "held", "state", "credit", "gap"),
    [
        (None, None, State.HELD, 1.0, 0),
        (None, 2, State.HELD, 1.0, 0),
        (None, 1, State.HELD, 1.0, 1),
        (2, None, State.HELD, 1.0, None),
        (3, 4, State.HELD, 1.0, 0),
        (3, 3, State.HELD, 1.0, 0),
        (3, 2, State.HELD, 1.0, 1),
        (3, 1, State.NEAR, 0.2, 2),
        (4, 1, State.NEAR, 0.2, 3),
    ],
)
def test_one_level_short_is_a_gap_to_close_and_two_are_only_a_beginning(required, held, state, credit, gap):
    standing = STANDINGS[held_outcome(required=required, held=held)]
    assert (standing.state, standing.credit, standing.level_gap) == (state, credit, gap)


@given(required=st.none() | st.integers(1, 4), held=st.integers(1, 3))
def test_a_level_gained_never_lowers_the_credit(required, held):
    before, after = (STANDINGS[held_outcome(required=required, held=level)] for level in (held, held + 1))
    assert after.credit >= before.credit
    assert after.level_gap <= before.level_gap


def test_outcomes_are_in_the_order_of_their_credit():
    credits = [STANDINGS[outcome].credit for outcome in Outcome]
    assert credits == sorted(credits)


@given(occupations=st.integers(1, 5000), data=st.data())
def test_a_weight_is_positive_however_common_the_competence(occupations, data):
    citing = data.draw(st.integers(0, occupations))
    assert inverse_document_frequency(np.array([citing]), occupations=occupations)[0] > 0


@given(st.lists(st.floats(1e-300, 1.0), min_size=1, max_size=20))
def test_nearness_adds_up_to_one_even_for_tiny_shares(shares):
    assert nearness(np.array(shares)).sum() == pytest.approx(1.0)


def test_nearness_of_no_fiche_is_empty():
    assert nearness(np.zeros(0)).tolist() == []


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_knowing_more_of_a_fiche_never_makes_the_trade_less_known(coverage):
    known = familiarity(np.array(sorted(coverage)))
    assert (np.diff(known) >= 0).all()
    assert 0 <= known.min() <= known.max() < 1
