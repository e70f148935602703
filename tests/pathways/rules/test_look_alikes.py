"""Which files are proposed as one person's: case by case, then measured on pairs whose truth is known."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.rules.twins.look_alikes import (
    Births,
    Identity,
    Likeness,
    Names,
    compare_births,
    compare_names,
    keys_of,
    resemblance,
    slips_between,
)
from tests.pathways.rules.labelled_pairs import pairs

BORN = date(1988, 5, 17)


def named(last, first="Solange", born=BORN, **more):
    return Identity(last, first, born, **more)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("N’Diaye", "Awa"), ("NDIAYE", "awa"), Names.SAME),
        (("N’Diaye", "Awa"), ("n diaye", "Awa"), Names.SAME),
        (("Songé", "Théo"), ("songe", "theo"), Names.SAME),
        (("Karim", "Inventé"), ("Inventé", "Karim"), Names.SAME),
        (("de la Tour", "Jo-Ann"), ("Tour", "Jo Ann"), Names.SAME),
        (("Le Goff", "Yann"), ("Legof", "Yann"), Names.CLOSE),
        (("Prétendu", "Paul"), ("Prtendu", "Paul"), Names.CLOSE),
        (("Prétendu", "Paul"), ("Prétednu", "Paul"), Names.CLOSE),
        (("Imaginaire", "Lina"), ("Imagniare", "Lina"), Names.CLOSE),
        (("Exemple née Modèle", "Lina"), ("Modèle", "Lina"), Names.SAME),
        (("Exemple-Modèle", "Lina"), ("Modèle", "Lina"), Names.SAME),
        (("Fictive", "Solange"), ("Supposée", "Solange"), Names.PARTLY),
        (("Fictive", "Solange"), ("Supposée", "Nadia"), Names.APART),
        (("Fictive", "Jo"), ("Fictive", "Jo-Ann"), Names.PARTLY),
        (("Lin", "Jo"), ("Lit", "Jo"), Names.PARTLY),
    ],
)
def test_names_as_people_write_them(one, other, found):
    assert compare_names(Identity(*one), Identity(*other)) is found
    assert compare_names(Identity(*other), Identity(*one)) is found


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (BORN, Births.SAME),
        (None, Births.UNKNOWN),
        (date(1988, 5, 18), Births.NEAR),
        (date(1988, 5, 27), Births.NEAR),
        (date(1988, 1, 1), Births.NEAR),
        (date(1987, 5, 17), Births.NEAR),
        (date(1988, 6, 17), Births.NEAR),
        (date(1990, 6, 18), Births.APART),
        (date(1988, 6, 18), Births.APART),
    ],
)
def test_birth_dates_as_they_are_misread(other, found):
    assert compare_births(BORN, other) is found


def test_a_day_and_a_month_inverted_are_near():
    assert compare_births(date(1988, 5, 7), date(1988, 7, 5)) is Births.NEAR


def test_nobody_is_certain_without_a_proof_beside_the_name():
    assert resemblance(named("Fictive"), named("Fictive")).likeness is Likeness.LIKELY
    same = {"phone": "06 00 00 00 01"}
    found = resemblance(named("Fictive", **same), named("FICTIVE", **same))
    assert found.likeness is Likeness.CERTAIN
    assert found.reasons == ("même nom", "même date de naissance", "même téléphone")


@given(st.text(max_size=12), st.text(max_size=12))
def test_slips_are_counted_the_same_both_ways_and_never_beyond_two(one, other):
    found = slips_between(one, other)
    assert found == slips_between(other, one)
    assert found is None or 0 <= found <= 2


# Measured


@pytest.fixture(scope="module")
def measured():
    drawn = pairs()
    assert len(drawn) >= 1_000
    assert Counter(pair.is_same for pair in drawn) == {True: len(drawn) // 2, False: len(drawn) // 2}
    return [(pair, resemblance(pair.one, pair.other).likeness) for pair in drawn]


def share(part, whole):
    return round(part / whole, 3)


def test_precision_and_recall_on_the_labelled_pairs(measured):
    same = sum(pair.is_same for pair, _ in measured)
    told, said = {}, [f"{len(measured)} paires"]
    for level in (Likeness.POSSIBLE, Likeness.LIKELY, Likeness.CERTAIN):
        proposed = [pair for pair, found in measured if found >= level]
        right = sum(pair.is_same for pair in proposed)
        told[level] = (share(right, len(proposed)), share(right, same))
        said.append(f"{level.label} : précision {told[level][0]}, rappel {told[level][1]}")
    missed = Counter(pair.kind for pair, found in measured if pair.is_same and not found)
    wrongly = Counter(pair.kind for pair, found in measured if not pair.is_same and found)
    said += [f"manquées : {dict(missed)}", f"proposées à tort : {dict(wrongly)}"]
    sys.stdout.write("\n".join(["", *said, ""]))
    assert told[Likeness.POSSIBLE][0] >= 0.8
    assert told[Likeness.POSSIBLE][1] >= 0.95
    assert told[Likeness.CERTAIN][0] == 1.0


def test_nobody_is_certain_by_mistake(measured):
    assert [pair for pair, found in measured if found is Likeness.CERTAIN and not pair.is_same] == []


def test_two_files_that_look_alike_share_something_to_be_found_by(measured):
    lost = [pair for pair, found in measured if found and not keys_of(pair.one) & keys_of(pair.other)]
    assert lost == []
