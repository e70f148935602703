"""One person under two ids would be counted twice: the check says it, whatever the door, and keeps the homonyms."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from celery import current_app
from django.core.management import call_command

from backend.core.actor import Role
from pathways.models import Beneficiary
from tests.backend.exchange.import_jobs import brought, checked, report_of
from tests.backend.exchange.sheets import workbook
from tests.backend.exchange.whole import write_bundle
from tests.factories import BeneficiaryFactory, MembershipFactory, OrganisationFactory, StayFactory

pytestmark = pytest.mark.django_db
BORN = date(1988, 5, 17)
IN_THE_FILE = "même nom et même date de naissance que la ligne 2"
FOLLOWED = "une personne déjà suivie porte ce nom et cette date de naissance : est-ce elle ?"


@pytest.fixture(autouse=True)
def import_dir(tmp_path, settings, monkeypatch):
    settings.IMPORT_DIR = tmp_path / "imports"
    monkeypatch.setattr(current_app, "send_task", lambda name, args: None)
    return settings.IMPORT_DIR


@pytest.fixture
def manager():
    return MembershipFactory(role=Role.MANAGER, organisation=OrganisationFactory())


def people(*lines):
    """A workbook of these people, each with a contract."""
    return workbook(
        salaries=[["id", "nom", "prenom", "date_naissance"], *lines],
        contrats=[
            ["id", "salarie_id", "type", "date_debut"],
            *[[f"c{line[0]}", line[0], "CDI", date(2026, 2, 1)] for line in lines],
        ],
    )


def said(report):
    found = (IN_THE_FILE, FOLLOWED)
    return [(row["ligne"], row["probleme"], row["gravite"]) for row in report if row["probleme"] in found]


@pytest.mark.parametrize(
    ("second", "is_said"),
    [
        (["N’Diaye", "Amadou", BORN], True),
        (["NDIAYE", "amadou", BORN], True),
        (["Amadou", "N-Diaye", BORN], True),
        (["N’Diaye", "Amadou", date(1988, 5, 18)], False),
        (["N’Diaye", "Amadou", None], False),
        (["N’Diaye", "Aminata", BORN], False),
    ],
)
def test_a_second_id_for_one_name_and_one_birth_date_is_said_before_anything_is_written(
    manager, import_dir, second, is_said
):
    job = checked(manager.as_actor(), people(["1", "N’Diaye", "Amadou", BORN], ["2", *second]))
    assert said(report_of(import_dir, job)) == ([("3", IN_THE_FILE, "avis")] if is_said else [])
    assert not Beneficiary.objects.exists()


def test_a_slip_in_a_name_is_said_too(manager, import_dir):
    person = BeneficiaryFactory(last_name="Prétendue", first_name="Nadia", birth_date=BORN)
    StayFactory(beneficiary=person, organisation=manager.organisation)
    lines = (
        ["1", "Imaginaire", "Solange", BORN],
        ["2", "Imagnaire", "Solange", BORN],
        ["3", "Pretendu", "Nadia", BORN],
    )
    told = [row["probleme"] for row in report_of(import_dir, checked(manager.as_actor(), people(*lines)))]
    assert "nom très proche et même date de naissance que la ligne 2" in told
    assert "une personne déjà suivie porte un nom très proche et cette date de naissance" in told


def test_the_line_is_kept_and_sent_again_says_nothing_more(manager, import_dir):
    twice = (["1", "Fictive", "Solange", BORN], ["2", "Fictive", "Solange", BORN])
    brought(manager.as_actor(), people(*twice))
    assert Beneficiary.objects.count() == 2
    again = brought(manager.as_actor(), people(*twice, ["3", "Inventé", "Karim", BORN]))
    assert said(report_of(import_dir, again)) == []


def test_whoever_was_welcomed_on_screen_is_recognised_in_the_structure_only(manager, import_dir):
    for place, name in ((manager.organisation, "Fictive"), (OrganisationFactory(), "Ailleurs")):
        person = BeneficiaryFactory(last_name=name, first_name="Solange", birth_date=BORN)
        StayFactory(beneficiary=person, organisation=place)
    lines = (["1", "FICTIVE", "Solange", BORN], ["2", "Ailleurs", "Solange", BORN])
    job = checked(manager.as_actor(), people(*lines))
    assert said(report_of(import_dir, job)) == [("2", FOLLOWED, "refus")]


def test_the_bundle_of_the_operator_says_it_too(tmp_path):
    line = {"nom": "Fictive", "prenom": "Solange", "date_naissance": "1988-05-17"}
    files = {"salaries.csv": [{"id": "p1", **line}, {"id": "p2", **line}]}
    call_command("import_bundle", write_bundle(tmp_path, files), report=tmp_path / "rapport.csv")
    with (tmp_path / "rapport.csv").open(encoding="utf-8-sig", newline="") as stream:
        report = list(csv.DictReader(stream, delimiter=";"))
    assert said(report) == [("3", IN_THE_FILE, "avis")]
