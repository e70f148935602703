"""The same seed gives the same territory, whole or in batches of any size."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.demo.rows import Territory
from backend.demo.simulate import simulate, simulate_batches
from backend.demo.territory import demo_territory

TODAY = date(2026, 3, 2)


def test_the_same_seed_gives_the_same_territory():
    assert simulate(200, 8, 3, 11, TODAY) == simulate(200, 8, 3, 11, TODAY)


def test_another_seed_gives_other_people():
    one, other = simulate(50, 8, 3, 1, TODAY), simulate(50, 8, 3, 2, TODAY)
    assert one.persons != other.persons
    assert one.contracts != other.contracts


@settings(max_examples=8, deadline=None)
@given(size=st.integers(1, 130), seed=st.integers(0, 1000))
def test_batches_put_together_equal_the_whole(size, seed):
    whole, pieces = simulate(120, 7, 2, seed, TODAY), Territory()
    for batch in simulate_batches(120, 7, 2, seed, TODAY, batch_size=size):
        pieces.extend(batch)
    assert pieces == whole


def test_a_batch_holds_no_more_people_than_asked_and_no_structure():
    frame, *batches = simulate_batches(95, 7, 2, 1, TODAY, batch_size=40)
    assert frame.structures
    assert not frame.persons
    assert [len(each.persons) for each in batches] == [40, 40, 15]
    assert not any(each.structures or each.employers for each in batches)


def test_the_demo_territory_is_the_same_each_time_it_is_drawn_on_a_day():
    assert demo_territory(TODAY) == demo_territory(TODAY)
