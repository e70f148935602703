"""The index says what the plain formula says, of the same people, whatever is asked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from employers.matching.candidates import Candidates
from employers.matching.formula import UNSTATED_LEVEL
from employers.matching.index.people import PeopleIndex
from employers.matching.index.ranking import leading, leading_panel
from employers.matching.ranking import rank, rank_candidates
from employers.matching.referential import CompetenceFact, OccupationFact, Referential
from employers.matching.vocabulary import HeldCompetence, Profile, RequiredCompetence, Requirement

CODES = [f"C{n}" for n in range(8)]
LEVELS = st.none() | st.integers(1, 4)
GROUPS = st.sampled_from([None, "A", "B"])


def indexed(people, referential):
    held = {
        (int(person.id), referential.index[each.code]): UNSTATED_LEVEL if each.level is None else each.level
        for person in people
        for each in person.competences
    }
    keys = np.array(list(held), dtype=np.int64).reshape(-1, 2)
    return PeopleIndex.build(
        keys[:, 0], keys[:, 1], np.array(list(held.values()), dtype=np.int64), referential
    )


def rank_index(requirement, index, referential, *, recent=(), top=None, among=None):
    """As the selectors do: whom the index names, whom it does not know, then the plain formula."""
    first = leading_panel(requirement, index, referential, among=among, top=top, beside=recent)
    return rank_candidates([requirement], first, top=top)[0].matches()


@st.composite
def territories(draw):
    """A tree where a macro-competence may lie across two objectives, and people who hold a few of its leaves."""
    facts = [CompetenceFact(code, code, draw(GROUPS), draw(GROUPS)) for code in CODES]
    facts += [CompetenceFact(code, code, None, draw(GROUPS)) for code in ("A", "B")]
    cited = draw(st.lists(st.lists(st.sampled_from(CODES), min_size=1, unique=True), min_size=1, max_size=4))
    fiches = [OccupationFact(f"F{n}", f"F{n}", tuple(codes)) for n, codes in enumerate(cited)]
    held = st.lists(
        st.builds(HeldCompetence, st.sampled_from(CODES), LEVELS),
        min_size=1,
        max_size=6,
        unique_by=lambda h: h.code,
    )
    people = [
        Profile(str(n), tuple(own)) for n, own in enumerate(draw(st.lists(held, min_size=1, max_size=40)))
    ]
    asked = st.builds(RequiredCompetence, st.sampled_from([*CODES, "X9"]), st.floats(0.01, 100), LEVELS)
    requirement = Requirement("r", tuple(draw(st.lists(asked, min_size=1, max_size=8))))
    return Referential.build(facts, fiches), people, requirement


@settings(max_examples=60)
@given(territories(), st.none() | st.integers(1, 12), st.data())
def test_the_index_ranks_as_the_plain_formula_does(territory, top, data):
    referential, people, requirement = territory
    index = indexed(people, referential)
    seen = data.draw(st.lists(st.sampled_from(people), unique_by=lambda each: each.id))
    rows = index.rows_of(np.array(sorted(int(each.id) for each in seen), dtype=np.int64))

    assert rank_index(requirement, index, referential, top=top) == rank(
        requirement, people, referential, top=top
    )
    assert rank_index(requirement, index, referential, among=rows, top=top) == rank(
        requirement, seen, referential, top=top
    )


@settings(max_examples=25)
@given(territories(), st.integers(1, 12))
def test_the_index_says_how_many_ties_it_leaves_out(territory, top):
    referential, people, requirement = territory
    (plain,) = rank_candidates([requirement], Candidates.build(people, referential), top=top)

    found = leading(requirement, indexed(people, referential), referential, top=top)

    assert found.tied_not_shown == plain.tied_not_shown


@settings(max_examples=40)
@given(territories(), st.none() | st.integers(1, 12), st.data())
def test_people_of_the_index_and_people_read_since_make_one_list(territory, top, data):
    referential, people, requirement = territory
    cut = data.draw(st.integers(0, len(people)))
    known, recent = people[:cut], people[cut:]

    found = rank_index(requirement, indexed(known, referential), referential, recent=recent, top=top)

    assert found == rank(requirement, people, referential, top=top)


@pytest.mark.parametrize("top", [1, 20, 5_000])
def test_among_thousands_the_cut_keeps_everyone_it_must(top):
    facts = [CompetenceFact(code, code, "A" if n % 2 else None, "A") for n, code in enumerate(CODES)]
    referential = Referential.build(
        [*facts, CompetenceFact("A", "A", None, "A")], [OccupationFact("F", "F", tuple(CODES))]
    )
    draw = np.random.default_rng(5)
    people = [
        Profile(str(n), tuple(HeldCompetence(code, 3) for code in draw.choice(CODES, 3, replace=False)))
        for n in range(4_000)
    ]
    requirement = Requirement("r", tuple(RequiredCompetence(code, n + 1) for n, code in enumerate(CODES)))

    found = rank_index(requirement, indexed(people, referential), referential, top=top)

    assert found == rank(requirement, people, referential, top=top)
