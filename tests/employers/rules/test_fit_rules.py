"""Three bands put words on how much of a job somebody holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.enums import Fit
from employers.rules.fit import fit_in_words, fit_of


@pytest.mark.parametrize(
    ("held", "asked", "fit"),
    [
        (0, 6, Fit.FAR),
        (1, 6, Fit.FAR),
        (2, 6, Fit.TO_TRAIN),
        (3, 6, Fit.TO_TRAIN),
        (4, 6, Fit.HOLDS_MOST),
        (6, 6, Fit.HOLDS_MOST),
        (6, 10, Fit.TO_TRAIN),
        (7, 10, Fit.HOLDS_MOST),
        (0, 1, Fit.FAR),
        (1, 1, Fit.HOLDS_MOST),
        (0, 0, Fit.FAR),
    ],
)
def test_two_thirds_hold_most_and_a_third_may_learn(held, asked, fit):
    assert fit_of(held=held, asked=asked) is fit


@given(st.integers(1, 40).flatmap(lambda asked: st.tuples(st.integers(0, asked - 1), st.just(asked))))
def test_one_more_competence_never_lowers_the_band(case):
    held, asked = case
    order = [Fit.FAR, Fit.TO_TRAIN, Fit.HOLDS_MOST]
    assert order.index(fit_of(held=held + 1, asked=asked)) >= order.index(fit_of(held=held, asked=asked))


def test_the_words_say_the_thresholds():
    assert fit_in_words() == (
        "« Tient l’essentiel » : au moins 2 compétences demandées sur 3 ; « À former » : au moins 1 sur 3 ; "
        "« Loin » : moins encore, en compétences et non en kilomètres."
    )
