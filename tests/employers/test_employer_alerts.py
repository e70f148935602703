"""What deserves attention after a hire, and when an employer wishes to meet someone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.core.actor import Role
from employers.alerts import employers_who_answered, post_hire_due
from employers.enums import EmployerAnswer, ProposalStatus
from employers.models import PostHireFollowUp
from tests.factories import PlacementFactory, PostHireFollowUpFactory, ProfileConsentFactory, actor_of
from tests.queries import assert_same_queries


@pytest.fixture
def due(bakery, today):
    def make(days=0, **fields):
        placement = PlacementFactory(
            beneficiary=bakery.person, employer=bakery.employer, advisor_id=bakery.advisor.user_id
        )
        return PostHireFollowUpFactory(placement=placement, due_on=today + timedelta(days=days), **fields)

    return make


def keys(producer, actor, today):
    return [alert.key for alert in producer(actor, today)]


@pytest.mark.parametrize(("days", "told"), [(-30, True), (0, True), (45, True), (46, False)])
def test_the_next_contact_is_announced_45_days_ahead_and_stays_until_done(bakery, today, due, days, told):
    row = due(days)
    assert keys(post_hire_due, bakery.advisor, today) == ([f"post_hire:{row.pk}"] if told else [])


@pytest.mark.parametrize(("days", "told"), [(7, True), (8, False)])
def test_the_contact_after_the_next_one_waits_for_its_week(bakery, today, due, days, told):
    first = due(1)
    second = PostHireFollowUpFactory(
        placement=first.placement, milestone="M1", due_on=today + timedelta(days=days)
    )
    expected = [first, second] if told else [first]
    assert keys(post_hire_due, bakery.advisor, today) == [f"post_hire:{row.pk}" for row in expected]


def test_a_contact_made_is_no_longer_announced(bakery, today, due):
    row = due()
    PostHireFollowUp.objects.filter(pk=row.pk).update(done_on=today, situation="EN_POSTE")
    assert keys(post_hire_due, bakery.advisor, today) == []


def test_an_advisor_hears_of_the_hires_they_follow_and_of_nobodys_the_manager_of_all(bakery, today, due):
    type(bakery.structure).objects.filter(pk=bakery.structure.pk).update(is_caseload_shared=True)
    theirs = actor_of(Role.ADVISOR, bakery.structure).user_id
    same = {"beneficiary": bakery.person, "employer": bakery.employer}
    mine = due()
    colleagues = PostHireFollowUpFactory(
        placement=PlacementFactory(advisor_id=theirs, **same),
        due_on=today,
    )
    nobodys = PostHireFollowUpFactory(placement=PlacementFactory(**same), due_on=today)

    assert set(keys(post_hire_due, bakery.advisor, today)) == {
        f"post_hire:{row.pk}" for row in (mine, nobodys)
    }
    assert set(keys(post_hire_due, bakery.manager, today)) == {
        f"post_hire:{row.pk}" for row in (mine, colleagues, nobodys)
    }


@pytest.mark.parametrize("who", ["neighbour", "supervisor", "contact"])
def test_nobody_else_hears_of_it(bakery, today, due, who):
    due()
    assert keys(post_hire_due, getattr(bakery, who), today) == []
    assert keys(employers_who_answered, getattr(bakery, who), today) == []


def test_an_employer_who_wishes_to_meet_is_told_to_the_advisor(bakery, today):
    consent = ProfileConsentFactory(
        beneficiary=bakery.person,
        employer=bakery.employer,
        proposal=bakery.proposal,
        granted=True,
        employer_answer=EmployerAnswer.MEET,
    )
    assert keys(employers_who_answered, bakery.advisor, today) == [f"employer_answered:{consent.pk}"]

    bakery.proposal.status = ProposalStatus.FILLED
    bakery.proposal.save()
    assert keys(employers_who_answered, bakery.advisor, today) == []


def test_alerts_ask_the_base_as_much_for_many_as_for_one(bakery, today, due):
    assert_same_queries(
        lambda: keys(post_hire_due, bakery.advisor, today),
        lambda count: [due() for _ in range(count)],
        sizes=(1, 5, 15),
    )
