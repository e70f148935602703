"""What a person’s page reads: the thread on one line, the story, the freins."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from backend.core.actor import Role
from backend.organisations.enums import StructureKind
from competences.enums import ProofStatus
from pathways.enums import BarrierTheme, ContractKind
from pathways.models import Stay
from pathways.rules.timeline import Mark
from pathways.selectors import (
    barrier_curves,
    story_of,
    thread_of,
)
from tests.factories import (
    TODAY,
    ActionFactory,
    AssessmentFactory,
    BarrierReadingFactory,
    CompetenceFactory,
    ContractFactory,
    EmployerFactory,
    ExitFactory,
    IaePassFactory,
    OrganisationFactory,
    PlacementFactory,
    PrivateNoteFactory,
    StayFactory,
    actor_of,
)
from tests.pathways.meetings import at, talk
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


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
        interview = talk(stay, at(10), topics=["LOGEMENT"], duration_minutes=75)
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
        assert entry.title.endswith(", 1 h 15")
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
