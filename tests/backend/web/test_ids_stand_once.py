"""An id stands once in a form: the link of a refusal and a label lead to one place."""

from __future__ import annotations

import re

import pytest
from django import forms

from backend.web.forms.base import CalmForm
from tests.house.tree import of_the_product

INPUTS = sorted(
    (
        (f"{form.__module__}.{form.__qualname__}.{name}", name, field)
        for form in of_the_product(CalmForm)
        for name, field in form.base_fields.items()
        if not field.widget.is_hidden and not isinstance(field, forms.ModelChoiceField)
    ),
    key=lambda each: each[0],
)


@pytest.mark.parametrize(
    ("name", "field"), [pytest.param(name, field, id=key) for key, name, field in INPUTS]
)
def test_no_input_of_ours_carries_its_id_twice(name, field):
    class Alone(CalmForm):
        """One input, as its own form shows it."""

        writes = "nothing: only drawn"

    Alone.base_fields = {name: field}
    shown = Alone()[name]
    drawn = shown.as_field_group()
    ids = re.findall(r'\bid="([^"]+)"', drawn)
    assert sorted(ids) == sorted(set(ids))
    assert (shown.id_for_label or shown.auto_id) in ids, "the link of a refusal leads nowhere"
