"""A form sent after its session or its token has ended: nothing is done, nothing is lost, nobody else reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backend.core.models import IdempotencyRecord
from backend.web.kept.refused import forget_refused
from backend.web.models import Draft
from tests.access.policy import WEB
from tests.access.world import ROLES, build_world
from tests.factories import MembershipFactory, OccupationCompetenceFactory, TrainingFactory
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db

TYPED = "Zèbre calme"
FEWEST_FORMS = 25
TAKEN_BACK = "Votre connexion s’était fermée avant l’envoi"


@pytest.fixture
def world():
    return build_world()


def forms_of(world):
    """Every page that holds a form one can come back to: the role that opens it, its address, what is sent."""
    for name, page in sorted(WEB.items()):
        role = next((role for role in ROLES if page.opens_for(role, "own")), None)
        if role is None or "GET" not in page.methods:
            continue
        kwargs = {"pk": world.pk(page.kind, "own")} if page.kind else {}
        address = reverse(name, kwargs={**kwargs, **world.captured(page)})
        answer = world.clients[role].get(address)
        form = answer.context and answer.context.get("form")
        if form is not None and b'name="form_owner"' in answer.content and "POST" in page.methods:
            yield role, address, _sent(answer, form)


def _sent(answer, form):
    texts = {each.html_name: TYPED for each in form.visible_fields() if type(each.field) is forms.CharField}
    hidden = {each.html_name: each.value() or "" for each in form.hidden_fields()}
    mark = answer.content.decode().split('name="form_owner" value="')[1].split('"')[0]
    return {**hidden, **texts, "form_owner": mark, "csrfmiddlewaretoken": "a" * 64}


def _later(world, role):
    """The same account in a browser that checks tokens, signed in again since the page was opened."""
    seat = world.seats[role]
    return sign_in(Client(enforce_csrf_checks=True), seat.user, seat=seat.seat_key)


def _shows(client, address, sent):
    page = text_of(client.get(address))
    typed = TYPED not in sent.values() or TYPED in page
    return TAKEN_BACK in page and sent["form_id"] in page and typed


def test_every_form_comes_back_filled_when_its_token_is_stale(world):
    lost, seen = [], 0
    for role, address, sent in forms_of(world):
        client, seen = _later(world, role), seen + 1
        answer = client.post(address, sent)
        if answer.status_code != 302 or not _shows(client, answer.url, sent):
            lost.append((address, answer.status_code))
        if client.get(address).content.count(TYPED.encode()):
            lost.append((address, "an ordinary visit shows it too"))
    assert lost == []
    assert seen >= FEWEST_FORMS
    assert not IdempotencyRecord.objects.exists()


@pytest.mark.parametrize("every_cookie_is_gone", [False, True])
def test_every_form_comes_back_filled_after_signing_in_again(world, every_cookie_is_gone):
    """The session alone has ended, or the browser forgot everything, the token's cookie too."""
    lost = []
    for role, address, sent in forms_of(world):
        answer = Client(enforce_csrf_checks=every_cookie_is_gone).post(address, sent)
        login, _, back = answer.url.partition("?next=")
        back = back.replace("%3F", "?").replace("%3D", "=")
        if login != reverse("account_login") or not _shows(_later(world, role), back, sent):
            lost.append((address, answer.url))
    assert lost == []
    assert not IdempotencyRecord.objects.exists()


@pytest.fixture
def odile(place):
    return sign_in(Client(), place.advisor)


def _follow_up(client, place):
    address = reverse("web:follow_up_new", args=[place.jo.pk])
    answer = client.get(address)
    sent = _sent(answer, answer.context["form"])
    sent.pop("next_appointment_purpose")  # an appointment has its day, and none is planned here
    return address, {**sent, "kind": "SUIVI", "mode": "TELEPHONE", "happened_at": "2026-01-05T10:00"}


def test_what_one_account_typed_is_never_shown_to_another(odile, place):
    address, sent = _follow_up(odile, place)
    back = Client().post(address, sent).url.partition("?next=")[2].replace("%3F", "?").replace("%3D", "=")
    colleague = MembershipFactory(role="MANAGER", organisation=place.structures["aci"])
    assert TYPED not in text_of(sign_in(Client(), colleague.user).get(back))
    other = sign_in(Client(enforce_csrf_checks=True), colleague.user)
    assert other.post(address, sent).status_code == 403
    assert TYPED in text_of(odile.get(back))


def test_a_form_that_does_not_say_whose_it_is_is_not_kept(odile, place):
    address, sent = _follow_up(odile, place)
    for mark in ("", "1", f"{place.advisor.pk}:forged"):
        answer = Client().post(address, {**sent, "form_owner": mark})
        assert answer.url == f"{reverse('account_login')}?next=/"
    assert not Draft.objects.exists()


def test_another_site_keeps_nothing(odile, place):
    address, sent = _follow_up(odile, place)
    for client in (
        Client(enforce_csrf_checks=True),
        sign_in(Client(enforce_csrf_checks=True), place.advisor),
    ):
        answer = client.post(address, sent, headers={"Origin": "https://ailleurs.example.org"})
        assert answer.status_code == 403
        assert "gardé" not in text_of(answer)
    assert not Draft.objects.exists()


def test_a_form_whose_owner_is_not_told_is_refused_without_a_cookie_and_keeps_nothing(odile, place):
    address, sent = _follow_up(odile, place)
    answer = Client(enforce_csrf_checks=True).post(address, {**sent, "form_owner": ""})
    assert answer.status_code == 403
    assert not Draft.objects.exists()


def test_the_sign_in_page_says_what_became_of_the_last_gesture(odile, place):
    address, sent = _follow_up(odile, place)
    kept = Client().post(address, sent, follow=True)
    assert "Ce que vous aviez écrit est gardé" in text_of(kept)
    assert "n’est pas enregistré" not in text_of(kept)

    competence = OccupationCompetenceFactory().competence
    tap = reverse("web:observe_level", args=[place.karim.pk, competence.pk])
    lost = Client()
    answer = lost.post(tap, {"level": "2"}, headers={"HX-Request": "true"})
    said = text_of(lost.get(answer.headers["HX-Redirect"]))
    assert "votre dernier geste n’est pas enregistré" in said
    assert "gardé" not in said


def test_a_form_that_comes_back_says_that_its_file_does_not(odile, place):
    training = TrainingFactory(beneficiary=place.jo, organisation=place.structures["aci"])
    address = reverse("web:training_file", args=[training.pk])
    page = odile.get(address)
    sent = _sent(page, page.context["form"])
    Client().post(address, sent)
    said = text_of(odile.get(f"{address}?repris={sent['form_id']}"))
    assert TAKEN_BACK in said
    assert "sauf un fichier joint : choisissez-le à nouveau" in said


def test_what_is_kept_is_sealed_recorded_once_and_then_forgotten(odile, place):
    from django.db import connection

    address, sent = _follow_up(odile, place)
    Client().post(address, sent)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM web_draft")
        assert TYPED not in cursor.fetchone()[0]
    back = f"{address}?repris={sent['form_id']}"
    assert odile.post(back, sent).status_code == 302
    assert place.jo.interviews.get().synthesis == TYPED
    assert not Draft.objects.exists()


def test_nobody_comes_back_after_an_hour(odile, place):
    address, sent = _follow_up(odile, place)
    Client().post(address, sent)
    Draft.objects.update(saved_at=timezone.now() - timedelta(minutes=61))
    assert TYPED not in text_of(odile.get(f"{address}?repris={sent['form_id']}"))
    assert forget_refused() == 1


def test_a_sheet_sent_too_late_opens_as_a_page_with_what_was_typed(odile, place):
    address, sent = _follow_up(odile, place)
    client = sign_in(Client(enforce_csrf_checks=True), place.advisor)
    answer = client.post(address, sent, headers={"HX-Request": "true"})
    assert _shows(client, answer.headers["HX-Redirect"], sent)
