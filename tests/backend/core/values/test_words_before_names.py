"""Small words before a name, and agreement after a number."""

from __future__ import annotations

import pytest

from backend.core.values.text import at_place, counted, of_name, of_place


@pytest.mark.parametrize(
    ("name", "of", "at"),
    [
        ("Les Jardins de Belval", "des Jardins de Belval", "aux Jardins de Belval"),
        ("Le Fournil", "du Fournil", "au Fournil"),
        ("La Ferme", "de La Ferme", "à La Ferme"),
        ("L’Atelier", "de L’Atelier", "à L’Atelier"),
        ("Intérim des Vallées", "d’Intérim des Vallées", "à Intérim des Vallées"),
        ("Auberge du Pont", "d’Auberge du Pont", "à Auberge du Pont"),
        ("À domicile", "d’À domicile", "chez À domicile"),
        ("Trois Vallées Services", "de Trois Vallées Services", "à Trois Vallées Services"),
        ("Lestaque", "de Lestaque", "à Lestaque"),
        ("Les", "de Les", "à Les"),
    ],
)
def test_a_place_is_joined_as_one_says_it(name, of, at):
    assert (of_place(name), at_place(name)) == (of, at)


@pytest.mark.parametrize(
    ("name", "joined"),
    [("Amina", "d’Amina"), ("Paul", "de Paul"), ("Hélène", "d’Hélène"), ("Le Van", "de Le Van")],
)
def test_a_person_keeps_their_whole_name(name, joined):
    assert of_name(name) == joined


@pytest.mark.parametrize(("number", "words"), [(0, "0\u00a0jour"), (1, "1\u00a0jour"), (2, "2\u00a0jours")])
def test_a_number_agrees_with_what_it_counts(number, words):
    assert counted(number, "jour", "jours") == words
