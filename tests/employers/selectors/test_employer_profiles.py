"""What an employer may know of a person: a name of their own, tasks, competences, while the person agrees."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import pytest

from backend.core.sealing.pseudonyms import pseudonym
from competences.enums import Level, ProofStatus
from employers.enums import ConsentDecision, ProposalStatus
from employers.models import ProfileConsent
from employers.selectors.profiles import profiles_shown_to
from employers.services import answer_profile, withdraw_consent
from tests.factories import (
    AssessmentFactory,
    BeneficiaryFactory,
    CompetenceFactory,
    EmployerAccessFactory,
    EmployerFactory,
    EntryProfileFactory,
    EstablishmentFactory,
    InterviewFactory,
    JobProposalFactory,
    ProfileConsentFactory,
    StayFactory,
    TaskAnalysisFactory,
    TaskRequirementFactory,
    UserFactory,
    WorkTaskFactory,
)
from tests.queries import assert_same_queries

CANARIES = {
    "last_name": "Canarinom",
    "first_name": "Canariprenom",
    "birth_date": date(1971, 3, 29),
    "phone": "0677889900",
    "email": "canari@example.org",
    "postcode": "48999",
    "external_id": "canari-dossier-17",
}
READABLE = ("canari", "0677889900", "48999", "1971", "29/03", "29 mars")


@pytest.fixture
def shown(bakery):
    def show(employer=None, proposal=None, person=None, **fields):
        return ProfileConsentFactory(
            beneficiary=person or bakery.person,
            employer=employer or bakery.employer,
            proposal=proposal or bakery.proposal,
            **{"decision": ConsentDecision.GRANTED, **fields},
        )

    return show


def test_a_profile_carries_nothing_that_names_the_person(bakery, shown):
    """SEC-33."""
    colleague = UserFactory(first_name="Canaricollegue", last_name="Canarisuite")
    person = BeneficiaryFactory(**CANARIES)
    EntryProfileFactory(beneficiary=person, brsa=True, rqth=True)
    StayFactory(beneficiary=person, organisation=bakery.structure, advisor=colleague)
    InterviewFactory(beneficiary=person, synthesis="Canarisynthese", author=colleague)
    AssessmentFactory(
        beneficiary=person,
        observer=colleague,
        observer_name="Canariobservateur",
        context="Canaricontexte",
        organisation=bakery.structure,
        competence=TaskRequirementFactory(
            task=bakery.task, competence=CompetenceFactory(label="Peser au gramme")
        ).competence,
    )
    shown(person=person, decided_with=colleague)
    (profile,) = profiles_shown_to(bakery.contact)
    written = json.dumps(asdict(profile), ensure_ascii=False, default=str).lower()

    assert "peser au gramme" in written
    assert [canary for canary in READABLE if canary in written] == []
    assert bakery.structure.name.lower() not in written


def test_two_employers_know_the_same_person_by_two_names(bakery, shown):
    other = EmployerAccessFactory(employer=EmployerFactory(organisation=bakery.structure))
    task = WorkTaskFactory(analysis=TaskAnalysisFactory(establishment__employer=other.employer))
    shared = JobProposalFactory(organisation=bakery.structure, tasks=[bakery.task, task])
    shown(proposal=shared)
    shown(proposal=shared, employer=other.employer)
    (mine,), (theirs,) = profiles_shown_to(bakery.contact), profiles_shown_to(other.as_actor())

    assert mine.pseudonym != theirs.pseudonym
    assert mine.consent_id != theirs.consent_id


def test_no_name_is_shared_by_two_employers_over_five_hundred_people():
    """SEC-33."""
    ours = {pseudonym(employer_id=1, beneficiary_id=n, year=2026) for n in range(500)}
    theirs = {pseudonym(employer_id=2, beneficiary_id=n, year=2026) for n in range(500)}
    next_year = {pseudonym(employer_id=1, beneficiary_id=n, year=2027) for n in range(500)}

    assert len(ours) == len(theirs) == len(next_year) == 500
    assert not ours & theirs
    assert not ours & next_year


def test_an_employer_keeps_the_same_name_for_a_person_all_year():
    first, again = (pseudonym(employer_id=7, beneficiary_id=3, year=2026) for _ in range(2))
    assert first == again
    assert len(first) == 9


def test_the_order_of_names_says_nothing_of_the_order_of_entry():
    """SEC-33."""
    by_name = sorted(range(400), key=lambda n: pseudonym(employer_id=1, beneficiary_id=n, year=2026))
    other = sorted(range(400), key=lambda n: pseudonym(employer_id=2, beneficiary_id=n, year=2026))
    spread = 400 * (400**2 - 1) / 6

    for one, two in ((by_name, list(range(400))), (by_name, other)):
        place = {n: rank for rank, n in enumerate(two)}
        spearman = 1 - sum((rank - place[n]) ** 2 for rank, n in enumerate(one)) / spread
        assert abs(spearman) < 0.2  # about four standard deviations for 400 ranks drawn at random


def test_tasks_are_those_of_the_employers_own_workplaces(bakery, shown):
    other = EmployerFactory(organisation=bakery.structure)
    elsewhere = WorkTaskFactory(
        name="Dresser les tables",
        analysis=TaskAnalysisFactory(establishment__employer=other),
    )
    shared = JobProposalFactory(organisation=bakery.structure, tasks=[bakery.task, elsewhere])
    shown(proposal=shared)
    (profile,) = profiles_shown_to(bakery.contact)

    assert [task.name for task in profile.tasks] == [bakery.task.name]


@pytest.mark.parametrize(
    ("held_at", "state"),
    [((), "à apprendre"), ((3,), "proche"), ((3, 1), "proche"), ((3, 2), "tenue"), ((4, 4), "tenue")],
)
def test_a_task_is_held_close_or_to_learn(bakery, shown, held_at, state):
    asked = [TaskRequirementFactory(task=bakery.task, level=Level.WITH_HELP).competence for _ in range(2)]
    for competence, level in zip(asked, held_at, strict=False):
        AssessmentFactory(beneficiary=bakery.person, competence=competence, level=level)
    shown()
    (profile,) = profiles_shown_to(bakery.contact)

    assert profile.tasks[0].state == state


def test_a_task_that_asks_nothing_yet_is_to_learn_not_held(bakery, shown):
    shown()
    (profile,) = profiles_shown_to(bakery.contact)

    assert profile.tasks[0].state == "à apprendre"


def test_competences_are_those_the_employers_own_tasks_ask_with_level_and_proof(bakery, shown):
    asked = TaskRequirementFactory(task=bakery.task).competence
    elsewhere = TaskRequirementFactory(
        task=WorkTaskFactory(
            analysis=TaskAnalysisFactory(
                establishment=EstablishmentFactory(employer=EmployerFactory(organisation=bakery.structure))
            )
        )
    )
    AssessmentFactory(beneficiary=bakery.person, level=Level.TEACHES)
    AssessmentFactory(beneficiary=bakery.person, competence=elsewhere.competence, level=Level.TEACHES)
    AssessmentFactory(
        beneficiary=bakery.person, competence=asked, level=Level.WITH_HELP, status=ProofStatus.RECOGNISED
    )
    shown(proposal=JobProposalFactory(organisation=bakery.structure, tasks=[bakery.task, elsewhere.task]))
    (profile,) = profiles_shown_to(bakery.contact)

    assert [(each.label, each.level, each.proof) for each in profile.competences] == [
        (asked.label, "Avec aide", "Reconnue")
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": ConsentDecision.ASKED},
        {"decision": ConsentDecision.REFUSED},
        {"decision": ConsentDecision.WITHDRAWN},
        {"decision": ConsentDecision.EXPIRED},
        {"ends_on": date(2026, 11, 21)},
    ],
)
def test_without_a_live_agreement_there_is_no_profile(bakery, shown, fields):
    """SEC-34."""
    shown(**fields)
    assert profiles_shown_to(bakery.contact) == []


def test_an_agreement_stands_on_its_last_day(bakery, shown):
    shown(ends_on=date(2026, 11, 22))
    assert len(profiles_shown_to(bakery.contact)) == 1


@pytest.mark.parametrize("status", [ProposalStatus.FILLED, ProposalStatus.CLOSED])
def test_a_job_that_is_over_shows_nobody_any_more(bakery, shown, status):
    shown()
    bakery.proposal.status = status
    bakery.proposal.save()
    assert profiles_shown_to(bakery.contact) == []


def test_withdrawing_acts_at_the_next_request(bakery, shown):
    """SEC-34."""
    consent = shown()
    assert [profile.consent_id for profile in profiles_shown_to(bakery.contact)] == [consent.pk]

    withdraw_consent(actor=bakery.person_herself, consent=consent)
    assert profiles_shown_to(bakery.contact) == []
    assert profiles_shown_to(bakery.contact, consent_id=consent.pk) == []


def test_the_answer_given_comes_back_with_the_profile(bakery, shown):
    consent = shown()
    answer_profile(actor=bakery.contact, consent=consent, answer="RENCONTRER")
    (profile,) = profiles_shown_to(bakery.contact)

    assert profile.answer == "RENCONTRER"
    assert ProfileConsent.objects.get(pk=consent.pk).answered_at is not None


def test_another_employer_sees_nothing(bakery, shown):
    shown()
    assert profiles_shown_to(EmployerAccessFactory().as_actor()) == []


def test_profiles_ask_the_base_as_much_for_many_as_for_one(bakery, shown):
    TaskRequirementFactory(task=bakery.task)

    def grow(count):
        for _ in range(count):
            person = BeneficiaryFactory()
            AssessmentFactory(beneficiary=person)
            shown(person=person)

    assert_same_queries(lambda: profiles_shown_to(bakery.contact), grow, sizes=(1, 5, 20))
