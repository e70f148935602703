"""A list asks the database as many questions for twelve rows as for one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

import pytest

from backend.core.actor import Role
from tests import factories as make
from tests.queries import assert_same_queries, queries_of
from tests.worlds.two_houses import API, House

DAY = date(2026, 10, 14)


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def house(db):
    return House()


def _stay(house, n):
    return make.StayFactory(organisation=house.structure, advisor_id=house.advisor.user_id)


def _person(house, n):
    return _stay(house, n).beneficiary


def _social(house, n):
    return {"beneficiary": _person(house, n), "organisation": house.structure}


def _invitation(house, n):
    return make.InvitationFactory(organisation=house.structure)


def _task(house, n):
    task = make.WorkTaskFactory(analysis=house["task-analyses"])
    make.TaskRequirementFactory(task=task)
    return task


def _proposal(house, n):
    return make.JobProposalFactory(organisation=house.structure, tasks=[_task(house, n)])


def _consent(house, n):
    return make.ProfileConsentFactory(
        beneficiary=_person(house, n), employer=house["employers"], proposal=house["job-proposals"],
        granted=True,
    )  # fmt: skip


def _placement(house, n):
    return make.PlacementFactory(beneficiary=_person(house, n), employer=house["employers"])


def _assessment(house, n):
    assessment = make.AssessmentFactory(beneficiary=_person(house, n))
    make.OccupationCompetenceFactory(competence=assessment.competence)
    return assessment


GROW = {
    "structures": lambda house, n: make.OrganisationFactory(group=house.structure.group),
    "memberships": lambda house, n: make.MembershipFactory(organisation=house.structure),
    "invitations": _invitation,
    "people": _person,
    "stays": _stay,
    "person-accesses": lambda house, n: make.BeneficiaryAccessFactory(beneficiary=_person(house, n)),
    "entry-profiles": lambda house, n: make.EntryProfileFactory(beneficiary=_person(house, n)),
    "employer-accesses": lambda house, n: make.EmployerAccessFactory(employer=house["employers"]),
    "contracts": lambda house, n: make.ContractFactory(stay=_stay(house, n)),
    "hours-amendments": lambda house, n: make.HoursAmendmentFactory(contract__stay=_stay(house, n)),
    "monthly-hours": lambda house, n: make.MonthlyHoursFactory(contract__stay=_stay(house, n)),
    "passes": lambda house, n: make.IaePassFactory(beneficiary=_person(house, n)),
    "trainings": lambda house, n: make.TrainingFactory(**_social(house, n)),
    "medical-visits": lambda house, n: make.MedicalVisitFactory(**_social(house, n)),
    "saved-days": lambda house, n: make.SavedDaysFactory(**_social(house, n)),
    "hours-wishes": lambda house, n: make.HoursWishFactory(**_social(house, n)),
    "immersions": lambda house, n: make.ImmersionFactory(**_social(house, n)),
    "relays": lambda house, n: make.RelayFactory(**_social(house, n)),
    "relay-steps": lambda house, n: make.RelayStepFactory(relay=make.RelayFactory(**_social(house, n))),
    "pass-suspensions": lambda house, n: make.PassSuspensionFactory(
        iae_pass__beneficiary=_person(house, n), organisation=house.structure
    ),
    "pass-prolongations": lambda house, n: make.PassProlongationFactory(
        iae_pass__beneficiary=_person(house, n), organisation=house.structure
    ),
    "derogations": lambda house, n: make.DerogationFactory(**_social(house, n)),
    "interviews": lambda house, n: make.InterviewFactory(**_social(house, n)),
    "goals": lambda house, n: make.GoalFactory(**_social(house, n)),
    "actions": lambda house, n: make.ActionFactory(
        **_social(house, n), assignee=make.UserFactory(), due_on=DAY
    ),
    "appointments": lambda house, n: make.AppointmentFactory(
        **_social(house, n), starts_at=datetime(2026, 11, 23, 9, tzinfo=UTC)
    ),
    "barrier-readings": lambda house, n: make.BarrierReadingFactory(**_social(house, n)),
    "exits": lambda house, n: make.ExitFactory(
        stay__organisation=house.structure, stay__advisor_id=house.advisor.user_id
    ),
    "assessments": _assessment,
    "competences": _assessment,
    "occupations": _assessment,
    "gesture-lists": lambda house, n: make.GestureListFactory(organisation=house.structure),
    "vae-projects": lambda house, n: make.VaeProjectFactory(beneficiary=_person(house, n)),
    "licences": lambda house, n: make.LicenceFactory(beneficiary=_person(house, n)),
    "passports": lambda house, n: make.PassportFactory(beneficiary=_person(house, n)),
    "files": lambda house, n: make.stored_on(make.LicenceFactory(beneficiary=_person(house, n))),
    "employers": lambda house, n: make.EmployerFactory(organisation=house.structure),
    "establishments": lambda house, n: make.EstablishmentFactory(employer=house["employers"]),
    "task-analyses": lambda house, n: make.TaskAnalysisFactory(establishment__employer=house["employers"]),
    "work-tasks": _task,
    "job-proposals": _proposal,
    "profile-consents": _consent,
    "profiles": _consent,
    "placements": _placement,
    "follow-ups": lambda house, n: make.PostHireFollowUpFactory(placement=_placement(house, n)),
    "alerts": lambda house, n: make.ActionFactory(**_social(house, n), due_on=DAY),
    # A contract of the day: shorter than the law's minimum.
    "data-quality": lambda house, n: make.ContractFactory(
        stay=_stay(house, n), started_on=DAY, planned_end_on=DAY
    ),
}
READER = {
    "data-quality": Role.MANAGER,
    "invitations": Role.MANAGER,
    "memberships": Role.MANAGER,
    "profiles": Role.EMPLOYER,
}


@pytest.mark.parametrize("table", GROW)
def test_a_list_does_not_ask_more_when_it_shows_more(house, table):
    """SEC-24."""
    client, count = house.clients[READER.get(table, Role.ADVISOR)], iter(range(1_000))

    def show():
        answer = client.get(f"{API}{table}/?page_size=100")
        assert answer.status_code == 200

    def grow(many):
        for _ in range(many):
            GROW[table](house, next(count))

    assert_same_queries(show, grow)


def test_absent_and_out_of_scope_cost_the_same_questions(house):
    """SEC-04."""
    other, client = House(), house.clients[Role.ADVISOR]
    for table in ("people", "stays", "interviews", "placements", "job-proposals"):
        counts = []
        for pk in (other[table].pk, 10**15):
            client.get(f"{API}{table}/{pk}/")
            counts.append(queries_of(partial(client.get, f"{API}{table}/{pk}/")))
        assert counts[0] == counts[1], table
