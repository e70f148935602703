"""What the rules refuse of the fields that can be read, said beside those that cannot: one sending, every mistake.

A service judges whole values. When a field cannot be read, the gesture is tried with several values in its place, each
time undone: what is refused of another field whatever stands there is refused all the same, and is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

from django import forms
from django.contrib.messages.storage import default_storage
from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist
from django.db import transaction
from django.http import Http404, QueryDict
from django.utils import timezone

from backend.core.errors import Conflict, NotPermitted, errors_on
from backend.web.forms.base import CalmForm
from backend.web.requests import ActorRequest

Act = Callable[[dict[str, Any]], object]

_TRIES = 3
_FAR_APART = (0, -200, 200)
"""Days from today: what holds of days so far apart does not hang on the day."""
_MANY = 30


def judge_the_rest(request: ActorRequest, form: CalmForm, act: Act) -> None:
    """Write on the form what is refused of its readable fields; nothing where that hangs on the others."""
    unread = [name for name in form.errors if name != NON_FIELD_ERRORS]
    if not unread or not _may_be_tried(form, unread):
        return
    stand_ins = {name: list(islice(_stand_ins(form.fields[name]), _TRIES)) for name in unread}
    if not all(stand_ins.values()):
        return
    said: set[tuple[str, str]] | None = None
    for rank in range(_TRIES):
        with _as_if(form, {name: found[rank % len(found)] for name, found in stand_ins.items()}):
            refused = _refused(request, form, act)
        if refused and {name for name, _ in refused} <= set(unread):
            continue  # what was put there is itself refused: this try tells nothing of the rest
        said = refused if said is None else said & refused
        if not said:
            return
    for name, message in sorted(said or ()):
        if name not in unread:
            form.add_error(name, message)


def _may_be_tried(form: CalmForm, unread: Iterable[str]) -> bool:
    """Whether a try is undone whole: a row of a table, no file, no secret, nothing unread but what people typed."""
    is_visible = not any(form.fields[name].widget.is_hidden for name in unread)
    return isinstance(form.writes, type) and is_visible and not (form.files or form.asks_a_secret)


def _stand_ins(asked: forms.Field) -> Iterator[str]:
    """What could be typed there, nothing first when it may be left so; none when nobody could make it up."""
    if not asked.required:
        yield ""
    match asked:
        case forms.DateTimeField():
            at = timezone.localtime()
            yield from (f"{at + timedelta(days):%Y-%m-%dT%H:%M}" for days in _FAR_APART)
        case forms.DateField():
            yield from ((timezone.localdate() + timedelta(days)).isoformat() for days in _FAR_APART)
        case forms.IntegerField() | forms.DecimalField():
            low = asked.min_value or 0
            yield from (str(low + more) for more in (0, 1, _MANY))  # type: ignore[operator]
        case forms.ModelChoiceField():
            yield from (str(asked.prepare_value(row)) for row in (asked.queryset or ())[:_TRIES])
        case forms.ChoiceField():
            yield from _values(asked.choices)  # type: ignore[arg-type]
        case forms.CharField() if type(asked) is forms.CharField:
            yield "…"


def _values(choices: Iterable[Any]) -> Iterator[str]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _values(label)
        elif value not in (None, ""):
            yield str(value)


@contextmanager
def _as_if(form: CalmForm, typed: dict[str, str]) -> Iterator[None]:
    """For a try, the form as if this had been typed where nothing can be read; a gesture may ask it more than its values."""
    data = QueryDict(mutable=True)
    for known in form.data:
        data.setlist(known, form.data.getlist(known))  # type: ignore[attr-defined]
    for name, words in typed.items():
        data.setlist(form.add_prefix(name), [words] if words else [])
    as_sent = dict(vars(form))
    form.data, form._errors = data, None  # type: ignore[assignment]
    form._bound_fields_cache = {}  # type: ignore[attr-defined]
    try:
        form.full_clean()
        yield
    finally:
        _put_back(form, as_sent)


@dataclass(slots=True)
class _Said:
    """What a try is refused, under the inputs people see."""

    fields: dict[str, forms.Field]
    typed_as: Any
    refused: set[tuple[str, str]] = field(default_factory=set)

    def add_error(self, name: str | None, error: Any) -> None:
        """Keep what speaks of one input."""
        if name:
            self.refused |= {(name, str(each)) for each in (error if isinstance(error, list) else [error])}


def _refused(request: ActorRequest, form: CalmForm, act: Act) -> set[tuple[str, str]]:
    """What this try is refused, by input; undone whatever becomes of it."""
    said = _Said(form.fields, form.typed_as)
    if form.errors:
        return said.refused
    values = {name: value for name, value in form.cleaned_data.items() if name != "form_id"}
    try:
        with errors_on(said), _nothing_stays(request):
            act(values)
    except (Http404, ObjectDoesNotExist):
        return set()
    return said.refused


@contextmanager
def _nothing_stays(request: ActorRequest) -> Iterator[None]:
    """Neither a row, nor a seat, a message or a button; who may not act, or comes too late, is told at the real sending."""
    session = request.session
    session.get("")  # read now, so that what it holds is known
    as_asked, as_held = dict(vars(request)), deepcopy(vars(session))
    request._messages = default_storage(request)  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    except (Conflict, NotPermitted):
        return
    finally:
        _put_back(request, as_asked)
        _put_back(session, as_held)


def _put_back(held: object, kept: dict[str, Any]) -> None:
    vars(held).clear()
    vars(held).update(kept)
