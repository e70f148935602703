"""The statistics as tables people open in a spreadsheet: their columns and their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from operator import methodcaller
from typing import TYPE_CHECKING, Any

from backend.core.tables.exports import Column, Percent
from backend.organisations.enums import StructureKind
from pathways.rules.dated.book import RuleBook
from reports.exits.compute.rules import EXIT_SHOWN, version
from reports.exits.compute.summary import Figures

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]

COUNT_LABELS = {
    "all_exits": "Toutes les sorties",
    "withdrawn": "Retirées des sorties constatées",
    "below_threshold": "Sous le seuil",
    "examined": "Sorties examinées",
    "durable": "Emploi durable",
    "transition": "Emploi de transition",
    "positive": "Sorties positives",
    "other": "Autres sorties",
    "no_news": "dont sans nouvelle",
}
APART_LABELS = {
    "missing_motive": "Motif manquant",
    "unsettled": "Catégorie non fixée",
    "to_come": "À venir",
    "superseded": "Remplacées par une sortie plus récente",
    "not_siae": "Hors statistiques IAE",
}
"""Exits of the period that no line of the statistics counts, and why."""
RATE_LABELS = {
    "dynamic": "Taux de sorties dynamiques",
    "durable": "Taux d’emploi durable",
    "transition": "Taux d’emploi de transition",
    "positive": "Taux de sorties positives",
    "no_news": "Taux de sans nouvelle",
}


def _share(name: str) -> Column:
    def value(row: Any) -> Percent | None:
        found = row["rates"][name] if "rates" in row else None
        return None if found is None else Percent(found)

    return Column(RATE_LABELS[name], value)


SUMMARY_COLUMNS: tuple[Column, ...] = (
    Column("Niveau", lambda row: row["level"]),
    Column("Identifiant", lambda row: row["key"]),
    Column("Nom", lambda row: row["name"]),
    *(Column(label, methodcaller("get", name)) for name, label in COUNT_LABELS.items()),
    *(_share(name) for name in RATE_LABELS),
)


def summary_rows(statistics: Figures, names: Mapping[str, str]) -> Iterator[Row]:
    """Total, then kinds, then structures under their `names` (by key); last, the exits that no line counts.

    The total and those last lines add up to the exits of the period.
    """
    yield {"level": "Ensemble", "key": "", "name": "", **statistics["total"]}
    for kind, line in statistics["by_type"].items():
        yield {"level": "Type", "key": kind, "name": StructureKind(kind).label, **line}
    for key, line in statistics["by_structure"].items():
        yield {"level": "Structure", "key": key, "name": names.get(key, ""), **line}
    apart = {"missing_motive": statistics["missing_motive"]["count"], **statistics["left_out"]}
    for name, label in APART_LABELS.items():
        if apart[name]:
            yield {"level": "Hors de l’ensemble", "key": "", "name": label, "all_exits": apart[name]}


def names_of(structures: pd.DataFrame) -> dict[str, str]:
    """The name of each structure of a report, by the key that the statistics give it."""
    return dict(zip(structures["key"], structures["name"], strict=True))


def _published_share(name: str) -> Column:
    def value(line: Any) -> Percent | None:
        return None if line.rates[name] is None else Percent(line.rates[name])

    return Column(RATE_LABELS[name], value)


def _published_count(name: str, label: str) -> Column:
    return Column(label, lambda line: HIDDEN if line.counts[name] is None else line.counts[name])


HIDDEN = "secret"
"""In place of a count that may not be published."""
PUBLISHED_COLUMNS: tuple[Column, ...] = (
    Column("Ligne", lambda line: line.label),
    *(_published_count(name, label) for name, label in COUNT_LABELS.items()),
    *(_published_share(name) for name in RATE_LABELS),
)


RULE_COLUMNS: tuple[Column, ...] = (
    Column("Règle", lambda row: row["label"]),
    Column("Valeur", lambda row: row["words"]),
    Column("Source", lambda row: row["source"]),
    Column("Confiance", lambda row: row["confidence"]),
)


def rule_rows(book: RuleBook, statistics: Figures) -> Iterator[Row]:
    """The period, the version, then each rule that judged an exit of the period, with its days when it changed."""
    period = statistics["period"]
    end = date.fromisoformat(period["end"])
    words = f"{period['start']} – {period['end']}"
    yield {
        "label": "Période (premier et dernier jour compris)",
        "words": words,
        "source": "",
        "confidence": "",
    }
    yield {"label": "Version des règles", "words": version(book, on=end), "source": "", "confidence": ""}
    for rule in book.used(EXIT_SHOWN, date.fromisoformat(period["start"]), end):
        yield {
            "label": rule.label,
            "words": rule.words if rule.is_built_in else f"{rule.words}, {rule.days_in_words}",
            "source": rule.basis,
            "confidence": rule.confidence.label,
        }
