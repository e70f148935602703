"""Somebody who knows their year of birth alone: typed, shown, sent, taken out, compared and joined by every door alike."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from backend.core.actor import Actor, Role
from backend.core.joining.tables import Side
from backend.core.values.partial_days import PartialDay
from backend.exchange.exporting import export_bundle
from backend.exchange.services import import_bundle
from pathways.models import Beneficiary
from pathways.services.beyond import open_beyond_caseload
from pathways.services.reunions import separate_files
from tests import factories as make
from tests.backend.exchange.whole import empty_base, read_file, write_bundle
from tests.pages import text_of
from tests.signin import sign_in
from tests.worlds.joined import joined

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-27T10:00:00+01:00")]
OPERATOR = Actor.operator()
WRITTEN = [
    ("1984", "1984", PartialDay(1984)),
    ("00/00/1984", "1984", PartialDay(1984)),
    ("03/1984", "03/1984", PartialDay(1984, 3)),
    ("mars 1984", "03/1984", PartialDay(1984, 3)),
    ("12/03/1984", "12/03/1984", date(1984, 3, 12)),
]


@pytest.fixture
def seat():
    return make.MembershipFactory(role=Role.ADVISOR)


@pytest.fixture
def window(seat):
    client = Client()
    sign_in(client, seat.user)
    return client


@pytest.mark.parametrize(("typed", "shown", "kept"), WRITTEN)
def test_on_screen_it_is_typed_kept_and_shown_again(seat, window, typed, shown, kept):
    typed_in = {
        "first_name": "Zoé", "last_name": "Dupluvier", "organisation": seat.organisation_id,
        "started_on": "2026-11-02", "birth_date": typed,
    }  # fmt: skip
    window.post(reverse("web:person_new"), typed_in)
    person = Beneficiary.objects.get(last_name="Dupluvier")
    assert person.birth_date == kept
    page = window.get(reverse("web:person_edit", args=[person.pk])).content.decode()
    assert f'value="{shown}"' in page
    # Sent again as it stands, the form changes nothing.
    window.post(
        reverse("web:person_edit", args=[person.pk]),
        {"first_name": "Zoé", "last_name": "Dupluvier", "birth_date": shown, "version": person.version},
    )
    assert Beneficiary.objects.get(pk=person.pk).version == person.version


@pytest.mark.parametrize("typed", ["84", "12/03", "13/1984", "30/02/1984", "vers 1984"])
def test_on_screen_what_is_no_birth_date_says_how_to_write_one(seat, window, typed):
    typed_in = {
        "first_name": "Zoé", "last_name": "Dupluvier", "organisation": seat.organisation_id,
        "started_on": "2026-11-02", "birth_date": typed,
    }  # fmt: skip
    answer = window.post(reverse("web:person_new"), typed_in)
    assert "sans le jour, 12/1990 ; sans le mois, 1990" in text_of(answer)
    assert not Beneficiary.objects.exists()


@pytest.mark.parametrize(
    ("sent", "given"),
    [
        ("1984", "1984"),
        ("1984-03", "1984-03"),
        ("1984-03-12", "1984-03-12"),
        ("00/00/1984", "1984"),
        (None, None),
    ],
)
def test_the_api_gives_what_it_was_given(seat, sent, given):
    client = APIClient()
    sign_in(client, seat.user)
    body = {
        "organisation": seat.organisation_id, "started_on": "2026-11-02", "last_name": "Dupluvier", "first_name": "Zoé",
        "birth_date": sent,
    }  # fmt: skip
    answer = client.post("/api/v1/people/", body, format="json")
    assert answer.status_code == 201, answer.content
    person = Beneficiary.objects.get(last_name="Dupluvier")
    assert client.get(f"/api/v1/people/{person.pk}/").json()["birth_date"] == given


def bring(folder, *people):
    lines = {
        "structures.csv": [{"id": "s1", "nom": "Chantier des Rives", "type": "ACI"}],
        "salaries.csv": list(people),
    }
    return import_bundle(actor=OPERATOR, folder=write_bundle(folder, lines))


def line(own_id, birth, last="Fictive"):
    return {"id": own_id, "nom": last, "prenom": "Solange", "date_naissance": birth}


def test_it_leaves_and_comes_back_identical(tmp_path):
    told = ["1984", "1984-03", "1984-03-12"]
    bring(tmp_path / "in", *(line(f"p{n}", birth, f"Fictive{n}") for n, birth in enumerate(told)))
    for turn in ("first", "second"):
        export_bundle(actor=OPERATOR, folder=tmp_path / turn)
        assert [row["date_naissance"] for row in read_file(tmp_path / turn / "salaries.csv")] == told
        empty_base()
        import_bundle(actor=OPERATOR, folder=tmp_path / turn)


def test_a_file_that_says_less_changes_nothing_and_one_that_says_more_completes(tmp_path):
    bring(tmp_path / "a", line("p1", "1984"))
    assert bring(tmp_path / "b", line("p1", "1984-03-12")).tallies["salaries.csv"].changed == 1
    assert bring(tmp_path / "c", line("p1", "00/00/1984")).tallies["salaries.csv"].unchanged == 1
    assert Beneficiary.objects.get().birth_date == date(1984, 3, 12)
    bring(tmp_path / "d", line("p1", "1985"))
    assert Beneficiary.objects.get().birth_date == PartialDay(1985)


@pytest.mark.parametrize(
    ("known", "sent", "is_asked"),
    [
        (date(1984, 3, 12), "1984", True),
        (PartialDay(1984), "1984-03-12", True),
        (PartialDay(1984), "1984", True),
        (PartialDay(1984, 3), "1984", True),
        (PartialDay(1984, 3), "1984-04", False),
        (date(1984, 3, 12), "1985", False),
    ],
)
def test_a_line_about_somebody_who_may_be_known_waits(tmp_path, known, sent, is_asked):
    make.BeneficiaryFactory(last_name="Fictive", first_name="Solange", birth_date=known, external_id="")
    report = bring(tmp_path, line("p9", sent))
    assert [fault.problem.endswith("est-ce elle ?") for fault in report.faults] == [True] * is_asked
    assert Beneficiary.objects.count() == 2 - is_asked


@pytest.mark.parametrize("exact_goes", [True, False])
def test_two_files_made_one_keep_what_is_the_more_exact_without_asking(exact_goes):
    births = [PartialDay(1984), date(1984, 3, 12)]
    kept, gone = (
        make.BeneficiaryFactory(last_name="Fictive", first_name="Solange", birth_date=birth)
        for birth in (births if exact_goes else reversed(births))
    )
    was = kept.birth_date
    reunion = joined(kept, gone, side=Side.KEPT)
    assert Beneficiary.objects.get(pk=kept.pk).birth_date == date(1984, 3, 12)
    separate_files(actor=OPERATOR, reunion=reunion)
    assert Beneficiary.objects.get(pk=kept.pk).birth_date == was


def test_a_file_opened_by_its_name_and_birth_takes_what_is_known(seat):
    stay = make.StayFactory(
        organisation=seat.organisation,
        advisor=make.MembershipFactory(role=Role.ADVISOR, organisation=seat.organisation).user,
        beneficiary__last_name="Dupluvier", beneficiary__first_name="Zoé", beneficiary__birth_date=PartialDay(1984),
    )  # fmt: skip
    opened = open_beyond_caseload(
        actor=seat.as_actor(),
        last_name="Dupluvier",
        first_name="Zoé",
        motive="ABSENCE",
        birth_date=date(1984, 3, 12),
    )
    assert opened.beneficiary.pk == stay.beneficiary_id
