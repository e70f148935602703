"""What one thing more would open: exactly what is found once it is held."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competences.rules.polycompetence.person import best_of, breadth, gains, standings
from competences.rules.polycompetence.trades import Trade, Trades
from employers.rules.unlocking import Kind, KnownTask, KnownTasks, best_with_ties, hours_open, shared, unlocks

CODES = "abcdefgh"
TITLES = ("SST", "CACES_R489")
TRADES = Trades.build(
    [
        Trade("K2204", "Nettoyage", "K22", (("a", 2), ("b", 2), ("c", 1), ("d", 1))),
        Trade("K2205", "Propreté", "K22", (("a", 2), ("e", 1), ("f", 1))),
        Trade("A1203", "Jardins", "A12", (("g", 2), ("h", 1), ("d", 1))),
    ]
)


@pytest.fixture
def tasks():
    return KnownTasks.build(
        [
            KnownTask(1, Decimal("6.0"), (("a", 2),)),
            KnownTask(2, Decimal("4.5"), (("a", 3), ("b", 2))),
            KnownTask(3, Decimal("7.0"), (("b", 2),), ("SST",)),
            KnownTask(4, Decimal("9.0"), (("c", 2), ("d", 2))),
            KnownTask(5, Decimal("5.0"), ()),
        ]
    )


def by_code(found):
    return {each.code: each for each in found}


def test_a_task_is_opened_by_the_only_thing_it_lacks(tasks):
    found = by_code(unlocks(tasks, {"b": 2}, (), {}))
    assert (found["a"].hours, found["a"].level, found["a"].tasks) == (Decimal("10.5"), 3, (1, 2))
    assert (found["SST"].kind, found["SST"].hours) == (Kind.LICENCE, Decimal("7.0"))
    assert "c" not in found


def test_a_level_short_is_a_thing_to_gain(tasks):
    (first, *_) = unlocks(tasks, {"a": 2, "b": 2}, ("SST",), {})
    assert (first.code, first.level, first.hours) == ("a", 3, Decimal("4.5"))


def test_hours_come_first_then_breadth_and_ties_stay_ties(tasks):
    found = unlocks(tasks, {}, (), gains({}, TRADES))
    assert found[0].code == "a"
    assert [each.rank for each in found] == sorted((each.rank for each in found), reverse=True)
    shown, tied = best_with_ties(found, most=1)
    assert (len(shown), tied) == (1, 0)


def test_a_task_that_asks_nothing_is_opened_by_nothing(tasks):
    assert tasks.hours == Decimal("26.5")
    assert hours_open(tasks, {}, ()) == 0


def test_one_training_for_several(tasks):
    theirs = {"x": unlocks(tasks, {"b": 2}, (), {}), "y": unlocks(tasks, {}, (), {})}
    first = shared(theirs)[0]
    assert (first.code, first.hours, first.people, first.level) == ("a", Decimal("16.5"), ("x", "y"), 3)


TASKS = st.lists(
    st.tuples(
        st.integers(1, 40),
        st.dictionaries(st.sampled_from(CODES), st.integers(1, 4), max_size=3),
        st.frozensets(st.sampled_from(TITLES)),
    ),
    max_size=12,
)
LEVELS = st.dictionaries(st.sampled_from(CODES), st.integers(1, 4), max_size=6)


def known(drawn):
    return KnownTasks.build(
        KnownTask(key, Decimal(hours) / 2, tuple(sorted(asked.items())), tuple(sorted(titles)))
        for key, (hours, asked, titles) in enumerate(drawn)
    )


@settings(max_examples=60, deadline=None)
@given(drawn=TASKS, levels=LEVELS, titles=st.frozensets(st.sampled_from(TITLES)))
def test_what_is_promised_is_what_is_found(drawn, levels, titles):
    tasks = known(drawn)
    before, wide = hours_open(tasks, levels, titles), breadth(standings(levels, TRADES))
    found = unlocks(tasks, levels, titles, gains(levels, TRADES))
    for each in found:
        learnt = levels if each.kind is Kind.LICENCE else best_of(levels, {each.code: each.level})
        passed = {*titles, each.code} if each.kind is Kind.LICENCE else titles
        assert hours_open(tasks, learnt, passed) - before == each.hours
        assert breadth(standings(learnt, TRADES)) - wide == each.breadth
    promised = {(each.kind, each.code): each for each in found}
    for code in CODES:
        gained = hours_open(tasks, best_of(levels, {code: 4}), titles) - before
        promise = promised.get((Kind.COMPETENCE, code))
        assert gained == (promise.hours if promise else 0)


@settings(max_examples=60, deadline=None)
@given(drawn=TASKS, levels=LEVELS, code=st.sampled_from(CODES), level=st.integers(1, 4))
def test_learning_never_closes_a_task(drawn, levels, code, level):
    tasks = known(drawn)
    assert hours_open(tasks, best_of(levels, {code: level}), ()) >= hours_open(tasks, levels, ())


def test_a_breadth_is_exact():
    (gain,) = [
        each
        for each in unlocks(KnownTasks.build([]), {"a": 2, "b": 2}, (), gains({"a": 2, "b": 2}, TRADES))
        if each.code == "g"
    ]
    assert gain.breadth == Fraction(3, 5)
