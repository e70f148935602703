"""One case of the State platform that a public reader can check: what it answers, what our rules answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.core.values.dates import french_date

TESTS = "essais publics de la plateforme"
CODE = "code public de la plateforme, août 2026"


@dataclass(frozen=True, slots=True)
class Case:
    """`state` is what the platform gives, `ours` computes ours.

    Where both differ, `instead` is what we give and `why` the reason we keep it; both are empty where they agree.
    """

    subject: str
    what: str
    state: Any
    ours: Callable[[], Any]
    source: str = CODE
    instead: Any = None
    why: str = ""

    @property
    def expected(self) -> Any:
        """What our rules must give."""
        return self.instead if self.why else self.state

    @property
    def name(self) -> str:
        """Which one, in a failure."""
        return f"{self.subject} : {self.what}"


def in_words(value: Any) -> str:
    """A value as the page says it."""
    match value:
        case bool():
            return "oui" if value else "non"
        case date():
            return french_date(value)
        case list() | tuple():
            return ", ".join(in_words(each) for each in value) or "rien"
        case _:
            return str(value)
