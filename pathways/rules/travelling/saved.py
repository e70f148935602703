"""Days off saved, as an employer counts them one day: a count that can be, owed by somebody who employs the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import days_after, french_date
from backend.core.values.numbers import decimal_in_words
from backend.core.values.plausible import WORK, window_findings
from pathways.enums.travelling import SavedKind
from pathways.rules.dated import travelling as figures
from pathways.rules.dated.book import RuleBook
from pathways.rules.travelling.facts import SavedNoted, Spell

MANY_LEAVE_DAYS = 60
"""Two whole years of leave: beyond, somebody is asked to look again; our choice."""


@dataclass(frozen=True, slots=True)
class SavedFacts:
    """One count as it would be written; `others` are the days, kinds and employers of the person's others."""

    this: SavedNoted
    today: date
    spells: tuple[Spell, ...] = ()
    others: tuple[tuple[date, str, int | None], ...] = ()
    born_on: date | None = None


def contract_of(saved: SavedNoted, spells: tuple[Spell, ...]) -> Spell | None:
    """The contract these days were earned under: the last one begun with this employer on the day of the count."""
    begun = [each for each in spells if each.place == saved.place and each.start <= saved.counted_on]
    return max(begun, key=lambda each: each.start, default=None)


def is_old(saved: SavedNoted, today: date, *, book: RuleBook) -> bool:
    """Whether the count is too old to be relied upon without asking the employer again."""
    return days_after(saved.counted_on, book.whole(figures.OLD_BALANCE, on=today)) < today


def saved_findings(facts: SavedFacts) -> list[Finding]:
    """What is wrong with a count, then what deserves a look; empty when nothing."""
    return list(_found(facts))


def _found(facts: SavedFacts) -> Iterator[Finding]:
    this = facts.this
    if this.counted_on > facts.today:
        yield Finding(
            "saved_to_come",
            f"Le {french_date(this.counted_on)} n’est pas encore passé : des jours se comptent une fois acquis.",
            way_out="Donnez le jour du dernier bulletin de paie.",
            field="counted_on",
            is_contradiction=True,
        )
        return
    yield from window_findings(
        WORK, this.counted_on, field="counted_on", today=facts.today, born_on=facts.born_on
    )
    if (this.counted_on, this.kind, this.place) in facts.others:
        yield Finding(
            "saved_same_day",
            f"Ces jours sont déjà comptés au {french_date(this.counted_on)}.",
            way_out="Corrigez le compte qui est noté.",
            field="counted_on",
            is_contradiction=True,
        )
    if this.place is not None and contract_of(this, facts.spells) is None:
        yield Finding(
            "saved_without_contract",
            f"Aucun contrat de cette structure n’avait commencé le {french_date(this.counted_on)}.",
            way_out="Enregistrez d’abord le contrat : ces jours lui sont dus.",
            field="counted_on",
        )
    if this.kind is SavedKind.LEAVE and this.days > MANY_LEAVE_DAYS:
        yield Finding(
            "saved_many",
            f"{decimal_in_words(this.days)} jours, c’est plus de deux années de congés.",
            "Code du travail, art. L3141-3",
            way_out="Vérifiez le nombre de jours sur le bulletin.",
            field="days",
            refuses=False,
        )
