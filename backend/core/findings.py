"""What a rule finds in a fact, before anybody decides whether to refuse it or to keep it with a word beside it.

The same fact comes in by a screen, by the API or by a file. Typed today, what the law refuses is refused; sent
by a file, it has happened: it is kept with a « réserve », said in the report until somebody settles it. What
cannot be true at all (an exit before its entry) is refused everywhere.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.core.errors import DomainError


class Confidence(StrEnum):
    """How far a rule, or the value it uses, is trusted."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    UNSETTLED = "unsettled"

    @property
    def label(self) -> str:
        """What the screen says beside the rule."""
        return {"confirmed": "confirmé", "probable": "probable", "unsettled": "à confirmer"}[self.value]

    @classmethod
    def weakest(cls, *some: Confidence) -> Confidence:
        """The least sure of several: what is built on them is no surer."""
        return max(some, key=list(cls).index)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule says of one fact.

    `sentence` says what is wrong, `way_out` what to do next. `is_contradiction`: it cannot be true, wherever it
    comes from. `refuses` is False for what deserves a look and is never refused.
    """

    code: str
    sentence: str
    basis: str = ""
    confidence: Confidence = Confidence.CONFIRMED
    way_out: str = ""
    field: str | None = None
    is_contradiction: bool = False
    refuses: bool = True
    leads_to: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False)
    """What the gesture of the way out begins with, field by field: the days that a decision would cover."""

    @property
    def message(self) -> str:
        """Both sentences, as people read them under an input."""
        return f"{self.sentence} {self.way_out}".strip()

    def as_error(self) -> DomainError:
        """The refusal that says the same."""
        error = DomainError(self.code, self.message, field=self.field, basis=self.basis or None)
        error.leads_to = self.leads_to
        return error


def raise_refusals(findings: Iterable[Finding]) -> None:
    """Refuse with the first finding that is a contradiction or that the law refuses: for what is typed today.

    What is refused of other fields is said with it.
    """
    refused = [each for each in findings if each.is_contradiction or each.refuses]
    if not refused:
        return
    error = refused[0].as_error()
    elsewhere: dict[str, Finding] = {}
    for each in refused:
        if each.field and each.field != error.field:
            elsewhere.setdefault(each.field, each)
    error.others = tuple(each.as_error() for each in elsewhere.values())
    raise error


def brought_by_a_change(known: Iterable[Finding], found: Iterable[Finding]) -> list[Finding]:
    """What a change brings: a row that a file told against a rule may still have another of its fields corrected."""
    codes = {each.code for each in known if not each.is_contradiction}
    return [each for each in found if each.code not in codes]


def remarks(findings: Iterable[Finding]) -> list[Finding]:
    """What is accepted and still deserves a look."""
    return [finding for finding in findings if not (finding.is_contradiction or finding.refuses)]
