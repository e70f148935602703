"""Somebody else holds the database: every page and every gesture says so, keeps what was typed, and breaks nothing."""

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.busy import is_busy
from pathways.models import IaePass, Interview
from tests import factories as make
from tests.access.busy_base import nothing_answers, writes_are_blocked
from tests.access.hostile_input.test_a_late_refusal_is_a_sentence import somebody_who_may
from tests.access.policy import WEB
from tests.access.sent.readiness import READY, bare, not_back_since, nothing_changed_it, without_access
from tests.access.test_web_access_matrix import LEAVES_NO_LINE, address_of, body_of
from tests.access.world import build_world
from tests.backend.core.api.test_concurrency_api import trail_can_be_emptied  # noqa: F401 - fixture
from tests.committing import committing
from tests.factories import TODAY
from tests.signin import give_second_factor, sign_in

pytestmark = committing
SENT = sorted(name for name, page in WEB.items() if "POST" in page.methods and page.sends != {})
TAKES_AWAY = {bare, nothing_changed_it, not_back_since, without_access}
"""What one gesture needs gone, all the others are about."""
TYPED = "Elle a dit « oui » & <b>merci</b> ; nous avons longuement parlé de la garde des enfants.\nÀ revoir lundi."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


def browser(membership):
    client = sign_in(Client(raise_request_exception=False), membership.user)
    client.get(reverse("web:seats"))  # the mark of the clock is written, at most once a minute
    return client


@pytest.fixture
def advisor():
    return make.MembershipFactory(role=Role.ADVISOR)


@pytest.fixture
def person(advisor):
    return make.StayFactory(organisation=advisor.organisation, advisor=advisor.user).beneficiary


def says_busy(answer):
    return (
        answer.status_code == 503
        and answer["Retry-After"] == "2"
        and "réessayez dans un instant" in answer.content.decode()
    )


def made_ready(world, name, relation):
    """What the gesture needs, unless it would leave the others nothing to be about."""
    if READY.get(name) not in TAKES_AWAY:
        READY.get(name, lambda *_: None)(world, relation)


def test_every_page_is_read_and_every_gesture_is_given_back_while_somebody_writes():
    """SEC-58."""
    world = build_world()
    for client in world.clients.values():
        client.raise_request_exception = False
    forms, wrong, busy = {}, {}, 0
    for name in SENT:
        role, relation = somebody_who_may(world, name)
        made_ready(world, name, relation)
        if "GET" in WEB[name].methods:
            context = world.clients[role].get(address_of(world, name, relation)).context
            forms[name] = context.get("form") if context else None
    bodies = {name: body_of(world, name, *somebody_who_may(world, name), forms.get(name)) for name in SENT}
    before = Entry.objects.count()
    with writes_are_blocked():
        for name, page in sorted(WEB.items()):
            if "GET" in page.methods:
                role = sorted(page.roles)[0]
                answer = world.clients[role].get(address_of(world, name, "own"))
                if answer.status_code not in {200, 302, 403, 404} and not says_busy(answer):
                    wrong["GET", name] = answer.status_code
        for name in SENT:
            role, relation = somebody_who_may(world, name)
            answer = world.clients[role].post(address_of(world, name, relation), bodies[name])
            # What one only tries writes nothing: it is answered as on any other day.
            fine = {302, 404, 422} | ({200} if name in LEAVES_NO_LINE else set())
            if not says_busy(answer) and answer.status_code not in fine:
                wrong["POST", name] = answer.status_code
            busy += says_busy(answer)
            if says_busy(answer) and "Envoyer à nouveau" not in answer.content.decode():
                wrong["POST", name] = "not given back"
    assert wrong == {}
    assert Entry.objects.count() == before
    assert busy > 40, "most gestures really met the lock"


@pytest.mark.parametrize(
    "name", ["web:day", "web:people", "web:employers", "web:proposals", "web:between", "web:tokens"]
)
def test_what_leaves_no_trace_is_still_read(advisor, person, name):
    client = browser(advisor)
    with writes_are_blocked():
        assert client.get(reverse(name)).status_code == 200


def test_the_first_page_of_a_session_is_read_too(advisor, person):
    client = sign_in(Client(raise_request_exception=False), advisor.user)
    with writes_are_blocked():
        answer = client.get(reverse("web:people"))
    assert answer.status_code == 200
    assert person.last_name in answer.content.decode()
    assert client.get(reverse("web:people")).status_code == 200


def test_a_file_is_not_shown_when_the_trail_cannot_say_who_opened_it(advisor, person):
    """SEC-45."""
    client = browser(advisor)
    with writes_are_blocked():
        answer = client.get(reverse("web:person", args=[person.pk]))
    assert says_busy(answer)
    assert person.last_name not in answer.content.decode()
    assert client.get(reverse("web:person", args=[person.pk])).status_code == 200


def test_what_was_typed_is_in_the_page_and_sent_again_as_it_was(advisor, person):
    client = browser(advisor)
    address = reverse("web:follow_up_new", args=[person.pk])
    form = client.get(address).context["form"]
    sent = {
        "form_id": form["form_id"].value(), "happened_at": f"{TODAY}T09:00", "kind": "SUIVI",
        "mode": "PRESENTIEL", "synthesis": TYPED,
    }  # fmt: skip
    with writes_are_blocked():
        answer = client.post(address, sent)
    assert says_busy(answer)
    assert "<b>merci</b>" not in answer.content.decode()
    again = fields_of(answer)
    assert {name: value for name, value in again.items() if name != "csrfmiddlewaretoken"} == sent
    assert 'action="' + address in answer.content.decode()
    assert Interview.objects.count() == 0
    assert client.post(address, again).status_code == 302
    assert Interview.objects.get().synthesis.replace("\r\n", "\n") == TYPED


def fields_of(answer):
    """What a browser would send by pressing the button of this page."""
    from html import unescape

    page = answer.content.decode()
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    texts = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.S)
    return {name: unescape(value) for name, value in [*hidden, *texts]}


def test_a_sheet_is_answered_as_a_sheet(advisor, person):
    client = browser(advisor)
    address = reverse("web:goal_new", args=[person.pk])
    form_id = client.get(address).context["form"]["form_id"].value()
    with writes_are_blocked():
        sent = {"form_id": form_id, "label": "Permis", "origin": "ENSEMBLE"}
        answer = client.post(address, sent, headers={"HX-Request": "true"})
    assert says_busy(answer)
    assert answer["HX-Retarget"] == "#sheet-content"
    assert "<html" not in answer.content.decode()
    assert fields_of(answer)["label"] == "Permis"


def test_a_password_and_a_code_are_never_written_back(advisor):
    give_second_factor(advisor.user)
    client = Client(raise_request_exception=False)
    with writes_are_blocked():
        answer = client.post(
            reverse("account_login"), {"login": advisor.user.email, "password": make.PASSWORD}
        )
    assert says_busy(answer)
    assert make.PASSWORD not in answer.content.decode()
    assert advisor.user.email not in answer.content.decode()


def test_six_digits_are_never_written_back(advisor):
    """`code` is also what a bloc is called by: there it is given back, see the walk above."""
    give_second_factor(advisor.user)
    client = Client(raise_request_exception=False)
    client.post(reverse("account_login"), {"login": advisor.user.email, "password": make.PASSWORD})
    with writes_are_blocked():
        answer = client.post(reverse("mfa_authenticate"), {"code": "730418"})
    assert says_busy(answer)
    assert "730418" not in answer.content.decode()
    assert "Envoyer à nouveau" not in answer.content.decode()


def test_another_site_is_never_lent_our_token(advisor, person):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    sign_in(client, advisor.user)
    with nothing_answers():
        answer = client.post(
            reverse("web:goal_new", args=[person.pk]),
            {"label": "Piège"},
            headers={"Origin": "https://ailleurs.example"},
        )
    assert says_busy(answer)
    assert "Piège" not in answer.content.decode()
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_a_file_is_asked_for_again():
    client = browser(make.MembershipFactory(role=Role.MANAGER))
    with writes_are_blocked():
        answer = client.post(
            reverse("web:imports"),
            {"spreadsheets": SimpleUploadedFile("salaries.csv", b"id;nom\n1;Secret\n")},
        )
    assert says_busy(answer)
    assert "vous sera demandé à nouveau" in answer.content.decode()
    assert "Secret" not in answer.content.decode()


@pytest.mark.parametrize("name", ["account_login", "web:home", "web:people", "web:help", "web:account"])
def test_when_nothing_answers_every_page_says_so(advisor, name):
    client = browser(advisor)
    with nothing_answers():
        assert says_busy(client.get(reverse(name)))


def test_the_API_says_it_too_wherever_it_fails(advisor, person):
    client = browser(advisor)
    with nothing_answers():
        answer = client.get(reverse("api:people-list"))
    assert answer.status_code == 503
    assert answer.json()["code"] == "busy"
    assert answer["Retry-After"] == "2"
    body = {"beneficiary": person.pk, "number": "999991234567", "starts_on": "2026-01-05"}
    with writes_are_blocked():
        answer = client.post(reverse("api:passes-list"), body, content_type="application/json")
    assert answer.status_code == 503
    assert answer.json()["code"] == "busy"
    assert IaePass.objects.count() == 0
    assert client.post(reverse("api:passes-list"), body, content_type="application/json").status_code == 201


@pytest.mark.parametrize("block", [writes_are_blocked, nothing_answers])
def test_the_watch_is_always_answered(advisor, block):
    client = sign_in(Client(raise_request_exception=False), advisor.user)
    with block():
        alive = client.get(reverse("web:alive"))
        ready = client.get(reverse("web:ready"))
    assert alive.status_code == 200
    assert ready.status_code == (200 if block is writes_are_blocked else 503)
    assert client.get(reverse("web:account")).status_code == 200, "watching signs nobody out"


def test_a_fault_of_ours_stays_one():
    from django.db import DatabaseError, OperationalError, connection

    with pytest.raises(DatabaseError) as found, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")
    assert not is_busy(found.value)
    assert not is_busy(ValueError())
    assert not is_busy(None)
    assert issubclass(OperationalError, DatabaseError)
