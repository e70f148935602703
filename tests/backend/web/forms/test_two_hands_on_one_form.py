"""Two tabs, two colleagues: nothing a colleague saved is put back by a form opened before, whatever the form."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from backend.web.forms.base import CalmForm
from backend.web.forms.meanwhile import remember_opening, set_beside
from pathways.models import Beneficiary
from tests.pages import text_of
from tests.signin import sign_in
from tests.worlds.three_valleys import Territory, territory

pytestmark = pytest.mark.django_db


class _Inputs(HTMLParser):
    """What a browser would send of a page's inputs."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.select = ""

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag == "select":
            self.select = known.get("name", "")
        elif tag == "option" and self.select and "selected" in known:
            self.sent[self.select] = known.get("value") or ""
        elif tag == "input" and known.get("name"):
            kind = known.get("type", "text")
            if kind not in {"radio", "checkbox", "submit"} or "checked" in known:
                self.sent[known["name"]] = known.get("value") or ""


def sent_by(answer) -> dict[str, str]:
    inputs = _Inputs()
    inputs.feed(answer.content.decode().partition("<main")[2])
    return inputs.sent


@pytest.fixture
def place() -> Territory:
    return territory()


@pytest.fixture
def odile(place):
    return sign_in(Client(), place.advisor)


def test_a_field_left_alone_takes_what_was_saved_and_the_old_telephone_does_not_come_back(odile, place):
    address = reverse("web:person_edit", args=[place.jo.pk])
    one, other = sent_by(odile.get(address)), sent_by(odile.get(address))
    assert odile.post(address, {**one, "phone": "06 99 88 77 66"}).status_code == 302

    refused = odile.post(address, {**other, "postcode": "38000"})
    said = text_of(refused)
    assert refused.status_code == 422
    assert "Repris de la version enregistrée, car vous n’y aviez pas touché : Téléphone" in said
    again = sent_by(refused)
    assert again["postcode"] == "38000"
    assert odile.post(address, again).status_code == 302
    saved = Beneficiary.objects.get(pk=place.jo.pk)
    assert saved.phone.endswith("699887766")
    assert saved.postcode == "38000"


def test_a_field_both_wrote_stands_beside_what_is_saved(odile, place):
    address = reverse("web:person_edit", args=[place.jo.pk])
    one, other = sent_by(odile.get(address)), sent_by(odile.get(address))
    odile.post(address, {**one, "postcode": "38100"})
    refused = odile.post(address, {**other, "postcode": "38000"})
    assert "Enregistré entre-temps : « 38100 »" in text_of(refused)
    again = sent_by(refused)
    assert again["postcode"] == "38000"
    assert odile.post(address, again).status_code == 302
    assert Beneficiary.objects.get(pk=place.jo.pk).postcode == "38000"


class _Every(CalmForm):
    """One field of each shape."""

    text = forms.CharField(required=False)
    long = forms.CharField(required=False, widget=forms.Textarea)
    day = forms.DateField(required=False)
    count = forms.IntegerField(required=False)
    hours = forms.DecimalField(required=False)
    yes = forms.BooleanField(required=False)
    one = forms.ChoiceField(required=False, choices=[("", "-"), ("a", "Pomme"), ("b", "Poire")])
    many = forms.MultipleChoiceField(required=False, choices=[("a", "Pomme"), ("b", "Poire")])


OPENED = {
    "text": "un", "long": "un\ndeux", "day": "2026-01-05", "count": "3", "hours": "7.50", "yes": True, "one": "a",
    "many": ["a"],
}  # fmt: skip
SAVED = {
    "text": "deux", "long": "trois", "day": "2026-02-06", "count": "4", "hours": "8.00", "yes": False, "one": "b",
    "many": ["a", "b"],
}  # fmt: skip


def _shown(form) -> dict[str, list[str]]:
    """Names and values the page of a form sends back untouched."""
    inputs = QueryDict(mutable=True)
    for bound in form.visible_fields():
        value = OPENED[bound.name]
        values = (
            value
            if isinstance(value, list)
            else ([] if value is False else ["on" if value is True else value])
        )
        inputs.setlist(bound.html_name, [each.replace("\n", "\r\n") for each in values])
        inputs.setlist(bound.html_initial_name, ["True" if value is True else each for each in values])
    return inputs


@pytest.mark.parametrize("name", sorted(OPENED))
def test_every_shape_of_field_left_alone_takes_what_is_saved(name):
    opened = _Every(initial=OPENED)
    remember_opening(opened)
    form = _Every(_shown(opened), initial={**OPENED, name: SAVED[name]})
    remember_opening(form)
    assert form.is_valid()
    set_beside(form)
    assert form.taken_meanwhile == [str(form[name].label)]
    assert _Every(form.data).is_valid()
    fresh = _Every(form.data)
    assert fresh.is_valid()
    expected = _Every(
        {key: value for key, value in {**OPENED, name: SAVED[name]}.items() if value is not False}
    )
    assert expected.is_valid()
    assert {key: fresh.cleaned_data[key] for key in OPENED if key != "long"} == {
        key: expected.cleaned_data[key] for key in OPENED if key != "long"
    }


def test_nothing_moves_when_nobody_else_wrote():
    form = _Every(_shown(_Every(initial=OPENED)), initial=OPENED)
    assert form.is_valid()
    set_beside(form)
    assert (form.taken_meanwhile, form.errors) == ([], {})
