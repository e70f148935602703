"""What was typed, line by line, each with where it is corrected and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from backend.core.pages.addresses import Gesture, address_of
from backend.panels.registry import Reader
from pathways.screens.corrections.kind import Kind

TEMPLATE = "web/partials/_typed_lines.html"


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One thing typed, in words, and where it is corrected or taken back; an empty address is no button."""

    words: str
    note: str
    correct: str
    cancel: str


def said_of(
    kinds: Iterable[Kind], rows: Iterable[Model], reader: Reader, words: Callable[[Any], tuple[str, str]]
) -> list[TypedLine]:
    """The rows this reader corrects or takes back; `words` says what each is."""
    known = {kind.model: kind for kind in kinds}
    lines = []
    for row in rows:
        kind = known[type(row)]
        corrects = kind.form is not None and kind.may(reader.actor, row)
        cancels = kind.is_cancelled_by(reader.actor, row)
        if corrects or cancels:
            correct = address_of(row, Gesture.CORRECT) if corrects else ""
            cancel = address_of(row, Gesture.CANCEL) if cancels else ""
            lines.append(TypedLine(*words(row), correct, cancel))
    return lines


def shown(title: str, lines: list[TypedLine]) -> dict[str, Any] | None:
    """The panel, when it has a line."""
    return {"title": title, "lines": lines} if lines else None
