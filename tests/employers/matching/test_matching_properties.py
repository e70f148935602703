"""What holds for every person and every work, over the official referential."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from employers.matching.ranking import rank
from employers.matching.vocabulary import HeldCompetence, Profile, RequiredCompetence, Requirement

pytestmark = pytest.mark.rome
LEVELS = st.none() | st.integers(1, 4)
THOROUGHLY = settings(max_examples=120)


class Territory:
    """Strategies over one referential: competences of one trade more often than any."""

    def __init__(self, referential) -> None:
        self.codes = referential.codes
        starts = referential.citations.indptr
        self.trades = [
            [referential.codes[c] for c in referential.citations.indices[start:end]]
            for start, end in pairwise(starts[:61])
            if end > start
        ]

    def code(self) -> st.SearchStrategy[str]:
        return st.one_of(st.sampled_from(self.trades).flatmap(st.sampled_from), st.sampled_from(self.codes))

    def held(self) -> st.SearchStrategy[HeldCompetence]:
        return st.builds(HeldCompetence, self.code(), LEVELS)

    def requirement(self) -> st.SearchStrategy[Requirement]:
        asked = st.builds(RequiredCompetence, self.code(), st.floats(0.01, 100), LEVELS)
        return st.lists(asked, min_size=1, max_size=6).map(lambda items: Requirement("r", tuple(items)))

    def people(self) -> st.SearchStrategy[list[Profile]]:
        held = st.lists(st.lists(self.held(), max_size=8), min_size=1, max_size=6)
        return held.map(lambda many: [Profile(f"p{n}", tuple(items)) for n, items in enumerate(many)])


@pytest.fixture(scope="module")
def territory(rome):
    return Territory(rome)


def standing(matches, profile_id):
    return next(match for match in matches if match.profile == profile_id)


def assert_not_lowered(before, after):
    assert after.base >= before.base
    assert after.trade >= before.trade
    assert after.score >= before.score
    assert after.rank <= before.rank


@THOROUGHLY
@given(data=st.data(), trade_weight=st.sampled_from([0.0, 0.5, 1.0]) | st.floats(0, 1))
def test_a_competence_gained_never_lowers_a_score_or_a_rank(rome, territory, data, trade_weight):
    asked, people = data.draw(territory.requirement()), data.draw(territory.people())
    near = st.sampled_from([one.code for one in asked.competences])
    gained = data.draw(territory.held() | st.builds(HeldCompetence, near, LEVELS))
    learner = people[0]
    taught = replace(learner, competences=(*learner.competences, gained))
    before = rank(asked, people, rome, trade_weight=trade_weight)
    after = rank(asked, [taught, *people[1:]], rome, trade_weight=trade_weight)
    assert_not_lowered(standing(before, learner.id), standing(after, learner.id))


@THOROUGHLY
@given(data=st.data(), level=st.integers(1, 3))
def test_a_level_gained_never_lowers_a_score_or_a_rank(rome, territory, data, level):
    asked, people = data.draw(territory.requirement()), data.draw(territory.people())
    deepened = data.draw(st.sampled_from([one.code for one in asked.competences]) | territory.code())
    others = tuple(held for held in people[0].competences if held.code != deepened)
    lower, higher = (
        replace(people[0], competences=(*others, HeldCompetence(deepened, reached)))
        for reached in (level, level + 1)
    )
    before, after = (rank(asked, [one, *people[1:]], rome, trade_weight=0.3) for one in (lower, higher))
    assert_not_lowered(standing(before, "p0"), standing(after, "p0"))


@THOROUGHLY
@given(data=st.data(), trade_weight=st.floats(0, 1))
def test_scores_stay_between_zero_and_one(rome, territory, data, trade_weight):
    asked, people = data.draw(territory.requirement()), data.draw(territory.people())
    for match in rank(asked, people, rome, trade_weight=trade_weight):
        for value in (match.score, match.base, match.trade):
            assert 0 <= value <= 1


@THOROUGHLY
@given(data=st.data())
def test_the_order_of_people_changes_nothing(rome, territory, data):
    asked, people = data.draw(territory.requirement()), data.draw(territory.people())
    shuffled = data.draw(st.permutations(people))
    assert rank(asked, people, rome, trade_weight=0.5) == rank(asked, shuffled, rome, trade_weight=0.5)


@THOROUGHLY
@given(data=st.data())
def test_equal_scores_share_a_rank_and_only_they_do(rome, territory, data):
    asked, people = data.draw(territory.requirement()), data.draw(territory.people())
    matches = rank(asked, people, rome)
    for match in matches:
        assert match.rank == 1 + sum(other.score > match.score for other in matches)
