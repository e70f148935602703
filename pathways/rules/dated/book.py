"""The rule book: each threshold and each list that law or practice moves, as dated rows.

A row says a value, from which day, until which day, from which text, and how sure we are. The book holds the rows
we ship (`book_rows`) and those of this installation; it is given to whoever judges a fact, with the day of that
fact: an old file is always judged by the rule of its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from backend.core.findings import Confidence
from backend.core.values.dates import day_after, french_date
from pathways.enums import ContractKind
from pathways.rules.exits.motives import ExitCategory

ALWAYS = date.min
"""First day of a row whose real first day nobody verified, or that is ours: it judges any older file."""
NO_TEXT = "Aucun texte"
"""How the basis of a choice of ours begins: nothing but us says since when."""
CATEGORY_PREFIX, CONTRACT_PREFIX = "category:", "contract:"


def category_name(code: str) -> str:
    """« category:13 »: what an exit by motive 13 counts as."""
    return f"{CATEGORY_PREFIX}{code}"


def contract_name(kind: str) -> str:
    """« contract:CDDI »: the kinds of structures that may sign it."""
    return f"{CONTRACT_PREFIX}{kind}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One value, as it stands from one day to another, both included; without last day it still stands.

    `organisation_id` is set for a decision that concerns one structure only; `day` says how sure we are of the first day,
    `confidence` how sure of the value.
    """

    name: str
    value: Any
    label: str
    unit: str
    basis: str
    confidence: Confidence
    valid_from: date = ALWAYS
    valid_to: date | None = None
    organisation_id: int | None = None
    is_built_in: bool = True
    day: Confidence = Confidence.CONFIRMED

    def covers(self, day: date) -> bool:
        """Whether the rule is in force that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def days_in_words(self) -> str:
        """« du 1er janvier 2026 au 31 décembre 2026 », « depuis le 1er septembre 2021 (jour probable) ».

        Only what is ours holds « depuis toujours »: of a text whose first day we did not read, that is what is said.
        """
        sure = "" if self.day is Confidence.CONFIRMED else " (jour probable)"
        first = None if self.valid_from == ALWAYS else french_date(self.valid_from)
        if self.valid_to is None:
            unread = "depuis toujours" if self.is_ours else "première date non vérifiée"
            return f"depuis le {first}{sure}" if first else unread
        last = french_date(self.valid_to)
        return f"du {first}{sure} au {last}" if first else f"jusqu’au {last}, première date non vérifiée"

    @property
    def is_ours(self) -> bool:
        """Whether no text fixes it: a choice of the product."""
        return self.basis.startswith(NO_TEXT)

    @property
    def words(self) -> str:
        """« 81 jours », « 150 h », « 60 % », « ACI, EI », « Emploi durable »."""
        if self.value is None:
            return "non fixé"
        if isinstance(self.value, ExitCategory):
            return self.value.label
        if isinstance(self.value, frozenset):
            return ", ".join(sorted(self.value)) or "aucune structure"
        if isinstance(self.value, str):
            return self.value
        number = self.value * 100 if self.unit == "%" else self.value
        return f"{float(number):g} {self.unit}".replace(".", ",").strip()


@dataclass(frozen=True)
class RuleBook:
    """Every rule with its history, the rows of this installation included."""

    rows: tuple[Rule, ...]

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Rule, ...]]:
        found: dict[str, list[Rule]] = {}
        for row in sorted(self.rows, key=_precedence):
            found.setdefault(row.name, []).append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    @property
    def names(self) -> list[str]:
        """Every name, in the order they are explained."""
        return list(dict.fromkeys(row.name for row in self.rows))

    def rule(self, name: str, *, on: date, organisation_id: int | None = None) -> Rule | None:
        """The row in force that day: a structure's own first, then the newest; None when none is in force."""
        rows = [
            row
            for row in self._by_name[name]
            if row.covers(on) and row.organisation_id in {None, organisation_id}
        ]
        return rows[-1] if rows else None

    def value(self, name: str, *, on: date, organisation_id: int | None = None) -> Any:
        """Its value; None when no row is in force (an experiment that is over)."""
        row = self.rule(name, on=on, organisation_id=organisation_id)
        return None if row is None else row.value

    def whole(self, name: str, *, on: date) -> int:
        """A whole number of months or of days."""
        return int(self._nearest(name, on).value)

    def rate(self, name: str, *, on: date) -> float:
        """A share, a threshold of the statistics."""
        return float(self._nearest(name, on).value)

    def hours(self, name: str, *, on: date) -> Decimal:
        """A number of hours."""
        return Decimal(self._nearest(name, on).value)

    def basis(self, name: str, *, on: date) -> str:
        """The text behind the value, or behind the last one when none is in force any more."""
        return self._nearest(name, on).basis

    def _nearest(self, name: str, on: date) -> Rule:
        """The row in force; of a day before any of them the first one, the last one after: a figure is always asked for."""
        rows = [row for row in self._by_name[name] if row.organisation_id is None]
        return self.rule(name, on=on) or (rows[0] if on < rows[0].valid_from else rows[-1])

    def history(self, name: str) -> tuple[Rule, ...]:
        """Every row of a name, the one that wins last."""
        return self._by_name[name]

    def used(self, names: Iterable[str], start: date, end: date) -> list[Rule]:
        """Every row in force at some moment of the period, by name then by day."""
        found = []
        for name in names:
            turns = [day for day in self.turning_days([name]) if start < day <= end]
            rows = [self.rule(name, on=day) for day in (start, *turns)]
            found += list(dict.fromkeys(row for row in rows if row is not None))
        return found

    def turning_days(self, names: Iterable[str]) -> list[date]:
        """Days on which one of these changes, the first being the beginning of time."""
        days = {ALWAYS}
        for name in names:
            for row in self._by_name[name]:
                days |= {row.valid_from} | ({day_after(row.valid_to)} if row.valid_to else set())
        return sorted(days)

    def category(self, code: str, *, on: date) -> ExitCategory | None:
        """Category of a motive by the rule of its day; None when the motive is missing or not settled."""
        if not code:
            return None
        found: ExitCategory | None = self.value(category_name(code), on=on)
        return found

    def confidence(self, code: str, *, on: date) -> Confidence | None:
        """How sure we are of that category."""
        row = self.rule(category_name(code), on=on) if code else None
        return None if row is None else row.confidence

    def contract_signers(self, kind: str, *, on: date) -> frozenset[str]:
        """Kinds of structures that may sign this contract that day; nobody once an experiment is over."""
        signers: frozenset[str] | None = self.value(contract_name(ContractKind(kind)), on=on)
        return signers or frozenset()


def _precedence(row: Rule) -> tuple[bool, date, bool]:
    return row.organisation_id is not None, row.valid_from, not row.is_built_in
