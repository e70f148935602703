"""The rules of the field, one line each: the page « Règles », the document and each refusal read the same lines.

Each domain registers its own from `AppConfig.ready()`; nothing here knows one by name. A line says the rule in plain
French, its text, how sure we are, what the product does of it, by which function, and which refusals it explains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from backend.core.findings import Confidence, Finding
from backend.core.values.numbers import whole_number


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule; `code` is « R02 », or a word for what carries no number.

    `home` is the dotted name of the function that applies it, empty while nothing does; `part` says what is left.
    `figures` are names of the dated book: « {0} » in `words` and `here` is the value of the first, so that a sentence never
    says another figure than the rule. `refusals` are the codes of the findings and refusals that it explains.
    """

    code: str
    subject: str
    words: str
    basis: str
    confidence: Confidence
    here: str
    home: str = ""
    part: str = ""
    figures: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()

    def told(self, text: str, figures: Iterable[str]) -> str:
        """One of its texts with the values of its figures, « 24 mois », in their order."""
        return text.format(*figures)

    @property
    def number(self) -> int | None:
        """Its number; None for a line without one."""
        return whole_number(self.code[1:])

    @property
    def name(self) -> str:
        """What a link to it says: « règle R02 », « qui signe quel contrat »."""
        return f"règle {self.code}" if self.number else self.subject.lower()


_LINES: dict[str, RuleLine] = {}
_PAGES: list[Callable[[], str]] = []


def register(*lines: RuleLine) -> None:
    """Add lines; called once by each domain."""
    _LINES.update({line.code: line for line in lines})
    _by_refusal.cache_clear()


def are_shown_at(page: Callable[[], str]) -> None:
    """Say where the page of the rules is; called once by the house that has it."""
    _PAGES[:] = [page]


def lines() -> list[RuleLine]:
    """Every line: the numbered ones in their order, then the others as they were registered."""
    return in_order(_LINES.values())


def in_order(some: Iterable[RuleLine]) -> list[RuleLine]:
    """Numbered lines first."""
    return sorted(some, key=lambda line: line.number or 1000)


def line_behind(refusal: str) -> RuleLine | None:
    """The line that explains a refusal or a finding, known by its code; None when no rule of the field does."""
    return _by_refusal().get(refusal)


def address_behind(refusal: str) -> str | None:
    """Where that line is read, « /regles/#R02 »; None when there is none."""
    line = line_behind(refusal)
    return f"{_PAGES[0]()}#{line.code}" if line and _PAGES else None


def confidence_of(finding: Finding) -> Confidence:
    """How sure we are of what is found: as its line says, or as the finding does where no line explains it."""
    line = line_behind(finding.code)
    return line.confidence if line else finding.confidence


@cache
def _by_refusal() -> dict[str, RuleLine]:
    return {code: line for line in _LINES.values() for code in line.refusals}
