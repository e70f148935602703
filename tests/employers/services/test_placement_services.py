"""A hire is one act: it closes the stay, writes the exit, plans six months of support, fills the job."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.errors import Conflict, DomainError, NotPermitted
from employers.enums import ProposalStatus, Situation
from employers.models import JobProposal, Placement, PostHireFollowUp
from employers.services import hire, record_post_hire
from pathways.models import Exit, Stay
from tests.factories import EmployerFactory, StayFactory

DAY = date(2026, 11, 16)


@pytest.fixture
def hired(bakery):
    return hire(
        actor=bakery.advisor,
        stay=bakery.stay,
        employer=bakery.employer,
        proposal=bakery.proposal,
        kind="CDD",
        months=7,
        started_on=DAY,
        trial_ends_on=date(2026, 12, 16),
    )


def test_a_hire_closes_the_stay_with_its_exit(bakery, hired, trail_of):
    stay = Stay.objects.get(pk=bakery.stay.pk)
    exit_ = Exit.objects.get(stay=stay)

    assert (stay.ended_on, exit_.motive, exit_.contract_months) == (DAY, "9", 7)
    assert (hired.exit, hired.beneficiary, exit_.employer_name) == (
        exit_,
        bakery.person,
        bakery.employer.name,
    )
    assert trail_of(hired) == ["person.hired"]
    assert trail_of(stay) == ["stay.closed"]


def test_a_hire_plans_the_support_and_fills_the_job(bakery, hired):
    planned = list(hired.follow_ups.values_list("milestone", "due_on"))

    assert planned == [
        ("J7", date(2026, 11, 23)),
        ("ESSAI", date(2026, 12, 16)),
        ("M1", date(2026, 12, 16)),
        ("M3", date(2027, 2, 16)),
        ("M6", date(2027, 5, 16)),
    ]
    assert JobProposal.objects.get(pk=bakery.proposal.pk).status == ProposalStatus.FILLED
    assert hired.advisor_id == bakery.advisor.user_id


@pytest.mark.parametrize(
    ("kind", "months", "motive"),
    [("CDI", None, "3"), ("CDD", 6, "9"), ("CDD", 5, "10"), ("MISSION", 1, "10")],
)
def test_the_motive_follows_from_the_contract(bakery, kind, months, motive):
    placement = hire(
        actor=bakery.manager,
        stay=bakery.stay,
        employer=bakery.employer,
        kind=kind,
        months=months,
        started_on=DAY,
    )
    assert placement.exit.motive == motive


@pytest.mark.parametrize(
    ("contract", "field"),
    [
        ({"kind": "CDI", "months": 6}, "months"),
        ({"kind": "CDD", "months": None}, "months"),
        ({"kind": "CDD", "months": 0}, "months"),
        ({"kind": "STAGE", "months": 2}, "kind"),
        ({"kind": "CDD", "months": 6, "trial_ends_on": date(2026, 11, 15)}, "trial_ends_on"),
        ({"kind": "CDI", "left_on": date(2026, 11, 17)}, "left_on"),
    ],
)
def test_a_contract_that_makes_no_sense_changes_nothing(bakery, contract, field):
    with pytest.raises(DomainError) as refusal:
        hire(actor=bakery.advisor, stay=bakery.stay, employer=bakery.employer, started_on=DAY, **contract)
    assert refusal.value.field == field
    assert Stay.objects.get(pk=bakery.stay.pk).ended_on is None
    assert not Placement.objects.exists()


def test_the_hire_of_a_job_is_by_one_of_its_employers(bakery):
    with pytest.raises(DomainError) as refusal:
        hire(
            actor=bakery.advisor,
            stay=bakery.stay,
            employer=EmployerFactory(organisation=bakery.structure),
            proposal=bakery.proposal,
            kind="CDI",
            started_on=DAY,
        )
    assert refusal.value.field == "employer"


def test_the_last_day_may_come_before_the_hire(bakery):
    placement = hire(
        actor=bakery.advisor,
        stay=bakery.stay,
        employer=bakery.employer,
        kind="CDI",
        started_on=date(2026, 12, 1),
        left_on=date(2026, 11, 20),
    )
    assert (placement.exit.occurred_on, placement.started_on) == (date(2026, 11, 20), date(2026, 12, 1))


def test_a_hire_already_recorded_is_not_recorded_again(bakery, hired):
    with pytest.raises(Conflict):
        hire(
            actor=bakery.manager,
            stay=bakery.stay,
            employer=bakery.employer,
            kind="CDD",
            months=7,
            started_on=DAY,
        )
    assert Placement.objects.count() == 1


@pytest.mark.parametrize("who", ["neighbour", "supervisor", "contact"])
def test_nobody_else_records_a_hire(bakery, who):
    with pytest.raises(NotPermitted):
        hire(
            actor=getattr(bakery, who),
            stay=bakery.stay,
            employer=bakery.employer,
            kind="CDI",
            started_on=DAY,
        )
    assert Stay.objects.get(pk=bakery.stay.pk).ended_on is None


def test_the_stay_of_a_stranger_is_out_of_reach(bakery):
    with pytest.raises(NotPermitted):
        hire(actor=bakery.advisor, stay=StayFactory(), employer=bakery.employer, kind="CDI", started_on=DAY)


def test_the_unreachable_are_written_down(bakery, hired, trail_of):
    first = hired.follow_ups.get(milestone="J7")
    done = record_post_hire(
        actor=bakery.advisor,
        follow_up=first,
        situation=Situation.UNREACHABLE,
        on=date(2026, 11, 22),
        note=" Deux appels. ",
    )

    assert (done.situation, done.done_on, done.note) == ("INJOIGNABLE", date(2026, 11, 22), "Deux appels.")
    assert trail_of(first) == ["post_hire.recorded"]
    assert not PostHireFollowUp.objects.due_by(date(2026, 11, 30)).exists()


def test_a_follow_up_is_recorded_once(bakery, hired):
    first = hired.follow_ups.get(milestone="J7")
    record_post_hire(
        actor=bakery.advisor, follow_up=first, situation=Situation.IN_POST, on=date(2026, 11, 22)
    )

    with pytest.raises(Conflict):
        record_post_hire(
            actor=bakery.manager, follow_up=first, situation=Situation.SEEKING, on=date(2026, 11, 22)
        )


@pytest.mark.parametrize(
    ("situation", "on", "field"),
    [("", date(2026, 11, 22), "situation"), ("EN_POSTE", date(2026, 11, 23), "on")],
)
def test_a_follow_up_says_what_was_found_and_not_in_advance(bakery, hired, situation, on, field):
    with pytest.raises(DomainError) as refusal:
        record_post_hire(actor=bakery.advisor, follow_up=hired.follow_ups.first(), situation=situation, on=on)
    assert refusal.value.field == field


@pytest.mark.parametrize("who", ["neighbour", "supervisor", "contact"])
def test_the_employer_and_strangers_record_no_follow_up(bakery, hired, who):
    with pytest.raises(NotPermitted):
        record_post_hire(
            actor=getattr(bakery, who),
            follow_up=hired.follow_ups.first(),
            situation=Situation.IN_POST,
            on=date(2026, 11, 22),
        )
