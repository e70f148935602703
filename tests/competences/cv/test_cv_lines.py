"""What a CV may say of somebody, and what it never says."""

from __future__ import annotations

import pytest

from backend.core.actor import Role
from competences.enums import CvPart
from competences.models import Cv
from competences.selectors.cvs.lines import lines_offered
from competences.selectors.cvs.page import cv_page
from tests.competences.cv.conftest import TODAY
from tests.factories import OrganisationFactory, actor_of
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def offered(actor, person, part, **chosen):
    lines = lines_offered(actor, person, Cv(beneficiary=person, **chosen), today=TODAY)
    return [line for line in lines if line.part is part]


def said(lines):
    return [line.words.replace("\u00a0", " ") for line in lines]


def test_one_line_a_gesture_by_its_best_proof_and_declared_ones_apart(manager, person, held):
    lines = offered(manager, person, CvPart.SKILLS)
    assert [(line.what, line.how, line.group, line.is_proposed) for line in lines] == [
        ("Laver les vitres", "s’initie", "Certifié par un diplôme ou un titre", False),
        ("Tailler une haie", "s’initie", "Vu au travail", False),
        ("Cuisiner pour dix", "en autonomie", "Je dis aussi savoir le faire", True),
    ]
    assert lines[0].key == f"s{held.pk}"


def test_contracts_of_one_trade_are_one_line_the_newest_first_and_the_structure_is_not_named(
    manager, person, held
):
    lines = offered(manager, person, CvPart.WORK)
    assert said(lines) == ["Jardinière", "Immersion en entreprise, Fournil Imaginé", "Agente de propreté"]
    assert [line.when.replace("\u00a0", " ") for line in lines] == [
        "depuis mars 2026", "mai 2026", "mars 2025 – févr. 2026",
    ]  # fmt: skip


def test_places_are_named_as_the_person_says(manager, person):
    named = said(offered(manager, person, CvPart.WORK, names_structures=True, names_firms=False))
    assert named[0] == "Jardinière, Chantier d’insertion des Rives"
    assert "Immersion en entreprise" in named


def test_titles_hold_today_under_the_key_of_the_first_one(manager, person, titles):
    lines = offered(manager, person, CvPart.TRAINING)
    assert said(lines) == [
        "Sauveteur secouriste du travail, valable jusqu’au 20 février 2027",
        "Permis B",
        *said(lines)[2:],
    ]
    first = person.licences.filter(kind="SST").order_by("obtained_on").first()
    assert lines[0].key == f"l{first.pk}"


def test_a_training_left_is_not_offered_and_a_certificate_missed_is_not_told(manager, person, titles):
    found = {line.what: line for line in offered(manager, person, CvPart.TRAINING)}
    assert "Atelier quitté" not in found
    assert found["Taille douce"].how == ""
    assert found["Bio-nettoyage"].how == "Centre inventé"
    assert [found[name].is_proposed for name in ("Bio-nettoyage", "Lire et écrire")] == [True, False]


def test_the_page_says_nothing_that_nobody_asked_to_show(manager, person, held, titles):
    made = cv_page(manager, person, today=TODAY)
    assert made.head.contacts == ()
    assert made.head.title == "Jardinière"
    lines = [line for section in made.page.sections for line in section.lines]
    told = f"{made.head} {' '.join(f'{line.words} {line.when} {line.more}' for line in lines)}"
    for hidden in (
        "insertion",
        "Rives",
        "ACI",
        "CDDI",
        "1984",
        "21000",
        "0639",
        "example.org",
        "Odile",
        "PASS",
    ):
        assert hidden not in told, hidden


def test_who_does_not_accompany_is_shown_nothing(person, held, titles):
    stranger = actor_of(Role.MANAGER, OrganisationFactory())
    assert lines_offered(stranger, person, Cv(beneficiary=person), today=TODAY) == []


def test_a_longer_thread_asks_no_more_questions(manager, person, held, titles):
    few = queries_of(lambda: cv_page(manager, person, today=TODAY))
    assert few < 25
