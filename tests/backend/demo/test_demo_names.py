"""Nothing in an invented territory can be taken for somebody or something real."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import pytest
from stdnum.fr import siret as official_siret

from backend.demo.chance.names import SURNAMES, commune, phone, siret, surname_and_first_name
from backend.demo.simulate import simulate
from backend.demo.territory import demo_territory

FICTION = re.compile(r"^(06 39 98|01 99 00|02 61 91|03 53 01|04 65 71|05 36 49) \d\d \d\d$")
TODAY = date(2026, 11, 22)


@lru_cache
def drawn(name):
    return demo_territory(TODAY) if name == "demo" else simulate(500, 12, 2, 4, TODAY)


@pytest.fixture(params=["demo", "simulated"])
def territory(request):
    return drawn(request.param)


def test_surnames_say_that_they_are_invented(territory):
    for person in territory.persons:
        parts = person.last_name.split("-") if person.last_name not in SURNAMES else [person.last_name]
        assert (
            all(part in SURNAMES or part == "Inventée" for part in parts)
            or "Trompe-l'œil" in person.last_name
        )


def test_telephones_and_addresses_are_those_kept_for_fiction(territory):
    assert all(FICTION.match(each.phone) for each in territory.persons)
    addresses = [each.email for each in (*territory.persons, *territory.accounts) if each.email]
    assert all(re.fullmatch(r"[a-z0-9.-]+@example\.org", each) for each in addresses)
    assert len(addresses) == len(set(addresses)) + len({each.person for each in territory.accounts} - {None})


def test_sirets_have_valid_keys_in_a_range_nobody_holds_and_differ(territory):
    numbers = [each.siret for each in (*territory.structures, *territory.employers)]
    assert all(official_siret.is_valid(each) and each.startswith("999") for each in numbers)
    assert len(numbers) == len(set(numbers))


def test_communes_are_in_a_departement_that_does_not_exist(territory):
    places = (*territory.persons, *territory.structures, *territory.employers)
    assert all(re.fullmatch(r"00\d{3}", code) for each in places for code in (each.postcode, each.insee))


def test_names_suffice_for_a_hundred_and_fifty_thousand_people():
    assert len({surname_and_first_name(index, "F", many=True) for index in range(150_000)}) == 150_000


def test_names_of_a_small_territory_are_simple_and_unique():
    names = {surname_and_first_name(index, "M", many=False) for index in range(3_000)}
    assert len(names) == 3_000
    assert {last for last, _ in names} <= set(SURNAMES)


@pytest.mark.parametrize("index", [0, 1, 59_999, 60_000, 149_999])
def test_numbers_of_any_index_are_well_formed(index):
    assert FICTION.match(phone(index))
    assert official_siret.is_valid(siret(index))
    assert re.fullmatch(r"00\d{3}", commune(index).postcode)
