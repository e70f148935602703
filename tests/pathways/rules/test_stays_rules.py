"""How raw contracts and exits become stays."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pathways.rules.stays import DerivedStay, stays_from

DAYS = st.dates(date(2020, 1, 1), date(2021, 12, 31))
CONTRACTS = st.lists(DAYS, max_size=12).map(lambda days: list(enumerate(days)))
EXITS = st.lists(DAYS, max_size=6)


def day(number: int) -> date:
    return date(2025, 1, number)


def test_contracts_before_an_exit_make_one_closed_stay():
    stays = stays_from([("b", day(10)), ("a", day(2))], [day(20)])
    assert stays == [DerivedStay(day(2), day(20), frozenset({"a", "b"}))]


def test_a_contract_begun_on_the_day_of_an_exit_belongs_to_it():
    (stay,) = stays_from([("a", day(20))], [day(20)])
    assert (stay.ended_on, stay.contracts) == (day(20), {"a"})


def test_a_contract_begun_the_day_after_an_exit_opens_the_next_stay():
    closed, still_open = stays_from([("a", day(2)), ("b", day(21))], [day(20)])
    assert (closed.contracts, still_open.contracts) == ({"a"}, {"b"})
    assert still_open.ended_on is None


def test_each_contract_goes_to_the_first_exit_that_follows_it():
    stays = stays_from([("a", day(2)), ("b", day(12)), ("c", day(25))], [day(20), day(10)])
    assert [(stay.contracts, stay.ended_on) for stay in stays] == [
        ({"a"}, day(10)),
        ({"b"}, day(20)),
        ({"c"}, None),
    ]


def test_an_exit_without_contract_is_kept_as_a_stay_of_one_day():
    assert stays_from([], [day(20)]) == [DerivedStay(day(20), day(20), frozenset())]


def test_the_same_exit_twice_is_one_exit():
    assert len(stays_from([("a", day(2))], [day(20), day(20)])) == 1


def test_nothing_makes_no_stay():
    assert stays_from([], []) == []


@given(CONTRACTS, EXITS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(contracts, exits, random):
    shuffled = stays_from(random.sample(contracts, len(contracts)), random.sample(exits, len(exits)))
    assert shuffled == stays_from(contracts, exits)


@given(CONTRACTS, EXITS)
def test_every_contract_and_every_exit_finds_one_place_and_stays_never_overlap(contracts, exits):
    stays = stays_from(contracts, exits)
    placed = [key for stay in stays for key in stay.contracts]

    assert sorted(placed) == sorted(key for key, _ in contracts)
    assert sorted(stay.ended_on for stay in stays if stay.ended_on) == sorted(set(exits))
    assert all(stay.ended_on is None or stay.started_on <= stay.ended_on for stay in stays)
    for before, after in itertools.pairwise(stays):
        assert before.ended_on is not None
        assert before.ended_on < after.started_on
