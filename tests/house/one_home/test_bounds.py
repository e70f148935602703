"""Bounds and shapes have one home: every day and number a person may type goes through our own fields."""

from __future__ import annotations

import ast
import importlib

import pytest
from django import forms
from django_filters import FilterSet
from rest_framework import serializers

from backend.core.api import serializers as api
from backend.core.pages import forms as ours
from tests.house.tree import PACKAGES, ROOT, of_the_product


def modules(*, but=()):
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts and path.relative_to(ROOT).as_posix() not in but:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(call):
    return ast.unparse(call.func)


RAW_FORM_FIELDS = {
    f"forms.{name}Field"
    for name in ("Date", "DateTime", "ModelMultipleChoice", "Integer", "Decimal", "Float", "Duration", "Time")
}
OUR_FORM_FIELDS = (ours.DayField, ours.InstantField, ours.WholeField, ours.NumberField)
OUR_API_FIELDS = (api.DayField, api.InstantField, api.WholeField, api.NumberField, api.ExactField)


def test_no_form_declares_a_day_or_a_number_of_its_own():
    raw = [
        (path, node.lineno)
        for path, tree in modules(but={"backend/core/pages/forms.py"})
        for node in calls(tree)
        if name_of(node) in RAW_FORM_FIELDS
    ]
    assert raw == [], "import it from backend/core: a day, a number or a number of somebody has one shape"


def test_every_day_and_number_of_a_form_is_ours():
    base = (forms.DateField, forms.DateTimeField, forms.IntegerField, forms.TimeField, forms.DurationField)
    typed = [
        (form.__name__, name, field)
        for form in of_the_product(forms.BaseForm)
        for name, field in form.base_fields.items()
        if isinstance(field, base)
    ]
    assert len(typed) > 30
    assert [(form, name) for form, name, field in typed if not isinstance(field, OUR_FORM_FIELDS)] == [], (
        "a field of backend/core/pages/forms.py: its bounds and its refusals are those of the API"
    )


def below(field):
    """A field of a serializer, and what hangs below it."""
    yield field
    for child in (getattr(field, "child", None), *getattr(field, "fields", {}).values()):
        if child is not None:
            yield from below(child)


def test_every_day_and_number_the_API_takes_is_ours():
    base = (
        serializers.DateField, serializers.DateTimeField, serializers.IntegerField, serializers.FloatField,
        serializers.DecimalField, serializers.TimeField, serializers.DurationField,
    )  # fmt: skip
    taken = [
        (serializer.__name__, name, field)
        for serializer in (*of_the_product(api.Input), *of_the_product(api.ModelInput))
        if serializer not in {api.ModelInput, api.Input}
        for name, top in serializer().fields.items()
        for field in below(top)
        if isinstance(field, base)
    ]
    assert len(taken) > 25
    assert [(one, name) for one, name, field in taken if not isinstance(field, OUR_API_FIELDS)] == [], (
        "a field of backend/core/api/serializers.py: its bounds and its refusals are those of the screens"
    )


def test_every_day_and_number_of_a_filter_is_ours():
    base = (forms.DateField, forms.DateTimeField, forms.IntegerField)
    asked = [
        (filters.__name__, name, each.field)
        for filters in of_the_product(FilterSet)
        for name, each in filters.base_filters.items()
        if isinstance(each.field, base)
    ]
    assert len(asked) > 30
    assert [(one, name) for one, name, field in asked if not isinstance(field, OUR_FORM_FIELDS)] == [], (
        "a field of backend/core/pages/forms.py: its bounds and its refusals are those of the API"
    )


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_is_looked_into(package):
    assert importlib.import_module(package)


WORDS_ONLY = {"competences/search/words.py", "competences/search/spelling.py"}
"""Where a word made of digits is left as it is: nothing is counted with it."""


def test_a_text_becomes_a_number_in_one_place():
    asked = [
        (path, node.lineno)
        for path, tree in modules(but=WORDS_ONLY)
        for node in calls(tree)
        if isinstance(node.func, ast.Attribute) and node.func.attr in {"isdigit", "isdecimal", "isnumeric"}
    ]
    assert asked == [], "read it with backend.core.values.numbers.whole_number"


def test_nothing_of_a_request_is_made_a_number_without_being_read():
    raw = [
        (path, node.lineno)
        for path, tree in modules()
        for node in calls(tree)
        if name_of(node) in {"int", "float", "Decimal"}
        and any(word in ast.unparse(node) for word in ("request.", "query_params", ".GET", ".POST"))
    ]
    assert raw == [], "read it with backend.core.values.numbers.whole_number"
