"""Whatever is typed in a day, a number or a choice: a sentence, the form as it was filled, never a failure."""

from __future__ import annotations

import html
import re
from itertools import zip_longest

import pytest
from django import forms
from django.db import transaction
from django.urls import reverse

from tests.access.policy import WEB
from tests.access.routes import every_route

pytestmark = pytest.mark.django_db

NOT_DAYS = ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31", "31/02/2026", "²", "9" * 24]
NOT_NUMBERS = ["²", "٣", "9" * 24, "1e3", "nan", "-1"]
NOT_CHOICES = ["²", "9" * 24, "-1", "nul\x00"]
BEYOND = 10**24
ENGLISH = re.compile(r"\b(enter|valid value|ensure|this field|must be|select a)\b", re.IGNORECASE)

DAYS, NUMBERS = (forms.DateField, forms.DateTimeField), (forms.IntegerField,)
CHOICES = (forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField)
FORMS = sorted(name for name, page in WEB.items() if {"GET", "POST"} <= set(page.methods))


def address_of(world, name, pk=None):
    page = WEB[name]
    kwargs = {"pk": pk or world.pk(page.kind, "own")} if page.kind else {}
    return reverse(name, kwargs={**kwargs, **world.captured(page)})


def opened(world, name):
    """The browser of a role this page is for, and the form it finds there."""
    page = WEB[name]
    for role in sorted(page.roles):
        if not page.opens_for(role, "own"):
            continue
        answer = world.clients[role].get(address_of(world, name))
        if answer.status_code == 200 and answer.context and "form" in answer.context:
            return world.clients[role], answer.context["form"]
    return None, None


def filled(form):
    """What the browser would send back."""
    values = {}
    for bound in form:
        value = bound.value()
        widget = bound.field.widget
        if isinstance(bound.field, forms.FileField) or value in (None, False):
            continue
        values[bound.html_name] = value if isinstance(value, list) else widget.format_value(value)
    return {name: value for name, value in values.items() if value is not None}


def send(client, address, data):
    """The answer; nothing is kept."""
    sid = transaction.savepoint()
    try:
        return client.post(address, data)
    finally:
        transaction.savepoint_rollback(sid)
        client.cookies.pop("messages", None)


def of_kind(form, kinds):
    return [bound for bound in form if isinstance(bound.field, kinds) and bound.name != "form_id"]


def shows(answer, typed):
    return html.escape(typed) in answer.content.decode() or typed in answer.content.decode()


def refused_with_words(answer, typed):
    """The form again, a French sentence for each input, what was typed kept in it."""
    assert answer.status_code == 422, typed
    form = answer.context["form"]
    for bound, words in typed:
        told = form.errors.get(bound.name, [])
        assert told, (bound.name, words)
        assert all(each.rstrip().endswith((".", ")")) and not ENGLISH.search(each) for each in told), told
        assert form[bound.name].value() == words
        assert shows(answer, words), words


def test_the_forms_are_found(world):
    found = {name for name in FORMS if opened(world, name)[1] is not None}
    assert len(found) > 25
    assert any(of_kind(opened(world, name)[1], DAYS) for name in found)


@pytest.mark.parametrize("name", FORMS)
def test_a_day_or_a_number_that_is_none_comes_back_with_its_sentence(world, name):
    client, form = opened(world, name)
    days, numbers = (of_kind(form, DAYS), of_kind(form, NUMBERS)) if form else ([], [])
    tries = zip_longest(NOT_DAYS if days else (), NOT_NUMBERS if numbers else ())
    for day, number in tries:
        typed = [*((each, day) for each in days if day), *((each, number) for each in numbers if number)]
        data = filled(form) | {bound.html_name: words for bound, words in typed}
        refused_with_words(send(client, address_of(world, name), data), typed)


@pytest.mark.parametrize("name", FORMS)
def test_a_choice_that_is_none_or_nothing_at_all_breaks_nothing(world, name):
    client, form = opened(world, name)
    if form is None:
        return
    kept, choices = filled(form), [bound.html_name for bound in of_kind(form, CHOICES)]
    every = [bound.html_name for bound in form if bound.name != "form_id"]
    sendings = [kept | dict.fromkeys(choices, typed) for typed in NOT_CHOICES if choices]
    sendings += [dict.fromkeys(every, typed) for typed in ("", "\x00", "9" * 24)]
    for data in sendings:
        answer = send(client, address_of(world, name), {"form_id": ""} | data)
        assert answer.status_code in {302, 404, 422}, data


ASKED = ("²", "9" * 24, "9223372036854775807", "nul\x00")
PARAMETERS = ("rendez_vous", "prolonge", "analyse", "proposition", "page", "structure", "annee", "du", "au", "q", "situation", "kind", "mode", "organisation", "version")  # fmt: skip


@pytest.mark.parametrize("name", sorted(name for name, page in WEB.items() if "GET" in page.methods))
def test_no_address_breaks_on_what_is_written_in_it(world, name):
    page = WEB[name]
    role = next((each for each in sorted(page.roles) if page.opens_for(each, "own")), sorted(page.roles)[0])
    for asked in ASKED:
        answer = world.clients[role].get(address_of(world, name), dict.fromkeys(PARAMETERS, asked))
        assert answer.status_code in {200, 302, 404, 422}, asked


@pytest.mark.parametrize(
    "name", sorted(route.name for route in every_route() if route.captures == ("pk",) and route.name in WEB)
)
def test_an_identifier_beyond_the_database_answers_as_an_absent_one(world, name):
    page = WEB[name]
    for pk in (BEYOND, 2**63) if isinstance(world.pk(page.kind, "own"), int) else ():
        for method in page.methods:
            answer = world.clients[sorted(page.roles)[0]].generic(method, address_of(world, name, pk))
            assert answer.status_code == 404, method
