"""A contract refused hands its days over to the derogation that lifts it; taken back, the contracts it held up are said."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from backend.files.models import StoredFile
from backend.web.kept.refused import OWNER, owner_mark
from pathways.models import Contract, Derogation
from pathways.services import cancel_derogation
from tests.factories import (
    ContractFactory,
    DerogationFactory,
    IaePassFactory,
    PassProlongationFactory,
    sent_photo,
)
from tests.signin import sign_in
from tests.worlds.accompanied import Accompanied

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def house():
    return Accompanied.build()


@pytest.fixture
def signed(house):
    """Twenty-four months, all signed."""
    house.stay.started_on = date(2025, 1, 5)
    house.stay.save()
    return ContractFactory(stay=house.stay, started_on=date(2025, 1, 5), planned_end_on=date(2027, 1, 4))


@pytest.fixture
def client(house, client):
    return sign_in(client, house.advisor_user, seat=house.advisor.seat)


def renewal(signed, **typed) -> dict[str, str]:
    return {
        "kind": "CDDI", "started_on": "2027-01-05", "planned_end_on": "2027-07-04", "weekly_hours": "26",
        "initial_contract": str(signed.pk), "form_id": "form-of-a-renewal",
    } | typed  # fmt: skip


def pressed(client, house, address, typed):
    """The button of the refused form, as a browser sends it."""
    refused = client.post(address, typed)
    assert refused.status_code == 422
    handed = refused.context["form"].handed
    return client.post(
        reverse("web:derogation_new", args=[house.stay.pk]),
        typed
        | {OWNER: owner_mark(house.advisor_user.pk), "handed": f"{handed}&{urlencode({'de': address})}"},
        follow=True,
    )


def test_the_days_are_handed_over_and_the_contract_waits_filled(house, client, signed):
    address = reverse("web:contract_new", args=[house.stay.pk])
    opened = pressed(client, house, address, renewal(signed, weekly_hours="27"))
    ((place, code),) = opened.redirect_chain  # its own address: « Back » sends nothing twice
    assert (code, parse_qs(urlsplit(place).query)) == (302, {"suite": ["form-of-a-renewal"]})
    form = opened.context["form"]
    assert (form.is_bound, form.initial["starts_on"], form.initial["ends_on"]) == (
        False,
        "2027-01-05",
        "2027-07-04",
    )
    said = {
        "motive": "RQTH", "decider": "PRESCRIPTEUR", "starts_on": "2027-01-05", "ends_on": "2027-07-04",
        "status": "ACCORDEE", "asked_on": "2026-11-02", "decided_on": "2026-11-20",
        "resumes": form.initial["resumes"], "form_id": "form-of-a-decision",
    }  # fmt: skip
    answer = client.post(reverse("web:derogation_new", args=[house.stay.pk]), said)
    place = urlsplit(answer["Location"])
    assert (answer.status_code, place.path) == (302, address)
    assert set(parse_qs(place.query)) == {"repris"}
    page = client.get(answer["Location"])
    assert "avant cette décision" in page.content.decode()
    back = page.context["form"]
    assert (back["planned_end_on"].value(), back["weekly_hours"].value()) == ("2027-07-04", "27")
    assert client.post(address, renewal(signed)).status_code == 302
    assert Contract.objects.filter(initial=signed).exists()


@pytest.mark.parametrize("status", ["DEMANDEE", "REFUSEE"])
def test_what_is_not_granted_leads_to_the_decisions(house, client, signed, status):
    answer = client.post(
        reverse("web:derogation_new", args=[house.stay.pk]),
        {
            "motive": "RQTH", "decider": "PRESCRIPTEUR", "starts_on": "2027-01-05", "ends_on": "2027-07-04",
            "status": status, "asked_on": "2026-11-02", "resumes": "/ma-journee/",
        } | ({"decided_on": "2026-11-20", "refusal_reason": "DUREE"} if status == "REFUSEE" else {}),
    )  # fmt: skip
    if answer.status_code == 422:
        pytest.fail(str(answer.context["form"].errors))
    assert answer["Location"] == reverse("web:pass", args=[house.person.pk])


@pytest.mark.parametrize(
    "elsewhere", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)", "\\\\ailleurs"]
)
def test_nobody_is_sent_elsewhere_by_what_is_handed_over(house, client, signed, elsewhere):
    opened = client.post(
        reverse("web:derogation_new", args=[house.stay.pk]),
        {
            "handed": urlencode({"de": elsewhere, "starts_on": "2027-01-05"}),
            "form_id": "form-x",
            OWNER: owner_mark(house.advisor_user.pk),
        },
        follow=True,
    )
    assert "resumes" not in opened.context["form"].initial
    said = {
        "motive": "RQTH", "decider": "PRESCRIPTEUR", "starts_on": "2027-01-05", "ends_on": "2027-07-04",
        "status": "ACCORDEE", "asked_on": "2026-11-02", "decided_on": "2026-11-20", "resumes": elsewhere,
    }  # fmt: skip
    answer = client.post(reverse("web:derogation_new", args=[house.stay.pk]), said)
    assert answer["Location"] == reverse("web:pass", args=[house.person.pk])


@pytest.mark.parametrize(
    ("typed", "handed"),
    [
        ({"planned_end_on": "2026-12-04", "initial_contract": "", "started_on": "2026-11-05"}, {"motive": "CONTRAT_COURT", "starts_on": "2026-11-05"}),
        ({"weekly_hours": "15", "planned_end_on": "2027-05-04", "initial_contract": "", "started_on": "2026-11-05"}, {"starts_on": "2026-11-05", "ends_on": "2027-05-04"}),
    ],
)  # fmt: skip
def test_each_refusal_that_a_decision_lifts_says_what_it_would_cover(house, client, typed, handed):
    refused = client.post(
        reverse("web:contract_new", args=[house.stay.pk]),
        {"kind": "CDDI", "weekly_hours": "26", "form_id": "form-y"} | typed,
    )
    assert refused.status_code == 422
    assert handed.items() <= dict(refused.context["form"].leads_to).items()
    assert 'name="handed"' in refused.content.decode()


def test_a_pass_refused_for_the_two_years_leads_to_the_agreement_of_a_prescripteur(house, client):
    IaePassFactory(beneficiary=house.person, starts_on=date(2023, 1, 5), ends_on=date(2025, 1, 3))
    house.person.passes.exclude(starts_on=date(2023, 1, 5)).delete()
    typed = {
        "number": "999990000001",
        "starts_on": "2026-11-05",
        "ends_on": "2028-11-03",
        "form_id": "form-z",
    }
    opened = pressed(client, house, reverse("web:pass_new", args=[house.person.pk]), typed)
    begun = opened.context["form"].initial
    assert (begun["motive"], begun["starts_on"]) == ("NOUVEAU_PASS", "2026-11-05")
    fresh = client.get(reverse("web:pass_new", args=[house.person.pk])).content.decode()
    assert "Enregistrer une dérogation" not in fresh


def test_taken_back_or_shortened_the_contracts_it_held_up_are_said(house, client, signed):
    row = DerogationFactory(
        beneficiary=house.person, organisation=house.structure, motive="RQTH", status="ACCORDEE",
        starts_on=date(2027, 1, 5), ends_on=date(2027, 7, 4), asked_on=date(2026, 11, 2), decided_on=date(2026, 11, 20),
    )  # fmt: skip
    assert client.post(reverse("web:contract_new", args=[house.stay.pk]), renewal(signed)).status_code == 302
    address = reverse("web:derogation_cancel", args=[row.pk])
    answer = client.post(address, {"reason": "Par erreur", "version": row.version})
    said = [str(each) for each in get_messages(answer.wsgi_request)]
    assert [words for words in said if "reste enregistré sans cette décision" in words and "24 mois" in words]
    assert Contract.objects.filter(initial=signed).exists()


def test_a_decision_that_held_nothing_up_goes_without_a_word(house, client, signed):
    row = DerogationFactory(beneficiary=house.person, organisation=house.structure)
    answer = client.post(
        reverse("web:derogation_cancel", args=[row.pk]), {"reason": "Par erreur", "version": row.version}
    )
    assert not [str(each) for each in get_messages(answer.wsgi_request) if "reste enregistré" in str(each)]


def test_its_document_is_a_file_that_goes_when_it_is_taken_back(house, client):
    row = DerogationFactory(beneficiary=house.person, organisation=house.structure)
    iae = house.person.passes.first() or IaePassFactory(beneficiary=house.person)
    asked = PassProlongationFactory(iae_pass=iae, organisation=house.structure)
    for name, one in (("derogation_file", row), ("prolongation_file", asked)):
        sent = {"file": sent_photo("decision-songee.jpg")}
        assert client.post(reverse(f"web:{name}", args=[one.pk]), sent).status_code == 302
        assert StoredFile.objects.of(one).count() == 1
    page = client.get(reverse("web:pass", args=[house.person.pk])).content.decode()
    assert page.count("decision-songee") == 4  # each with the words of « Retirer »
    row.refresh_from_db()
    cancel_derogation(actor=house.advisor, derogation=row, version=row.version, reason="Par erreur")
    assert not StoredFile.objects.of(Derogation.objects.get(pk=row.pk)).exists()
