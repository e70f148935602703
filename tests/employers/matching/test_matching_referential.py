"""What the frozen referential promises."""

from __future__ import annotations

import math

import pytest

from employers.matching.referential import CompetenceFact, OccupationFact, Referential


@pytest.mark.rome
def test_the_official_export_gives_every_occupation_and_competence(rome):
    assert len(rome.occupation_codes) == 1584
    assert len(rome.codes) == 17_810 + 507 + 15_354
    assert len(rome.macro_codes) == 487  # twenty macro-competences gather nothing
    assert len(rome.objectives) == 84


@pytest.mark.rome
def test_rare_competences_weigh_more_than_common_ones(rome):
    citing = dict(
        zip(rome.codes, (len(rome.cited_by.column(c)[0]) for c in range(len(rome.codes))), strict=True)
    )
    common, rare = max(citing, key=citing.get), next(code for code, times in citing.items() if times == 1)
    assert rome.weight(common) == pytest.approx(math.log(1585 / (citing[common] + 0.5)))
    assert 0 < rome.weight(common) < rome.weight(rare) < rome.unknown_idf


def test_the_order_of_the_facts_does_not_matter(small, small_facts):
    competences, fiches = small_facts
    again = Referential.build(reversed(competences), reversed(fiches))
    assert again.codes == small.codes
    assert again.occupation_labels == small.occupation_labels
    assert again.idf.tolist() == small.idf.tolist()
    assert (again.citations.toarray() == small.citations.toarray()).all()


def test_a_macro_competence_leads_its_own_group(small):
    position = small.index
    assert small.macro_of[position["M1"]] == small.macro_of[position["C1"]] == small.macro_of[position["C2"]]
    assert small.macro_of[position["M1"]] != small.macro_of[position["C3"]]
    assert small.macro_label("C1") == "Nettoyer des locaux"


def test_a_competence_takes_the_objective_of_its_macro_when_it_has_none():
    facts = [CompetenceFact("M", "Macro", objective="4A1"), CompetenceFact("C", "Geste", macro_code="M")]
    referential = Referential.build(facts, [])
    assert (
        referential.objective_of[referential.index["C"]] == referential.objective_of[referential.index["M"]]
    )
    assert referential.objectives == ("4A1",)


def test_a_competence_outside_the_tree_has_no_group():
    referential = Referential.build([CompetenceFact("S", "Savoir")], [])
    assert referential.macro_of.tolist() == referential.objective_of.tolist() == [-1]
    assert referential.macro_label("S") is None


def test_a_code_given_twice_is_refused():
    with pytest.raises(ValueError, match="deux fois"):
        Referential.build([CompetenceFact("C", "Un"), CompetenceFact("C", "Deux")], [])
    with pytest.raises(ValueError, match="deux fois"):
        Referential.build([], [OccupationFact("O", "Un", ()), OccupationFact("O", "Deux", ())])


def test_an_occupation_that_cites_an_absent_competence_is_refused():
    with pytest.raises(ValueError, match="C9"):
        Referential.build([CompetenceFact("C1", "Geste")], [OccupationFact("O", "Métier", ("C1", "C9"))])


def test_nobody_can_change_the_arrays(small):
    with pytest.raises(ValueError, match="read-only"):
        small.idf[0] = 0.0
