"""Each door to a thread asked by itself, on its first and last day, alone and within a reading page."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend.core.actor import Role
from backend.core.pages.once import one_page
from pathways import doors
from pathways.enums import DataRequestState
from pathways.models import Beneficiary, Goal, IaePass, Interview, Stay
from pathways.services.beyond import open_beyond_caseload
from tests import factories as make
from tests.factories import TODAY

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
EITHER_WAY = pytest.mark.parametrize("reading", [nullcontext, one_page], ids=("alone", "on a page"))
WITH_PEOPLE = (Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.GROUP_HEAD)
WITHOUT = (Role.EMPLOYER, Role.NETWORK_HEAD, Role.ADMINISTRATOR, Role.COLLECTIVE_HEAD)


@pytest.fixture(autouse=True)
def _at_work():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def place():
    return make.OrganisationFactory()


@pytest.fixture
def manager(place):
    return make.actor_of(Role.MANAGER, place)


@pytest.fixture
def advisor(place):
    return make.actor_of(Role.ADVISOR, place)


def stay_in(place, **fields):
    return make.StayFactory(organisation=place, **fields)


def person_in(place, **fields):
    return stay_in(place, **fields).beneficiary


def named(ids):
    """The people of `ids`, as any question asks for them."""
    return set(Beneficiary.objects.filter(pk__in=ids))


def hired(place, **fields):
    """Somebody who left for a job three weeks ago, and is supported there."""
    stay = stay_in(place, closed=True, **fields)
    leaving = make.ExitFactory(stay=stay, occurred_on=stay.ended_on)
    make.PlacementFactory(beneficiary=stay.beneficiary, exit=leaving, started_on=stay.ended_on)
    return stay.beneficiary


# The reasons of a door


def test_a_reason_registered_twice_counts_once_and_brings_its_two_questions(monkeypatch):
    supports, keeps = [], []
    monkeypatch.setattr(doors, "_SUPPORTS", supports)
    monkeypatch.setattr(doors, "_KEPT", keeps)
    support, kept, other, of_other = (object() for _ in range(4))
    for pair in ((support, kept), (support, kept), (other, of_other)):
        doors.register(*pair)
    assert supports == [support, other]
    assert keeps == [kept, of_other]


@pytest.mark.parametrize("shared", [False, True])
def test_own_stays_are_of_the_structure_and_for_an_advisor_of_their_people(shared):
    place = make.OrganisationFactory(is_caseload_shared=shared)
    sibling = make.OrganisationFactory(group=place.group)
    advisor, manager, supervisor, head = (
        make.actor_of(role, place) for role in (Role.ADVISOR, Role.MANAGER, Role.SUPERVISOR, Role.GROUP_HEAD)
    )
    mine = stay_in(place, advisor_id=advisor.user_id)
    nobodys = stay_in(place, closed=True)
    theirs = stay_in(place, advisor=make.UserFactory())
    beside = stay_in(sibling)
    stay_in(make.OrganisationFactory(), advisor_id=advisor.user_id)

    def own(actor):
        return set(Stay.objects.filter(doors.own_stays(actor)))

    assert own(advisor) == ({mine, nobodys, theirs} if shared else {mine, nobodys})
    assert own(manager) == own(supervisor) == {mine, nobodys, theirs}
    assert own(head) == {mine, nobodys, theirs, beside}


@pytest.mark.parametrize("role", [*WITHOUT, Role.BENEFICIARY, Role.OPERATOR])
def test_who_has_no_people_has_no_stay(role):
    stay_in(make.OrganisationFactory())
    assert not Stay.objects.filter(doors.own_stays(make.actor_of(role))).exists()


def test_own_stays_are_found_from_what_hangs_on_them(place, manager):
    ours = make.ContractFactory(stay=stay_in(place))
    make.ContractFactory()
    found = type(ours).objects.filter(doors.own_stays(manager, "stay__"))
    assert list(found) == [ours]
    assert not type(ours).objects.filter(doors.own_stays(make.actor_of(Role.EMPLOYER), "stay__")).exists()


def test_a_stay_lasts_until_its_last_day_included(place):
    for_ever, last_day, to_come = (
        stay_in(place),
        stay_in(place, ended_on=TODAY),
        stay_in(place, started_on=TOMORROW),
    )
    stay_in(place, ended_on=YESTERDAY)
    assert set(Stay.objects.filter(doors.not_over(TODAY))) == {for_ever, last_day, to_come}


# Whom one accompanies


@EITHER_WAY
@pytest.mark.parametrize("role", WITH_PEOPLE)
def test_whom_one_accompanies_is_who_is_there_that_day(place, role, reading):
    actor = make.actor_of(role, place)
    present, leaving = person_in(place), person_in(place, ended_on=TODAY)
    gone = person_in(place, ended_on=YESTERDAY)
    elsewhere = person_in(make.OrganisationFactory())
    everyone = [each.pk for each in (present, leaving, gone, elsewhere)]
    for day, expected in (
        (None, {present, leaving}),
        (YESTERDAY, {present, leaving, gone}),
        (TOMORROW, {present}),
    ):
        with reading():
            assert named(doors.accompanied(actor, on=day)) == expected
            among = doors.accompanies_among(actor, everyone, day or TODAY)
            assert among == {each.pk for each in expected}
            assert set(doors.of_accompanied(Beneficiary.objects.all(), actor, "pk", on=day)) == expected


@EITHER_WAY
@pytest.mark.parametrize("role", WITHOUT)
def test_who_has_no_people_accompanies_nobody(place, role, reading):
    person = person_in(place)
    actor = make.actor_of(role, place if role in {Role.ADMINISTRATOR, Role.COLLECTIVE_HEAD} else None)
    with reading():
        assert not Beneficiary.objects.filter(pk__in=doors.accompanied(actor)).exists()
        assert doors.accompanies_among(actor, [person.pk], TODAY) == set()
        assert list(doors.of_accompanied(Beneficiary.objects.all(), actor, "pk")) == []


@EITHER_WAY
def test_the_person_has_their_own_thread_and_the_operator_every_one(place, reading):
    access, other = make.BeneficiaryAccessFactory(), person_in(place)
    asked, oneself = [access.beneficiary_id, other.pk], access.as_actor()
    operator, everyone = make.actor_of(Role.OPERATOR), Beneficiary.objects.all()
    with reading():
        assert doors.accompanies_among(oneself, asked, TODAY) == {access.beneficiary_id}
        assert doors.accompanies_among(oneself, [other.pk], TODAY) == set()
        assert list(doors.of_accompanied(everyone, oneself, "pk")) == [access.beneficiary]
        assert doors.accompanies_among(operator, asked, TODAY) == set(asked)
        assert set(doors.of_accompanied(everyone, operator, "pk")) == {access.beneficiary, other}


@EITHER_WAY
@pytest.mark.parametrize("role", WITH_PEOPLE)
def test_after_a_hire_who_keeps_their_own_goes_on_beside_the_person(place, role, reading):
    actor = make.actor_of(role, place)
    person = hired(place)
    hired(make.OrganisationFactory())
    expected = set() if role is Role.SUPERVISOR else {person}
    with reading():
        assert named(doors.accompanied(actor)) == expected


def test_a_door_is_open_while_a_stay_or_the_support_after_it_lasts(place):
    stays = [stay_in(place), stay_in(place, ended_on=TODAY), *hired(place).stays.all()]
    stay_in(place, closed=True)
    assert set(doors.open_stays(TODAY)) == set(stays)


# Opened outside one's own caseload


def opened_by(actor, person):
    open_beyond_caseload(
        actor=actor, motive="URGENCE", last_name=person.last_name, first_name=person.first_name
    )


def test_SEC_14_a_file_opened_for_some_hours_is_open_to_that_account_there_and_named(place, advisor, manager):
    person = person_in(place, advisor=make.UserFactory(), beneficiary__last_name="Dupluvier")
    colleague = make.actor_of(Role.ADVISOR, place)
    assert named(doors.accompanied(advisor)) == named(doors.known(advisor)) == set()
    opened_by(advisor, person)
    assert named(doors.accompanied(advisor)) == named(doors.known(advisor)) == {person}
    assert named(doors.accompanied(colleague)) == named(doors.known(colleague)) == set()
    with time_machine.travel(f"{TODAY + timedelta(days=9)}T10:00:00+01:00", tick=False):
        assert named(doors.accompanied(advisor)) == named(doors.known(advisor)) == set()
    (line,) = doors.opened_beyond(manager.organisation_ids)
    assert (line.beneficiary_id, line.subject_id) == (person.pk, str(advisor.user_id))
    assert not doors.opened_beyond([make.OrganisationFactory().pk]).exists()


# Elsewhere


def test_elsewhere_is_a_stay_that_has_begun_and_is_not_over_in_another_structure(place):
    there = make.OrganisationFactory()
    now, last_day, first_day = (
        person_in(there, **when) for when in ({}, {"ended_on": TODAY}, {"started_on": TODAY})
    )
    others = person_in(there, ended_on=YESTERDAY), person_in(there, started_on=TOMORROW), person_in(place)
    assert named(doors.under_way_outside([place.pk])) == {now, last_day, first_day}
    for person in (now, last_day, first_day):
        assert doors.is_accompanied_elsewhere(person.pk, frozenset({place.pk})) is True
        assert doors.is_accompanied_elsewhere(person.pk, frozenset({there.pk})) is False
    for person in others:
        assert doors.is_accompanied_elsewhere(person.pk, frozenset({place.pk})) is False


def test_a_structure_loses_a_person_to_another_once_its_door_is_closed(place):
    there = make.OrganisationFactory()

    def followed_by(person, **when):
        make.StayFactory(beneficiary=person, organisation=there, **when)
        return person

    taken = followed_by(person_in(place, closed=True))
    asked = [
        taken,
        followed_by(person_in(place)),
        followed_by(hired(place)),
        followed_by(person_in(place, closed=True), started_on=TOMORROW),
        followed_by(person_in(place, closed=True), closed=True),
        person_in(place, closed=True),
    ]
    followed_by(person_in(place, closed=True))
    assert doors.lost_to_another([each.pk for each in asked]) == {(taken.pk, place.pk)}
    assert doors.lost_to_another([]) == set()


# Whom one may still name, and what a structure keeps


@EITHER_WAY
@pytest.mark.parametrize("role", WITH_PEOPLE)
def test_one_names_who_stayed_but_a_supervisor_only_who_is_there(place, role, reading):
    actor = make.actor_of(role, place)
    present, gone = person_in(place), person_in(place, closed=True)
    make.StayFactory(beneficiary=gone, organisation=place, closed=True, started_on=date(2026, 2, 1))
    make.StayFactory()
    with reading():
        assert named(doors.known(actor)) == ({present} if role is Role.SUPERVISOR else {present, gone})


def test_who_asked_that_their_data_wait_is_limited_until_it_is_lifted(place):
    asked = {
        "kind": "LIMITATION",
        "status": DataRequestState.GRANTED,
        "organisation": place,
        "answered_at": timezone.now(),
    }
    limited = make.DataRequestFactory(**asked).beneficiary
    make.DataRequestFactory(**asked, lifted_at=timezone.now())
    make.DataRequestFactory()
    assert named(doors.limited()) == {limited}


@pytest.fixture
def written(place):
    """Interviews: of someone present, ours and another structure's; of someone gone, the same; of someone elsewhere."""
    present, gone, elsewhere = person_in(place), person_in(place, closed=True), make.StayFactory().beneficiary
    there = make.OrganisationFactory()
    return {
        (who, where): make.InterviewFactory(beneficiary=person, organisation=structure)
        for who, person in (("present", present), ("gone", gone), ("elsewhere", elsewhere))
        for where, structure in (("ours", place), ("theirs", there))
    }


@EITHER_WAY
@pytest.mark.parametrize("most", [0, 1, 2, 10])
@pytest.mark.parametrize("role", [Role.ADVISOR, Role.MANAGER, Role.GROUP_HEAD])
def test_what_one_wrote_of_whom_one_names_is_kept(monkeypatch, place, written, role, most, reading):
    """However many people a page carries along: none, those accompanied, everybody."""
    monkeypatch.setattr(doors, "MOST_REMEMBERED", most)
    actor = make.actor_of(role, place)
    kept = {written[key] for key in (("present", "ours"), ("present", "theirs"), ("gone", "ours"))}
    with reading():
        assert set(doors.of_accompanied_or_kept(Interview.objects.all(), actor)) == kept


@EITHER_WAY
def test_a_supervisor_keeps_nothing_and_the_operator_reads_all(place, written, reading):
    rows = Interview.objects.all()
    with reading():
        seen = doors.of_accompanied_or_kept(rows, make.actor_of(Role.SUPERVISOR, place))
        assert set(seen) == {written["present", "ours"], written["present", "theirs"]}
        assert set(doors.of_accompanied_or_kept(rows, make.actor_of(Role.OPERATOR))) == set(written.values())


def test_rows_of_ones_own_are_added_for_who_keeps_them(place, written):
    rows, own = Interview.objects.all(), Interview.objects.filter(pk=written["gone", "theirs"].pk)
    open_ones = {written["present", "ours"], written["present", "theirs"]}
    seen = doors.of_accompanied_or_own(rows, make.actor_of(Role.MANAGER, place), own)
    assert set(seen) == open_ones | {written["gone", "theirs"]}
    assert set(doors.of_accompanied_or_own(rows, make.actor_of(Role.SUPERVISOR, place), own)) == open_ones


# Found once for a page


def asked_of_stays(questions):
    """How many times the stays were read, over these questions."""
    with CaptureQueriesContext(connection) as caught:
        for question in questions:
            list(question())
    return sum("pathways_stay" in query["sql"] for query in caught)


@pytest.mark.parametrize(("most", "times"), [(2, 4), (3, 1), (4, 1)])
def test_a_page_finds_once_whom_one_accompanies_unless_they_are_too_many(
    monkeypatch, place, manager, most, times
):
    """Too many: looked for once, then part of each question."""
    monkeypatch.setattr(doors, "MOST_REMEMBERED", most)
    people = {person_in(place).pk for _ in range(3)}
    questions = [
        lambda: doors.of_accompanied(IaePass.objects.all(), manager),
        lambda: doors.of_accompanied(Beneficiary.objects.all(), manager, "pk"),
        lambda: doors.accompanies_among(manager, people, TODAY),
    ]
    with one_page():
        assert asked_of_stays(questions) == times
        assert doors.accompanies_among(manager, people, TODAY) == people
    assert asked_of_stays(questions) == 3


def test_a_page_finds_once_whom_one_names_and_what_is_kept_of_them(place, manager):
    person_in(place)
    questions = [
        lambda: doors.of_accompanied_or_kept(Interview.objects.all(), manager),
        lambda: doors.of_accompanied_or_kept(Goal.objects.all(), manager),
        lambda: Beneficiary.objects.filter(pk__in=doors.known(manager)),
    ]
    with one_page():
        assert asked_of_stays(questions) == 2
    assert asked_of_stays(questions) == 3
