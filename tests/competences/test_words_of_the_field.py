"""A few words typed find the gesture meant: before the official referential is imported, and after."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.urls import reverse

from backend.core.actor import Actor, Role
from backend.core.values.text import normalise
from competences.models import Competence, CompetenceEquivalent, ReferentialImport
from competences.rome.reader import read_export
from competences.rome.rows import LinkRow
from competences.selectors.wording import exact_competence, find_competences, trades_of
from competences.services import store_referential
from competences.starter.equivalents import LEAST_LIKENESS, equivalents
from competences.starter.reader import read_starter
from tests.factories import (
    CompetenceFactory,
    ContractFactory,
    OccupationCompetenceFactory,
    OccupationFactory,
    OrganisationFactory,
    StayFactory,
    actor_of,
)
from tests.pages import text_of
from tests.worlds.two_houses import client_of

LABELS = (
    "Insoler une plaque", "Trouver des solutions techniques", "Laver un sol", "Entretenir les sols souples",
    "Conduire une bétaillère", "Tailler une haie", "Choisir des tailles de vêtements", "Passer l'aspirateur",
    "Réaliser le nettoyage d'une vitre",
)  # fmt: skip


@pytest.fixture
def words(db):
    """Competences as an import stores them."""
    return [CompetenceFactory(label=label, search_label=normalise(label)) for label in LABELS]


def labels(text, **options):
    return [found.label for found in find_competences(text, **options)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sol", [2, 3, 1, 0]),  # whole words, in either number, then what begins so, then what holds it
        ("SOLS", [2, 3, 1, 0]),
        ("tailler", [5, 6, 4]),
        ("l’aspirateur", [7]),  # the typographic apostrophe and the straight one
        ("aspirateur passer", [7]),
        ("nettoyer les vitres", [8]),  # the gesture under another ending, the small word aside
        ("betaill", [4]),
        ("zzz", []),
        ("  ", []),
    ],
)
def test_whole_words_come_first_then_beginnings_then_the_rest(words, typed, found):
    assert labels(typed) == [LABELS[number] for number in found]


def test_among_equals_the_trades_of_the_structure_come_first(words):
    structure = OrganisationFactory()
    stay = StayFactory(organisation=structure)
    ContractFactory(stay=stay, rome_code="K2204")
    supervisor = actor_of(Role.SUPERVISOR, structure)
    trade = OccupationFactory(rome_code="K2204")
    OccupationCompetenceFactory(occupation=trade, competence=words[3])
    assert trades_of(supervisor) == {"K2204"}
    assert trades_of(actor_of(Role.SUPERVISOR, OrganisationFactory())) == set()
    assert labels("sol", trades=trades_of(supervisor))[:3] == [LABELS[3], LABELS[2], LABELS[1]]


def test_observing_asks_the_same_search(words, today):
    stay = StayFactory()
    supervisor = actor_of(Role.SUPERVISOR, stay.organisation)
    address = reverse("web:observe_person", args=[stay.beneficiary_id])
    told = text_of(client_of(supervisor).post(address, {"q": "sol"}, follow=True))
    assert told.index("Laver un sol") < told.index("Trouver des solutions techniques")


def test_a_small_word_alone_is_looked_for_like_another(words):
    assert labels("de")[0] == LABELS[6]


def test_an_installation_opens_with_words_and_opening_twice_loads_nothing(db, capsys):
    call_command("load_starter")
    assert ReferentialImport.objects.count() == 1
    call_command("load_starter")
    assert ReferentialImport.objects.count() == 1
    assert capsys.readouterr().out.splitlines()[1].startswith("Rien à faire")
    assert labels("nettoyer les sols")[0] == "Nettoyer les sols"


def test_our_own_referential_needs_no_equivalents(db):
    starter = read_starter()
    store_referential(actor=Actor.operator(), referential=starter)
    assert not CompetenceEquivalent.objects.exists()


def test_a_word_goes_to_the_nearest_name_of_its_own_trades_or_stays():
    """Invented names around « Tondre une pelouse », which only trades of gardens ask for."""
    starter = read_starter()
    own = next(row for row in starter.competences if row.label == "Tondre une pelouse")
    trade = next(link.rome_code for link in starter.links if link.competence_code == own.code)
    elsewhere = next(row.rome_code for row in starter.occupations if row.rome_code[0] == "N")

    def told(*names):
        rows = tuple(
            replace(own, code=f"9{n}", label=label, macro_code="") for n, (label, _) in enumerate(names)
        )
        links = tuple(LinkRow(rome_code, f"9{n}", own.nature) for n, (_, rome_code) in enumerate(names))
        export = replace(starter, version="1", competences=rows, links=links)
        return next(each for each in equivalents(starter, export) if each.code == own.code)

    assert told(("Tondre les pelouses", trade), ("Arroser", trade)).official_code == "90"
    assert told(("Tondre une pelouse", elsewhere)).official_code is None
    apart = told(("Peindre un mur", trade))
    assert apart.official_code is None
    assert "Peindre un mur" in apart.reason


@pytest.fixture
def after_rome(db, rome_dir):
    """The official referential imported over the starter one."""
    store_referential(actor=Actor.operator(), referential=read_starter())
    store_referential(actor=Actor.operator(), referential=read_export(rome_dir))


@pytest.mark.rome
def test_the_words_of_the_field_still_find_and_each_has_its_explanation(after_rome):
    told = CompetenceEquivalent.objects.select_related("competence", "official")
    assert {each.competence.code for each in told} == {row.code for row in read_starter().competences}
    assert all(each.reason for each in told)
    assert {each.likeness >= LEAST_LIKENESS for each in told if each.official} == {True}

    pruning = told.get(competence__label="Tailler une haie")
    assert pruning.official.label == "Tailler les arbres"
    assert "A1203" in pruning.reason
    assert "tailler" in pruning.reason
    assert pruning.official in find_competences("tailler une haie")

    assert labels("nettoyer les sols")[0] == "Nettoyer les sols"  # no official name says it: it stays offered
    assert exact_competence("Nettoyer les sols").is_retired
    assert "solution" not in labels("sol")[0].lower()
    assert "bétaill" not in " ".join(labels("tailler")).lower()
    for row in read_starter().competences[::23]:
        assert find_competences(row.label), row.label

    natures = dict(Competence.objects.values_list("code", "nature"))
    assert all(natures[each.official.code] == each.competence.nature for each in told if each.official)
    mowing = told.get(competence__label="Tondre une pelouse")
    assert mowing.official is None or "animal" not in mowing.official.label
