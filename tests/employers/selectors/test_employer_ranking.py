"""Who could do the job, in front of those who accompany them: by competences, with reasons, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.actor import Role
from competences.enums import Level
from employers.enums import ConsentDecision
from employers.selectors.ranking import rank_people, requirement_of, tasks_of
from employers.services import ask_consent
from pathways.models import EntryProfile
from tests.factories import (
    AssessmentFactory,
    BeneficiaryFactory,
    CompetenceFactory,
    EntryProfileFactory,
    OccupationCompetenceFactory,
    OccupationFactory,
    StayFactory,
    TaskRequirementFactory,
    WorkTaskFactory,
    actor_of,
)
from tests.queries import assert_same_queries


@pytest.fixture
def asked_for(bakery):
    """Three competences of one trade, all asked by the job; a fourth is of the same family as the first."""
    trade = OccupationFactory(rome_code="K2204", label="Nettoyage de locaux")
    made = [
        CompetenceFactory(label=f"Geste {n}", macro_code="M1" if n in {0, 3} else "", functional_code="")
        for n in range(4)
    ]
    for competence in made:
        OccupationCompetenceFactory(occupation=trade, competence=competence)
    for competence in made[:3]:
        TaskRequirementFactory(task=bakery.task, competence=competence, level=Level.ALONE)
    return made


def holds(person, *competences, level=Level.ALONE):
    for competence in competences:
        AssessmentFactory(beneficiary=person, competence=competence, level=level)
    return person


def present(bakery, **names):
    stay = StayFactory(
        organisation=bakery.structure,
        advisor_id=bakery.advisor.user_id,
        beneficiary=BeneficiaryFactory(**names),
    )
    return stay.beneficiary


def test_the_more_is_held_the_higher_the_rank(bakery, asked_for, today):
    two = holds(present(bakery), *asked_for[:2])
    three = holds(present(bakery), *asked_for[:3])
    one = holds(bakery.person, asked_for[0])

    ranked = rank_people(bakery.advisor, bakery.proposal, today=today)

    assert [each.beneficiary for each in ranked] == [three, two, one]
    assert [(each.held, each.asked) for each in ranked] == [(3, 3), (2, 3), (1, 3)]
    assert [each.match.rank for each in ranked] == [1, 2, 3]


def test_equals_share_their_rank(bakery, asked_for, today):
    holds(present(bakery), asked_for[0])
    holds(bakery.person, asked_for[0])

    assert [each.match.rank for each in rank_people(bakery.advisor, bakery.proposal, today=today)] == [1, 1]


def test_each_person_comes_with_a_sentence_for_each_competence(bakery, asked_for, today):
    """SEC-43."""
    holds(bakery.person, asked_for[3], asked_for[1])
    (candidate,) = rank_people(bakery.advisor, bakery.proposal, today=today)

    assert len(candidate.sentences) == 3
    assert {sentence.split(" : ")[0] for sentence in candidate.sentences} == {
        "Détenue",
        "Proche",
        "À acquérir",
    }
    assert candidate.trade.startswith("Nettoyage de locaux : ")


def test_someone_who_holds_nothing_near_is_not_proposed(bakery, asked_for, today):
    assert rank_people(bakery.advisor, bakery.proposal, today=today) == []


def test_a_job_that_asks_no_competence_ranks_nobody(bakery, today):
    assert rank_people(bakery.advisor, bakery.proposal, today=today) == []


def test_only_people_accompanied_and_present_are_ranked(bakery, asked_for, today):
    mine = holds(bakery.person, asked_for[0])
    elsewhere = holds(StayFactory().beneficiary, asked_for[0])
    gone = holds(
        StayFactory(
            organisation=bakery.structure,
            advisor_id=bakery.advisor.user_id,
            ended_on=date(2026, 11, 21),
        ).beneficiary,
        asked_for[0],
    )
    ranked = [each.beneficiary for each in rank_people(bakery.advisor, bakery.proposal, today=today)]

    assert ranked == [mine]
    assert elsewhere not in ranked
    assert gone not in ranked


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.EMPLOYER, Role.BENEFICIARY, Role.NETWORK_HEAD])
def test_other_roles_read_no_question_asked_to_anyone(bakery, asked_for, today, role):
    holds(bakery.person, asked_for[0])
    ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)
    ranked = rank_people(actor_of(role), bakery.proposal, today=today)

    assert ranked == []


def test_the_latest_reading_is_what_counts(bakery, asked_for, today):
    AssessmentFactory(
        beneficiary=bakery.person,
        competence=asked_for[0],
        level=Level.BEGINNING,
        assessed_on=date(2026, 1, 5),
    )
    holds(bakery.person, asked_for[0], level=Level.ALONE)
    (candidate,) = rank_people(bakery.advisor, bakery.proposal, today=today)

    assert (candidate.held, candidate.match.reasons[0].level_gap) == (1, 0)


def test_the_question_asked_stands_beside_the_person(bakery, asked_for, today):
    holds(bakery.person, asked_for[0])
    (before,) = rank_people(bakery.advisor, bakery.proposal, today=today)
    ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)
    (after,) = rank_people(bakery.advisor, bakery.proposal, today=today)

    assert (before.is_asked, after.is_asked) == (False, True)
    assert [consent.decision for consent in after.consents] == [ConsentDecision.ASKED]


def test_a_job_asks_each_competence_once_at_its_highest_level(bakery, asked_for):
    second = WorkTaskFactory(analysis=bakery.analysis)
    TaskRequirementFactory(task=second, competence=asked_for[0], level=Level.TEACHES, importance=2)
    bakery.proposal.tasks.add(second)
    asked = {each.code: each for each in requirement_of(tasks_of(bakery.proposal), key="1").competences}

    assert len(asked) == 3
    assert (asked[asked_for[0].code].level, asked[asked_for[0].code].importance) == (4, 3.0)


# SEC-43: what the law forbids to weigh (Code du travail, art. L1132-1) never moves anyone.
PRIVATE = {
    "last_name": "Zzz",
    "first_name": "Aaa",
    "sex": "F",
    "birth_date": date(1961, 1, 1),
    "phone": "0600000000",
    "email": "autre@example.org",
    "postcode": "75001",
    "insee_code": "75101",
}


def _flags():
    return [
        field.name
        for field in EntryProfile._meta.get_fields()
        if getattr(field, "null", False) and field.get_internal_type() == "BooleanField"
    ]


def test_changing_who_people_are_never_changes_the_ranking(bakery, asked_for, today):
    people = [holds(present(bakery), *asked_for[: 1 + n % 3]) for n in range(6)]

    def ranking():
        return [
            (each.beneficiary.pk, each.match.rank, each.match.score, each.sentences)
            for each in rank_people(bakery.advisor, bakery.proposal, today=today)
        ]

    before = ranking()
    for number, person in enumerate(people):
        for field, value in PRIVATE.items():
            setattr(person, field, value if number % 2 else getattr(person, field))
        person.save()
        EntryProfileFactory(
            beneficiary=person, education_level="60", **{flag: bool(number % 2) for flag in _flags()}
        )
    assert _flags()
    assert ranking() == before


def test_ranking_asks_the_base_as_much_for_many_people_as_for_one(bakery, asked_for, today):
    def grow(count):
        for _ in range(count):
            person = holds(present(bakery), asked_for[0])
            ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=person)

    assert_same_queries(
        lambda: rank_people(bakery.advisor, bakery.proposal, today=today), grow, sizes=(1, 4, 12)
    )
