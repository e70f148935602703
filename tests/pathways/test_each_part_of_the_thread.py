"""SEC-01: what the one rule of each table lets each role read of somebody there, and what each named filter keeps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from backend.core.actor import Role
from pathways.enums import RelayPart, RelayStatus
from pathways.models import (
    Beneficiary,
    BeneficiaryAccess,
    Contract,
    Exit,
    Goal,
    Interview,
    Relay,
    Stay,
    ToldApart,
)
from tests import factories as make
from tests.factories import TODAY

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)

WRITE = {Role.ADVISOR, Role.MANAGER}
SOCIAL = WRITE | {Role.BENEFICIARY}
ADMINISTRATIVE = SOCIAL | {Role.GROUP_HEAD}
THERE = ADMINISTRATIVE | {Role.SUPERVISOR}


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def place():
    return make.OrganisationFactory()


def _stay(person):
    return person.stays.get()


def _of_both(person, place, **fields):
    return {"beneficiary": person, "organisation": place, **fields}


def _told_apart(person, place):
    return make.ToldApartFactory(first=person, second=make.StayFactory(organisation=place).beneficiary)


READ_BY = {
    "person": (lambda person, place: person, THERE),
    "access": (lambda person, place: person.accesses.get(), SOCIAL),
    "stay": (lambda person, place: _stay(person), THERE),
    "contract": (lambda person, place: make.ContractFactory(stay=_stay(person)), THERE),
    "hours": (lambda person, place: make.MonthlyHoursFactory(contract__stay=_stay(person)), THERE),
    "exit": (
        lambda person, place: make.ExitFactory(stay=_stay(person), occurred_on=TOMORROW),
        ADMINISTRATIVE,
    ),
    "pass": (lambda person, place: make.IaePassFactory(beneficiary=person), ADMINISTRATIVE),
    "suspension": (lambda person, place: make.PassSuspensionFactory(iae_pass__beneficiary=person), SOCIAL),
    "prolongation": (
        lambda person, place: make.PassProlongationFactory(iae_pass__beneficiary=person),
        SOCIAL,
    ),
    "entry": (lambda person, place: make.EntryProfileFactory(beneficiary=person), SOCIAL),
    "goal": (lambda person, place: make.GoalFactory(**_of_both(person, place)), SOCIAL),
    "wish": (lambda person, place: make.HoursWishFactory(**_of_both(person, place)), SOCIAL),
    "frein": (lambda person, place: make.BarrierReadingFactory(**_of_both(person, place)), SOCIAL),
    "interview": (lambda person, place: make.InterviewFactory(**_of_both(person, place)), SOCIAL),
    "diagnosis": (lambda person, place: make.EligibilityDiagnosisFactory(**_of_both(person, place)), SOCIAL),
    "relay": (lambda person, place: make.RelayFactory(**_of_both(person, place)), SOCIAL),
    "relay_step": (
        lambda person, place: make.RelayStepFactory(relay=make.RelayFactory(**_of_both(person, place))),
        SOCIAL,
    ),
    "reunion": (lambda person, place: make.ReunionFactory(kept=person), WRITE),
    "told_apart": (_told_apart, WRITE),
}


def seated(role, place):
    """Somebody of this role in this structure; the person who is there, for their own thread."""
    if role is Role.BENEFICIARY:
        return BeneficiaryAccess.objects.get(beneficiary__stays__organisation=place).as_actor()
    return make.actor_of(role, *([] if role in {Role.EMPLOYER, Role.NETWORK_HEAD} else [place]))


@pytest.mark.parametrize("part", READ_BY)
def test_each_role_reads_of_somebody_there_what_its_work_needs_and_nothing_of_a_stranger(place, part):
    build, readers = READ_BY[part]
    there = make.OrganisationFactory()
    rows = {}
    for structure in (place, there):
        person = make.StayFactory(organisation=structure).beneficiary
        make.BeneficiaryAccessFactory(beneficiary=person)
        rows[structure] = build(person, structure)
    (own, stranger), model = rows.values(), type(rows[place])
    seen = {role: set(model.objects.visible_to(seated(role, place))) for role in Role}
    operator = seen.pop(Role.OPERATOR)
    assert operator >= {own, stranger}
    assert seen == {role: {own} if role in readers else set() for role in Role if role is not Role.OPERATOR}


def test_a_note_is_read_by_who_wrote_it_while_they_accompany(place):
    author = make.actor_of(Role.ADVISOR, place)
    stay = make.StayFactory(organisation=place)
    note = make.PrivateNoteFactory(interview__beneficiary=stay.beneficiary, author_id=author.user_id)
    rows = type(note).objects
    assert list(rows.visible_to(author)) == [note]
    assert not rows.visible_to(make.actor_of(Role.ADVISOR, place)).exists()
    assert not rows.visible_to(make.actor_of(Role.MANAGER, place)).exists()
    stay.ended_on = YESTERDAY
    stay.save()
    assert not rows.visible_to(author).exists()


# The social side stays inside the group, or is given in a relay


def test_what_no_structure_signed_is_read_by_the_team_and_what_another_group_wrote_is_not(place):
    person = make.StayFactory(organisation=place).beneficiary
    nobodys = make.GoalFactory(beneficiary=person, organisation=None)
    ours = make.GoalFactory(beneficiary=person, organisation=place)
    make.GoalFactory(beneficiary=person)
    assert set(Goal.objects.visible_to(make.actor_of(Role.MANAGER, place))) == {nobodys, ours}


@pytest.mark.parametrize(("parts", "is_given"), [(RelayPart.GOALS, True), (RelayPart.STEPS, False)])
def test_what_the_sender_of_a_relay_wrote_is_read_when_the_person_gave_it(place, parts, is_given):
    sender, stay = make.OrganisationFactory(), make.StayFactory(organisation=place)
    person = stay.beneficiary
    make.RelayFactory(
        beneficiary=person,
        organisation=sender,
        receiver=place,
        status=RelayStatus.WELCOMED,
        parts=parts.value,
        agreed_on=YESTERDAY,
        stay=stay,
        holds=True,
    )
    theirs = make.GoalFactory(beneficiary=person, organisation=sender)
    ours = make.GoalFactory(beneficiary=person, organisation=place)
    make.GoalFactory(beneficiary=person)
    seen = Goal.objects.visible_to(make.actor_of(Role.ADVISOR, place))
    assert set(seen) == ({theirs, ours} if is_given else {ours})


# A relay is read by who may answer it, in time


def test_a_relay_is_read_where_it_is_sent_once_agreed_and_until_its_last_day(place):
    reader = make.actor_of(Role.MANAGER, place)
    sent = {"receiver": place, "agreed": True}
    in_time = make.RelayFactory(**sent, expires_on=TODAY)
    make.RelayFactory(**sent, expires_on=YESTERDAY)
    make.RelayFactory(receiver=place)
    make.RelayFactory(agreed=True)
    welcomed = make.RelayFactory(
        **{**sent, "status": RelayStatus.WELCOMED},
        expires_on=YESTERDAY,
        stay=make.StayFactory(organisation=place),
    )
    assert set(Relay.objects.visible_to(reader)) == {in_time, welcomed}


def test_a_relay_sent_to_an_address_is_read_by_the_account_that_proved_it(place):
    membership = make.MembershipFactory(role=Role.ADVISOR, organisation=place)
    unproved = make.MembershipFactory(role=Role.ADVISOR, organisation=place, user__address_proven_at=None)
    sent = {"agreed": True, "to_email": membership.user.email}
    to_me = make.RelayFactory(**sent, receiver=None)
    make.RelayFactory(**sent)
    make.RelayFactory(agreed=True, to_email=unproved.user.email, receiver=None)
    make.RelayFactory(agreed=True, to_email="autre@example.org", receiver=None)
    assert list(Relay.objects.visible_to(membership.as_actor())) == [to_me]
    assert not Relay.objects.visible_to(unproved.as_actor()).exists()


def test_a_relay_is_under_way_while_it_waits_and_is_in_time():
    waiting = make.RelayFactory(expires_on=TODAY)
    make.RelayFactory(expires_on=YESTERDAY)
    make.RelayFactory(status=RelayStatus.DENIED)
    assert list(Relay.objects.under_way(TODAY)) == [waiting]


# Steps that one answers for


def test_stays_and_exits_that_one_answers_for(place):
    present = make.StayFactory(organisation=place)
    last_day = make.StayFactory(organisation=place, ended_on=TODAY)
    gone, elsewhere = make.StayFactory(organisation=place, closed=True), make.StayFactory(closed=True)
    left = [make.ExitFactory(stay=stay, occurred_on=stay.ended_on) for stay in (last_day, gone, elsewhere)]
    expected = {
        Role.ADVISOR: ({present, last_day, gone}, {*left[:2]}),
        Role.MANAGER: ({present, last_day, gone}, {*left[:2]}),
        Role.SUPERVISOR: ({present, last_day}, set()),
        Role.ADMINISTRATOR: (set(), set()),
        Role.OPERATOR: ({present, last_day, gone, elsewhere}, {*left}),
    }
    for role, (stays, exits) in expected.items():
        actor = make.actor_of(role, place)
        assert set(Stay.objects.covered_by(actor)) == stays
        assert set(Exit.objects.covered_by(actor)) == exits
    assert not Stay.objects.covered_by(make.actor_of(Role.BENEFICIARY)).exists()


def test_a_stay_is_under_way_and_somebody_present_from_the_first_day_to_the_last(place):
    last, first = make.StayFactory(organisation=place, ended_on=TODAY), make.StayFactory(started_on=TODAY)
    make.StayFactory(organisation=place, ended_on=YESTERDAY)
    make.StayFactory(organisation=place, started_on=TOMORROW)
    assert set(Stay.objects.open_on(TODAY)) == {last, first}
    here = Beneficiary.objects.present_on(TODAY, frozenset({place.pk}))
    assert list(here) == [last.beneficiary]


def test_a_contract_runs_until_its_real_end_else_the_planned_one():
    def ending(planned, real=None, started=YESTERDAY):
        return make.ContractFactory(started_on=started, planned_end_on=planned, ended_on=real)

    running = {ending(None), ending(TODAY), ending(YESTERDAY, TODAY), ending(TOMORROW, started=TODAY)}
    ending(YESTERDAY)
    ending(TOMORROW, YESTERDAY)
    ending(TOMORROW, started=TOMORROW)
    assert set(Contract.objects.running_on(TODAY)) == running


def test_exits_of_a_period_and_interviews_before_an_instant():
    first, last, _ = (
        make.ExitFactory(stay__ended_on=day, stay__closed=False, occurred_on=day)
        for day in (date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    )
    assert set(Exit.objects.between(date(2026, 3, 1), date(2026, 3, 31))) == {first, last}
    before = make.InterviewFactory(happened_at=NOON - timedelta(seconds=1))
    make.InterviewFactory(happened_at=NOON)
    assert list(Interview.objects.before(NOON)) == [before]


# What still stands


@pytest.mark.parametrize(
    ("factory", "name", "ended"),
    [
        (make.PassSuspensionFactory, "standing", {"cancelled_at": NOON, "cancel_reason": "DOUBLE"}),
        (make.ImmersionFactory, "standing", {"cancelled_at": NOON, "cancel_reason": "DOUBLE"}),
        (make.ReunionFactory, "standing", {"separated_at": NOON + timedelta(days=1)}),
        (make.EligibilityDiagnosisFactory, "with_documents", {"purged_on": TODAY}),
        (make.WatchEndFactory, "in_force", {"resumed_at": NOON + timedelta(days=1)}),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_what_was_taken_back_no_longer_stands(factory, name, ended):
    standing = factory()
    factory(**ended)
    assert list(getattr(type(standing).objects.all(), name)()) == [standing]


def test_an_access_lives_until_it_is_ended():
    live, later = (
        make.BeneficiaryAccessFactory(),
        make.BeneficiaryAccessFactory(ended_at=NOON + timedelta(seconds=1)),
    )
    make.BeneficiaryAccessFactory(ended_at=NOON)
    assert set(BeneficiaryAccess.objects.live(timezone.now())) == {live, later}


# Who is looked for


def test_six_words_of_a_name_are_looked_for_and_the_rest_is_let_be():
    person = make.BeneficiaryFactory(last_name="Un Deux Trois", first_name="Quatre Cinq")
    assert list(Beneficiary.objects.matching("un deux trois quatre cinq un septieme")) == [person]
    assert not Beneficiary.objects.matching("un deux trois quatre cinq sixieme").exists()


def test_who_may_be_born_on_one_of_these_days():
    one, other, _ = (make.BeneficiaryFactory(birth_date=date(1990, month, 4)) for month in (1, 2, 3))
    assert set(Beneficiary.objects.maybe_born(date(1990, 1, 4), date(1990, 2, 4))) == {one, other}
    assert not Beneficiary.objects.maybe_born().exists()


def test_a_pair_told_apart_is_found_in_either_order():
    pair = make.ToldApartFactory()
    make.ToldApartFactory(first=pair.first)
    for one, other in ((pair.first_id, pair.second_id), (pair.second_id, pair.first_id)):
        assert list(ToldApart.objects.between(one, other)) == [pair]
