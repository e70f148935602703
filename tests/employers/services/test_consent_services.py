"""Nothing is shown without a live agreement, and withdrawing it acts at the next request (RGPD, art. 7)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from competences.enums import LicenceKind
from employers.enums import ConsentDecision, EmployerAnswer, ProposalStatus
from employers.models import ProfileConsent
from employers.services import answer_consent, answer_profile, ask_consent, change_proposal, withdraw_consent
from pathways.enums import DataRequestState
from tests.factories import (
    DataRequestFactory,
    EmployerFactory,
    ProfileConsentFactory,
    StayFactory,
    TaskAnalysisFactory,
    WorkTaskFactory,
    actor_of,
)


@pytest.fixture
def asked(bakery):
    return ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)[0]


@pytest.fixture
def granted(bakery, asked):
    return answer_consent(actor=bakery.advisor, consent=asked, granted=True)


def test_a_person_is_asked_about_each_employer_of_the_job(bakery, trail_of):
    canteen = EmployerFactory(organisation=bakery.structure)
    shared = WorkTaskFactory(analysis=TaskAnalysisFactory(establishment__employer=canteen))
    change_proposal(actor=bakery.advisor, proposal=bakery.proposal, version=1, tasks=[bakery.task, shared])
    rows = ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)

    assert {row.employer for row in rows} == {bakery.employer, canteen}
    assert {row.decision for row in rows} == {ConsentDecision.ASKED}
    assert {row.ends_on for row in rows} == {date(2027, 2, 21)}
    assert {row.asked_by_id for row in rows} == {bakery.advisor.user_id}
    assert trail_of(rows[0]) == ["consent.asked"]


def test_asking_twice_asks_once(bakery, asked):
    again = ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)

    assert again == [asked]
    assert ProfileConsent.objects.count() == 1


def test_an_agreement_past_its_end_can_be_asked_again(bakery, granted):
    ProfileConsent.objects.filter(pk=granted.pk).update(ends_on=date(2026, 11, 21))
    (again,) = ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)

    granted.refresh_from_db()
    assert again.pk != granted.pk
    assert (granted.decision, again.decision) == (ConsentDecision.EXPIRED, ConsentDecision.ASKED)


def test_a_question_past_its_end_is_no_longer_answered(bakery, asked):
    ProfileConsent.objects.filter(pk=asked.pk).update(ends_on=date(2026, 11, 21))

    with pytest.raises(DomainError) as refusal:
        answer_consent(actor=bakery.advisor, consent=asked, granted=True)
    assert refusal.value.code == "question_ended"


def test_nobody_is_asked_about_a_job_that_is_over(bakery):
    change_proposal(actor=bakery.advisor, proposal=bakery.proposal, version=1, status=ProposalStatus.CLOSED)

    with pytest.raises(DomainError) as refusal:
        ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)
    assert refusal.value.code == "job_over"


def test_a_refusal_may_be_followed_by_another_question(bakery, asked):
    answer_consent(actor=bakery.advisor, consent=asked, granted=False)
    again = ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)

    assert [row.decision for row in again] == [ConsentDecision.ASKED]


def test_only_the_person_turns_their_no_into_a_yes(bakery, asked, trail_of):
    answer_consent(actor=bakery.person_herself, consent=asked, granted=False)
    with pytest.raises(Conflict):
        answer_consent(actor=bakery.advisor, consent=asked, granted=True)

    again = answer_consent(actor=bakery.person_herself, consent=asked, granted=True)
    assert again.decision == ConsentDecision.GRANTED
    assert trail_of(asked) == ["consent.asked", "consent.answered", "consent.answered"]


@pytest.mark.parametrize(("said", "decision"), [(True, "ACCORDE"), (False, "REFUSE")])
def test_the_person_answers_for_themselves(bakery, asked, said, decision, trail_of):
    answered = answer_consent(actor=bakery.person_herself, consent=asked, granted=said)

    assert (answered.decision, answered.decided_with_id) == (decision, None)
    assert answered.decided_at is not None
    assert trail_of(asked) == ["consent.asked", "consent.answered"]


def test_an_answer_told_to_the_advisor_says_who_wrote_it(bakery, granted):
    assert granted.decided_with_id == bakery.advisor.user_id


def test_a_question_is_answered_once(bakery, granted):
    with pytest.raises(Conflict):
        answer_consent(actor=bakery.person_herself, consent=granted, granted=False)


def test_an_agreement_is_withdrawn_at_once_and_twice_is_once(bakery, granted, trail_of):
    person = bakery.person_herself
    assert ProfileConsent.objects.visible_to(bakery.contact).exists()

    withdraw_consent(actor=person, consent=granted)
    withdraw_consent(actor=person, consent=granted)

    assert not ProfileConsent.objects.visible_to(bakery.contact).exists()
    assert trail_of(granted) == ["consent.asked", "consent.answered", "consent.withdrawn"]


def test_the_employer_wishes_to_meet(bakery, granted, trail_of):
    answered = answer_profile(actor=bakery.contact, consent=granted, answer=EmployerAnswer.MEET)

    assert answered.employer_answer == EmployerAnswer.MEET
    assert answered.answered_at is not None
    assert trail_of(granted)[-1] == "profile.answered"


@pytest.mark.parametrize("answer", ["", "PEUT-ETRE"])
def test_the_employer_answers_one_of_two_things(bakery, granted, answer):
    with pytest.raises(DomainError) as refusal:
        answer_profile(actor=bakery.contact, consent=granted, answer=answer)
    assert refusal.value.field == "answer"


def test_the_employer_answers_nothing_about_a_withdrawn_profile(bakery, granted):
    withdraw_consent(actor=bakery.person_herself, consent=granted)

    with pytest.raises(NotPermitted):
        answer_profile(actor=bakery.contact, consent=granted, answer=EmployerAnswer.MEET)


def test_an_employer_answers_nothing_about_another_employers_profile(bakery):
    elsewhere = ProfileConsentFactory(granted=True, proposal=bakery.proposal)

    with pytest.raises(NotPermitted):
        answer_profile(actor=bakery.contact, consent=elsewhere, answer=EmployerAnswer.MEET)


def test_only_the_employer_answers_for_the_employer(bakery, granted):
    with pytest.raises(NotPermitted):
        answer_profile(actor=bakery.advisor, consent=granted, answer=EmployerAnswer.MEET)


@pytest.mark.parametrize("who", ["neighbour", "supervisor", "contact"])
def test_nobody_else_asks_nor_answers_for_the_person(bakery, asked, who):
    actor = getattr(bakery, who)

    with pytest.raises(NotPermitted):
        ask_consent(actor=actor, proposal=bakery.proposal, beneficiary=bakery.person)
    with pytest.raises(NotPermitted):
        answer_consent(actor=actor, consent=asked, granted=True)
    with pytest.raises(NotPermitted):
        withdraw_consent(actor=actor, consent=asked)


def test_an_advisor_asks_only_the_people_they_accompany(bakery):
    with pytest.raises(NotPermitted):
        ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=StayFactory().beneficiary)


def test_the_head_of_a_group_sees_a_person_and_does_not_ask_them(bakery):
    head = actor_of(Role.GROUP_HEAD, bakery.structure)

    with pytest.raises(NotPermitted) as refusal:
        ask_consent(actor=head, proposal=bakery.proposal, beneficiary=bakery.person)
    assert refusal.value.code == "not_yours"


def test_an_employer_who_reads_an_agreement_does_not_answer_it(bakery, granted):
    for gesture in (
        lambda: withdraw_consent(actor=bakery.contact, consent=granted),
        lambda: answer_consent(actor=bakery.contact, consent=granted, granted=False),
    ):
        with pytest.raises(NotPermitted) as refusal:
            gesture()
        assert refusal.value.code == "not_yours"


def test_whoever_asked_that_their_data_rest_is_asked_nothing_meanwhile(bakery):
    """RGPD, art. 18."""
    DataRequestFactory(
        beneficiary=bakery.person,
        organisation=bakery.structure,
        kind="LIMITATION",
        status=DataRequestState.GRANTED,
        answered_at=timezone.now(),
    )

    with pytest.raises(DomainError) as refusal:
        ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)
    assert refusal.value.code == "data_not_used_meanwhile"


def test_nobody_is_asked_about_a_job_whose_licence_they_lack(bakery):
    """R10."""
    bakery.task.licences = [LicenceKind.CACES_R489]
    bakery.task.save()

    with pytest.raises(DomainError):
        ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)
    assert not ProfileConsent.objects.exists()


def test_a_question_stands_on_its_last_day(bakery, asked):
    ProfileConsent.objects.filter(pk=asked.pk).update(ends_on=date(2026, 11, 22))

    assert ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person) == [asked]
    assert (
        answer_consent(actor=bakery.advisor, consent=asked, granted=True).decision == ConsentDecision.GRANTED
    )


def test_a_no_is_not_turned_into_a_yes_once_the_question_was_asked_again(bakery, asked):
    answer_consent(actor=bakery.person_herself, consent=asked, granted=False)
    ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)

    with pytest.raises(Conflict):
        answer_consent(actor=bakery.person_herself, consent=asked, granted=True)


def test_a_job_that_closed_meanwhile_is_answered_no_more(bakery, asked):
    change_proposal(actor=bakery.advisor, proposal=bakery.proposal, version=1, status=ProposalStatus.CLOSED)

    with pytest.raises(DomainError) as refusal:
        answer_consent(actor=bakery.person_herself, consent=asked, granted=True)
    assert refusal.value.code == "job_over"


def test_what_was_written_is_given_back_and_kept(bakery, granted):
    answer_profile(actor=bakery.contact, consent=granted, answer=EmployerAnswer.MEET)
    granted.refresh_from_db()
    assert granted.employer_answer == EmployerAnswer.MEET

    for _ in range(2):
        withdrawn = withdraw_consent(actor=bakery.person_herself, consent=granted)
        assert withdrawn.decision == ConsentDecision.WITHDRAWN
