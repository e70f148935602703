"""What deserves attention on a thread, the day it begins to and the day before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from backend.alerts.registry import alerts_for
from backend.core.actor import Role
from backend.core.pages.addresses import Gesture, address_of
from backend.core.values.dates import NBSP
from backend.organisations.enums import StructureKind
from pathways import alerts
from pathways.enums import ClientKind, ContractKind, ProgressStatus
from pathways.models import IaePass
from tests.factories import (
    TODAY,
    ActionFactory,
    ContractFactory,
    DerogationFactory,
    ExitFactory,
    IaePassFactory,
    InterviewFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    PassSuspensionFactory,
    StayFactory,
    actor_of,
)
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def place():
    return OrganisationFactory(interview_every_days=60)


@pytest.fixture
def advisor(place):
    return actor_of(Role.ADVISOR, place)


@pytest.fixture
def stay(place, advisor):
    return StayFactory(organisation=place, advisor_id=advisor.user_id)


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def words(alert) -> str:
    return alert.message.replace(NBSP, " ")


@pytest.mark.parametrize(("days", "count"), [(-1, 0), (0, 1), (45, 1), (46, 0)])
def test_a_contract_is_told_45_days_before_its_end(stay, advisor, days, count):
    ContractFactory(stay=stay, planned_end_on=after(days))

    assert len(list(alerts.contracts_ending(advisor, TODAY))) == count


def test_a_cddi_says_how_many_months_were_done_in_the_structure(stay, advisor, place):
    before = StayFactory(
        beneficiary=stay.beneficiary,
        organisation=place,
        started_on=date(2024, 1, 1),
        ended_on=date(2024, 2, 29),
    )
    ContractFactory(stay=before, planned_end_on=date(2024, 2, 29))
    contract = ContractFactory(stay=stay, planned_end_on=date(2026, 12, 20))

    (alert,) = alerts.contracts_ending(advisor, TODAY)
    assert words(alert) == "CDDI : fin le 20 décembre 2026, 13 mois sur 24 à cette date."
    assert (alert.key, alert.due_on) == (f"contract_ending:{contract.pk}", date(2026, 12, 20))
    assert (alert.target, alert.gesture) == (contract, Gesture.PROLONG)
    assert alert.who == str(stay.beneficiary)
    assert alert.who not in alert.message


def test_a_renewal_already_recorded_settles_the_alert(stay, advisor):
    first = ContractFactory(stay=stay, planned_end_on=date(2026, 12, 20))
    ContractFactory(stay=stay, started_on=date(2026, 12, 21), planned_end_on=date(2027, 6, 20), initial=first)

    assert list(alerts.contracts_ending(advisor, TODAY)) == []


@pytest.mark.parametrize(
    ("days", "title"),
    [(-1, "PASS IAE terminé"), (0, "PASS IAE qui se termine"), (90, "PASS IAE qui se termine"), (91, None)],
)
def test_a_pass_is_told_90_days_before_its_end(stay, advisor, days, title):
    IaePassFactory(beneficiary=stay.beneficiary, ends_on=after(days), starts_on=date(2025, 1, 1))

    assert [alert.title for alert in alerts.passes_ending(advisor, TODAY)] == ([title] if title else [])


def test_a_newer_pass_settles_the_alert(stay, advisor):
    IaePassFactory(beneficiary=stay.beneficiary, starts_on=date(2024, 1, 1), ends_on=date(2026, 1, 1))
    IaePassFactory(beneficiary=stay.beneficiary)

    assert list(alerts.passes_ending(advisor, TODAY)) == []


def test_an_association_of_services_has_no_pass_to_watch(advisor):
    services = OrganisationFactory(kind=StructureKind.ASP_SAP)
    person = StayFactory(organisation=services).beneficiary
    IaePassFactory(beneficiary=person, starts_on=date(2025, 1, 1), ends_on=after(10))

    assert list(alerts.passes_ending(actor_of(Role.ADVISOR, services), TODAY)) == []


@pytest.mark.parametrize(("days_ago", "count"), [(59, 0), (60, 1)])
def test_silence_is_told_by_the_structures_own_rhythm(stay, advisor, place, days_ago, count):
    when = datetime(2026, 11, 22, 9, tzinfo=UTC) - timedelta(days=days_ago)
    InterviewFactory(beneficiary=stay.beneficiary, organisation=place, happened_at=when)

    found = list(alerts.people_without_news(advisor, TODAY))
    assert len(found) == count
    assert all((alert.target, alert.gesture) == (stay.beneficiary, Gesture.NOTE) for alert in found)


def test_someone_never_met_is_told_from_their_entry(stay, advisor):
    (alert,) = alerts.people_without_news(advisor, TODAY)

    assert words(alert) == "Aucun entretien depuis l’entrée, le 5 janvier 2026."
    assert alert.due_on == date(2026, 3, 6)


def test_an_exit_without_motive_leads_to_its_own_form(place, advisor):
    exit_ = ExitFactory(stay=StayFactory(organisation=place, closed=True), motive="")
    ExitFactory(stay=StayFactory(organisation=place, closed=True))

    (alert,) = alerts.exits_to_complete(advisor, TODAY)
    assert (alert.key, alert.target, alert.gesture) == (f"exit_motive:{exit_.pk}", exit_, Gesture.COMPLETE)
    assert address_of(alert.target, alert.gesture) == reverse("web:exit_edit", args=[exit_.stay_id])


def test_a_stay_ended_without_exit_is_told(place, advisor):
    ended = StayFactory(organisation=place, ended_on=TODAY)
    StayFactory(organisation=place, ended_on=after(1))

    assert [alert.key for alert in alerts.exits_to_complete(advisor, TODAY)] == [f"exit_missing:{ended.pk}"]


@pytest.mark.parametrize(
    ("days", "status", "count"),
    [
        (-1, ProgressStatus.TO_DO, 1),
        (-1, ProgressStatus.DOING, 1),
        (-1, ProgressStatus.DONE, 0),
        (-1, ProgressStatus.DROPPED, 0),
        (0, ProgressStatus.TO_DO, 0),
    ],
)
def test_an_action_is_late_the_day_after(stay, advisor, place, days, status, count):
    ActionFactory(beneficiary=stay.beneficiary, organisation=place, due_on=after(days), status=status)

    assert len(list(alerts.actions_overdue(advisor, TODAY))) == count


def test_an_action_followed_by_a_colleague_is_theirs(stay, advisor, place):
    type(place).objects.filter(pk=place.pk).update(is_caseload_shared=True)
    theirs = actor_of(Role.ADVISOR, place).user_id
    ActionFactory(beneficiary=stay.beneficiary, organisation=place, due_on=after(-1), assignee_id=theirs)

    assert list(alerts.actions_overdue(advisor, TODAY)) == []
    assert len(list(alerts.actions_overdue(actor_of(Role.MANAGER, place), TODAY))) == 1


def test_a_gap_is_told_until_a_next_step_is_planned(stay, advisor):
    ContractFactory(stay=stay, planned_end_on=date(2026, 11, 12))

    (alert,) = alerts.people_between_steps(advisor, TODAY)
    assert (alert.due_on, "10 jours" in words(alert)) == (date(2026, 11, 13), True)

    StayFactory(beneficiary=stay.beneficiary, started_on=date(2026, 12, 1))
    assert list(alerts.people_between_steps(advisor, TODAY)) == []


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ("399.75", []),
        ("400", ["400 heures en entreprise sur 480 ; il en reste 80."]),
        ("435.5", ["435,5 heures en entreprise sur 480 ; il en reste 44,5."]),
    ],
)
def test_the_480_hours_are_told_from_400(hours, told):
    structure = OrganisationFactory(kind=StructureKind.AI)
    contract = ContractFactory(stay=StayFactory(organisation=structure), kind=ContractKind.CDDU)
    MonthlyHoursFactory(contract=contract, hours=Decimal(hours), client_kind=ClientKind.COMPANY)

    found = list(alerts.hours_near_480(actor_of(Role.ADVISOR, structure), TODAY))
    assert [words(alert) for alert in found] == told


def fill(place, count):
    """People with one of each reason for an alert."""
    for _ in range(count):
        stay = StayFactory(organisation=place)
        ContractFactory(stay=stay, planned_end_on=after(10))
        ContractFactory(stay=StayFactory(organisation=place), planned_end_on=after(-10))
        IaePassFactory(beneficiary=stay.beneficiary, ends_on=after(10))
        ActionFactory(beneficiary=stay.beneficiary, organisation=place, due_on=after(-1))
        ExitFactory(stay=StayFactory(organisation=place, ended_on=after(-10)), motive="")
        StayFactory(organisation=place, ended_on=after(-10))


@pytest.mark.parametrize(
    "role", [Role.SUPERVISOR, Role.GROUP_HEAD, Role.NETWORK_HEAD, Role.EMPLOYER, Role.ADMINISTRATOR]
)
def test_roles_that_cannot_settle_an_alert_receive_none(place, role):
    fill(place, 1)
    actor = actor_of(role) if role in {Role.NETWORK_HEAD, Role.EMPLOYER} else actor_of(role, place)

    assert [alert for producer in alerts.PRODUCERS for alert in producer(actor, TODAY)] == []


def test_a_neighbour_hears_nothing(place):
    fill(place, 1)

    assert alerts_for(actor_of(Role.MANAGER), TODAY) == []


def test_keys_are_stable_and_the_most_urgent_comes_first(place, advisor):
    fill(place, 3)
    found = alerts_for(advisor, TODAY)

    assert found == alerts_for(advisor, TODAY)
    assert len({alert.key for alert in found}) == len(found) >= 18
    assert [alert.due_on for alert in found] == sorted(alert.due_on for alert in found)


@pytest.mark.parametrize("producer", alerts.PRODUCERS, ids=lambda producer: producer.__name__)
def test_more_people_ask_no_more_queries(place, advisor, producer):
    assert_same_queries(
        lambda: list(producer(advisor, TODAY)), lambda count: fill(place, count), sizes=(1, 10)
    )


@pytest.mark.parametrize(("days", "count"), [(-1, 0), (0, 1), (30, 1), (31, 0)])
def test_a_suspension_is_told_30_days_before_its_end(stay, advisor, place, days, count):
    iae = IaePassFactory(beneficiary=stay.beneficiary)
    row = PassSuspensionFactory(iae_pass=iae, organisation=place, ends_on=after(days))
    found = list(alerts.suspensions_ending(advisor, TODAY))
    assert [alert.key for alert in found] == [f"suspension_ending:{row.pk}"] * count
    IaePass.objects.update(closed_on=TODAY)
    assert list(alerts.suspensions_ending(advisor, TODAY)) == []


@pytest.mark.parametrize(("days", "count"), [(-1, 0), (0, 1), (60, 1), (61, 0)])
def test_a_derogation_is_told_60_days_before_its_end(stay, advisor, place, days, count):
    decided = {"beneficiary": stay.beneficiary, "organisation": place, "starts_on": date(2026, 1, 5)}
    row = DerogationFactory(**decided, status="ACCORDEE", ends_on=after(days))
    DerogationFactory(**decided, status="REFUSEE", ends_on=after(10))
    DerogationFactory(
        **decided | {"organisation": OrganisationFactory()}, status="ACCORDEE", ends_on=after(10)
    )
    found = list(alerts.derogations_ending(advisor, TODAY))
    assert [alert.key for alert in found] == [f"derogation_ending:{row.pk}"] * count


@pytest.mark.parametrize(("starts", "count"), [(None, 1), (date(2026, 10, 31), 1), (date(2026, 11, 1), 0)])
def test_an_agreement_to_a_new_pass_is_not_asked_again_once_its_pass_began(
    stay, advisor, place, starts, count
):
    row = DerogationFactory(
        beneficiary=stay.beneficiary, organisation=place, motive="NOUVEAU_PASS", status="ACCORDEE",
        asked_on=date(2026, 10, 1), decided_on=date(2026, 10, 15), starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip
    if starts:
        IaePassFactory(beneficiary=stay.beneficiary, starts_on=starts, ends_on=date(2028, 9, 1))
    found = list(alerts.derogations_ending(advisor, TODAY))
    assert [alert.key for alert in found] == [f"derogation_ending:{row.pk}"] * count


def test_a_closed_pass_is_not_told_to_end(stay, advisor):
    IaePassFactory(
        beneficiary=stay.beneficiary,
        starts_on=date(2025, 1, 1),
        ends_on=after(10),
        closed_on=date(2026, 11, 1),
    )
    assert list(alerts.passes_ending(advisor, TODAY)) == []
