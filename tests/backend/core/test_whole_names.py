"""A name in one piece: capitals and commas tell its two parts, else the order people said; the rest is a guess, and said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.values.names import Name, split_name


@pytest.mark.parametrize(
    ("written", "last", "first"),
    [
        ("FICTIVE Solange", "FICTIVE", "Solange"),
        ("Solange FICTIVE", "FICTIVE", "Solange"),
        ("FICTIVE Marie Solange", "FICTIVE", "Marie Solange"),
        ("Marie-Solange FICTIVE", "FICTIVE", "Marie-Solange"),
        ("DE LA RIVE Solange", "DE LA RIVE", "Solange"),
        ("de la RIVE Solange", "de la RIVE", "Solange"),
        ("Solange DE LA RIVE", "DE LA RIVE", "Solange"),
        ("Solange d'ESTRÉES-FICTIVE", "d'ESTRÉES-FICTIVE", "Solange"),
        ("FICTIVE née MODELE Solange", "FICTIVE née MODELE", "Solange"),
        ("Mme FICTIVE Solange", "FICTIVE", "Solange"),
        ("M. INVENTÉ Karim", "INVENTÉ", "Karim"),
        ("Fictive, Solange", "Fictive", "Solange"),
        ("de la Rive, Anne Marie", "de la Rive", "Anne Marie"),
        ("  FICTIVE \u00a0 Solange ", "FICTIVE", "Solange"),
        ("EL IDÉAL Karim", "EL IDÉAL", "Karim"),
        ("O’RÊVE Solange", "O’RÊVE", "Solange"),
    ],
)
@pytest.mark.parametrize("last_first", [True, False])
def test_capitals_and_commas_tell_whatever_the_order(written, last, first, last_first):
    assert split_name(written, last_first=last_first) == Name(last, first)


@pytest.mark.parametrize(
    ("written", "last_first", "found"),
    [
        ("Fictive Solange", True, Name("Fictive", "Solange")),
        ("Solange Fictive", False, Name("Fictive", "Solange")),
        ("FICTIVE SOLANGE", True, Name("FICTIVE", "SOLANGE")),
        ("SOLANGE FICTIVE", False, Name("FICTIVE", "SOLANGE")),
        ("Madame Fictive Solange", True, Name("Fictive", "Solange")),
        ("De La Rive Solange", True, Name("De La Rive", "Solange")),
        ("Solange de la Rive", False, Name("de la Rive", "Solange")),
        ("Fictive Marie Solange", True, Name("Fictive", "Marie Solange", is_sure=False)),
        ("Marie Solange Fictive", False, Name("Fictive", "Marie Solange", is_sure=False)),
        ("FICTIVE MODELE SOLANGE", True, Name("FICTIVE", "MODELE SOLANGE", is_sure=False)),
        ("Fictive", True, Name("Fictive", "", is_sure=False)),
        ("Mme Fictive", True, Name("Fictive", "", is_sure=False)),
        ("", True, Name("", "", is_sure=False)),
    ],
)
def test_the_order_tells_two_words_and_more_is_a_guess(written, last_first, found):
    assert split_name(written, last_first=last_first) == found


@given(
    st.lists(
        st.sampled_from(["FICTIVE", "Solange", "de", "LA", "Née", "Karim", "él", "M."]),
        max_size=6,
        unique=True,
    ),
    st.booleans(),
)
def test_no_word_is_lost_but_a_civility(words, last_first):
    found = split_name(" ".join(words), last_first=last_first)
    kept = f"{found.last} {found.first}".split()
    assert sorted(word for word in kept if word != "M.") == sorted(word for word in words if word != "M.")
