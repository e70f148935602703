"""Which rules of the book count exits, and how the figures name the version they were counted by.

The thresholds are those of the State's own statistics (Pilotage de l'inclusion, code read in August 2026).
Its documentation says « more than three months » where its code accepts 81 days, and « hours cumulated in
the structure » where its code sums by contract: see `docs/decisions/0004-thresholds-of-exits.md`.
"""

from __future__ import annotations

from datetime import date

from pathways.rules.dated.book import ALWAYS, RuleBook, category_name
from pathways.rules.dated.rows import HOURS_SERVE, PRESENCE
from pathways.rules.exits.motives import MOTIVES_BY_CODE

RULES_VERSION = "2026-08"
"""Month in which the State's code was read; a dated setting in force adds its own day behind it."""
EXIT_NUMBERS = (
    "min_days_aci_ei",
    "min_hours_aci_ei",
    "min_hours_ai_etti",
    "min_hours_eiti",
    "national_dynamic_target",
    "national_durable_target",
)
"""Thresholds and objectives, as the JSON names them and in the order they are explained."""
EXIT_SHOWN = (*EXIT_NUMBERS, PRESENCE, HOURS_SERVE)
"""The same with the two choices of reading, as the screen and the export tell them."""
EXIT_RULES = (*EXIT_SHOWN, *map(category_name, MOTIVES_BY_CODE))
"""Everything that decides how an exit is counted."""


def turning_days(book: RuleBook) -> list[date]:
    """Days on which the counting changes, the first being the beginning of time."""
    return book.turning_days(EXIT_RULES)


def version(book: RuleBook, *, on: date) -> str:
    """« 2026-08 », or « 2026-08+2027-01-01 » when a dated setting had changed something by that day."""
    typed = RuleBook(tuple(row for row in book.rows if not row.is_built_in))
    names = [name for name in EXIT_RULES if name in typed.names]
    begun = [day for day in typed.turning_days(names) if ALWAYS < day <= on]
    return f"{RULES_VERSION}+{max(begun).isoformat()}" if begun else RULES_VERSION


def as_dict(book: RuleBook, *, on: date) -> dict[str, str | int | float]:
    """What the JSON says of the rules: their version, then each value in force."""
    values: dict[str, str | int | float] = {"version": version(book, on=on)}
    for name in EXIT_NUMBERS:
        value = book.rate(name, on=on)
        values[name] = int(value) if value == int(value) else value
    return values
