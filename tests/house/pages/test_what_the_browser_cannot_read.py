"""A field of the browser's own (a day, a month, a number) carries the sentence said when it cannot be read.

Without it the browser sends such a field empty: a 31 February typed is then a day nobody gave.
"""

from __future__ import annotations

import re
from copy import deepcopy
from inspect import getsource

from django import forms

from backend.web.forms.base import READ_BY_THE_BROWSER, CalmForm, dress
from tests.house.tree import of_the_product, templates

_TYPED_BY_HAND = re.compile(rf'<input[^>]*type="(?:{"|".join(READ_BY_THE_BROWSER)})"[^>]*>')


def _native(form: type) -> list[tuple[str, forms.Field]]:
    found = form.base_fields.items()
    return [each for each in found if getattr(each[1].widget, "input_type", "") in READ_BY_THE_BROWSER]


def _dresses(form: type) -> bool:
    return issubclass(form, CalmForm) or "dress(" in getsource(form)


def test_every_form_that_asks_a_day_or_a_number_is_dressed_by_the_same_hand():
    bare = [form for form in of_the_product(forms.BaseForm) if _native(form) and not _dresses(form)]
    assert bare == [], (
        "make it a CalmForm, or `dress` its fields: each then says what the browser could not read"
    )


def test_the_hand_that_dresses_a_field_gives_it_its_sentence():
    silent, seen = [], 0
    for form in of_the_product(CalmForm):
        for name, field in _native(form):
            shown = deepcopy(field)
            dress(shown)
            seen += 1
            if shown.widget.attrs.get("data-unreadable") != str(field.error_messages["invalid"]):
                silent.append((form.__name__, name))
    assert silent == [], (
        "`dress` of backend/web/forms/base.py gives `data-unreadable` the sentence of the field"
    )
    assert seen >= 30, "forms are no longer found: look at how they are read"


def test_an_input_written_in_a_template_says_it_too():
    silent = [
        (name, tag)
        for name, path in templates().items()
        for tag in _TYPED_BY_HAND.findall(path.read_text("utf-8"))
        if "data-unreadable" not in tag
    ]
    assert silent == [], "give the input `data-unreadable` and its sentence, as forms do"
