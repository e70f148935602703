"""What a page reads of the threads: the caseload, who is between two steps, the frise, the story, the freins."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from backend.core.actor import Role
from backend.core.dates import NBSP
from backend.organisations.enums import StructureKind
from competences.enums import ProofStatus
from pathways.enums import AppointmentStatus, BarrierTheme, ContractKind
from pathways.models import Stay
from pathways.rules.timeline import Mark
from pathways.selectors import (
    appointments_on,
    barrier_curves,
    between_steps,
    caseload_of,
    caseload_summary,
    next_appointments,
    story_of,
    thread_of,
)
from tests.factories import (
    TODAY,
    ActionFactory,
    AppointmentFactory,
    AssessmentFactory,
    BarrierReadingFactory,
    BeneficiaryFactory,
    CompetenceFactory,
    ContractFactory,
    EmployerFactory,
    ExitFactory,
    IaePassFactory,
    InterviewFactory,
    OrganisationFactory,
    PlacementFactory,
    PrivateNoteFactory,
    StayFactory,
    UserFactory,
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
def manager(place):
    return actor_of(Role.MANAGER, place)


@pytest.fixture
def stay(place, advisor):
    return StayFactory(organisation=place, advisor_id=advisor.user_id)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def talk(stay, when: datetime, **said):
    return InterviewFactory(
        beneficiary=stay.beneficiary, organisation=stay.organisation, happened_at=when, **said
    )


class TestCaseload:
    def test_a_line_says_who_where_and_when(self, stay, advisor, place):
        ContractFactory(stay=stay, planned_end_on=date(2026, 12, 20))
        talk(stay, at(3))
        talk(stay, at(10))
        AppointmentFactory(beneficiary=stay.beneficiary, organisation=place, starts_at=at(24))
        AppointmentFactory(beneficiary=stay.beneficiary, organisation=place, starts_at=at(20))

        (row,) = caseload_of(advisor, TODAY)

        assert (row.beneficiary, row.structure, row.kind_label) == (stay.beneficiary, place.name, "ACI")
        assert row.situation.replace(NBSP, " ") == "CDD d’insertion jusqu’au 20 décembre 2026"
        assert (row.last_interview_on, row.next_appointment_at) == (date(2026, 11, 10), at(24))
        assert row.advisor == "Odile Exemple"

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
    def test_the_situation_is_said_in_words(self, stay, advisor, contracts, words):
        for contract in contracts:
            ContractFactory(stay=stay, **contract)

        assert caseload_of(advisor, TODAY)[0].situation.replace(NBSP, " ") == words

    def test_someone_expected_is_already_in_the_list(self, place, advisor):
        StayFactory(organisation=place, started_on=date(2026, 12, 1))

        (row,) = caseload_of(advisor, TODAY)
        assert row.situation.replace(NBSP, " ") == "Arrivée prévue le 1er décembre 2026"

    @pytest.mark.parametrize(("ended_on", "present"), [(21, 0), (22, 1), (23, 1)])
    def test_a_person_stays_in_the_list_until_their_last_day(self, place, advisor, ended_on, present):
        StayFactory(organisation=place, ended_on=date(2026, 11, ended_on))

        assert len(caseload_of(advisor, TODAY)) == present

    @pytest.mark.parametrize(("days_ago", "without_news"), [(59, False), (60, True), (61, True)])
    def test_the_structures_own_rhythm_says_who_is_without_news(self, stay, advisor, days_ago, without_news):
        talk(stay, at(22) - timedelta(days=days_ago))

        assert caseload_of(advisor, TODAY)[0].is_without_news is without_news

    def test_a_colleagues_people_and_a_neighbours_are_not_in_the_list(self, place, advisor, stay):
        StayFactory(organisation=place, advisor=UserFactory())
        StayFactory()

        assert [row.beneficiary for row in caseload_of(advisor, TODAY)] == [stay.beneficiary]

    def test_people_are_found_by_the_words_of_their_name(self, place, advisor):
        found = StayFactory(
            organisation=place, beneficiary=BeneficiaryFactory(last_name="Prétendu", first_name="Élia")
        )
        StayFactory(organisation=place, beneficiary=BeneficiaryFactory(last_name="Songe"))

        assert [row.stay for row in caseload_of(advisor, TODAY, text="elia pret")] == [found]

    def test_the_summary_counts_people_and_those_without_news(self, place, advisor, stay):
        talk(stay, at(20))
        StayFactory(organisation=place)

        summary = caseload_summary(advisor, TODAY)
        assert (summary.people, summary.without_news, summary.share_seen) == (2, 1, 0.5)

    def test_an_empty_caseload_has_no_share(self, advisor):
        assert caseload_summary(advisor, TODAY).share_seen is None

    def test_a_supervisor_reads_nothing_of_the_interviews(self, place, stay):
        talk(stay, at(20))

        (row,) = caseload_of(actor_of(Role.SUPERVISOR, place), TODAY)
        assert (row.last_interview_on, row.is_without_news, row.interview_due_on) == (None, None, None)
        assert caseload_summary(actor_of(Role.SUPERVISOR, place), TODAY).without_news is None

    def test_a_longer_list_asks_no_more_queries(self, place, advisor):
        def grow(count):
            for _ in range(count):
                one = StayFactory(organisation=place, advisor_id=advisor.user_id)
                ContractFactory(stay=one)
                talk(one, at(3))
                AppointmentFactory(beneficiary=one.beneficiary, organisation=place)

        assert_same_queries(lambda: caseload_of(advisor, TODAY), grow)


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

    def test_the_longest_wait_comes_first(self, place, advisor):
        for day in (5, 1, 9):
            ContractFactory(stay=StayFactory(organisation=place), planned_end_on=date(2026, 11, day))

        assert [row.days for row in between_steps(advisor, TODAY)] == [21, 17, 13]

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
        other = AppointmentFactory(**row)
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


class TestThread:
    def test_the_line_crosses_structures_and_counts_the_days_between(self, stay, advisor):
        before = StayFactory(
            beneficiary=stay.beneficiary,
            organisation=OrganisationFactory(name="Coup de main du Val", kind=StructureKind.AI),
            started_on=date(2025, 3, 1),
            ended_on=date(2025, 12, 25),
        )
        ContractFactory(stay=before, kind=ContractKind.CDDU, planned_end_on=None)
        ContractFactory(stay=stay)
        IaePassFactory(beneficiary=stay.beneficiary)
        talk(stay, at(3))

        line = thread_of(advisor, stay.beneficiary, today=TODAY)

        assert [(step.kind, step.end) for step in line.steps] == [
            ("AI", date(2025, 12, 25)),
            ("ACI", date(2027, 1, 4)),
        ]
        assert [gap.days for gap in line.gaps] == [10]
        assert [row.nature for row in line.rows] == ["Étape", "Entre deux", "PASS IAE", "Étape", "Suivi"]

    def test_a_job_found_and_a_competence_recognised_join_the_line(self, stay, advisor):
        employer = EmployerFactory(organisation=stay.organisation, name="Brioches du Val")
        PlacementFactory(
            beneficiary=stay.beneficiary,
            employer=employer,
            started_on=date(2026, 12, 1),
        )
        AssessmentFactory(
            beneficiary=stay.beneficiary, status=ProofStatus.RECOGNISED, assessed_on=date(2026, 10, 14)
        )

        line = thread_of(advisor, stay.beneficiary, today=TODAY)
        assert line.next_step.structure == "Brioches du Val"
        assert line.marks == (Mark("Acquis", "Compétences : reconnues", date(2026, 10, 14)),)

    def test_a_neighbour_sees_an_empty_line_and_a_supervisor_their_own_structures(self, stay, place):
        StayFactory(beneficiary=stay.beneficiary)
        neighbour, supervisor = actor_of(Role.ADVISOR), actor_of(Role.SUPERVISOR, place)

        assert thread_of(neighbour, stay.beneficiary, today=TODAY).steps == ()
        assert [s.structure for s in thread_of(supervisor, stay.beneficiary, today=TODAY).steps] == [
            place.name
        ]

    def test_a_longer_line_asks_no_more_queries(self, stay, advisor):
        def grow(count):
            for _ in range(count):
                one = StayFactory(beneficiary=stay.beneficiary)
                ContractFactory(stay=one)
                ExitFactory(stay=StayFactory(beneficiary=stay.beneficiary, ended_on=TODAY))
                talk(one, at(3))
                IaePassFactory(beneficiary=stay.beneficiary)

        assert_same_queries(
            lambda: thread_of(advisor, stay.beneficiary, today=TODAY).rows, grow, sizes=(1, 10)
        )


class TestStory:
    @time_machine.travel("2026-11-20T10:00:00+01:00", tick=False)
    def test_the_story_is_told_newest_first(self, stay, advisor):
        Stay.objects.filter(pk=stay.pk).update(ended_on=date(2026, 11, 20))
        ExitFactory(stay=Stay.objects.get(pk=stay.pk), motive="3")
        interview = talk(stay, at(10), topics=["LOGEMENT"])
        BarrierReadingFactory(
            beneficiary=stay.beneficiary, organisation=stay.organisation, impact=3, read_on=date(2026, 5, 1)
        )
        BarrierReadingFactory(
            beneficiary=stay.beneficiary,
            organisation=stay.organisation,
            interview=interview,
            impact=1,
            read_on=date(2026, 11, 10),
        )
        ActionFactory(
            beneficiary=stay.beneficiary, organisation=stay.organisation, interview=interview, label="Appeler"
        )
        competence = CompetenceFactory(label="Nettoyer une surface")
        AssessmentFactory(
            beneficiary=stay.beneficiary, competence=competence, level=3, assessed_on=date(2026, 11, 15)
        )

        departure, seen, entry, arrival = story_of(advisor, stay.beneficiary)

        assert (departure.nature, seen.nature, arrival.nature) == ("departure", "observation", "arrival")
        assert seen.changes == ("Nettoyer une surface : en autonomie",)
        assert departure.text == "Embauche en CDI non aidé (par un autre employeur)"
        assert (entry.text, entry.chips) == ("Horaires tenus.", ("Logement",))
        assert (entry.changes, entry.actions) == (("Mobilité : Fort → Faible",), ("Appeler",))

    def test_a_private_note_shows_to_its_author_only(self, stay, advisor, place):
        interview = talk(stay, at(10), author_id=advisor.user_id)
        PrivateNoteFactory(interview=interview, author_id=advisor.user_id)
        Stay.objects.filter(pk=stay.pk).update(advisor=None)
        colleague = actor_of(Role.ADVISOR, place)

        own, theirs = story_of(advisor, stay.beneficiary)[0], story_of(colleague, stay.beneficiary)[0]
        assert (own.private_note, own.may_edit) == ("À revoir avec calme.", True)
        assert (theirs.private_note, theirs.may_edit, theirs.text) == ("", False, "Horaires tenus.")

    def test_a_manager_knows_of_an_interview_without_reading_it(self, stay, manager):
        talk(stay, at(10))

        entry = story_of(manager, stay.beneficiary)[0]
        assert (entry.text, entry.is_withheld, entry.nature) == ("", True, "interview")

    def test_a_manager_reads_what_they_wrote(self, stay, manager):
        talk(stay, at(10), author_id=manager.user_id)

        entry = story_of(manager, stay.beneficiary)[0]
        assert (entry.text, entry.is_withheld, entry.may_edit) == ("Horaires tenus.", False, True)

    @pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.GROUP_HEAD, Role.EMPLOYER])
    def test_others_are_told_no_interview(self, stay, place, role):
        talk(stay, at(10))
        actor = actor_of(role) if role is Role.EMPLOYER else actor_of(role, place)

        assert all(entry.nature != "interview" for entry in story_of(actor, stay.beneficiary))

    def test_the_person_reads_their_own_story(self, stay):
        talk(stay, at(10))
        person = actor_of(Role.BENEFICIARY, beneficiary=stay.beneficiary)

        assert story_of(person, stay.beneficiary)[0].text == "Horaires tenus."

    def test_a_longer_story_asks_no_more_queries(self, stay, advisor):
        def grow(count):
            for _ in range(count):
                interview = talk(stay, at(10), author_id=advisor.user_id)
                PrivateNoteFactory(interview=interview, author_id=advisor.user_id)
                row = {"beneficiary": stay.beneficiary, "organisation": stay.organisation}
                BarrierReadingFactory(interview=interview, **row)
                ActionFactory(interview=interview, **row)
                StayFactory(beneficiary=stay.beneficiary)

        assert_same_queries(lambda: story_of(advisor, stay.beneficiary), grow)


class TestBarriers:
    def read(self, stay, theme, impact, day):
        BarrierReadingFactory(
            beneficiary=stay.beneficiary,
            organisation=stay.organisation,
            theme=theme,
            impact=impact,
            read_on=date(2026, 11, day),
        )

    @pytest.mark.parametrize(
        ("impacts", "trend"),
        [
            ([2], "Première lecture"),
            ([3, 1], "S’allège"),
            ([1, 3], "S’alourdit"),
            ([2, 2], "Stable"),
            ([3, 0], "Levé"),
        ],
    )
    def test_a_curve_says_where_it_goes(self, stay, advisor, impacts, trend):
        for day, impact in enumerate(impacts, start=1):
            self.read(stay, BarrierTheme.HOUSING, impact, day)

        (curve,) = barrier_curves(advisor, stay.beneficiary)
        assert (curve.label, [point.impact for point in curve.points], curve.trend) == (
            "Logement",
            impacts,
            trend,
        )

    def test_the_last_reading_of_a_day_counts(self, stay, advisor):
        self.read(stay, BarrierTheme.HOUSING, 3, 4)
        self.read(stay, BarrierTheme.HOUSING, 1, 4)

        (curve,) = barrier_curves(advisor, stay.beneficiary)
        assert [(point.day.day, point.label) for point in curve.points] == [(4, "Faible")]

    def test_the_heaviest_comes_first_and_what_was_not_spoken_of_is_absent(self, stay, advisor):
        self.read(stay, BarrierTheme.MOBILITY, 1, 4)
        self.read(stay, BarrierTheme.MONEY, 3, 4)

        assert [curve.theme for curve in barrier_curves(advisor, stay.beneficiary)] == [
            "FINANCES",
            "MOBILITE",
        ]

    def test_a_supervisor_sees_no_curve(self, stay, place):
        self.read(stay, BarrierTheme.HOUSING, 3, 4)

        assert barrier_curves(actor_of(Role.SUPERVISOR, place), stay.beneficiary) == []

    def test_longer_curves_ask_no_more_queries(self, stay, advisor):
        def grow(count):
            for day in range(count):
                self.read(stay, BarrierTheme.HOUSING, day % 4, day % 28 + 1)

        assert_same_queries(lambda: barrier_curves(advisor, stay.beneficiary), grow)
