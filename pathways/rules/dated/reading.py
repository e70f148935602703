"""Rows typed in this installation, checked the same way by the command, the screen and whoever opens the book."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from backend.core.errors import DomainError
from backend.core.findings import Confidence
from backend.core.values.dates import french_date
from pathways.rules.dated.book import CATEGORY_PREFIX, Rule, RuleBook
from pathways.rules.dated.rows import NAMES, ROWS

MOST_YEARS_LIFTED = 3
"""The préfet lifts the 480 hours for three years at most, renewable (D5132-18-1)."""


class SettingLike(Protocol):
    """A row as the database keeps it."""

    key: str
    value: str
    valid_from: date
    valid_to: date | None
    basis: str
    confidence: str
    organisation_id: int | None


def rule_book(settings: Iterable[SettingLike] = ()) -> RuleBook:
    """The rows of the product and those of this installation; `DomainError` names the one that cannot be read."""
    return RuleBook((*ROWS, *(read_row(setting) for setting in settings)))


def read_row(setting: SettingLike) -> Rule:
    """One row typed here, refused when its name, its value or its days make no sense."""
    named = NAMES.get(setting.key)
    if named is None:
        if setting.key.startswith(CATEGORY_PREFIX):
            raise _unreadable(setting, "un code de motif est attendu", field="key")
        raise _unreadable(setting, f"connues : {', '.join(NAMES)}", field="key")
    try:
        value = named.read(setting.value)
    except ValueError as error:
        raise _unreadable(setting, str(error)) from None
    _check_days(setting, is_local=named.is_local)
    return Rule(
        setting.key, value, named.label, named.unit, setting.basis, Confidence(setting.confidence),
        setting.valid_from, setting.valid_to, setting.organisation_id, is_built_in=False,
    )  # fmt: skip


def _check_days(setting: SettingLike, *, is_local: bool) -> None:
    """A row ends after it begins; a préfet's decision names its structure and its last day."""
    if setting.valid_to is not None and setting.valid_to < setting.valid_from:
        raise _unreadable(setting, "elle se termine avant de commencer", field="valid_to")
    if is_local != (setting.organisation_id is not None):
        words = "une structure est attendue" if is_local else "elle vaut pour toutes les structures"
        raise _unreadable(setting, words, field="organisation")
    if is_local and (setting.valid_to is None or setting.valid_to >= _last_possible(setting.valid_from)):
        raise _unreadable(
            setting, f"une dernière date est attendue, {MOST_YEARS_LIFTED} ans au plus tard", field="valid_to"
        )


def _last_possible(day: date) -> date:
    year = day.year + MOST_YEARS_LIFTED
    try:
        return day.replace(year=year)
    except ValueError:  # a 29 February
        return date(year, 3, 1)


def _name_of(setting: SettingLike) -> str:
    """The rule as its page names it; what was typed when it names none."""
    named = NAMES.get(setting.key)
    return named.label if named else setting.key


def _unreadable(setting: SettingLike, expected: str, *, field: str = "value") -> DomainError:
    return DomainError(
        "rule_setting_unreadable",
        f"La règle « {_name_of(setting)} » à partir du {french_date(setting.valid_from)} ne peut pas être appliquée : "
        f"{expected}.",
        field=field,
    )
