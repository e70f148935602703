"""Two independent mistakes in one form are both said: nobody learns them one sending after the other."""

from __future__ import annotations

import pytest
from django import forms

from tests.access.answers import nothing_kept
from tests.access.hostile_input.test_nothing_typed_breaks_a_page import FORMS
from tests.access.policy import WEB
from tests.access.sent.readiness import READY
from tests.access.test_web_access_matrix import address_of, body_of

pytestmark = pytest.mark.django_db

TOO_OLD = "1950-01-01"
"""A day of our calendar that the rules refuse wherever something is noted of somebody."""
UNREAD = {
    forms.DateField: "²", forms.DateTimeField: "²", forms.IntegerField: "²", forms.DecimalField: "²",
    forms.ChoiceField: "9" * 24, forms.ModelChoiceField: "9" * 24, forms.CharField: "#N/A",
}  # fmt: skip
_KIND = "the kind of hire says how long it lasts, and what its days are judged by"
_ANSWER = "what was answered says which of its days and papers are judged"
_BEGAN = "what ends is judged by the day it began"
_NUMBER = "nobody makes up a number of PASS"
SETTLES_THE_OTHER = {
    ("web:pass_new", "number"): _NUMBER,
    ("web:pass_correct", "number"): _NUMBER,
    ("web:training_edit", "started_on"): _BEGAN,
    ("web:immersion_edit", "started_on"): _BEGAN,
    ("web:hire", "kind"): _KIND,
    ("web:placement_correct", "kind"): _KIND,
    **dict.fromkeys(
        (
            ("web:derogation_answer", each)
            for each in ("status", "refusal_reason", "document", "document_on", "prescriber")
        ),
        _ANSWER,
    ),
    **dict.fromkeys(
        (
            ("web:prolongation_answer", each)
            for each in ("status", "refusal_reason", "document", "document_on", "prescriber")
        ),
        _ANSWER,
    ),
}
"""Form and unread field: without it nobody knows what the day is judged by."""


def unread(asked):
    """What nobody can read there; nothing for a field that takes whatever is sent."""
    kinds = (each for each in UNREAD if isinstance(asked, each) and not isinstance(asked, forms.FileField))
    return UNREAD.get(next(kinds, None))


class Sheet:
    """One form, prepared, opened by a role that writes it, and all it is sent."""

    def __init__(self, world, name):
        page = WEB[name]
        self.world, self.name = world, name
        self.role = next(
            (r for r in sorted(page.roles) if page.opens_for(r, "own") and page.writes_for(r, "own")), None
        )
        self.form, self.body = None, {}
        if self.role is None:
            return
        if name in READY:
            READY[name](world, "own")
        self.address = address_of(world, name, "own", self.role)
        answer = world.clients[self.role].get(self.address)
        if answer.status_code == 200 and answer.context and "form" in answer.context:
            self.form = answer.context["form"]
            self.body = body_of(world, name, self.role, "own", self.form)

    def errors(self, **typed):
        """What is said of each input; None when it was taken."""
        with nothing_kept():
            answer = self.world.clients[self.role].post(self.address, self.body | typed)
        return answer.context["form"].errors if answer.status_code == 422 else None

    def asked(self):
        return [each for each in self.form.visible_fields() if each.name != "form_id"] if self.form else []


def mistakes(world, name):
    """(a day too old, an unread field, what is said) of every pair of this form."""
    sheet = Sheet(world, name)
    days = [each for each in sheet.asked() if type(each.field).__name__ == "DayField"]
    for day in days:
        alone = sheet.errors(**{day.html_name: TOO_OLD})
        if not alone or day.name not in alone:
            continue
        for other in sheet.asked():
            wrong = unread(other.field)
            if other.name != day.name and wrong is not None:
                yield day.name, other.name, sheet.errors(**{day.html_name: TOO_OLD, other.html_name: wrong})


@pytest.mark.parametrize("name", FORMS)
def test_a_refused_day_and_an_unread_field_are_said_together(world, name):
    with nothing_kept():
        silent = {
            (day, other)
            for day, other, said in mistakes(world, name)
            if said is not None
            and other in said
            and day not in said
            and (name, other) not in SETTLES_THE_OTHER
        }
    assert silent == set()


@pytest.mark.parametrize("name", FORMS)
def test_what_is_tried_leaves_who_asks_where_they_sit(world, name):
    """A gesture that moves to another seat, or closes a session, is tried like the others and goes no further."""
    with nothing_kept():
        sheet = Sheet(world, name)
        emptied = {each.html_name: "" for each in sheet.asked() if isinstance(each.field, forms.CharField)}
        if not emptied:
            return
        client = world.clients[sheet.role]
        before = dict(client.session.items())
        if client.post(sheet.address, sheet.body | emptied).status_code == 422:
            assert dict(client.session.items()) == before
