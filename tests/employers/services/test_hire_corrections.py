"""A hire is corrected with the exit it wrote and its calls to come; taken back, it leaves nothing of itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from backend.audit.models import Entry
from backend.core.errors import Conflict, DomainError, NotPermitted, OutOfReach
from backend.core.steps import seen
from employers.enums import ProposalStatus
from employers.models import JobProposal, Placement, PostHireFollowUp
from employers.services import (
    cancel_hire,
    cancel_post_hire,
    correct_hire,
    correct_post_hire,
    hire,
    record_post_hire,
)
from pathways.models import Contract, Exit, Stay
from tests.factories import ContractFactory, EmployerFactory, StayFactory

DAY = date(2026, 11, 16)


@pytest.fixture
def contract(bakery):
    return ContractFactory(stay=bakery.stay, started_on=date(2026, 9, 1), planned_end_on=date(2027, 2, 28))


@pytest.fixture
def hired(bakery, contract):
    return hire(
        actor=bakery.advisor, stay=bakery.stay, employer=bakery.employer, proposal=bakery.proposal, kind="CDD",
        months=7, started_on=DAY,
    )  # fmt: skip


def corrected(bakery, placement, **changes):
    said = {
        name: getattr(placement, name)
        for name in ("employer", "kind", "started_on", "months", "trial_ends_on")
    }
    said |= {"left_on": None, "actor": bakery.advisor, "seen": seen(placement)} | changes
    return correct_hire(placement=placement, **said)


def taken_back(bakery, placement, **said):
    known = {"actor": bakery.advisor, "seen": seen(placement), "reason": "PAS_EU_LIEU"}
    return cancel_hire(placement=placement, **known | said)


def called(bakery, placement, milestone="J7", **said):
    call = placement.follow_ups.get(milestone=milestone)
    known = {
        "actor": bakery.advisor,
        "situation": "EN_POSTE",
        "on": DAY + timedelta(days=4),
        "note": "Tout va bien",
    }
    return record_post_hire(follow_up=call, **known | said)


def test_the_exit_and_the_calls_follow_a_corrected_hire(bakery, hired, trail_of):
    row = corrected(bakery, hired, kind="CDI", months=None, started_on=DAY - timedelta(days=3))

    exit_ = Exit.objects.get(placement=row)
    assert (exit_.motive, exit_.contract_months, exit_.occurred_on) == ("3", None, date(2026, 11, 13))
    assert Stay.objects.get(pk=bakery.stay.pk).ended_on == date(2026, 11, 13)
    assert row.follow_ups.get(milestone="M3").due_on == date(2027, 2, 13)
    assert trail_of(hired) == ["person.hired", "hire.corrected"]
    was = Entry.objects.get(action="hire.corrected").detail["was"]
    assert was == {"kind": "CDD", "months": 7, "started_on": "2026-11-16"}


def test_what_is_not_corrected_of_the_hire_is_left_to_the_exit(bakery, hired):
    Exit.objects.update(motive="11", employer_name="La brioche")
    corrected(bakery, hired, trial_ends_on=date(2026, 12, 16))
    assert Exit.objects.values_list("motive", "employer_name").get() == ("11", "La brioche")
    assert hired.follow_ups.filter(milestone="ESSAI").exists()


def test_the_same_words_write_nothing(bakery, hired, trail_of):
    corrected(bakery, hired)
    assert trail_of(hired) == ["person.hired"]


def test_an_earlier_last_day_in_the_structure_is_kept_apart_from_the_hire(bakery, hired):
    corrected(bakery, hired, left_on=DAY - timedelta(days=5))
    assert Exit.objects.get().occurred_on == DAY - timedelta(days=5)
    assert Placement.objects.get().started_on == DAY


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "CDI"}, "cdi_without_length"),
        ({"months": None}, "length_needed"),
        ({"left_on": DAY + timedelta(days=1)}, "left_after_hire"),
        ({"trial_ends_on": DAY - timedelta(days=1)}, "trial_before_hire"),
    ],
)
def test_a_correction_passes_the_rules_of_a_hire(bakery, hired, changes, code):
    with pytest.raises(DomainError) as refusal:
        corrected(bakery, hired, **changes)
    assert refusal.value.code == code
    assert Placement.objects.get().months == 7


def test_a_hire_never_follows_a_call_already_made(bakery, hired):
    called(bakery, hired, on=DAY)
    with pytest.raises(DomainError) as refusal:
        corrected(bakery, hired, started_on=DAY + timedelta(days=1))
    assert refusal.value.code == "hire_after_call"


def test_a_hire_from_a_job_stays_at_one_of_its_employers(bakery, hired):
    with pytest.raises(DomainError) as refusal:
        corrected(bakery, hired, employer=EmployerFactory(organisation=bakery.structure))
    assert refusal.value.code == "employer_not_of_job"


def test_a_hire_is_not_sent_to_an_employer_nobody_here_knows(bakery, hired):
    Placement.objects.update(proposal=None)
    hired.refresh_from_db()
    with pytest.raises(OutOfReach):
        corrected(bakery, hired, employer=EmployerFactory())


def test_a_hire_taken_back_leaves_everything_as_it_was(bakery, hired, contract, trail_of):
    taken_back(bakery, hired)

    assert not Placement.objects.exists()
    assert not PostHireFollowUp.objects.exists()
    assert not Exit.objects.exists()
    assert Stay.objects.get(pk=bakery.stay.pk).ended_on is None
    assert Contract.objects.get(pk=contract.pk).ended_on is None
    assert JobProposal.objects.get(pk=bakery.proposal.pk).status == ProposalStatus.OPEN
    entry = Entry.objects.get(action="hire.cancelled")
    assert entry.detail["reason"] == "PAS_EU_LIEU"
    assert (entry.detail["was"]["kind"], entry.detail["was"]["months"]) == ("CDD", 7)
    assert trail_of(bakery.stay)[-1] == "exit.cancelled"


def test_a_job_another_hire_filled_stays_filled(bakery, hired):
    other = StayFactory(organisation=bakery.structure, advisor_id=bakery.advisor.user_id)
    JobProposal.objects.update(status=ProposalStatus.OPEN)
    hire(
        actor=bakery.advisor, stay=other, employer=bakery.employer, proposal=bakery.proposal, kind="CDI",
        started_on=DAY,
    )  # fmt: skip
    taken_back(bakery, hired)
    assert JobProposal.objects.get().status == ProposalStatus.FILLED


def test_a_call_already_made_is_taken_back_first(bakery, hired):
    call = called(bakery, hired)
    with pytest.raises(DomainError) as refusal:
        taken_back(bakery, hired)
    assert refusal.value.code == "something_rests_on_it"
    assert "1 suivi dans l’emploi" in refusal.value.message

    cancel_post_hire(actor=bakery.advisor, follow_up=call, seen=seen(call), reason="AUTRE_PERSONNE")
    taken_back(bakery, hired)
    assert not Placement.objects.exists()


def test_a_colleague_who_wrote_meanwhile_is_not_written_over(bakery, hired):
    print_seen = seen(hired)
    Placement.objects.update(months=8)
    with pytest.raises(Conflict):
        taken_back(bakery, hired, seen=print_seen)


def test_somebody_came_back_since_keeps_the_hire(bakery, hired):
    StayFactory(beneficiary=bakery.person, organisation=bakery.structure, started_on=date(2026, 11, 20))
    with pytest.raises(Conflict) as refusal:
        taken_back(bakery, hired)
    assert refusal.value.code == "came_back_since"
    assert Placement.objects.exists()


def test_nobody_corrects_a_hire_once_another_structure_accompanies_the_person(bakery, hired):
    StayFactory(beneficiary=bakery.person, started_on=date(2026, 11, 18))
    for gesture in (taken_back, corrected):
        with pytest.raises(NotPermitted):
            gesture(bakery, hired)


def test_a_job_learnt_of_by_its_exit_is_corrected_by_its_exit(bakery, hired):
    Placement.objects.update(employer=None)
    hired.refresh_from_db()
    with pytest.raises(NotPermitted):
        taken_back(bakery, hired)


def test_a_neighbour_finds_no_hire(bakery, hired):
    with pytest.raises(OutOfReach):
        taken_back(bakery, hired, actor=bakery.neighbour)


def test_what_a_call_found_is_corrected_and_the_former_answer_stays_in_the_trail(bakery, hired, trail_of):
    call = called(bakery, hired)
    correct_post_hire(
        actor=bakery.advisor, follow_up=call, seen=seen(call), situation="RECHERCHE", on=DAY, note="Parti"
    )
    call.refresh_from_db()
    assert (call.situation, call.done_on, call.note) == ("RECHERCHE", DAY, "Parti")
    was = Entry.objects.get(action="post_hire.corrected").detail["was"]
    assert was == {"situation": "EN_POSTE", "done_on": "2026-11-20", "note": "…"}


def test_a_call_corrected_passes_the_rules_of_a_call(bakery, hired):
    call = called(bakery, hired)
    with pytest.raises(DomainError) as refusal:
        correct_post_hire(
            actor=bakery.advisor, follow_up=call, seen=seen(call), situation="EN_POSTE",
            on=DAY - timedelta(days=1), note="",
        )  # fmt: skip
    assert refusal.value.code == "call_before_hire"


def test_a_call_that_waits_has_nothing_to_correct(bakery, hired):
    call = hired.follow_ups.get(milestone="J7")
    with pytest.raises(Conflict) as refusal:
        cancel_post_hire(actor=bakery.advisor, follow_up=call, seen=seen(call), reason="DOUBLE")
    assert refusal.value.code == "not_done_yet"


def test_the_last_call_written_by_mistake_is_taken_back_though_it_closed_the_support(bakery, hired):
    late = date(2027, 5, 20)
    with time_machine.travel(late):
        last = called(bakery, hired, "M6", on=late)
        cancel_post_hire(actor=bakery.advisor, follow_up=last, seen=seen(last), reason="AUTRE_PERSONNE")
    last.refresh_from_db()
    assert (last.done_on, last.situation, last.note) == (None, "", "")


def test_the_last_call_opens_no_thread_that_another_structure_took_over(bakery, hired):
    late = date(2027, 5, 20)
    with time_machine.travel(late):
        last = called(bakery, hired, "M6", on=late)
        StayFactory(beneficiary=bakery.person, started_on=date(2027, 5, 18))
        with pytest.raises((NotPermitted, OutOfReach)):
            cancel_post_hire(actor=bakery.advisor, follow_up=last, seen=seen(last), reason="AUTRE_PERSONNE")
