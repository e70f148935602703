"""The dated rules that decide which exits count, with where each comes from and how sure we are of it.

The thresholds are those of the State's own statistics (Pilotage de l'inclusion, code read in August 2026).
Its documentation says « more than three months » where its code accepts 81 days, and « hours cumulated in
the structure » where its code sums by contract: we take the 81 days of the code, and the hours cumulated of
the text, so that the short contracts of one AI worker add up. A dated setting may change each value; an old
exit is always judged by the rule of its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from backend.core.dates import in_force
from backend.core.errors import DomainError
from backend.core.findings import Confidence
from pathways.rules.exit_motives import (
    MOTIVES_BY_CODE,
    CategoryChange,
    ExitCategory,
    category_of,
)

RULES_VERSION = "2026-08"
"""Month in which the State's code was read; a dated setting in force adds its own day behind it."""
ALWAYS = date.min
CATEGORY_PREFIX = "category:"
"""A setting « category:13 » with the value « transition » moves motive 13 to another category."""

PILOTAGE = "Pilotage de l’inclusion, code lu en août 2026"
CIRCULAR = "Circulaire DGEFP n° 2008-21 du 10 décembre 2008"


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of the counting, as it stands from a day on."""

    value: float
    label: str
    unit: str
    source: str
    confidence: Confidence
    valid_from: date = ALWAYS

    @property
    def words(self) -> str:
        """« 81 jours », « 150 h », « 60 % »."""
        if self.unit == "%":
            return f"{self.value * 100:g}".replace(".", ",") + " %"
        return f"{self.value:g}".replace(".", ",") + f" {self.unit}"


DEFAULTS: Mapping[str, Mapping[date, Rule]] = {
    "min_days_aci_ei": {
        ALWAYS: Rule(
            81, "Présence minimale en ACI et en EI", "jours",
            f"{PILOTAGE} : plus de 2,65 mois ; sa documentation dit « plus de 3 mois »", Confidence.PROBABLE,
        )
    },
    "min_hours_aci_ei": {
        ALWAYS: Rule(
            1, "Heures minimales dans l’année de sortie en ACI et en EI", "h", PILOTAGE, Confidence.CONFIRMED
        )
    },
    "min_hours_ai_etti": {
        ALWAYS: Rule(
            150, "Heures minimales dans l’année de sortie en AI et en ETTI", "h",
            f"{PILOTAGE} ; heures cumulées dans la structure, tous contrats de la personne", Confidence.PROBABLE,
        )
    },
    "min_hours_eiti": {
        ALWAYS: Rule(
            1, "Heures minimales dans l’année de sortie en EITI", "h", PILOTAGE, Confidence.CONFIRMED
        )
    },
    "national_dynamic_target": {
        ALWAYS: Rule(
            0.60, "Objectif national de sorties dynamiques", "%", CIRCULAR, Confidence.CONFIRMED
        )
    },
    "national_durable_target": {
        ALWAYS: Rule(
            0.25, "Objectif national d’emploi durable", "%", CIRCULAR, Confidence.CONFIRMED
        )
    },
}  # fmt: skip


class SettingLike(Protocol):
    """A dated setting as the database keeps it."""

    key: str
    value: str
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every rule with its history, the structures' own settings included."""

    tables: Mapping[str, Mapping[date, Rule]]
    changes: tuple[CategoryChange, ...] = ()

    def rule(self, key: str, *, on: date) -> Rule:
        """The rule in force that day."""
        return in_force(self.tables[key], on=on)

    def rules(self, *, on: date) -> dict[str, Rule]:
        """Every rule in force that day, in the order they are explained."""
        return {key: self.rule(key, on=on) for key in self.tables}

    def category(self, code: str, *, on: date) -> ExitCategory | None:
        """Category of a motive by the rule of its day; None when the motive is missing."""
        return category_of(code, on=on, changes=self.changes)

    def confidence(self, code: str, *, on: date) -> Confidence | None:
        """How sure we are of that category: a setting of the structures is their own decision."""
        if not code:
            return None
        changed = any(change.code == code and change.valid_from <= on for change in self.changes)
        return Confidence.CONFIRMED if changed else MOTIVES_BY_CODE[code].confidence

    def turning_days(self) -> list[date]:
        """Days on which something changes, the first being the beginning of time."""
        days = {day for table in self.tables.values() for day in table}
        return sorted(days | {change.valid_from for change in self.changes} | {ALWAYS})

    def version(self, *, on: date) -> str:
        """« 2026-08 », or « 2026-08+2027-01-01 » when a dated setting is in force that day."""
        begun = [day for day in self.turning_days() if ALWAYS < day <= on]
        return f"{RULES_VERSION}+{max(begun).isoformat()}" if begun else RULES_VERSION

    def as_dict(self, *, on: date) -> dict[str, str | int | float]:
        """What the JSON says of the rules: their version, then each value in force."""
        values: dict[str, str | int | float] = {"version": self.version(on=on)}
        for key, rule in self.rules(on=on).items():
            values[key] = int(rule.value) if rule.value == int(rule.value) else rule.value
        return values


def rule_book(settings: Iterable[SettingLike] = ()) -> RuleBook:
    """The defaults, overridden by dated settings; `DomainError` names the setting that cannot be read."""
    tables = {key: dict(table) for key, table in DEFAULTS.items()}
    changes = []
    for setting in settings:
        if setting.key.startswith(CATEGORY_PREFIX):
            changes.append(_category_change(setting))
        elif setting.key in tables:
            tables[setting.key][setting.valid_from] = _overridden(setting)
        else:
            raise _unreadable(setting, f"connues : {', '.join(tables)} et {CATEGORY_PREFIX}<code du motif>")
    return RuleBook(tables, tuple(changes))


def _overridden(setting: SettingLike) -> Rule:
    default = DEFAULTS[setting.key][ALWAYS]
    try:
        value = float(setting.value.replace(",", "."))
    except ValueError:
        raise _unreadable(setting, "un nombre est attendu") from None
    if not 0 <= value <= (1 if default.unit == "%" else 10_000):
        raise _unreadable(setting, "un taux entre 0 et 1, ou un seuil positif, est attendu")
    return Rule(value, default.label, default.unit, setting.source, Confidence.CONFIRMED, setting.valid_from)


def _category_change(setting: SettingLike) -> CategoryChange:
    code = setting.key.removeprefix(CATEGORY_PREFIX)
    if code not in MOTIVES_BY_CODE or setting.value not in set(ExitCategory):
        raise _unreadable(
            setting, f"un code de motif et l’une des catégories {', '.join(ExitCategory)} sont attendus"
        )
    return CategoryChange(code, ExitCategory(setting.value), setting.valid_from)


def _unreadable(setting: SettingLike, expected: str) -> DomainError:
    return DomainError(
        "rule_setting_unreadable",
        f"La règle datée « {setting.key} » du {setting.valid_from:%d/%m/%Y} ne peut pas être appliquée : "
        f"{expected}. Corrigez-la dans les réglages.",
        field="value",
    )
