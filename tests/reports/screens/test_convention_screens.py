"""« Conventions »: the manager writes, corrects and takes back, the head of the group reads, the others find nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.organisations.models import Convention
from pathways.models import RuleSetting
from pathways.rules.dated.conventions import DRIFT
from tests.factories import (
    ContractFactory,
    ConventionFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    StayFactory,
    actor_of,
)
from tests.worlds.two_houses import API, client_of

pytestmark = pytest.mark.django_db
PAGE = "/conventions/"
TYPED = {
    "year": "2026", "annexe": "aci 02320 1111 A0M0", "first_month": "1", "last_month": "12", "fte": "12,5",
    "post_amount": "23921", "modulated_share": "5", "dynamic_target": "60", "durable_target": "25,5",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def place():
    return OrganisationFactory(kind="ACI", name="Chantier des Rives inventé")


@pytest.fixture
def manager(place):
    return client_of(actor_of(Role.MANAGER, place))


def words(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def work(place, months=9, hours="182"):
    """Hours from January, under one contract; somebody else under contract makes none."""
    stay = StayFactory(organisation=place, started_on=date(2026, 1, 1))
    contract = ContractFactory(stay=stay, started_on=date(2026, 1, 1), planned_end_on=date(2026, 12, 31))
    for number in range(1, months + 1):
        MonthlyHoursFactory(contract=contract, month=date(2026, number, 1), hours=Decimal(hours))
    idle = StayFactory(organisation=place, started_on=date(2026, 1, 1))
    ContractFactory(stay=idle, started_on=date(2026, 1, 1), planned_end_on=date(2026, 12, 31))
    return contract


def test_a_convention_is_written_read_corrected_and_taken_back(manager, place):
    assert "Écrire la convention 2026" in words(manager.get(PAGE))
    answer = manager.post(reverse("web:convention_new", args=[place.pk]), TYPED)
    assert (answer.status_code, answer.url) == (302, f"{PAGE}?annee=2026")
    row = Convention.objects.get()
    assert (row.annexe, row.fte, row.modulated_share) == (
        "ACI023201111A0M0",
        Decimal("12.50"),
        Decimal("0.0500"),
    )
    assert row.durable_target == Decimal("0.2550")
    shown = words(manager.get(PAGE))
    assert "299 012,50</span> €" in shown
    assert "14 950,63</span> €" in shown

    edit = reverse("web:convention_edit", args=[row.pk])
    opened = manager.get(edit)
    assert 'value="25,5"' in words(opened)
    version = opened.context["form"]["version"].value()
    assert manager.post(edit, TYPED | {"fte": "11", "version": version}).status_code == 302
    row.refresh_from_db()
    assert row.fte == Decimal(11)
    stale = manager.post(edit, TYPED | {"fte": "10", "version": version})
    assert stale.status_code == 422
    assert "Quelqu’un a modifié" in words(stale)

    cancel = reverse("web:convention_cancel", args=[row.pk])
    version = manager.get(cancel).context["form"]["version"].value()
    assert manager.post(cancel, {"version": version}).status_code == 302
    assert not Convention.objects.exists()
    verbs = list(
        Entry.objects.filter(action__startswith="convention.").values_list("action", flat=True).order_by("pk")
    )
    assert verbs == ["convention.recorded", "convention.corrected", "convention.cancelled"]


def test_what_is_refused_keeps_what_was_typed_and_leads_to_the_rule(manager, place):
    answer = manager.post(reverse("web:convention_new", args=[place.pk]), TYPED | {"modulated_share": "12"})
    assert answer.status_code == 422
    assert "ne dépasse pas 10 % du socle" in words(answer)
    assert 'href="/regles/#convention"' in words(answer)
    assert 'value="12"' in words(answer)
    assert not Convention.objects.exists()


def test_a_second_convention_for_a_year_is_refused(manager, place):
    ConventionFactory(organisation=place, year=2026)
    answer = manager.post(reverse("web:convention_new", args=[place.pk]), TYPED)
    assert answer.status_code == 422
    assert "déjà une convention pour cette année" in words(answer)


def test_made_foreseen_and_the_arithmetic_are_said(manager, place):
    ConventionFactory(organisation=place, year=2026, fte=Decimal(2), hours_per_fte=Decimal(1820))
    work(place)
    shown = words(manager.get(PAGE))
    assert "L’année dérive" in shown
    assert "1638</span> h en 9 mois ÷" in shown
    assert "la moyenne des 3 derniers mois saisis" in shown
    assert "1,200</strong> ETP" in shown
    assert "− 40,0</span> %" in shown
    assert "sous contrat sans aucune heure : elle n’est pas comptée" in shown
    assert 'class="plan-made"' in shown
    assert 'class="plan-foreseen"' in shown


def test_a_drift_is_said_in_the_day_of_the_manager_by_the_dated_threshold(manager, place):
    ConventionFactory(organisation=place, year=2026, fte=Decimal("1.3"), hours_per_fte=Decimal(1820))
    work(place)
    assert "drift-heading" not in words(manager.get(reverse("web:day")))
    RuleSetting.objects.create(
        key=DRIFT, value="5", valid_from=date(2026, 1, 1), basis="Choix inventé du réseau"
    )
    assert "drift-heading" in words(manager.get(reverse("web:day")))
    assert "1,2</span> ETP prévus" in words(manager.get(reverse("web:day")))


def test_the_head_of_the_group_reads_and_writes_nothing(place):
    row = ConventionFactory(organisation=place, year=2026)
    head = client_of(actor_of(Role.GROUP_HEAD, place))
    shown = words(head.get(PAGE))
    assert place.name in shown
    assert reverse("web:convention_edit", args=[row.pk]) not in shown
    assert head.get(reverse("web:convention_edit", args=[row.pk])).status_code == 404
    assert client_of(actor_of(Role.ADVISOR, place)).get(PAGE).status_code == 404


def test_the_csv_says_what_the_page_says(manager, place):
    ConventionFactory(organisation=place, year=2026, fte=Decimal(2), hours_per_fte=Decimal(1820))
    work(place)
    lines = manager.get(reverse("web:conventions_file", args=[2026])).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 14
    assert '"2026-01";"2,00";"182";"1,200";"fait"' in lines[1]
    assert '"2026-10";"2,00";"182,00";"1,200";"prévu"' in lines[10]
    assert '"2026";"2,000";"2184,00";"1,200";"fait et prévu"' in lines[13]


def test_the_api_writes_and_gives_the_plan(manager, place):
    sent = {"organisation": place.pk, "year": 2026, "fte": "2", "hours_per_fte": "1820"}
    made = manager.post(f"{API}conventions/", sent, content_type="application/json")
    assert made.status_code == 201
    work(place)
    plan = manager.get(f"{API}conventions/{made.json()['id']}/plan/").json()
    assert (plan["foreseen"], plan["drift"], plan["is_drifting"]) == ("1.200", "-40.0", True)
    refused = manager.post(f"{API}conventions/", sent | {"year": 2027, "annexe": "EI023201111A0M0"}, content_type="application/json")  # fmt: skip
    assert (refused.status_code, refused.json()["code"]) == (400, "convention_annexe")
