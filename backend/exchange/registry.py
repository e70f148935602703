"""The files of the bundle, in the order they are read: each domain declares its own once it is ready.

People come before their contracts, contracts before their hours: the order of declaration, which is the order of
the applications.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from backend.exchange.layout import FileLayout

if TYPE_CHECKING:
    from django.db.models import Model

    from backend.core.findings import Finding

    Judge = Callable[[Any], Iterable[Finding]]

_LAYOUTS: dict[str, FileLayout] = {}
_KEPT_HERE: dict[type[Model], str] = {}
_JUDGES: dict[type[Model], Callable[[], Judge]] = {}


def register(*layouts: FileLayout) -> None:
    """Add the files of a domain; called once from `AppConfig.ready()`."""
    _LAYOUTS.update({layout.name: layout for layout in layouts})


def keep_here(reasons: Mapping[type[Model], str]) -> None:
    """Say which tables of a domain leave with no bundle, and why; called once from `AppConfig.ready()`."""
    _KEPT_HERE.update(reasons)


def judge_with(model: type[Model], opened: Callable[[], Judge]) -> None:
    """Give the rules of a domain to a table of the frame; `opened` reads the book once for many rows."""
    _JUDGES[model] = opened


def judge_of(model: type[Model]) -> Judge:
    """What the rules find in a row of this table, as if it were typed."""
    return _JUDGES[model]()


def kept_here() -> Mapping[type[Model], str]:
    """Every table that a domain keeps, with its reason."""
    return _KEPT_HERE


def layouts() -> tuple[FileLayout, ...]:
    """Every file, in the order they are read."""
    return tuple(_LAYOUTS.values())


def naming(model: type[Model]) -> FileLayout:
    """The file whose column « id » gives the ids of this model."""
    return next(
        layout
        for layout in layouts()
        for column in layout.columns
        if column.name == "id" and column.refers_to is model
    )


def named_models() -> list[type[Model]]:
    """Models that are known outside by an id."""
    return [
        column.refers_to
        for layout in layouts()
        for column in layout.columns
        if column.name == "id" and column.refers_to is not None
    ]
