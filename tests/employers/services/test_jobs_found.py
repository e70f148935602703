"""One event, one effect: an exit to a job opens the six months of support, by whatever door it was recorded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from backend.alerts.registry import alerts_of_the_day
from backend.core.actor import Role
from employers.enums import Situation
from employers.models import Placement, PostHireFollowUp
from employers.selectors.calls import calls_to_come
from employers.services import hire, record_post_hire
from pathways.permissions import accompanies
from pathways.selectors import between_steps, thread_of
from pathways.services import after_exits, close_stay, complete_exit
from tests.factories import (
    TODAY,
    EmployerAccessFactory,
    EmployerFactory,
    ExitFactory,
    IaePassFactory,
    MembershipFactory,
    StayFactory,
    actor_of,
)
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
LEFT = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.ADVISOR)


@pytest.fixture
def actor(seat):
    return seat.as_actor()


@pytest.fixture
def stay(seat):
    return StayFactory(organisation=seat.organisation, advisor=seat.user)


def left(actor, stay, **job):
    said = {"motive": "9", "employer_name": "Brioches du Val", "contract_months": 7, **job}
    return close_stay(actor=actor, stay=stay, on=LEFT, **said)


def planned(exit_):
    return list(Placement.objects.get(exit=exit_).follow_ups.values_list("milestone", "due_on"))


def same_as_a_hire(exit_, employer, actor, stay):
    other = StayFactory(organisation=stay.organisation, advisor_id=actor.user_id)
    hired = hire(
        actor=actor,
        stay=other,
        employer=employer,
        kind="CDD",
        months=7,
        left_on=LEFT,
        started_on=date(2026, 11, 21),
    )
    return planned(exit_) == list(hired.follow_ups.values_list("milestone", "due_on"))


def test_an_exit_to_a_job_opens_the_milestones_of_a_hire(actor, stay, trail_of):
    exit_ = left(actor, stay)

    placement = Placement.objects.get(exit=exit_)
    assert (placement.employer, placement.workplace, placement.advisor_id) == (
        None,
        "Brioches du Val",
        actor.user_id,
    )
    assert [code for code, _ in planned(exit_)] == ["J7", "M1", "M3", "M6"]
    assert planned(exit_)[0][1] == date(2026, 11, 28)
    assert same_as_a_hire(exit_, EmployerFactory(organisation=stay.organisation), actor, stay)
    assert accompanies(actor, stay.beneficiary)
    assert "post_hire.opened" in trail_of(exit_)


def test_the_page_and_ma_journee_say_the_first_call_and_the_person_reads_it(seat, actor, stay):
    left(actor, stay)
    told = [alert for alert in alerts_of_the_day(actor, TODAY) if alert.kind == "post_hire"]

    assert [(alert.title, alert.due_on) for alert in told] == [("Premier appel", date(2026, 11, 28))]
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    for page in (reverse("web:day"), reverse("web:person", args=[stay.beneficiary_id])):
        assert "Premier appel, chez Brioches du Val" in client.get(page).content.decode()
    call = client.get(reverse("web:post_hire", args=[PostHireFollowUp.objects.get(milestone="J7").pk]))
    assert "chez Brioches du Val" in call.content.decode()
    hired = client.get(reverse("web:placement", args=[Placement.objects.get().pk])).content.decode()
    assert "chez Brioches du Val" in hired
    (coming,) = calls_to_come(actor, stay.beneficiary)
    assert "Brioches du Val" in coming.text


def test_completing_the_motive_through_the_page_opens_it_too(seat, stay):
    stay.ended_on = LEFT
    stay.save()
    exit_ = ExitFactory(stay=stay, motive="", occurred_on=LEFT)
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    sent = {"version": exit_.version, "on": "2026-11-20", "motive": "3", "employer_name": "Mairie de Dole"}
    assert client.post(reverse("web:exit_edit", args=[stay.pk]), sent).status_code == 302

    assert [code for code, _ in planned(exit_)] == ["J7", "M1", "M3", "M6"]


def test_a_file_opens_what_a_screen_opens_and_no_support_already_over(stay, seat):
    recent = ExitFactory(stay=stay, motive="10", contract_months=2, occurred_on=LEFT)
    ended = StayFactory(organisation=seat.organisation, ended_on=date(2026, 5, 20))
    old = ExitFactory(stay=ended, motive="3", occurred_on=date(2026, 5, 20))
    after_exits.tell([recent, old], lost=())

    assert [code for code, _ in planned(recent)] == ["J7", "M1", "M6"]
    assert not Placement.objects.filter(exit=old).exists()


def test_a_job_learnt_of_late_asks_for_one_late_call(seat, actor):
    ended = StayFactory(organisation=seat.organisation, advisor=seat.user, ended_on=date(2026, 8, 14))
    exit_ = ExitFactory(stay=ended, motive="", occurred_on=date(2026, 8, 14))
    complete_exit(actor=actor, exit_=exit_, version=1, motive="3")

    assert [code for code, _ in planned(exit_)] == ["M3", "M6"]


@pytest.mark.parametrize("motive", ["", "2", "4", "5", "7", "15", "20"])
def test_an_exit_to_something_else_opens_nothing(actor, stay, motive):
    left(actor, stay, motive=motive, contract_months=None)

    assert not Placement.objects.exists()


def test_a_motive_corrected_takes_its_calls_away_unless_one_was_made(actor, stay):
    exit_ = left(actor, stay)
    exit_ = complete_exit(actor=actor, exit_=exit_, version=1, motive="7")
    assert not Placement.objects.exists()

    exit_ = complete_exit(actor=actor, exit_=exit_, version=2, motive="3")
    first = PostHireFollowUp.objects.get(milestone="J7")
    record_post_hire(actor=actor, follow_up=first, situation=Situation.UNREACHABLE, on=TODAY)
    complete_exit(actor=actor, exit_=exit_, version=3, motive="7")
    assert Placement.objects.get().follow_ups.get(milestone="J7").situation == "INJOIGNABLE"


def test_a_hire_recorded_after_the_exit_completes_it_and_is_then_left_alone(actor, stay):
    exit_ = left(actor, stay)
    employer = EmployerFactory(name="Brioches du Val", organisation=stay.organisation)
    hired = hire(
        actor=actor,
        stay=stay,
        employer=employer,
        kind="CDD",
        months=7,
        left_on=LEFT,
        started_on=date(2026, 11, 30),
    )
    assert Placement.objects.get() == hired
    assert next(day for _, day in planned(exit_)) == date(2026, 12, 7)

    complete_exit(actor=actor, exit_=exit_, version=1, motive="9", contract_months=8)
    assert Placement.objects.get().started_on == date(2026, 11, 30)


def test_a_name_alone_shows_nobody_to_an_employer(actor, stay):
    employer = EmployerFactory(name="Brioches du Val", organisation=stay.organisation)
    EmployerAccessFactory(employer=employer)
    left(actor, stay)

    assert not Placement.objects.visible_to(actor_of(Role.EMPLOYER, employer=employer)).exists()


def test_the_job_stands_on_the_line_until_its_term(actor, stay):
    left(actor, stay, contract_months=7)
    thread = thread_of(actor, stay.beneficiary, today=TODAY)

    assert [(step.structure, step.end) for step in thread.steps][-1] == ("Brioches du Val", date(2027, 6, 20))
    assert between_steps(actor, TODAY) == []


@pytest.mark.parametrize(("motive", "told"), [("3", False), ("7", True), (None, True)])
def test_whoever_leaves_for_a_job_asks_for_no_prolongation_of_their_pass(actor, stay, motive, told):
    IaePassFactory(beneficiary=stay.beneficiary, ends_on=TODAY + timedelta(days=20))
    if motive:
        close_stay(actor=actor, stay=stay, on=date(2026, 11, 30), motive=motive)

    kinds = {alert.kind for alert in alerts_of_the_day(actor, TODAY)}
    assert ("pass_ending" in kinds) is told
