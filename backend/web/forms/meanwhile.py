"""A form sent after somebody else changed the same row: what they changed is kept, what both changed stands side by side.

The form carries, hidden, what each field held when it was opened. Without it nobody can tell a field left alone from a
field written on purpose, and sending again puts old values back over a colleague's.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BoundField
from django.http import QueryDict

from backend.core import steps
from backend.web.forms.base import CalmForm

_LONGEST_SHOWN = 300
ROW_SEEN = "row_seen"
"""What a form says of the row it was opened on, when that row counts no versions."""


def remember_opening(form: CalmForm) -> None:
    """Have the form carry what each field shows at its opening."""
    for field in form.fields.values():
        if not field.widget.is_hidden and not isinstance(field, forms.FileField):
            field.show_hidden_initial = True


def carry(form: CalmForm, row: Model) -> None:
    """Have the form say, hidden, what its row held when it was opened."""
    form.fields[ROW_SEEN] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    form.initial[ROW_SEEN] = steps.seen(row)


def set_beside(form: CalmForm) -> None:
    """After a conflict: fields left alone take what is saved now, the others keep what was typed beside what is saved."""
    data = QueryDict(mutable=True)
    for name in form.data:
        data.setlist(name, form.data.getlist(name))  # type: ignore[attr-defined]
    for bound in form.visible_fields():
        if bound.html_initial_name not in data or bound.name not in form.initial:
            continue
        opened, typed = data.getlist(bound.html_initial_name), data.getlist(bound.html_name)
        saved = _as_sent(bound, form.initial[bound.name])
        data.setlist(bound.html_initial_name, saved)
        if _is_same(bound, opened, saved) or _is_same(bound, typed, saved):
            continue
        if _is_same(bound, typed, opened):
            _put(data, bound, saved)
            form.taken_meanwhile.append(str(bound.label))
        else:
            form.add_error(
                bound.name,
                f"Enregistré entre-temps : {_in_words(bound, saved)}. Votre saisie est ci-dessous.",
            )
    form.data = data


def _as_sent(bound: BoundField, saved: Any) -> list[str]:
    """A value as the page would send it back."""
    value = bound.field.prepare_value(saved)
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return ["True"] if value else []
    shown = bound.field.widget.format_value(value)
    if shown is None or shown == "":
        return []
    return [str(each) for each in shown if each != ""] if isinstance(shown, list | tuple) else [str(shown)]


def _is_same(bound: BoundField, one: list[str], other: list[str]) -> bool:
    """Whether both say the same, written as they may be."""
    return _read(bound, one) == _read(bound, other)


def _read(bound: BoundField, sent: list[str]) -> Any:
    texts = sorted(" ".join(each.split()) for each in sent if each not in {"", "False"})
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return bool(texts)
    if len(texts) != 1:
        return texts
    try:
        read = bound.field.to_python(texts if _is_many(bound) else texts[0])
    except (ValidationError, TypeError, ValueError):
        return texts
    return texts if isinstance(read, str) and not read else [str(read)]


def _is_many(bound: BoundField) -> bool:
    return isinstance(bound.field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)


def _put(data: QueryDict, bound: BoundField, saved: list[str]) -> None:
    if saved:
        data.setlist(bound.html_name, saved)
    else:
        data.pop(bound.html_name, None)


def _in_words(bound: BoundField, saved: list[str]) -> str:
    if not saved:
        return "rien"
    known = {str(value): str(label) for value, label in getattr(bound.field, "choices", ())}
    words = ", ".join(known.get(each, each) for each in saved)
    return f"« {words[:_LONGEST_SHOWN]}{'…' if len(words) > _LONGEST_SHOWN else ''} »"
