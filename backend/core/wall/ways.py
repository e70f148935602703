"""What makes a person within reach: each domain names the rows that tie somebody to a structure, an account, an employer.

ways.register(Way(Stay, to="structures", column="organisation"))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import models


@dataclass(frozen=True, slots=True)
class Way:
    """A row of `model` whose `column` is among those the reach names brings its person (`person`) within reach.

    `among`: columns and the values without which a row ties nobody. An account is tied by its address, in `column`; a sender
    by the mark that `column` begins with, on the very row of the person.
    """

    model: type[models.Model]
    to: Literal["structures", "account", "employer", "sender"]
    column: str
    person: str = "beneficiary"
    among: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


_WAYS: list[Way] = []


def register(*ways: Way) -> None:
    """Called once from `AppConfig.ready()`."""
    _WAYS.extend(way for way in ways if way not in _WAYS)


def registered() -> list[Way]:
    """All of them, in the order they came."""
    return list(_WAYS)
