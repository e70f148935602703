"""What an advisor’s day reads: the caseload, who is between two steps, the appointments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.core.actor import Role
from backend.core.values.dates import NBSP
from pathways.enums import AppointmentStatus, ContractKind
from pathways.screens.people.listing import people_page
from pathways.selectors import (
    appointments_on,
    between_steps,
    caseload_summary,
    next_appointments,
    rhythms_of,
)
from pathways.selectors.caseload import situation_of
from tests.factories import (
    TODAY,
    AppointmentFactory,
    BeneficiaryFactory,
    ContractFactory,
    ExitFactory,
    StayFactory,
    UserFactory,
    actor_of,
)
from tests.pathways.meetings import at, talk
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


class TestCaseload:
    def test_a_line_says_who_where_and_when(self, stay, advisor, place):
        talk(stay, at(3))
        talk(stay, at(10))

        (row,) = rhythms_of(advisor, TODAY)

        assert (row.stay.beneficiary_id, row.stay.organisation_id) == (stay.beneficiary_id, place.pk)
        assert row.last_on == date(2026, 11, 10)
        assert row.due_on == date(2026, 11, 10) + timedelta(days=place.interview_every_days)

    @pytest.mark.parametrize(
        ("contracts", "words"),
        [
            ([], "Présence depuis le 5 janvier 2026, sans contrat"),
            ([{"planned_end_on": None, "kind": ContractKind.CDI}], "CDI depuis le 5 janvier 2026"),
            ([{"planned_end_on": date(2026, 11, 22)}], "CDD d’insertion jusqu’au 22 novembre 2026"),
            ([{"planned_end_on": date(2026, 11, 21)}], "Sans contrat depuis 1 jour"),
            ([{"planned_end_on": date(2026, 11, 10)}], "Sans contrat depuis 12 jours"),
            (
                [
                    {"planned_end_on": date(2026, 11, 10)},
                    {"started_on": date(2026, 12, 1), "planned_end_on": date(2027, 3, 31)},
                ],
                "Sans contrat avant le 1er décembre 2026",
            ),
        ],
    )
    def test_the_situation_is_said_in_words(self, stay, contracts, words):
        for contract in contracts:
            ContractFactory(stay=stay, **contract)

        assert situation_of(stay, TODAY).replace(NBSP, " ") == words

    def test_someone_expected_is_already_in_the_list(self, place, advisor):
        expected = StayFactory(organisation=place, started_on=date(2026, 12, 1))

        (row,) = rhythms_of(advisor, TODAY)
        assert row.stay.stay_id == expected.pk
        assert situation_of(expected, TODAY).replace(NBSP, " ") == "Arrivée prévue le 1er décembre 2026"

    @pytest.mark.parametrize(("ended_on", "present"), [(21, 0), (22, 1), (23, 1)])
    def test_a_person_stays_in_the_list_until_their_last_day(self, place, advisor, ended_on, present):
        StayFactory(organisation=place, ended_on=date(2026, 11, ended_on))

        assert len(rhythms_of(advisor, TODAY)) == present

    @pytest.mark.parametrize(("days_ago", "without_news"), [(59, False), (60, True), (61, True)])
    def test_the_structures_own_rhythm_says_who_is_without_news(self, stay, advisor, days_ago, without_news):
        talk(stay, at(22) - timedelta(days=days_ago))

        assert rhythms_of(advisor, TODAY)[0].is_late is without_news

    def test_a_colleagues_people_and_a_neighbours_are_not_in_the_list(self, place, advisor, stay):
        StayFactory(organisation=place, advisor=UserFactory())
        StayFactory()

        assert [row.stay.stay_id for row in rhythms_of(advisor, TODAY)] == [stay.pk]

    def test_people_are_found_by_the_words_of_their_name(self, place, advisor):
        found = StayFactory(
            organisation=place, beneficiary=BeneficiaryFactory(last_name="Prétendu", first_name="Élia")
        )
        StayFactory(organisation=place, beneficiary=BeneficiaryFactory(last_name="Songe"))

        assert [row.stay for row in people_page(advisor, {"q": "elia pret"}, "1")] == [found]

    def test_the_summary_counts_people_and_those_without_news(self, place, advisor, stay):
        talk(stay, at(20))
        StayFactory(organisation=place)

        summary = caseload_summary(advisor, TODAY)
        assert (summary.people, summary.without_news, summary.share_seen) == (2, 1, 0.5)

    @pytest.mark.parametrize("role", [Role.ADVISOR, Role.MANAGER])
    def test_the_card_of_the_day_and_the_list_of_people_count_the_same(self, place, advisor, stay, role):
        """Present, gone, expected, back next month, a colleague's: the same number stands on both pages."""
        reader = advisor if role is Role.ADVISOR else actor_of(role, place)
        common = {"organisation": place, "advisor_id": advisor.user_id}
        StayFactory(**common, started_on=date(2026, 12, 3))
        StayFactory(**common, ended_on=TODAY)
        StayFactory(**common, ended_on=TODAY - timedelta(days=1))
        leaves = StayFactory(**common, ended_on=TODAY + timedelta(days=5))
        StayFactory(**common, beneficiary=leaves.beneficiary, started_on=date(2026, 12, 10))
        StayFactory(organisation=place, advisor=UserFactory())

        summary = caseload_summary(reader, TODAY)
        assert summary.people == people_page(reader, {}, "1").paginator.count
        assert summary.people == (3 if role is Role.ADVISOR else 4)
        assert summary.expected == 1

    def test_an_empty_caseload_has_no_share(self, advisor):
        assert caseload_summary(advisor, TODAY).share_seen is None

    def test_a_supervisor_reads_nothing_of_the_interviews(self, place, stay):
        talk(stay, at(20))

        (row,) = rhythms_of(actor_of(Role.SUPERVISOR, place), TODAY)
        assert (row.last_on, row.is_late, row.due_on) == (None, None, None)
        assert caseload_summary(actor_of(Role.SUPERVISOR, place), TODAY).without_news is None

    def test_a_longer_list_asks_no_more_queries(self, place, advisor):
        def grow(count):
            for _ in range(count):
                one = StayFactory(organisation=place, advisor_id=advisor.user_id)
                ContractFactory(stay=one)
                talk(one, at(3))
                AppointmentFactory(beneficiary=one.beneficiary, organisation=place)

        assert_same_queries(lambda: rhythms_of(advisor, TODAY), grow)


class TestBetweenSteps:
    def test_someone_whose_contract_ended_is_between_two(self, stay, advisor):
        ContractFactory(stay=stay, planned_end_on=date(2026, 11, 12))

        (row,) = between_steps(advisor, TODAY)
        assert (row.beneficiary, row.since, row.days) == (stay.beneficiary, date(2026, 11, 13), 10)
        assert (row.last_structure, row.next_step) == (stay.organisation.name, None)

    def test_a_step_under_way_in_another_structure_fills_the_gap(self, stay, advisor):
        ContractFactory(stay=stay, planned_end_on=date(2026, 11, 12))
        ContractFactory(
            stay=StayFactory(beneficiary=stay.beneficiary, started_on=date(2026, 11, 13)), planned_end_on=None
        )

        assert between_steps(advisor, TODAY) == []

    def test_a_step_planned_elsewhere_is_told(self, stay, advisor):
        ContractFactory(stay=stay, planned_end_on=date(2026, 11, 12))
        planned = StayFactory(beneficiary=stay.beneficiary, started_on=date(2026, 12, 1))

        (row,) = between_steps(advisor, TODAY)
        assert row.next_step.structure == planned.organisation.name

    @pytest.mark.parametrize(
        ("motive", "between"), [("7", 1), ("", 1), ("2", 1), ("21", 1), ("19", 1), ("3", 0), ("17", 0)]
    )
    def test_who_found_a_job_or_left_for_good_is_not_between_two(self, place, advisor, motive, between):
        ExitFactory(stay=StayFactory(organisation=place, closed=True), motive=motive)

        assert len(between_steps(advisor, TODAY)) == between

    def test_the_latest_departure_comes_first_it_can_still_be_acted_on(self, place, advisor):
        for day in (5, 1, 9):
            ContractFactory(stay=StayFactory(organisation=place), planned_end_on=date(2026, 11, day))

        assert [row.days for row in between_steps(advisor, TODAY)] == [13, 17, 21]

    def test_a_neighbour_a_supervisor_and_an_employer_see_nobody(self, stay, place):
        ContractFactory(stay=stay, planned_end_on=date(2026, 11, 12))
        others = (actor_of(Role.ADVISOR), actor_of(Role.SUPERVISOR, place), actor_of(Role.EMPLOYER))

        assert [between_steps(actor, TODAY) for actor in others] == [[], [], []]

    def test_more_people_ask_no_more_queries(self, place, advisor):
        def grow(count):
            for _ in range(count):
                one = StayFactory(organisation=place)
                ContractFactory(stay=one, planned_end_on=date(2026, 11, 12))

        assert_same_queries(lambda: between_steps(advisor, TODAY), grow)


class TestAgenda:
    def test_a_day_is_a_day_of_paris(self, stay, advisor):
        def meet(when):
            return AppointmentFactory(
                beneficiary=stay.beneficiary,
                organisation=stay.organisation,
                advisor_id=advisor.user_id,
                starts_at=when,
            )

        meet(datetime(2026, 11, 21, 22, 59, tzinfo=UTC))
        first = meet(datetime(2026, 11, 21, 23, 0, tzinfo=UTC))
        last = meet(datetime(2026, 11, 22, 22, 59, tzinfo=UTC))
        tomorrow = meet(datetime(2026, 11, 22, 23, 0, tzinfo=UTC))

        assert appointments_on(advisor, TODAY) == [first, last]
        assert next_appointments(advisor, after=at(22, 23)) == []
        assert next_appointments(advisor, after=last.starts_at) == [tomorrow]

    def test_a_cancelled_appointment_leaves_the_day(self, stay, advisor):
        AppointmentFactory(
            beneficiary=stay.beneficiary,
            organisation=stay.organisation,
            advisor_id=advisor.user_id,
            starts_at=at(22),
            status=AppointmentStatus.CANCELLED,
        )

        assert appointments_on(advisor, TODAY) == []

    def test_an_advisor_sees_their_own_and_a_manager_the_structures(self, stay, advisor, manager):
        row = {"beneficiary": stay.beneficiary, "organisation": stay.organisation, "starts_at": at(22)}
        own = AppointmentFactory(advisor_id=advisor.user_id, **row)
        type(stay.organisation).objects.filter(pk=stay.organisation_id).update(is_caseload_shared=True)
        colleague = actor_of(Role.ADVISOR, stay.organisation)
        other = AppointmentFactory(advisor_id=colleague.user_id, **row)
        AppointmentFactory(starts_at=at(22))

        assert appointments_on(advisor, TODAY) == [own]
        assert appointments_on(manager, TODAY) == [own, other]

    def test_a_fuller_day_asks_no_more_queries(self, place, manager):
        def grow(count):
            for _ in range(count):
                one = StayFactory(organisation=place)
                AppointmentFactory(beneficiary=one.beneficiary, organisation=place, starts_at=at(22))

        assert_same_queries(
            lambda: [(str(a.beneficiary), str(a.advisor)) for a in appointments_on(manager, TODAY)], grow
        )
