"""SEC-47: whoever opens files beyond a day of work is named, the same day, to who answers for the structure."""

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backend.audit import mass_reading, trail
from backend.audit.answers import PEOPLE_LISTED, line, numbers_of_people
from backend.audit.mass_reading import PEOPLE_A_DAY, many_read
from backend.core.actor import Actor, Role
from backend.mail.models import Message
from backend.organisations.models import Membership
from backend.organisations.tasks import tell_of_many
from tests.factories import (
    TODAY,
    BeneficiaryFactory,
    GroupFactory,
    MembershipFactory,
    OrganisationFactory,
    StayFactory,
)
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_work():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def structure():
    return OrganisationFactory()


@pytest.fixture
def team(structure):
    roles = (Role.ADVISOR, Role.MANAGER, Role.ADMINISTRATOR, Role.SUPERVISOR)
    return {role: MembershipFactory(role=role, organisation=structure) for role in roles}


def reads(actor: Actor, people: list[int], times: int = 1) -> None:
    """As the page and the API write it when a file is opened."""
    lines = [trail._entry(actor, "beneficiary.read", None, {}) for _ in people * times]
    for written, person in zip(lines, people * times, strict=True):
        written.beneficiary_id = person
    trail.Entry.objects.bulk_create(lines)


def test_three_hundred_files_are_said_to_who_answers_and_to_nobody_else(team):
    advisor = team[Role.ADVISOR].as_actor()
    reads(advisor, list(range(1, 301)))
    for role in (Role.MANAGER, Role.ADMINISTRATOR):
        (found,) = many_read(team[role].as_actor(), TODAY)
        assert (found.user_id, found.seat, found.people) == (advisor.user_id, advisor.seat, 300)
    elsewhere = MembershipFactory(role=Role.MANAGER).as_actor()
    for actor in (advisor, team[Role.SUPERVISOR].as_actor(), elsewhere):
        assert many_read(actor, TODAY) == []


def test_the_budget_itself_is_no_alert_and_one_more_is(team):
    advisor, manager = team[Role.ADVISOR].as_actor(), team[Role.MANAGER].as_actor()
    reads(advisor, list(range(1, PEOPLE_A_DAY + 1)))
    assert many_read(manager, TODAY) == []
    reads(advisor, [PEOPLE_A_DAY + 1])
    assert [each.people for each in many_read(manager, TODAY)] == [PEOPLE_A_DAY + 1]


def test_the_same_person_read_again_counts_once_and_yesterday_does_not(team):
    advisor, manager = team[Role.ADVISOR].as_actor(), team[Role.MANAGER].as_actor()
    reads(advisor, list(range(1, 51)), times=9)
    with time_machine.travel("2026-11-21T23:59:00+01:00", tick=False):
        reads(advisor, list(range(100, 200)))
    assert many_read(manager, TODAY) == []


def test_files_opened_by_the_page_and_by_a_tool_add_up_to_the_same_day(team, structure, monkeypatch):
    monkeypatch.setattr(mass_reading, "PEOPLE_A_DAY", 2)
    advisor = team[Role.ADVISOR]
    people = [StayFactory(organisation=structure, advisor=advisor.user).beneficiary for _ in range(3)]
    client = sign_in(Client(), advisor.user, seat=advisor.seat_key)
    assert client.get(reverse("web:person", args=[people[0].pk])).status_code == 200
    for person in people[1:]:
        assert client.get(f"/api/v1/people/{person.pk}/").status_code == 200
    manager = sign_in(Client(), team[Role.MANAGER].user, seat=team[Role.MANAGER].seat_key)
    shown = text_of(manager.get(reverse("web:day")))
    assert "Beaucoup de personnes lues aujourd’hui" in shown
    assert str(advisor.user) in shown
    assert "Beaucoup de personnes lues" not in text_of(client.get(reverse("web:day")))


def test_an_ordinary_day_says_nothing_and_asks_one_question(team):
    reads(team[Role.ADVISOR].as_actor(), [BeneficiaryFactory().pk])
    manager = team[Role.MANAGER].as_actor()
    with CaptureQueriesContext(connection) as queries:
        assert many_read(manager, TODAY) == []
    assert len(queries) == 1


def lists(actor: Actor, people: range, action: str = PEOPLE_LISTED) -> None:
    """As the API and an export write it: one line for several people."""
    line(actor, action, **numbers_of_people(set(people))).save()


def test_lists_of_the_api_exports_and_files_add_up_each_person_once(team):
    advisor, manager = team[Role.ADVISOR].as_actor(), team[Role.MANAGER].as_actor()
    reads(advisor, list(range(1, 41)))
    lists(advisor, range(20, 71))
    lists(advisor, range(60, 101), "export.downloaded")
    assert many_read(manager, TODAY) == []  # a hundred, however often each was read
    lists(advisor, range(101, 102), "structure_copy.taken")
    assert [each.people for each in many_read(manager, TODAY)] == [101]


def test_a_list_of_names_on_a_screen_does_not_count(team):
    lists(team[Role.ADVISOR].as_actor(), range(1, 301), "names.listed")
    assert many_read(team[Role.MANAGER].as_actor(), TODAY) == []


def test_changing_seats_begins_no_other_budget(team, structure):
    advisor = team[Role.ADVISOR]
    second = MembershipFactory(user=advisor.user, role=Role.SUPERVISOR, organisation=structure)
    reads(advisor.as_actor(), list(range(1, 61)))
    reads(second.as_actor(), list(range(41, 101)))
    assert many_read(team[Role.MANAGER].as_actor(), TODAY) == []
    reads(second.as_actor(), [101])
    assert {(each.seat, each.people) for each in many_read(team[Role.MANAGER].as_actor(), TODAY)} == {
        (advisor.seat_key, 101), (second.seat_key, 101)
    }  # fmt: skip
    manager = sign_in(Client(), team[Role.MANAGER].user, seat=team[Role.MANAGER].seat_key)
    shown = text_of(manager.get(reverse("web:day")))
    assert len(re.findall(r"101\s+personnes lues", shown)) == 1


def test_a_tool_that_reads_page_by_page_is_counted(team, structure, monkeypatch):
    monkeypatch.setattr(mass_reading, "PEOPLE_A_DAY", 3)
    advisor = team[Role.ADVISOR]
    for _ in range(4):
        StayFactory(organisation=structure, advisor=advisor.user)
    client = sign_in(Client(), advisor.user, seat=advisor.seat_key)
    for page in (1, 2):
        assert client.get("/api/v1/stays/", {"page": page, "page_size": 2}).status_code == 200
    (found,) = many_read(team[Role.MANAGER].as_actor(), TODAY)
    assert (found.user_id, found.people) == (advisor.user_id, 4)


class TestTheMessage:
    def sent_to(self):
        return sorted(Message.objects.values_list("recipient", flat=True))

    def test_those_who_answer_for_the_structure_and_the_reader_are_told_once_a_week(self, team):
        MembershipFactory(role=Role.MANAGER)  # elsewhere
        advisor = team[Role.ADVISOR]
        reads(advisor.as_actor(), list(range(1, 102)))
        tell_of_many()
        told = sorted(team[role].user.email for role in (Role.ADVISOR, Role.MANAGER, Role.ADMINISTRATOR))
        assert self.sent_to() == told
        text = str(Message.objects.first().text)
        assert "101 personnes différentes" in text
        assert str(advisor.user) in text
        tell_of_many()
        assert self.sent_to() == told
        with time_machine.travel("2026-11-30T10:00:00+01:00", tick=False):
            reads(advisor.as_actor(), list(range(1, 102)))
            tell_of_many()
        assert len(self.sent_to()) == 2 * len(told)

    def test_who_reads_a_little_in_each_of_many_structures_is_told_about_in_each(self, team):
        """Nobody of one structure could see it: each saw sixty."""
        advisor, manager = team[Role.ADVISOR], team[Role.MANAGER]
        elsewhere = MembershipFactory(role=Role.MANAGER)
        there = MembershipFactory(user=advisor.user, role=Role.ADVISOR, organisation=elsewhere.organisation)
        reads(advisor.as_actor(), list(range(1, 61)))
        reads(there.as_actor(), list(range(61, 121)))
        tell_of_many()
        assert {manager.user.email, elsewhere.user.email, advisor.user.email} <= set(self.sent_to())

    def test_an_ordinary_day_writes_to_nobody(self, team):
        reads(team[Role.ADVISOR].as_actor(), list(range(1, PEOPLE_A_DAY + 1)))
        tell_of_many()
        assert self.sent_to() == []

    def test_the_head_of_a_group_is_told_about_to_those_who_lead_it(self, group_head):
        reads(group_head.as_actor(), list(range(1, 102)))
        tell_of_many()
        assert self.sent_to() == [group_head.user.email]

    def test_who_left_is_not_written_to(self, team):
        Membership.objects.filter(pk=team[Role.MANAGER].pk).update(ended_at="2026-01-01T00:00:00Z")
        reads(team[Role.ADVISOR].as_actor(), list(range(1, 102)))
        tell_of_many()
        assert team[Role.MANAGER].user.email not in self.sent_to()

    @pytest.fixture
    def group_head(self):
        return MembershipFactory(role=Role.GROUP_HEAD, organisation=None, group=GroupFactory())
