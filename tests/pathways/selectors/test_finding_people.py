"""Nobody is hidden from a search: apostrophes, spaces, hyphens, one slip; present or gone."""

from __future__ import annotations

import json
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from backend.core.actor import Role
from backend.core.values.text import one_slip_apart, tight
from pathways.models import Beneficiary
from pathways.selectors import find_people
from tests.factories import TODAY, BeneficiaryFactory, StayFactory
from tests.worlds.two_houses import API, House

NAMES = {
    ("N’Diaye", "Amadou"): ("ndiaye", "n diaye", "N'DIAYE", "amadou ndiaye", "ndiaye ama", "ndaiye", "ndiay"),
    ("Le Goff", "Maëlle"): ("legoff", "le goff", "LE-GOFF maelle", "legof", "maele legoff"),
    ("D’Angelo", "Rita"): ("dangelo", "d angelo", "d'angelo", "dangello"),
    ("O Brien", "Sean"): ("o brien", "obrien", "O'Brien", "obrein"),
    ("Métaphore", "Luce"): ("metaphore", "métaphore", "metaphor", "metafhore", "luce metapore"),
}  # fmt: skip
TYPED = [(name, typed) for name, ways in NAMES.items() for typed in ways]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "typed"), TYPED)
def test_a_name_is_found_the_way_people_type_it(name, typed):
    everyone = {each: BeneficiaryFactory(last_name=each[0], first_name=each[1]) for each in NAMES}
    assert list(find_people(Beneficiary.objects.all(), typed)) == [everyone[name]]


@pytest.mark.django_db
def test_a_slip_is_forgiven_only_when_nobody_answers_exactly():
    exact = BeneficiaryFactory(last_name="Marin", first_name="Zoé")
    BeneficiaryFactory(last_name="Martin", first_name="Zoé")
    assert list(find_people(Beneficiary.objects.all(), "marin")) == [exact]
    assert not find_people(Beneficiary.objects.all(), "zot").exists()
    assert not find_people(Beneficiary.objects.all(), "mirtain").exists()


@pytest.mark.django_db
def test_the_key_follows_the_name_whatever_writes_it():
    person = BeneficiaryFactory(last_name="Le Songe", first_name="Ana")
    Beneficiary.objects.filter(pk=person.pk).update(search_name="de l ombre ana")
    person.refresh_from_db()
    assert person.search_key == "delombreana"


@given(word=st.text("abcdeé", min_size=1, max_size=8), at=st.integers(0, 7), letter=st.sampled_from("abcz"))
def test_one_letter_added_taken_changed_or_swapped_is_one_slip(word, at, letter):
    at = min(at, len(word) - 1)
    assert one_slip_apart(word, word)
    assert one_slip_apart(word[:at] + letter + word[at:], word)
    assert one_slip_apart(word[:at] + word[at + 1 :], word)
    assert one_slip_apart(word[:at] + letter + word[at + 1 :], word)
    assert one_slip_apart(word[:at] + word[at : at + 2][::-1] + word[at + 2 :], word)
    assert not one_slip_apart(word + "xy", word)


@given(st.text(max_size=30))
def test_a_tight_name_has_no_separator(text):
    assert tight(text) == tight(f" {text}'")
    assert " " not in tight(text)


@pytest.fixture
def house(db):
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield House()


def test_a_typed_name_finds_who_left_and_browsing_shows_who_is_present(house):
    client = house.clients[Role.ADVISOR]
    here = {"organisation": house.structure, "advisor_id": house.advisor.user_id}
    StayFactory(
        beneficiary__last_name="Partie", beneficiary__first_name="Ida",
        started_on=date(2025, 1, 6), ended_on=date(2025, 9, 30), **here,
    )  # fmt: skip
    found = client.post(reverse("web:people"), {"q": "partie"}, follow=True).content.decode()
    assert "Ida Partie" in found
    assert "Sortie le" in found
    assert "Ida Partie" not in client.get(reverse("web:people")).content.decode()
    assert "Ida Partie" in client.get(reverse("web:people"), {"situation": "sorties"}).content.decode()
    listed = client.get(f"{API}people/", {"q": "prtie"}).json()["results"]
    assert [row["last_name"] for row in listed] == ["Partie"]


def test_the_form_asks_whether_it_is_she_and_goes_on_when_told_it_is_not(house):
    client, person = house.clients[Role.ADVISOR], house.person
    typed = {
        "first_name": person.first_name, "last_name": person.last_name.upper(),
        "organisation": house.structure.pk, "started_on": "2026-11-20", "form_id": "",
    }  # fmt: skip
    asked = client.post(reverse("web:person_new"), typed)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Est-ce elle ?" in page
    assert reverse("web:person", args=[person.pk]) in page
    assert person.last_name.upper() in page
    told = client.post(reverse("web:person_new"), typed | {"is_someone_else": "on"})
    assert told.status_code == 302
    assert Beneficiary.objects.filter(search_key=person.search_key).count() == 2


def test_the_API_gives_the_candidates_and_goes_on_when_told_it_is_someone_else(house):
    client, person = house.clients[Role.ADVISOR], house.person
    body = {
        "first_name": person.last_name, "last_name": person.first_name,
        "organisation": house.structure.pk, "started_on": "2026-11-20",
    }  # fmt: skip
    refused = client.post(f"{API}people/", json.dumps(body), "application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "look_alike")
    assert refused.json()["candidates"] == [person.pk]
    taken = client.post(f"{API}people/", json.dumps(body | {"is_someone_else": True}), "application/json")
    assert taken.status_code == 201
