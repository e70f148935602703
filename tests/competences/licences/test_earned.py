"""A certificate gives a habilitation: said on the person's page until somebody notes it, its form already filled."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from backend.core.actor import Role
from competences.enums import LicenceKind
from competences.models import Licence
from competences.rules.earned import category_named, kind_named, still_to_note
from tests.factories import LicenceFactory, StayFactory, TrainingFactory, actor_of
from tests.pages import text_of
from tests.worlds.two_houses import client_of


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("CACES R489 cat. 3", LicenceKind.CACES_R489),
        ("Caces r 482 A", LicenceKind.CACES_R482),
        ("R490", LicenceKind.CACES_R490),
        ("CACES R488", None),
        ("CACES R489 et R485", None),
        ("Recyclage SST", LicenceKind.FIRST_AID),
        ("Hygiène alimentaire", LicenceKind.FOOD),
        ("Permis BE", LicenceKind.TRAILER),
        ("permis B", LicenceKind.CAR),
        ("Certificat de tri", None),
        ("", None),
    ],
)
def test_the_kind_is_read_in_the_words_people_write(words, kind):
    assert kind_named(words) == kind


@pytest.mark.parametrize(
    ("words", "category"),
    [("CACES R489 cat. 3", "catégorie 3"), ("CACES R489 Catégorie 1B", "catégorie 1B"), ("CACES R489", "")],
)
def test_the_category_is_kept_as_a_document_says_it(words, category):
    assert category_named(words) == category


def trained(words, day=date(2026, 10, 2)):
    return SimpleNamespace(licence=words, certified_on=day)


def held(kind, day, label=""):
    return SimpleNamespace(kind=kind, label=label, obtained_on=day, expires_on=None, is_suspended=False)


@pytest.mark.parametrize(
    ("known", "is_said"),
    [
        ([], True),
        ([held("SST", date(2026, 10, 2))], False),
        ([held("SST", date(2026, 10, 9))], False),
        ([held("SST", date(2026, 10, 1))], True),
        ([held("HACCP", date(2026, 10, 2))], True),
    ],
)
def test_it_is_said_until_one_is_noted_that_day_or_since(known, is_said):
    assert bool(still_to_note([trained("SST")], known)) == is_said


def test_one_of_no_known_kind_is_recognised_by_its_name():
    known = [held("AUTRE", date(2026, 10, 2), "Conduite de lanternes")]
    assert still_to_note([trained("conduite de Lanternes")], known) == []
    assert still_to_note([trained("Conduite de barques")], known) != []


@pytest.mark.parametrize(("words", "day"), [("", date(2026, 10, 2)), ("SST", None)])
def test_without_certificate_or_habilitation_nothing_is_said(words, day):
    assert still_to_note([trained(words, day)], []) == []


@pytest.mark.django_db
def test_the_page_says_it_the_form_is_filled_and_once_noted_it_is_silent(today):
    advisor = actor_of(Role.ADVISOR)
    stay = StayFactory(organisation_id=advisor.organisation_id, advisor_id=advisor.user_id)
    training = TrainingFactory(
        beneficiary=stay.beneficiary, organisation=stay.organisation, title="Conduire un chariot",
        provider="Centre inventé", licence="CACES R489 cat. 3", started_on=date(2026, 9, 28),
        planned_end_on=date(2026, 10, 1), ended_on=date(2026, 10, 1), outcome="CERTIFIEE", certified_on=date(2026, 10, 2),
    )  # fmt: skip
    browser, page = client_of(advisor), reverse("web:person", args=[stay.beneficiary_id])
    assert "« Conduire un chariot » a donné un certificat" in text_of(browser.get(page))
    address = f"{reverse('web:licence_new', args=[stay.beneficiary_id])}?formation={training.pk}"
    form = browser.get(address).context["form"]
    assert {name: form[name].value() for name in ("kind", "label", "obtained_on", "issuer")} == {
        "kind": "CACES_R489", "label": "catégorie 3", "obtained_on": date(2026, 10, 2), "issuer": "Centre inventé",
    }  # fmt: skip
    typed = {
        "kind": "CACES_R489",
        "label": "catégorie 3",
        "obtained_on": "2026-10-02",
        "issuer": "Centre inventé",
    }
    assert browser.post(address, typed).status_code == 302
    assert Licence.objects.get().expires_on == date(2031, 10, 1)
    assert "a donné un certificat" not in text_of(browser.get(page))


@pytest.mark.django_db
def test_the_training_of_somebody_else_fills_nothing(today):
    advisor = actor_of(Role.ADVISOR)
    stay = StayFactory(organisation_id=advisor.organisation_id, advisor_id=advisor.user_id)
    other = TrainingFactory(licence="SST", certified_on=date(2026, 10, 2))
    LicenceFactory(beneficiary=other.beneficiary)
    address = reverse("web:licence_new", args=[stay.beneficiary_id])
    form = client_of(advisor).get(f"{address}?formation={other.pk}").context["form"]
    assert [form[name].value() for name in ("kind", "label", "obtained_on", "issuer")] == [None] * 4
