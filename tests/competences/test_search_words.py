"""Titles written in many ways meet in the same words."""

from __future__ import annotations

import time

import pytest

from competences.search.spelling import Speller, distance
from competences.search.words import MAX_TEXT, MAX_WORDS, readings, root, stem, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vendeuses", "vendeur"),
        ("conductrice", "Conducteurs"),
        ("infirmière", "infirmier"),
        ("électricienne", "Electricien"),
        ("maçonne", "macon"),
        ("employée", "employé"),
        ("assistantes", "assistant"),
        ("sportive", "sportif"),
        ("bateaux", "bateau"),
        ("Cœur", "coeur"),
    ],
)
def test_gender_plural_accents_and_capitals_do_not_count(one, other):
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    "written",
    [
        "Livreur (H/F)",
        "livreuse F/H",
        "LIVREUR H-F",
        "livreur(se)",
        "livreur·euse·s",
        "livreurs hf",
        "livreur - CDI urgent",
    ],
)
def test_writing_habits_of_offers_do_not_count(written):
    assert stems(written) == stems("livreur")


def test_apostrophes_and_small_words_do_not_count():
    assert stems("agent d'entretien de l’immeuble") == stems("Agent d entretien immeuble")


def test_nettoyer_nettoyage_and_nettoyeur_share_a_root():
    assert len({root(stem(word)) for word in ("nettoyer", "nettoyage", "nettoyeur", "nettoyeuse")}) == 1
    assert len({root(stem(word)) for word in ("menuisier", "menuiserie")}) == 1
    assert len({root(stem(word)) for word in ("macon", "maconnerie")}) == 1


def test_a_label_of_two_genders_gives_a_reading_for_each_only_when_they_differ():
    assert readings("Vendeur / Vendeuse en épicerie") == [["vendeur", "epiceri"]]
    assert readings("Garçon / Serveuse de café") == [
        ["serveur", "café".replace("é", "e")],
        ["garcon", "cafe"],
    ]
    assert readings("Cariste") == [["carist"]]


def test_small_words_are_kept_when_there_is_nothing_else():
    assert stems("de la") == ["de", "la"]
    assert stems(" ?! ") == []


def test_a_very_long_text_is_cut_and_costs_no_more_than_a_long_one():
    assert len(stems("agent " * 10_000)) <= MAX_WORDS
    assert len("".join(stems("a" * 1_000_000))) <= MAX_TEXT

    def seconds(text: str) -> float:
        started = time.process_time()
        stems(text)
        return time.process_time() - started

    assert seconds("(" * 2_000_000 + "h/f·e" * 100_000) < 5


def test_spelling_finds_the_nearest_known_word_or_two_words_typed_as_one():
    speller = Speller(["plombier", "plongeur", "aid", "aide", "soignant", "livreur"])
    assert speller.correct("plombeir") == ["plombier"]
    assert speller.correct("livruer") == ["livreur"]
    assert speller.correct("aidesoignant") == ["aide", "soignant"]
    assert speller.correct("livreur") == ["livreur"]
    assert speller.correct("xylophone") == []
    assert speller.correct("ash") == ["ash"]


@pytest.mark.parametrize(
    ("first", "second", "slips"),
    [
        ("macon", "macon", 0),
        ("macon", "maon", 1),
        ("macon", "mcaon", 1),
        ("macon", "macons", 1),
        ("macon", "cariste", 3),
    ],
)
def test_distance_counts_slips_up_to_a_limit(first, second, slips):
    assert distance(first, second, 2) == slips
