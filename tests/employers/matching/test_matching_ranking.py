"""How people are placed before one requirement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from employers.matching.candidates import Candidates, tie_key
from employers.matching.errors import InputRefused
from employers.matching.ranking import rank, rank_candidates
from employers.matching.vocabulary import (
    HeldCompetence,
    Profile,
    Reason,
    RequiredCompetence,
    Requirement,
    State,
)
from tests.employers.matching.draws_for_matching import Draws
from tests.employers.matching.rome_for_matching import read_rome

SWEEP_AND_TRIM = Requirement("r", (RequiredCompetence("C1"), RequiredCompetence("C4")))


def person(name: str, *codes: str) -> Profile:
    return Profile(name, tuple(HeldCompetence(code) for code in codes))


def test_equal_scores_share_a_rank_and_the_next_one_counts_them(small):
    people = [person("a", "C1", "C4"), person("b", "C4"), person("c", "C4"), person("d")]
    ranks = {match.profile: match.rank for match in rank(SWEEP_AND_TRIM, people, small)}
    assert ranks == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_equals_follow_the_hash_of_their_id_and_not_their_name_or_line(small):
    people = [person(f"p{number:02}", "C1") for number in range(30)]
    shown = [match.profile for match in rank(SWEEP_AND_TRIM, people, small)]
    assert shown == sorted((one.id for one in people), key=tie_key)
    assert shown != sorted(shown)
    assert shown == [match.profile for match in rank(SWEEP_AND_TRIM, reversed(people), small)]


def test_the_near_competence_named_is_the_best_known_one(small):
    held = (HeldCompetence("M1", 1), HeldCompetence("C2", 3))
    (match,) = rank(Requirement("r", (RequiredCompetence("C1"),)), [Profile("p", held)], small)
    assert match.reasons == (Reason("C1", State.NEAR, "C2", 0.2),)


def test_same_objective_is_worth_less_than_same_macro(small):
    (match,) = rank(Requirement("r", (RequiredCompetence("C1"),)), [person("p", "C3")], small)
    assert match.reasons == (Reason("C1", State.NEAR, "C3", 0.05),)
    assert match.score == 0.05


def test_a_code_nobody_knows_is_held_by_nobody_even_if_a_profile_writes_it(small):
    asked = Requirement("r", (RequiredCompetence("C1"), RequiredCompetence("X9")))
    (match,) = rank(asked, [person("p", "C1", "X9")], small)
    assert match.reasons[1] == Reason("X9", State.MISSING, None, 0.0)
    weight = small.weight("C1")
    assert match.score == pytest.approx(weight / (weight + small.unknown_idf), abs=1e-9)


def test_a_competence_written_twice_in_a_profile_keeps_its_best_level(small):
    asked = Requirement("r", (RequiredCompetence("C1", level=4),))
    twice = Profile("p", (HeldCompetence("C1", 4), HeldCompetence("C1", 1)))
    assert rank(asked, [twice], small)[0].score == 1.0


def test_scores_are_the_same_when_no_level_is_given_as_when_all_are_reached(small):
    asked = Requirement("r", tuple(RequiredCompetence(code) for code in ("C1", "C2", "C4")))
    silent = person("p", "C1", "C3")
    told = Profile("p", tuple(replace(held, level=2) for held in silent.competences))
    assert rank(asked, [silent], small, trade_weight=0.5) == rank(asked, [told], small, trade_weight=0.5)


def test_everything_held_scores_one_and_nothing_scores_zero(small):
    full, empty = rank(SWEEP_AND_TRIM, [person("a", "C1", "C4"), person("b")], small)
    assert (full.score, full.base) == (1.0, 1.0)
    assert (empty.score, empty.trade) == (0.0, 0.0)
    assert (full.gaps_to_close, empty.gaps_to_close) == (0, 2)


def test_a_list_cut_among_equals_says_how_many_it_leaves_out(small):
    candidates = Candidates.build([person(name, "C1") for name in "abcde"] + [person("f")], small)
    (ranking,) = rank_candidates([SWEEP_AND_TRIM], candidates, top=2)
    assert len(ranking.matches()) == 2
    assert ranking.tied_not_shown == 3


def test_nobody_to_rank_gives_an_empty_list(small):
    assert rank(SWEEP_AND_TRIM, [], small) == []


def test_two_profiles_with_one_id_are_refused(small):
    with pytest.raises(InputRefused, match="même identifiant"):
        Candidates.build([person("a"), person("a")], small)


def test_a_requirement_without_weight_is_refused(small):
    with pytest.raises(InputRefused, match="importance"):
        rank(Requirement("r", (RequiredCompetence("C1", importance=0),)), [person("a")], small)


@pytest.mark.rome
@pytest.mark.parametrize("trade_weight", [0.0, 0.5])
def test_scores_and_ranks_are_those_of_the_formula_written_plainly(rome, rome_naive, trade_weight):
    draws = Draws(rome, seed=7)
    people = draws.profiles(40)
    for asked in draws.requirements(6):
        expected_ranks = rome_naive.rank(asked, people, trade_weight)
        by_id = {one.id: one for one in people}
        for match in rank(asked, people, rome, trade_weight=trade_weight):
            assert match.base == pytest.approx(rome_naive.base(asked, by_id[match.profile]), abs=1e-9)
            assert match.trade == pytest.approx(rome_naive.trade(asked, by_id[match.profile]), abs=1e-9)
            assert match.rank == expected_ranks[match.profile]
            assert match.base == pytest.approx(credit_shares(match, rome_naive.weights(asked)), abs=1e-9)


def credit_shares(match, weights):
    """The base recomputed from the reasons shown: an explanation that does not add up would be a lie."""
    pairs = zip(match.reasons, weights, strict=True)
    return sum(reason.credit * weight for reason, weight in pairs) / sum(weights)


@pytest.mark.rome
def test_a_referential_read_again_ranks_the_same(rome, rome_dir):
    draws = Draws(rome, seed=3)
    people, (asked,) = draws.profiles(40), draws.requirements(1)
    assert rank(asked, people, rome) == rank(asked, people, read_rome(rome_dir))
