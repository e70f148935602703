"""The statistics as tables people open in a spreadsheet: their columns and their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from backend.core.tables.exports import Column, Percent
from pathways.rules.dated.book import RuleBook
from reports.exits.compute.rules import EXIT_SHOWN, version
from reports.exits.compute.summary import Figures

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
RATE_LABELS = {
    "dynamic": "Taux de sorties dynamiques",
    "durable": "Taux d’emploi durable",
    "transition": "Taux d’emploi de transition",
    "positive": "Taux de sorties positives",
    "no_news": "Taux de sans nouvelle",
}


def _share(name: str) -> Column:
    def value(row: Any) -> Percent | None:
        found = row["rates"][name]
        return None if found is None else Percent(found)

    return Column(RATE_LABELS[name], value)


SUMMARY_COLUMNS: tuple[Column, ...] = (
    Column("Niveau", lambda row: row["level"]),
    Column("Identifiant", lambda row: row["key"]),
    *(Column(label, itemgetter(name)) for name, label in COUNT_LABELS.items()),
    *(_share(name) for name in RATE_LABELS),
)


def summary_rows(statistics: Figures) -> Iterator[Row]:
    """Total, then kinds, then structures: one row each, keys of the JSON."""
    yield {"level": "Ensemble", "key": "", **statistics["total"]}
    for kind, line in statistics["by_type"].items():
        yield {"level": "Type", "key": kind, **line}
    for key, line in statistics["by_structure"].items():
        yield {"level": "Structure", "key": key, **line}


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
