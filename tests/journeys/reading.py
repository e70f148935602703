"""Which fields of a table are read while pages are shown, by what they show: neither a form, nor what only carries them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from django.db.models import Field, Model

from tests.house.tree import PACKAGES, ROOT

_CARRIES = re.compile(r"/(migrations|api|exchange)/|/forms\.py$")
"""What takes a field, keeps it or hands it over, and does nothing with it."""
_PASSES_ON = re.compile(r"/django/db/models/|/functools\.py$|/django/utils/functional\.py$")
"""Between a field and whoever asks for it: `get_kind_display`, what is kept of a property."""
_OF_A_MODEL = re.compile(rf"/({'|'.join(PACKAGES)})/(\w+/)*models(/\w+)*\.py$")
_OF_A_PAGE = "/django/template/"


def is_read_by(frame: FrameType | None, name: str) -> bool:
    """Whether what asks for this field says its name, in a page or in the code behind one.

    Code that goes through every field, as a form opening on a row or a copy of all that is kept, names none of them.
    """
    is_named = False
    while frame is not None:
        path, code = frame.f_code.co_filename, frame.f_code
        is_named = (
            is_named
            or name in code.co_names
            or name in code.co_consts
            or code.co_name == "_get_FIELD_display"
        )
        if _OF_A_PAGE in path:
            return True
        if not (_PASSES_ON.search(path) or _OF_A_MODEL.search(path)):
            break
        frame = frame.f_back
    if frame is None or not path.startswith(f"{ROOT}/") or path.startswith(f"{ROOT}/tests/"):
        return False
    return is_named and "/site-packages/" not in path and not _CARRIES.search(path)


class _Watched:
    """A field of a model that notes when it is read; it gives and takes what it did."""

    def __init__(self, inner: Any, name: str, note: Any) -> None:
        self.inner, self.name, self.note = inner, name, note

    def __get__(self, row: Model | None, owner: type[Model]) -> Any:
        if row is None:
            return self.inner
        if is_read_by(sys._getframe(1), self.name):
            self.note()
        if not hasattr(self.inner, "__set__") and self.name in row.__dict__:
            return row.__dict__[self.name]
        return self.inner.__get__(row, owner)

    def __set__(self, row: Model, value: Any) -> None:
        if hasattr(self.inner, "__set__"):
            self.inner.__set__(row, value)
        else:
            row.__dict__[self.name] = value

    def __delete__(self, row: Model) -> None:
        row.__dict__.pop(self.name, None)


@contextmanager
def watched(fields: Iterable[Field[Any, Any]]) -> Iterator[set[str]]:
    """Within, the fields read so far, as « pathways.Interview.synthesis »."""
    read: set[str] = set()
    placed: list[tuple[type[Model], str, Any]] = []
    for field in fields:
        model = field.model
        for name in sorted({field.name, field.attname}):
            label = f"{model._meta.label}.{field.name}"
            placed.append((model, name, model.__dict__.get(name)))
            inner = next(each.__dict__[name] for each in model.__mro__ if name in each.__dict__)
            setattr(model, name, _Watched(inner, name, lambda label=label: read.add(label)))
    try:
        yield read
    finally:
        for model, name, before in reversed(placed):
            if before is None:
                delattr(model, name)
            else:
                setattr(model, name, before)
