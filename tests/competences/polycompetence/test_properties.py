"""What holds for every person and every team: learning never lowers a measure, and the order says nothing."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from competences.rome.reader import read_export
from competences.rules.polycompetence.person import best_of, breadth, depth, gains, standings
from competences.rules.polycompetence.team import Team, absence, assignment, best_trainings, measures
from competences.rules.polycompetence.trades import Trade, Trades, gesture_weight

THOROUGHLY = settings(max_examples=40, deadline=None)
LEVELS = st.integers(1, 4)
GESTURES = "abcdefghijkl"


@st.composite
def invented(draw):
    """A few trades in three domains, with families that trades may cite."""
    families = {gesture: draw(st.sampled_from(["F", "G", ""])) for gesture in GESTURES}
    trades = [
        Trade(
            f"{domain}{rank}",
            "Métier",
            domain,
            tuple(sorted(draw(st.dictionaries(st.sampled_from([*GESTURES, "F", "G"]), st.integers(1, 2), min_size=1)).items())),
        )
        for domain in ("A", "B", "C")
        for rank in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    return Trades.build(trades, family_of={gesture: family for gesture, family in families.items() if family})


HELD = st.dictionaries(st.sampled_from(GESTURES), LEVELS, max_size=8)


def coverages(levels, trades):
    return {each.trade: (each.coverage, each.depth) for each in standings(levels, trades)}


def assert_never_lower(before, after, trades):
    """Every share, every depth, the breadth, the trades held."""
    was, now = coverages(before, trades), coverages(after, trades)
    for trade, (covered, deep) in was.items():
        assert now[trade][0] >= covered
        assert now[trade][1] >= deep
    first, then = standings(before, trades), standings(after, trades)
    assert breadth(then) >= breadth(first)
    assert depth(then) >= depth(first)
    assert {each.trade for each in then if each.state == "held"} >= {
        each.trade for each in first if each.state == "held"
    }


def assert_promises_are_kept(levels, trades, some=None):
    """Each gain, once the gesture is held, is what was promised; without promise, its own or its family's, nothing moves."""
    before = standings(levels, trades)
    was = {each.trade: each.state for each in before}
    promised = gains(levels, trades)
    for gesture in some or sorted({*trades.cited_by, *trades.family_of}):
        after = standings(best_of(levels, {gesture: 2}), trades)
        gain = promised.get(gesture) or promised.get(trades.family_of.get(gesture, ""))
        moved = {each.trade: each.state for each in after if each.state != was.get(each.trade, "far")}
        assert breadth(after) - breadth(before) == (gain.breadth if gain else 0)
        assert {trade for trade, state in moved.items() if state == "held"} == set(gain.held if gain else ())
        assert {trade for trade, state in moved.items() if state == "near"} == set(gain.near if gain else ())


@THOROUGHLY
@given(trades=invented(), levels=HELD, gesture=st.sampled_from(GESTURES), level=LEVELS)
def test_a_gesture_or_a_level_more_never_lowers_anything(trades, levels, gesture, level):
    assert_never_lower(levels, best_of(levels, {gesture: level}), trades)


@THOROUGHLY
@given(trades=invented(), levels=HELD, data=st.data())
def test_the_order_of_what_is_learnt_never_matters(trades, levels, data):
    shuffled = data.draw(st.permutations(list(levels.items())))
    step_by_step = {}
    for gesture, level in shuffled:
        step_by_step = best_of(step_by_step, {gesture: level})
    assert standings(step_by_step, trades) == standings(levels, trades)


@THOROUGHLY
@given(trades=invented(), levels=HELD)
def test_breadth_stays_between_nothing_and_the_number_of_domains(trades, levels):
    found = standings(levels, trades)
    assert 0 <= breadth(found) <= len({trade.domain for trade in trades.by_code.values()})
    assert all(0 <= each.coverage <= 1 and 0 <= each.depth <= 1 for each in found)


@THOROUGHLY
@given(trades=invented(), levels=HELD)
def test_what_unlocks_is_true_once_it_is_learnt(trades, levels):
    assert_promises_are_kept(levels, trades)


# Teams.

ACTIVITIES = "mnop"
TEAMS = st.builds(
    Team,
    st.dictionaries(st.sampled_from(ACTIVITIES), st.integers(1, 2), min_size=1),
    st.dictionaries(st.sampled_from("ABCDEFG"), st.frozensets(st.sampled_from(ACTIVITIES)), max_size=6),
)


def largest_matching(team):
    """The same number by another hand: each need is a column."""
    columns = [activity for activity, need in sorted(team.needs.items()) for _ in range(need)]
    if not team.links or not columns:
        return 0
    table = np.array([[column in able for column in columns] for _, able in sorted(team.links.items())])
    return int((maximum_bipartite_matching(csr_array(table), perm_type="column") >= 0).sum())


@THOROUGHLY
@given(team=TEAMS)
def test_a_team_is_what_taking_everyone_away_in_turn_says(team):
    found, people = measures(team), list(team.links)
    whole = largest_matching(team)
    without = {person: largest_matching(team.without(person)) for person in people}
    assert found.served == whole
    assert found.key_people == tuple(sorted(person for person in people if without[person] < whole))
    if people:
        assert found.solidity == Fraction(sum(without.values()), len(people) * team.needed)
        assert found.worst == Fraction(min(without.values()), team.needed)
        assert found.chain_without_one == min(measures(team.without(person)).chain for person in people)


@THOROUGHLY
@given(team=TEAMS, able=st.frozensets(st.sampled_from(ACTIVITIES)), data=st.data())
def test_a_link_or_a_person_more_never_weakens_a_team(team, able, data):
    links = {name: held & team.needs.keys() for name, held in team.links.items()}
    team = Team(team.needs, links)
    before = measures(team)
    joined = measures(Team(team.needs, {**links, "Z": able & team.needs.keys()}))
    assert all(now >= was for was, now in zip(before.rank, joined.rank, strict=True))
    if links:
        person = data.draw(st.sampled_from(sorted(links)))
        trained = measures(team.trained(person, data.draw(st.sampled_from(sorted(team.needs)))))
        assert all(now >= was for was, now in zip(before.rank, trained.rank, strict=True))


@THOROUGHLY
@given(team=TEAMS, data=st.data())
def test_the_order_of_persons_says_nothing(team, data):
    shuffled = Team(team.needs, dict(data.draw(st.permutations(list(team.links.items())))))
    assert measures(shuffled) == measures(team)
    assert best_trainings(shuffled) == best_trainings(team)
    assert assignment(shuffled) == assignment(team)


@THOROUGHLY
@given(team=TEAMS)
def test_no_other_training_makes_the_team_more_solid(team):
    proposed, before = best_trainings(team), measures(team)
    every = {
        (person, activity): measures(team.trained(person, activity)).rank
        for person, able in team.links.items()
        for activity in team.needs.keys() - able
    }
    best = max(every.values(), default=before.rank)
    expected = {pair for pair, rank in every.items() if rank == best} if best > before.rank else set()
    assert {(each.person, each.activity) for each in proposed} == expected
    assert all(each.after == measures(team.trained(each.person, each.activity)) for each in proposed)


@THOROUGHLY
@given(team=TEAMS)
def test_the_moves_of_a_day_without_somebody_are_possible(team):
    found = measures(team)
    for person in team.links:
        away = absence(team, person)
        assert (away.lost is not None) == (person in found.key_people)
        assert all(activity in team.links[name] for name, activity in away.moves)
        if away.serves is not None and away.lost is None:
            assert away.moves[0][1] == away.serves
        for (name, _), (_, left) in pairwise(away.moves):
            assert left in team.links[name]


# The official referential.


@pytest.fixture(scope="module")
def official(rome_dir):
    """Its trades as weighted gestures."""
    rows = read_export(rome_dir)
    cited = {row.rome_code: {} for row in rows.occupations}
    for link in rows.links:
        weight = gesture_weight(link.nature.value, link.prominence.value)
        if weight:
            cited[link.rome_code][link.competence_code] = weight
    trades = [
        Trade(row.rome_code, row.label, row.rome_code[:3], tuple(sorted(cited[row.rome_code].items())))
        for row in rows.occupations
    ]
    return Trades.build(
        trades, family_of={row.code: row.macro_code for row in rows.competences if row.macro_code}
    )


@st.composite
def someone(draw, trades):
    """What one may hold: gestures of a few trades more often than any."""
    begun = draw(st.lists(st.sampled_from(sorted(trades.by_code)), max_size=3))
    near = [gesture for code in begun for gesture, _ in trades.by_code[code].gestures]
    codes = st.sampled_from(near) if near else st.sampled_from(sorted(trades.cited_by))
    return draw(st.dictionaries(codes | st.sampled_from(sorted(trades.cited_by)), LEVELS, max_size=25))


@pytest.mark.rome
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_over_the_official_referential_learning_never_lowers_anything(official, data):
    levels = data.draw(someone(official))
    gesture = data.draw(st.sampled_from(sorted(official.family_of)))
    near = [
        each
        for code in levels
        for trade, _ in official.cited_by.get(code, ())[:2]
        for each, _ in official.by_code[trade].gestures
    ]
    learnt = data.draw(st.sampled_from(near)) if near else gesture
    for more in (gesture, learnt):
        assert_never_lower(levels, best_of(levels, {more: data.draw(LEVELS)}), official)
    assert standings(dict(data.draw(st.permutations(list(levels.items())))), official) == standings(
        levels, official
    )


@pytest.mark.rome
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_over_the_official_referential_what_unlocks_is_true(official, data):
    levels = data.draw(someone(official))
    promised = sorted(gains(levels, official))[:15]
    assert_promises_are_kept(levels, official, [*promised, *sorted(official.cited_by)[:5]])
