"""« Carence »: a pair is the sum of its gaps, falls when the next step is dated earlier, and tells of nobody unread."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.organisations.enums import StructureKind
from pathways.enums.gaps import GapCause
from pathways.models import Relay
from pathways.selectors import thread_of
from reports.gaps.figures import FEWEST_UNREAD, UNREAD, WAITING, gap_report
from tests.factories import (
    TODAY,
    ContractFactory,
    GroupFactory,
    IaePassFactory,
    MembershipFactory,
    OrganisationFactory,
    PassSuspensionFactory,
    RelayFactory,
    StayFactory,
    actor_of,
)
from tests.queries import assert_same_queries
from tests.signin import sign_in
from tests.worlds.two_houses import API

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def places():
    """Two structures of one group, an AI and an ACI; another of nobody's group."""
    group = GroupFactory(name="Groupe des Haies")
    return {
        "ai": OrganisationFactory(name="Coup de main songé", kind=StructureKind.AI, group=group),
        "aci": OrganisationFactory(name="Jardins songés", kind=StructureKind.ACI, group=group),
        "far": OrganisationFactory(name="Ailleurs songé", kind=StructureKind.EI),
    }


@pytest.fixture
def seat(places):
    return MembershipFactory(role=Role.MANAGER, organisation=places["ai"])


@pytest.fixture
def client(seat):
    return sign_in(Client(), seat.user, seat=seat.seat_key)


def left(places, *, on: date, then: str = "", after: int = 0, weekly: str = "14", **more):
    """Somebody who left the AI that day, and the day they began elsewhere, so many days without contract later."""
    stay = StayFactory(organisation=places["ai"], started_on=date(2026, 1, 5), ended_on=on)
    ContractFactory(
        stay=stay,
        kind="CDDU",
        started_on=date(2026, 1, 5),
        planned_end_on=on,
        weekly_hours=Decimal(weekly),
        **more,
    )
    if then:
        following = StayFactory(
            organisation=places[then], beneficiary=stay.beneficiary, started_on=on + timedelta(days=after + 1)
        )
        ContractFactory(stay=following, started_on=following.started_on, planned_end_on=date(2027, 6, 30))
    return stay


def head_of(places):
    return MembershipFactory(group_head=True, group=places["ai"].group).as_actor()


def pair(report, to: str):
    return next(each.sums for each in report.pairs if each.to == to)


def test_a_pair_is_the_sum_of_its_gaps_as_the_frise_draws_them(places):
    stays = [left(places, on=date(2026, 6, 30), then="aci", after=days) for days in (0, 10, 25)]
    found = pair(gap_report(head_of(places), 2026, today=TODAY), "Jardins songés")
    assert (found.passages, found.with_days, found.days) == (3, 2, 35)
    reader = actor_of(Role.MANAGER, places["aci"])
    drawn = [
        gap.days_lived(TODAY)
        for stay in stays
        for gap in thread_of(reader, stay.beneficiary, today=TODAY).gaps
    ]
    pauses = [thread_of(reader, stay.beneficiary, today=TODAY).pause_days for stay in stays]
    assert sum(drawn) + sum(pauses) == found.days


def test_it_falls_when_the_next_step_is_dated_earlier(places):
    stay = left(places, on=date(2026, 6, 30), then="aci", after=25)
    before = pair(gap_report(head_of(places), 2026, today=TODAY), "Jardins songés").days
    following = stay.beneficiary.stays.exclude(pk=stay.pk).get()
    following.started_on -= timedelta(days=20)
    following.save()
    following.contracts.update(started_on=following.started_on)
    assert pair(gap_report(head_of(places), 2026, today=TODAY), "Jardins songés").days == before - 20


def test_hours_are_those_of_the_contract_left_and_pass_days_leave_suspensions_out(seat, places):
    stay = left(places, on=date(2026, 10, 31))
    iae = IaePassFactory(beneficiary=stay.beneficiary, starts_on=date(2026, 1, 5), ends_on=date(2028, 1, 4))
    PassSuspensionFactory(iae_pass=iae, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 10))
    StayFactory(organisation=places["ai"], beneficiary=stay.beneficiary, started_on=TODAY + timedelta(days=1))
    (line,) = gap_report(seat.as_actor(), 2026, today=TODAY).pairs
    assert (line.sums.days, line.sums.hours, line.sums.pass_days) == (22, Decimal(44), 12)


def test_nothing_planned_counts_and_says_so(seat, places):
    left(places, on=date(2026, 11, 12))
    report = gap_report(seat.as_actor(), 2026, today=TODAY)
    assert pair(report, WAITING).days == 10
    assert [(line.cause, line.sums.days) for line in report.causes] == [(GapCause.NOTHING_PLANNED, 10)]
    assert [(line.month.month, line.days, line.people) for line in report.months if line.days] == [
        (11, 10, 1)
    ]


def test_a_relay_dated_after_the_end_is_said(seat, places):
    stay = left(places, on=date(2026, 6, 30), then="aci", after=25)
    relay = RelayFactory(
        beneficiary=stay.beneficiary, organisation=places["ai"], receiver=places["aci"], status="ACCUEILLI",
        planned_on=date(2026, 7, 26),
    )  # fmt: skip
    Relay.objects.filter(pk=relay.pk).update(created_at="2026-06-01T09:00:00+02:00")
    report = gap_report(seat.as_actor(), 2026, today=TODAY)
    (line,) = report.causes
    assert (line.cause, line.sums.days) == (GapCause.LATE_RELAY, 25)
    assert pair(report, "Jardins songés").days == 25  # whoever sent the person knows where they were welcomed


@pytest.mark.parametrize("count", [1, FEWEST_UNREAD - 1, FEWEST_UNREAD])
def test_a_few_who_went_on_where_one_does_not_read_are_not_counted(seat, places, count):
    for _ in range(count):
        left(places, on=date(2026, 6, 30), then="far", after=10)
    report = gap_report(seat.as_actor(), 2026, today=TODAY)
    if count < FEWEST_UNREAD:
        assert (report.sums.passages, report.pairs, report.months[6].days) == (0, [], 0)
    else:
        assert pair(report, UNREAD).days == 10 * count
    assert "Ailleurs songé" not in str(report)
    assert report.longest == []


def test_the_years_stand_beside_the_objective_and_the_group_beside_the_rest(places):
    for year in (2025, 2026):
        stay = StayFactory(organisation=places["ai"], started_on=date(2024, 1, 5), ended_on=date(year, 3, 31))
        ContractFactory(stay=stay, started_on=date(2024, 1, 5), planned_end_on=date(year, 3, 31))
        StayFactory(
            organisation=places["aci"], beneficiary=stay.beneficiary, started_on=date(year, 4, 11 + year % 5)
        )
    head = head_of(places)
    report = gap_report(head, 2026, today=TODAY)
    assert [(line.year, line.sums.days) for line in report.years][-2:] == [(2025, 10), (2026, 11)]
    assert [line.is_reached for line in report.years] == [None, None, None, True, True]
    assert (report.circuit.inside, report.circuit.outside, report.circuit.share) == (1, 0, 1.0)
    assert report.causes == []  # a group's head reads no relay


def test_another_structure_is_not_in_ones_figures(seat, places):
    stay = StayFactory(organisation=places["far"], started_on=date(2026, 1, 5), ended_on=date(2026, 3, 31))
    ContractFactory(stay=stay, started_on=date(2026, 1, 5), planned_end_on=date(2026, 3, 31))
    assert gap_report(seat.as_actor(), 2026, today=TODAY).sums.passages == 0


def test_the_page_the_file_and_the_API_say_the_same(client, seat, places):
    stay = left(places, on=date(2026, 6, 30), then="aci", after=25)
    RelayFactory(
        beneficiary=stay.beneficiary, organisation=places["ai"], receiver=places["aci"], status="ACCUEILLI"
    )
    page = client.get(reverse("web:gaps")).content.decode().replace("\u00a0", " ")
    for words in (
        "Carence moyenne : 25 jours par passage",
        "Jardins songés",
        "Aucun relais proposé avant la fin",
    ):
        assert words in page
    assert client.get(reverse("web:gaps"), {"annee": "abc"}).status_code == 422
    text = client.get(reverse("web:gaps_file", args=[2026])).content.decode("utf-8-sig")
    assert '"Coup de main songé";"Jardins songés";1;1;25' in text.replace('"1"', "1").replace('"25"', "25")
    assert stay.beneficiary.last_name not in text
    assert Entry.objects.filter(action="gaps.exported").count() == 1
    (line,) = client.get(f"{API}gap-statistics/?year=2026").json()
    assert (line["sums"]["days"], line["sums"]["mean"], line["pairs"][0]["to"]) == (
        25,
        "25.0",
        "Jardins songés",
    )
    assert client.get(f"{API}gap-statistics/?year=1").status_code == 200
    assert client.get(reverse("web:gaps_file", args=[99999])).status_code == 200


def test_figures_ask_no_more_for_more_people(client, places):
    assert_same_queries(
        lambda: client.get(reverse("web:gaps"), {"annee": "2026"}),
        lambda count: [left(places, on=date(2026, 6, 30), then="aci", after=20) for _ in range(count)],
    )
