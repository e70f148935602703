"""SEC-45: a list of people read, a refusal and a sign-in that failed leave one line each, with no name in it."""

import json

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from backend.audit import answers
from backend.audit.models import Entry
from backend.core.actor import Role
from tests import factories as make
from tests.backend.core.api.test_every_table_api import READERS
from tests.factories import TODAY
from tests.signin import PASSWORD, give_second_factor, sign_in
from tests.worlds.two_houses import API, House, client_of

pytestmark = pytest.mark.django_db
LISTED = {"names.listed", "people.listed"}
LEADS_TO_A_PERSON = {"beneficiary", "person", "stay", "contract", "iae_pass", "relay", "vae_project"}
"""Fields by which a row of the API says, by itself or by another row, whom it is about."""
NAMES = ["Dupluvier", "Duroitelet", "Duloriot"]


@pytest.fixture(autouse=True)
def _at_work(settings):
    settings.PACE_OF_REQUESTS = {**settings.PACE_OF_REQUESTS, "refusal": 20}
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def manager():
    return make.MembershipFactory(role=Role.MANAGER)


@pytest.fixture
def people(manager):
    found = []
    for name in NAMES:
        person = make.BeneficiaryFactory(last_name=name)
        stay = make.StayFactory(beneficiary=person, organisation=manager.organisation, advisor=manager.user)
        make.ContractFactory(stay=stay)
        gone = make.StayFactory(
            beneficiary=make.BeneficiaryFactory(last_name=f"{name}-Parti"),
            organisation=manager.organisation,
            started_on=TODAY.replace(month=1),
            ended_on=TODAY.replace(month=9),
        )
        make.ContractFactory(stay=gone)
        make.ExitFactory(stay=gone, occurred_on=gone.ended_on)
        found += [person.pk, gone.beneficiary_id]
    return found


def in_browser(membership):
    client = sign_in(Client(), membership.user, seat=membership.seat_key)
    client.get(reverse("web:seats"))  # the mark of the clock is written, at most once a minute
    return client


def last():
    return Entry.objects.order_by("pk").last()


def pages_without_argument():
    for name in sorted(
        key for key in get_resolver().namespace_dict["web"][1].reverse_dict if isinstance(key, str)
    ):
        try:
            yield name, reverse(f"web:{name}")
        except NoReverseMatch:
            continue


def test_every_page_that_names_several_people_leaves_one_line(manager, people):
    client = in_browser(manager)
    forgotten, seen = [], []
    for name, address in pages_without_argument():
        before = Entry.objects.filter(action__in=LISTED).count()
        answer = client.get(address)
        text = answer.content.decode(errors="replace") if not answer.streaming else ""
        if answer.status_code != 200 or sum(each in text for each in NAMES) < 2:
            continue
        seen.append(name)
        if Entry.objects.filter(action__in=LISTED).count() != before + 1:
            forgotten.append(name)
    assert not forgotten, forgotten
    assert {"people", "day"} <= set(seen)


def test_the_list_of_people_says_whose_names_once_in_ten_minutes(manager, people):
    client = in_browser(manager)
    before = Entry.objects.filter(action__in=LISTED).count()
    for _ in range(2):
        client.get(reverse("web:people"))
        assert Entry.objects.filter(action__in=LISTED).count() == before + 1
    line = last()
    assert (line.action, line.user_id, line.organisation_id) == (
        "names.listed",
        manager.user_id,
        manager.organisation_id,
    )
    assert set(line.detail["people"]) == set(people[::2])
    assert line.beneficiary_id is None
    assert not any(name in json.dumps(line.detail) for name in NAMES)


def test_each_list_of_the_api_about_people_leaves_one_line():
    house = House()
    client, forgotten, named = client_of(house.actors[Role.MANAGER]), [], 0
    for table in READERS:
        answer = client.get(f"{API}{table}/")
        rows = answer.json().get("results", []) if answer.status_code == 200 else []
        if rows and (table == "people" or LEADS_TO_A_PERSON & set(rows[0])):
            named += 1
            line = last()
            if line.action != "people.listed" or not line.detail["people"]:
                forgotten.append(table)
    assert not forgotten, forgotten
    assert named > 10


def test_a_list_without_anybody_leaves_none(manager):
    client = in_browser(manager)
    before = Entry.objects.count()
    client.get(reverse("web:people"))
    client.get(f"{API}people/")
    assert Entry.objects.count() == before


def test_what_is_absent_and_what_is_out_of_reach_leave_the_same_line(manager):
    client, elsewhere = in_browser(manager), make.StayFactory().beneficiary
    lines = []
    for number in (elsewhere.pk, 999_999):
        for address in (reverse("web:person", args=[number]), f"{API}people/{number}/"):
            assert client.get(address).status_code == 404
            lines.append((last().action, last().user_id, last().seat, last().detail))
    assert lines[:2] == lines[2:]
    assert lines[0][3] == {"status": 404, "route": "web:person", "method": "GET"}
    assert str(elsewhere.pk) not in json.dumps(lines[0][3])


def test_a_gesture_refused_to_a_role_leaves_a_line():
    advisor = make.MembershipFactory(role=Role.ADVISOR)
    client = in_browser(advisor)
    assert client.get(reverse("web:team")).status_code in {403, 404}
    assert last().action == "access.refused"


def test_refusals_are_bounded_and_the_last_line_says_that_more_followed(manager):
    client = in_browser(manager)
    for _ in range(30):
        client.get(f"{API}people/999999/")
    refused = Entry.objects.filter(action="access.refused").order_by("pk")
    assert len(refused) == 20
    assert [line.detail.get("more", False) for line in refused] == [False] * 19 + [True]


def test_an_unknown_address_and_a_stranger_led_to_the_door_leave_none(manager, client):
    before = Entry.objects.count()
    client.get(reverse("web:people"))
    client.get("/nulle-part/")
    client.get(f"{API}people/")
    assert Entry.objects.filter(pk__gt=0).count() == before


def test_a_key_that_opens_nothing_leaves_a_line_without_it(client):
    assert client.get(f"{API}people/", headers={"Authorization": "Bearer secret-invente"}).status_code == 401
    assert (last().action, last().user_id, last().detail["status"]) == ("access.refused", None, 401)
    assert "secret" not in json.dumps(last().detail)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_failed_sign_in_says_the_account_aimed_at_and_nothing_typed(client, manager, is_known):
    typed = manager.user.email.upper() if is_known else "inconnue@example.org"
    client.post(reverse("account_login"), {"login": typed, "password": "pas le bon mot de passe"})
    line = last()
    assert (line.action, line.user_id) == ("session.refused", manager.user_id if is_known else None)
    assert line.detail == {"known": is_known}
    assert line.seat == line.role == ""


def test_a_wrong_code_leaves_a_line(client, manager):
    give_second_factor(manager.user)
    client.post(reverse("account_login"), {"login": manager.user.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert (last().action, last().user_id) == ("session.refused", manager.user_id)


def test_a_list_is_shown_while_the_base_is_held_and_the_log_says_what_is_missing(
    manager, people, monkeypatch, caplog
):
    def held(*args, **kwargs):
        raise OperationalError("database is locked")

    client = in_browser(manager)
    monkeypatch.setattr(answers, "is_busy", lambda error: True)
    monkeypatch.setattr(Entry, "save", held)
    with caplog.at_level("WARNING"):
        assert client.get(reverse("web:people")).status_code == 200
    assert "names.listed is missing" in caplog.text


def test_reading_lists_and_being_refused_changes_nothing_for_a_form_kept(manager, people):
    from backend.audit.trail import last_write

    client = in_browser(manager)
    before = last_write(manager.user_id)
    client.get(reverse("web:people"))
    client.get(f"{API}people/999999/")
    assert last_write(manager.user_id) == before
