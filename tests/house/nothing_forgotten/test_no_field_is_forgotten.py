"""A field of a table goes through every layer that speaks of its table: the files, the API and the forms, or says why not.

The reason stands beside the layer it excuses: `FileLayout.left_out`, `Meta.left_out` of what the API shows, `left_out`
of a form. That a page reads it: `tests/journeys/test_every_page_is_reached.py`, which opens them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from inspect import Parameter, signature

import pytest
from django.contrib.auth import get_user_model
from django.db import models

from backend.core.api.serializers import LEFT_OUT_EVERYWHERE, Input, ModelInput, Output
from backend.exchange import registry
from backend.exchange.layout import Column, FileLayout
from backend.web.forms.base import CalmForm
from pathways.models import Interview
from pathways.services.follow_ups import Said
from tests.house.tree import PACKAGES, of_the_product

Model = type[models.Model]


def fields_of(model: Model, *, typed: bool) -> set[str]:
    """Fields of a table; `typed`: those somebody may fill in, whatever keeps itself left aside."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key and (field.editable or not typed)
    }


def bare(model: Model, names: Iterable[str]) -> set[str]:
    """Names of fields, a relation being known by its own name and by that of its column."""
    columns = {field.attname: field.name for field in model._meta.concrete_fields}
    return {columns.get(name, name) for name in names}


# The files


def layouts_by_table() -> dict[Model, list[FileLayout]]:
    held: dict[Model, list[FileLayout]] = defaultdict(list)
    for layout in registry.layouts():
        assert layout.holds is not None, f"{layout.name}: say which table it holds"
        held[layout.holds].append(layout)
    return held


def brought(model: Model, column: Column) -> Iterator[str]:
    """Which fields of the table a column brings."""
    if column.tells:
        yield column.tells
    elif column.field and not column.part:
        yield column.leaf
    elif column.name == "id":
        yield "external_id"
    elif column.refers_to is not None:
        yield from (
            field.name for field in model._meta.concrete_fields if field.related_model is column.refers_to
        )


def forgotten_by_the_files(model: Model, layouts: list[FileLayout]) -> set[str]:
    told = {name for layout in layouts for column in layout.columns for name in brought(model, column)}
    excused = {name for layout in layouts for name in layout.left_out}
    return fields_of(model, typed=True) - bare(model, told) - excused


def forgotten_by_a_part(model: Model, layout: FileLayout, part: str) -> set[str]:
    """The same, of the row that hangs from the one of the line."""
    held = model._meta.get_field(part)
    other = held.related_model
    told = {column.leaf for column in layout.of_part(part)} | {held.remote_field.name}
    return fields_of(other, typed=True) - bare(other, told)


def test_every_field_of_an_exchanged_table_has_its_column():
    forgotten = {
        model._meta.label: sorted(missing)
        for model, layouts in layouts_by_table().items()
        if (missing := forgotten_by_the_files(model, layouts))
    }
    assert forgotten == {}, "a Column of its layout, or `left_out` there with the reason"


def test_every_field_of_what_hangs_from_a_line_has_its_column():
    parts = {
        (model, layout.name, column.part): forgotten_by_a_part(model, layout, column.part)
        for model, layouts in layouts_by_table().items()
        for layout in layouts
        for column in layout.columns
        if column.part
    }
    assert len(parts) >= 1, "no layout has a part any more: look at how they are read"
    assert {key: missing for key, missing in parts.items() if missing} == {}, (
        "a Column with this `part` in the layout, or `left_out` there with the reason"
    )


def test_the_files_excuse_what_no_column_brings():
    """A field that got its column needs no excuse any more, and a field that is gone neither."""
    stale = {
        (layout.name, name)
        for model, layouts in layouts_by_table().items()
        for layout in layouts
        for name, reason in layout.left_out.items()
        if not reason
        or name not in fields_of(model, typed=True)
        or name in bare(model, (each for column in layout.columns for each in brought(model, column)))
    }
    assert stale == set(), "it is given now, or gone: take the excuse out of `left_out`"


# The API


def outputs_by_table() -> dict[Model, list[type]]:
    shown: dict[Model, list[type]] = defaultdict(list)
    for serializer in of_the_product(Output):
        if meta := getattr(serializer, "Meta", None):
            shown[meta.model].append(serializer)
    return shown


def shown_by(serializer: type) -> set[str]:
    fields = serializer().fields
    return set(fields) | {str(field.source).split(".")[0] for field in fields.values()}


def excuses(serializer: type) -> dict[str, str]:
    return getattr(serializer.Meta, "left_out", {})


def test_every_field_of_a_table_of_the_API_is_shown():
    forgotten = {}
    for model, serializers in outputs_by_table().items():
        told = {name for each in serializers for name in shown_by(each)}
        excused = {name for each in serializers for name in excuses(each)} | set(LEFT_OUT_EVERYWHERE)
        if missing := fields_of(model, typed=False) - bare(model, told) - excused:
            forgotten[model._meta.label] = sorted(missing)
    assert len(outputs_by_table()) > 30, "outputs are no longer found: look at `outputs_by_table`"
    assert forgotten == {}, "a field of its serializer, or `left_out` in its Meta with the reason"


def test_the_API_excuses_what_it_does_not_show():
    stale = {
        (serializer.__name__, name)
        for model, serializers in outputs_by_table().items()
        for serializer in serializers
        for name, reason in excuses(serializer).items()
        if not reason
        or name not in fields_of(model, typed=False)
        or name in {each for other in serializers for each in bare(model, shown_by(other))}
    }
    assert stale == set(), "it is given now, or gone: take the excuse out of `left_out`"


# The forms


def forms_by_table() -> dict[Model, list[type[CalmForm]]]:
    writing: dict[Model, list[type[CalmForm]]] = defaultdict(list)
    for form in of_the_product(CalmForm):
        if isinstance(getattr(form, "writes", ""), type):
            writing[form.writes].append(form)
    return writing


def drawn_by(form: type[CalmForm]) -> set[str]:
    """Its fields, those it draws when it is shown included, unless it must be told of whom first."""
    is_told = any(
        each.kind is Parameter.KEYWORD_ONLY and each.default is Parameter.empty
        for parent in form.__mro__
        if "__init__" in parent.__dict__ and parent.__module__.split(".")[0] in PACKAGES
        for each in signature(parent.__init__).parameters.values()
    )
    return set(form.base_fields) if is_told else set(form().fields)


def asked_by(form: type[CalmForm]) -> set[str]:
    names = (form.typed_as.get(name, name) for name in drawn_by(form))
    return {each for name in names for each in name.split()}


def typed_into(model: Model) -> set[str]:
    """Fields of a table that some form asks."""
    told = {name for form in forms_by_table()[model] for name in asked_by(form)}
    return told & fields_of(model, typed=True)


@pytest.mark.parametrize("form", of_the_product(CalmForm), ids=lambda form: form.__name__)
def test_every_form_says_which_table_it_writes(form):
    assert getattr(form, "writes", ""), "`writes`: the table, or the reason why it fills none"
    assert set(form.typed_as) <= set(form.base_fields), "`typed_as` names a field that the form does not have"


def test_every_field_of_a_table_people_type_is_asked():
    forgotten = {}
    for model, forms in forms_by_table().items():
        told = {name for form in forms for name in asked_by(form)}
        excused = {name for form in forms for name in form.left_out}
        if missing := fields_of(model, typed=True) - bare(model, told) - excused:
            forgotten[model._meta.label] = sorted(missing)
    assert get_user_model() in forms_by_table(), "forms are no longer found: look at `forms_by_table`"
    assert len(forms_by_table()) > 20, "forms are no longer found: look at `forms_by_table`"
    assert forgotten == {}, "a field of a form, or `left_out` there with the reason"


def test_forms_excuse_what_they_do_not_ask():
    stale = {
        (form.__name__, name)
        for model, forms in forms_by_table().items()
        for form in forms
        for name, reason in form.left_out.items()
        if not reason
        or name not in fields_of(model, typed=True)
        or name in {each for other in forms for each in bare(model, asked_by(other))}
    }
    assert stale == set(), "it is given now, or gone: take the excuse out of `left_out`"


# What the API takes


def inputs_by_table() -> dict[Model, set[str]]:
    """Names that the API takes for each table: by its inputs, and by those beside them that name no table."""
    told: dict[Model, set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = defaultdict(set)
    for serializer in of_the_product(Input):
        beside[serializer.__module__] |= shown_by(serializer)
    for serializer in of_the_product(ModelInput):
        told[serializer.Meta.model] |= shown_by(serializer) | beside[serializer.__module__]
    return told


def test_every_field_that_people_type_is_taken_by_the_API():
    forgotten = {}
    for model, told in inputs_by_table().items():
        asked = {
            name: set(form.typed_as.get(name, name).split())
            for form in forms_by_table()[model]
            for name in drawn_by(form)
        }
        missing = {
            name
            for name, fields in asked.items()
            if fields <= fields_of(model, typed=True) and name not in told and not fields <= bare(model, told)
        }
        if missing:
            forgotten[model._meta.label] = sorted(missing)
    assert len(inputs_by_table()) > 15, "inputs are no longer found: look at `inputs_by_table`"
    assert forgotten == {}, "a field of its input in `<domain>/api`, as on the screen"


# What the services keep in mind

DATED_APART = {"happened_at"}
"""Named by the services themselves: the day of an interview has its own rules."""


def test_what_a_sheet_asks_is_what_the_trail_of_a_follow_up_tells():
    """`Said` is what a correction compares with before; a name left out there would be corrected without a word."""
    assert set(Said.__annotations__) == typed_into(Interview) - DATED_APART, "pathways/services/follow_ups.py"
