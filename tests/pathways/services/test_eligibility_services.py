"""A diagnosis is recorded, completed, read by a new contract, taken back; its documents go in time."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import DomainError, OutOfReach
from backend.core.values.dates import french_date
from backend.files.models import StoredFile
from pathways.alerts import eligibility_to_settle
from pathways.models import Contract, EligibilityDiagnosis
from pathways.services import cancel_diagnosis, correct_diagnosis, record_contract, record_diagnosis
from pathways.services.rights.eligibility import purge_documents
from pathways.tasks import purge_eligibility_documents
from tests import factories as make
from tests.pages import text_of
from tests.worlds.two_houses import API, client_of

pytestmark = pytest.mark.django_db
TODAY = make.TODAY


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


class Welcomed:
    """Somebody welcomed in a structure, and who accompanies them: no contract, no PASS, no diagnosis yet."""

    def __init__(self) -> None:
        self.structure = make.OrganisationFactory()
        seat = make.MembershipFactory(role=Role.ADVISOR, organisation=self.structure)
        self.advisor = seat.as_actor()
        self.stay = make.StayFactory(organisation=self.structure, advisor=seat.user)
        self.person = self.stay.beneficiary
        self.client = client_of(self.advisor)


@pytest.fixture
def house():
    return Welcomed()


def record(house, **more) -> EligibilityDiagnosis:
    said = {"made_by": "EMPLOYEUR", "made_on": date(2026, 11, 2), "criteria": ["QPV", "RSA"], "documents": {}}
    return record_diagnosis(actor=house.advisor, beneficiary=house.person, **said | more)


def test_a_diagnosis_is_recorded_in_the_structure_of_who_accompanies(house):
    row = record(house, documents={"RSA": date(2026, 10, 20)}, declared_on=date(2026, 11, 5))
    assert (row.organisation, row.criteria, row.documents) == (
        house.structure,
        ["RSA", "QPV"],
        {"RSA": "2026-10-20"},
    )
    assert Entry.objects.filter(action="eligibility.recorded").count() == 1


def test_who_does_not_accompany_records_nothing(house):
    with pytest.raises((DomainError, OutOfReach)):
        record_diagnosis(
            actor=make.actor_of(Role.ADVISOR), beneficiary=house.person, made_by="EMPLOYEUR", made_on=TODAY
        )
    with pytest.raises(DomainError) as refusal:
        record_diagnosis(
            actor=make.actor_of(Role.SUPERVISOR, house.structure),
            beneficiary=house.person,
            made_by="EMPLOYEUR",
            made_on=TODAY,
        )
    assert refusal.value.code == "not_yours"
    assert not EligibilityDiagnosis.objects.exists()


def contract(house, **more) -> Contract:
    said = {"kind": "CDDI", "started_on": TODAY, "planned_end_on": date(2027, 5, 21)}
    return record_contract(actor=house.advisor, stay=house.stay, **said | more)


def of_documents(house) -> list[str]:
    return [
        each.key for each in eligibility_to_settle(house.advisor, TODAY) if each.kind == "documents_leaving"
    ]


def test_r22_a_contract_waits_for_the_criteria_and_passes_once_they_are_there(house):
    row = record(house, criteria=["QPV"])
    with pytest.raises(DomainError) as refusal:
        contract(house)
    assert (refusal.value.code, refusal.value.field) == ("criteria_missing", "started_on")
    correct_diagnosis(actor=house.advisor, diagnosis=row, version=row.version, criteria=["QPV", "RSA"])
    assert contract(house).pk


def test_a_diagnosis_of_another_structure_does_not_open_this_one(house):
    make.EligibilityDiagnosisFactory(beneficiary=house.person, made_on=date(2026, 11, 2), criteria=[])
    assert contract(house).pk, "nothing recorded for this structure: a word, no refusal"


def test_a_lapsed_diagnosis_is_refused_until_a_pass_runs(house):
    record(house, made_on=TODAY - timedelta(days=92))
    with pytest.raises(DomainError) as refusal:
        contract(house)
    assert refusal.value.code == "diagnosis_lapsed"
    make.IaePassFactory(beneficiary=house.person, starts_on=date(2026, 11, 1), ends_on=date(2028, 10, 30))
    assert contract(house).pk


def test_taken_back_it_counts_no_more_and_its_files_go(house):
    row = record(house, criteria=[])
    make.stored_on(row)
    cancel_diagnosis(actor=house.advisor, diagnosis=row, version=row.version, reason="Saisi deux fois")
    assert not StoredFile.objects.exists()
    assert contract(house).pk
    with pytest.raises(OutOfReach):
        correct_diagnosis(actor=house.advisor, diagnosis=row, version=row.version + 1, criteria=["RSA"])


@pytest.mark.parametrize(
    ("declared", "gone"), [(date(2024, 11, 22), 1), (date(2024, 11, 23), 0), (date(2024, 11, 21), 1)]
)
def test_r24_the_clock_erases_documents_in_time_and_keeps_the_diagnosis(house, declared, gone):
    old = record(
        house, made_on=date(2024, 11, 4), declared_on=declared, documents={"RSA": date(2024, 10, 30)}
    )
    recent = record(house)
    make.stored_on(old)
    make.stored_on(recent)
    assert purge_documents() == gone
    old.refresh_from_db()
    assert (old.purged_on is not None, old.documents == {}) == (bool(gone), bool(gone))
    assert old.criteria == ["RSA", "QPV"]
    assert StoredFile.objects.count() == 2 - gone
    assert Entry.objects.filter(action="eligibility.purged").count() == gone
    purge_eligibility_documents()
    assert StoredFile.objects.count() == 2 - gone, "twice changes nothing"


@pytest.mark.parametrize(
    ("age", "title"), [(69, None), (70, "se termine"), (91, "se termine"), (92, "n’est plus valable")]
)
def test_a_diagnosis_about_to_lapse_is_in_the_day(house, age, title):
    row = record(house, made_on=TODAY - timedelta(days=age))
    said = list(eligibility_to_settle(house.advisor, TODAY))
    assert [each.key for each in said] == ([f"diagnosis_lapsing:{row.pk}"] if title else [])
    if title:
        assert title in said[0].title
        make.IaePassFactory(beneficiary=house.person, starts_on=TODAY, ends_on=date(2028, 11, 20))
        assert list(eligibility_to_settle(house.advisor, TODAY)) == []


@pytest.mark.parametrize(
    ("made", "is_said"),
    [
        (date(2024, 12, 22), True),
        (date(2024, 12, 23), True),
        (date(2024, 12, 24), False),
        (date(2024, 11, 22), False),
    ],
)
def test_documents_about_to_be_erased_are_in_the_day(house, made, is_said):
    row = record(house, made_on=made, documents={"RSA": made})
    assert list(of_documents(house)) == [], "nothing to erase"
    make.stored_on(row)
    assert bool(list(of_documents(house))) is is_said


def test_the_page_says_what_is_missing_and_where(house):
    client = house.client
    person = client.get(reverse("web:person", args=[house.person.pk]))
    assert "Il manque un critère de niveau 1" in text_of(person)
    page = client.get(reverse("web:eligibility", args=[house.person.pk]))
    assert "Aucun diagnostic d’éligibilité n’est enregistré." in text_of(page)
    typed = {
        "made_by": "EMPLOYEUR",
        "made_on": "2026-11-02",
        "criteria": ["RSA"],
        "day_RSA": "2026-07-01",
        "form_id": "",
    }
    answer = client.post(reverse("web:diagnosis_new", args=[house.person.pk]), typed)
    assert answer.status_code == 302, text_of(answer)
    page = text_of(client.get(reverse("web:eligibility", args=[house.person.pk])))
    assert f"Pièce périmée (du {french_date(date(2026, 7, 1))})" in page
    assert f"il vaut jusqu’au {french_date(date(2027, 2, 1))}" in page


def test_what_is_known_at_entry_is_ticked_beforehand(house):
    make.EntryProfileFactory(beneficiary=house.person, brsa=True, education_level="70")
    page = house.client.get(reverse("web:diagnosis_new", args=[house.person.pk]))
    form = page.context["form"]
    assert form["criteria"].initial == ["RSA", "CAP_BEP"]


def test_a_refused_form_keeps_what_was_typed(house):
    typed = {
        "made_by": "EMPLOYEUR",
        "made_on": "2026-12-02",
        "criteria": ["RSA"],
        "day_RSA": "2026-10-01",
        "form_id": "",
    }
    page = house.client.post(reverse("web:diagnosis_new", args=[house.person.pk]), typed)
    assert page.status_code == 422
    assert "Un diagnostic se note une fois fait." in text_of(page)
    assert 'value="2026-10-01"' in page.content.decode()


def test_the_api_reads_what_it_is_worth(house):
    client = house.client
    body = {
        "beneficiary": house.person.pk,
        "made_by": "EMPLOYEUR",
        "made_on": "2026-11-02",
        "criteria": ["QPV"],
        "documents": {"QPV": "2026-03-01"},
    }
    made = client.post(f"{API}eligibility-diagnoses/", json.dumps(body), "application/json")
    assert made.status_code == 201, made.content
    read = client.get(f"{API}eligibility-diagnoses/{made.json()['id']}/reading/").json()
    assert read == {
        "valid_until": "2027-02-01", "holds_today": True, "stale": ["QPV"], "without_document": [],
        "missing": "Il manque un critère de niveau 1, ou deux critères de niveau 2 de plus, pour un ACI.",
        "documents_kept_until": "2028-11-01",
    }  # fmt: skip
