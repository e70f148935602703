"""The person chooses; the paper is tagged and says who attests what; whoever receives it can check it until its last day."""

from __future__ import annotations

import io
import json
import sys
import time
from datetime import date

import pikepdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import DomainError, NotPermitted
from backend.core.values.text import of_name
from backend.files.tagged_pdf import tagged_pdf
from competences.enums import ProofStatus
from competences.models import Passport
from competences.selectors.passports import check_code, lines_for, read_content, sections_of
from competences.services import make_passport, withdraw_passport
from competences.services.passport_paper import passport_document
from tests.factories import (
    AssessmentFactory,
    CompetenceFactory,
    LicenceFactory,
    OrganisationFactory,
    PassportFactory,
    StayFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
ADDRESS = "https://passerelles.example.org/verifier/x/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def house():
    return OrganisationFactory()


@pytest.fixture
def person(house):
    return StayFactory(organisation=house).beneficiary


@pytest.fixture
def manager(house):
    return actor_of(Role.MANAGER, house)


@pytest.fixture
def held(person):
    """One competence under each status, and two titles, one of them over."""
    competence = CompetenceFactory(label="Laver les vitres")
    for status in ProofStatus:
        AssessmentFactory(
            beneficiary=person, competence=competence, status=status, observer_name="Odile Exemple"
        )
    LicenceFactory(beneficiary=person, kind="CACES_R489", label="catégorie 3", expires_on=date(2029, 1, 1))
    LicenceFactory(
        beneficiary=person, kind="SST", label="", obtained_on=date(2020, 1, 1), expires_on=date(2021, 12, 31)
    )


def made(manager, person, **said):
    keys = [line.key for line in lines_for(manager, person, today=TODAY)]
    return make_passport(actor=manager, beneficiary=person, **{"chosen": keys, "days": 90, **said})


def test_the_four_statuses_are_never_mixed_and_a_title_that_is_over_is_not_offered(manager, person, held):
    lines = lines_for(manager, person, today=TODAY)
    assert [line.status for line in lines] == [
        "CERTIFIEE",
        "RECONNUE",
        "OBSERVEE",
        "DECLAREE",
        "HABILITATION",
    ]
    sections = sections_of(lines)
    assert [section.title for section in sections] == [
        "Compétences certifiées", "Compétences reconnues", "Compétences observées", "Compétences déclarées",
    ]  # fmt: skip
    assert [section.lines[0].who for section in sections] == [*["Odile Exemple"] * 3, "La personne elle-même"]


def test_only_what_was_chosen_is_kept_as_it_stood_that_day(manager, person, held):
    key = lines_for(manager, person, today=TODAY)[2].key
    passport = made(manager, person, chosen=[key, "a999999", "x"])
    person.assessments.update(level=1)
    name, lines = read_content(passport)
    assert (name, [line.key for line in lines], lines[0].level) == (str(person), [key], "En autonomie")
    assert passport.expires_on == date(2027, 2, 25)
    stored = Passport.objects.raw("SELECT id, content AS sealed FROM competences_passport")[0].sealed
    assert "Laver" not in stored
    assert Entry.objects.about(passport).get().detail == {"lines": 1, "days": 90}


def test_somebody_elses_lines_are_never_chosen(manager, person, held):
    other = AssessmentFactory()
    with pytest.raises(DomainError) as refusal:
        made(manager, person, chosen=[f"a{other.pk}"])
    assert (refusal.value.code, refusal.value.field) == ("nothing_chosen", "chosen")


def test_who_does_not_speak_for_the_person_makes_none(house, person, held):
    with pytest.raises(NotPermitted):
        made(actor_of(Role.SUPERVISOR, house), person)


def test_the_paper_is_tagged_in_french_with_its_title_headings_and_tables(manager, person, held):
    passport = made(manager, person)
    passport_document(passport, check_address=ADDRESS)  # the library once loaded
    started = time.process_time()
    content = passport_document(passport, check_address=ADDRESS)
    assert time.process_time() - started < 2
    paper = pikepdf.open(io.BytesIO(content))
    assert paper.Root.MarkInfo.Marked
    assert str(paper.Root.Lang) == "fr"
    assert paper.Root.ViewerPreferences.DisplayDocTitle
    with paper.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == f"Passeport de compétences {of_name(person)}"
    tags = [
        str(each.S)
        for each in paper.objects
        if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each
    ]
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 5
    assert tags.count("/Table") == 5
    assert tags.count("/TH") >= 25
    assert "/Link" in tags


def test_a_document_fetches_nothing():
    """An address in a page is never followed, from the network nor from the disk."""
    content = tagged_pdf(
        '<html lang="fr"><head><title>x</title><link rel="stylesheet" href="file:///etc/passwd"></head>'
        '<body><p>Un<img src="https://example.invalid/x.png" alt="image"></p></body></html>'
    )
    assert content.startswith(b"%PDF")
    assert b"root:" not in content


def test_without_pango_it_is_said_in_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    class Missing:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'pango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint")
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(DomainError) as refusal:
        tagged_pdf("<p>x</p>")
    assert refusal.value.code == "no_pdf"


def check(passport, code=None):
    return Client().get(reverse("web:passport_check", args=[passport.pk, code or check_code(passport)]))


def test_whoever_holds_the_paper_checks_it_without_an_account(manager, person, held):
    answer = check(made(manager, person))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Ce document est vrai." in text
    assert "Laver les vitres" in text
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("wrong", ["0", "abc-def", "-", "00000000-" + "0" * 64, "é"])
def test_an_invented_address_and_another_passports_code_say_nothing(wrong):
    one, other = PassportFactory(), PassportFactory()
    answers = (
        [check(one, check_code(other)), check(one, wrong)]
        if wrong != "é"
        else [check(one, check_code(other))]
    )
    for answer in answers:
        assert answer.status_code == 404
        assert "Laver" not in answer.content.decode()


def test_it_is_checked_until_its_last_day_included():
    passport = PassportFactory(expires_on=date(2026, 11, 28))
    for day, status in ((28, 200), (29, 404)):
        with time_machine.travel(f"2026-11-{day}T12:00:00+01:00", tick=False):
            assert check(passport).status_code == status


def test_once_withdrawn_it_is_checked_no_more(manager, person, held):
    passport = made(manager, person)
    withdraw_passport(actor=manager, passport=passport)
    withdraw_passport(actor=manager, passport=passport)
    assert check(passport).status_code == 404
    assert Entry.objects.about(passport).filter(action="passport.withdrawn").count() == 1


def test_the_page_keeps_the_choice_and_gives_the_paper(advisor, place):
    person = place.solange
    reading = AssessmentFactory(beneficiary=person)
    address = reverse("web:passports", args=[person.pk])
    empty = advisor.post(address, {"days": "30"})
    assert empty.status_code == 422
    assert "Choisissez au moins une ligne à montrer." in empty.content.decode()
    assert advisor.post(address, {"days": "30", "chosen": [f"a{reading.pk}"]}).status_code == 302
    passport = Passport.objects.get(beneficiary=person)
    assert reverse("web:passport_pdf", args=[passport.pk]) in advisor.get(address).content.decode()
    paper = advisor.get(reverse("web:passport_pdf", args=[passport.pk]))
    assert paper.content.startswith(b"%PDF")
    assert paper["Content-Disposition"].startswith("attachment")
    advisor.post(reverse("web:passport_withdraw", args=[passport.pk]))
    assert check(passport).status_code == 404


def test_what_is_kept_reads_back(manager, person, held):
    assert set(json.loads(str(made(manager, person).content))) == {"name", "lines", "badges"}
