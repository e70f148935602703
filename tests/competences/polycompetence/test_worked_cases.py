"""The cases worked by hand: a person before three trades, four persons before three works."""

from __future__ import annotations

from fractions import Fraction

import pytest

from competences.rules.polycompetence.person import (
    best_of,
    breadth,
    depth,
    gains,
    nearness,
    standings,
    travelling,
)
from competences.rules.polycompetence.team import Team, absence, best_trainings, measures
from competences.rules.polycompetence.trades import Trade, Trades

HELD = 2
TRADES = Trades.build(
    [
        Trade("K2204", "Nettoyage de locaux", "K22", (("a", 4), ("b", 3), ("c", 2), ("d", 1))),
        Trade("K2205", "Propreté de bureaux", "K22", (("a", 4), ("b", 2), ("e", 2), ("f", 2))),
        Trade("A1203", "Espaces verts", "A12", (("g", 5), ("h", 3), ("d", 2))),
    ]
)


def held(letters):
    return dict.fromkeys(letters, HELD)


def covers(letters):
    found = {each.trade: each.coverage for each in standings(held(letters), TRADES)}
    return [found.get(code, Fraction(0)) for code in ("K2204", "K2205", "A1203")]


@pytest.mark.parametrize(
    ("letters", "shares", "trades_held", "extent"),
    [
        ("", ("0", "0", "0"), set(), "0"),
        ("a", ("0.4", "0.4", "0"), set(), "0.2"),
        ("ab", ("0.7", "0.6", "0"), {"K2204", "K2205"}, "1"),
        ("abd", ("0.8", "0.6", "0.2"), {"K2204", "K2205"}, "1"),
        ("abg", ("0.7", "0.6", "0.5"), {"K2204", "K2205"}, "1.6"),
        ("abdg", ("0.8", "0.6", "0.7"), {"K2204", "K2205", "A1203"}, "2"),
    ],
)
def test_what_a_person_covers(letters, shares, trades_held, extent):
    found = standings(held(letters), TRADES)
    assert covers(letters) == [Fraction(share) for share in shares]
    assert {each.trade for each in found if each.state == "held"} == trades_held
    assert breadth(found) == Fraction(extent)


def test_what_unlocks_most_from_four_gestures():
    found = gains(held("abd"), TRADES)
    assert {code: gain.breadth for code, gain in found.items()} == {"g": Fraction(1), "h": Fraction("0.6")}
    assert found["g"].held == ("A1203",)
    assert (found["h"].held, found["h"].near) == ((), ("A1203",))


def test_proved_and_declared_are_two_figures():
    proved, declared = held("ab"), {"g": 3, "a": 1}
    assert breadth(standings(proved, TRADES)) == 1
    assert breadth(standings(best_of(proved, declared), TRADES)) == Fraction("1.6")


@pytest.mark.parametrize(
    ("share", "near"), [("0.35", "0"), ("0.351", "0.004"), ("0.475", "0.5"), ("0.599", "0.996"), ("0.6", "1")]
)
def test_a_trade_counts_from_thirty_five_percent_and_wholly_from_sixty(share, near):
    assert nearness(Fraction(share)) == Fraction(near)


def test_a_level_below_with_help_deepens_and_does_not_cover():
    (first, *_) = standings({"a": 1}, TRADES)
    assert (first.coverage, first.depth) == (0, Fraction(4, 40))


def test_depth_is_that_of_the_best_known_trade():
    assert depth(standings({"a": 4, "b": 3}, TRADES)) == Fraction(4 * 4 + 3 * 3, 40)
    assert depth([]) == 0


def test_a_gesture_that_serves_two_domains_travels():
    levels = held("abdg")
    assert travelling(levels, standings(levels, TRADES), TRADES) == {"d": ("A12", "K22")}


def test_a_family_cited_by_a_trade_is_answered_by_any_of_its_gestures():
    trades = Trades.build(
        [Trade("X1", "Phares", "X1", (("M", 2), ("c", 1)))], family_of={"m1": "M", "m2": "M"}
    )
    assert standings({"m2": 3}, trades)[0].coverage == Fraction(2, 3)
    assert gains({}, trades)["M"].held == ("X1",)


# A team: N, V, T, one person each at a time.


def team(people, needs="NVT"):
    return Team(dict.fromkeys(needs, 1), {name: frozenset(able) for name, able in people.items()})


FIRST = {"A": "N", "B": "N", "C": "V", "D": "T"}
SAME_RATE = {**FIRST, "B": "NV", "A": "NT"}


@pytest.mark.parametrize(
    ("people", "coverage", "solidity", "worst", "keys", "chain", "without_one"),
    [
        (FIRST, "1", "10/12", "2/3", "CD", "0", "0"),
        ({**FIRST, "B": "NV"}, "1", "11/12", "2/3", "D", "1/3", "0"),
        (SAME_RATE, "1", "1", "1", "", "1", "1/3"),
        ({**SAME_RATE, "C": "VT"}, "1", "1", "1", "", "1", "1"),
        ({"A": "NVT", "B": "NVT", "C": "", "D": ""}, "2/3", "6/12", "1/3", "AB", "1", "1"),
    ],
)
def test_what_a_team_is_worth(people, coverage, solidity, worst, keys, chain, without_one):
    found = measures(team(people))
    assert found.rank == tuple(map(Fraction, (coverage, solidity, worst, without_one, chain)))
    assert found.key_people == tuple(keys)


def test_two_persons_per_activity_say_nothing_of_a_team():
    same_two = {"A": "NVT", "B": "NVT", "C": "", "D": ""}
    assert sum(map(len, SAME_RATE.values())) == sum(map(len, same_two.values()))
    assert measures(team(SAME_RATE)).solidity > measures(team(same_two)).solidity


def test_the_best_single_training_with_its_ties():
    found = best_trainings(team(FIRST))
    by_solidity = {(each.person, each.activity) for each in found}
    assert by_solidity == {("A", "V"), ("A", "T"), ("B", "V"), ("B", "T")}
    assert {each.after.solidity for each in found} == {Fraction(11, 12)}
    assert measures(team(FIRST).trained("C", "T")).solidity == Fraction(10, 12)


def test_a_need_of_two_persons():
    people = {"Ana": "m", "Ben": "mv", "Cléo": "vj", "Dan": "j", "Eve": "m"}
    links = {name: frozenset(able) for name, able in people.items()}
    five = Team({"m": 2, "v": 1, "j": 1}, links)
    found = measures(five)
    assert (found.coverage, found.solidity, found.worst, found.key_people) == (1, 1, 1, ())
    assert (found.chain, found.chain_without_one) == (1, Fraction(1, 3))
    for person, activity in (("Ana", "j"), ("Dan", "m"), ("Eve", "j")):
        assert measures(five.trained(person, activity)).chain_without_one == 1


def test_a_day_without_somebody_says_who_moves():
    solid = team(SAME_RATE)
    away = absence(solid, "D")
    assert away.serves == "T"
    assert away.moves[0] == ("A", "T")
    assert away.lost is None
    alone = absence(team(FIRST), "D")
    assert (alone.moves, alone.lost) == ((), "T")


def test_nobody_and_nothing_to_do():
    assert measures(Team({"N": 1}, {})).rank == (0, 0, 0, 1, 1)
    assert measures(Team({}, {"A": frozenset()})).coverage == 1
    assert best_trainings(Team({}, {"A": frozenset()})) == []
