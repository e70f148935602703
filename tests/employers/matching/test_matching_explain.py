"""A match in French sentences."""

from __future__ import annotations

import pytest

from employers.matching.explain import explain, explain_fiche, nearest_fiche
from employers.matching.ranking import rank
from employers.matching.vocabulary import HeldCompetence, Profile, RequiredCompetence, Requirement
from tests.employers.matching.draws_for_matching import Draws


def sentence(small, asked: RequiredCompetence, *held: HeldCompetence) -> str:
    (match,) = rank(Requirement("r", (asked,)), [Profile("p", held)], small)
    (told,) = explain(match, small)
    return told


@pytest.mark.parametrize(
    ("asked", "held", "told"),
    [
        (RequiredCompetence("C1"), HeldCompetence("C1", 2), "Détenue : Nettoyer des sols."),
        (
            RequiredCompetence("C1", level=3),
            HeldCompetence("C1", 2),
            "Détenue : Nettoyer des sols ; il reste un niveau à gagner.",
        ),
        (
            RequiredCompetence("C1", level=3),
            HeldCompetence("C1"),
            "Détenue : Nettoyer des sols ; niveau à vérifier.",
        ),
        (
            RequiredCompetence("C1", level=4),
            HeldCompetence("C1", 2),
            "Commencée : Nettoyer des sols ; il reste 2 niveaux à gagner.",
        ),
        (
            RequiredCompetence("C1"),
            HeldCompetence("C2"),
            "Proche : Nettoyer des sols, par « Nettoyer des vitres » (même famille : Nettoyer des locaux).",
        ),
        (
            RequiredCompetence("C1"),
            HeldCompetence("C3"),
            "Proche : Nettoyer des sols, par « Désinfecter des surfaces » (même objectif, plus éloignée).",
        ),
        (RequiredCompetence("C1"), HeldCompetence("C4"), "À acquérir : Nettoyer des sols."),
        (RequiredCompetence("X9"), HeldCompetence("C4"), "À acquérir : X9."),
    ],
)
def test_each_state_has_its_sentence(small, asked, held, told):
    assert sentence(small, asked, held) == told


def test_the_nearest_fiche_and_what_is_covered_of_it(small):
    asked = Requirement("r", (RequiredCompetence("C1"), RequiredCompetence("C2")))
    fiche = nearest_fiche(asked, ["C1", "C3"], small)
    assert (fiche.code, fiche.share) == ("K2204", 1.0)
    assert fiche.covered == pytest.approx(0.5581, abs=5e-5)
    assert explain_fiche(fiche) == (
        "Cette tâche relève de la fiche « Nettoyage de locaux » (K2204), couverte à 56 %."
    )


def test_among_fiches_that_cite_as_much_the_one_with_least_besides_is_nearest(small):
    assert nearest_fiche(Requirement("r", (RequiredCompetence("C1"),)), [], small).code == "A1203"


def test_a_work_outside_every_fiche_says_so(small):
    assert nearest_fiche(Requirement("r", (RequiredCompetence("X9"),)), ["C1"], small) is None
    assert explain_fiche(None) == "Cette tâche ne relève d’aucune fiche métier du référentiel."


@pytest.mark.parametrize(("held", "percent"), [([], 0), (["C1", "C2", "C3"], 100)])
def test_nothing_is_zero_percent_and_all_is_a_hundred(small, held, percent):
    fiche = nearest_fiche(Requirement("r", (RequiredCompetence("C2"),)), held, small)
    assert f"à {percent} %" in explain_fiche(fiche)


@pytest.mark.rome
def test_every_reason_over_the_official_export_has_a_sentence(rome):
    draws = Draws(rome, seed=2)
    people = draws.profiles(15)
    for asked in draws.requirements(8):
        for match in rank(asked, people, rome):
            told = explain(match, rome)
            assert len(told) == len(asked.competences)
            assert all(
                line.split(" : ")[0] in {"Détenue", "Commencée", "Proche", "À acquérir"} for line in told
            )
