"""Finding a gesture by a word: the three pages that ask it keep the word, and say when nothing is named so."""

from __future__ import annotations

import pytest
from django.urls import reverse

from backend.core.actor import Role
from tests.pages import text_of
from tests.worlds.two_houses import House, client_of


@pytest.fixture
def house(db, today):
    return House()


@pytest.mark.parametrize(
    ("route", "role"),
    [
        ("web:observe_person", Role.SUPERVISOR),
        ("web:observe_together", Role.SUPERVISOR),
        ("web:self_assess", Role.BENEFICIARY),
    ],
)
@pytest.mark.parametrize("word", ["", "lanterne inconnue"])
def test_a_word_that_names_nothing_is_kept_and_said(house, route, role, word):
    address = reverse(route, args=[house.person.pk] if route == "web:observe_person" else [])
    page = client_of(house.actors[role]).post(address, {"q": word}, follow=True)
    assert page.status_code == 200
    assert ("Aucun geste ne porte ces mots." in text_of(page)) is bool(word)
    assert page.context["text"] == word
