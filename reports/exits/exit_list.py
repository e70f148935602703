"""One row per exit as it leaves the product: who, where, when, why, and how it is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from backend.core.actor import Actor
from backend.core.tables.exports import Column
from pathways.models import Exit
from pathways.rules.dated.book import RuleBook
from pathways.rules.exits.motives import MOTIVES_BY_CODE, ExitCategory
from reports.exits.compute.exits import Status
from reports.exits.compute.reasons import reason

if TYPE_CHECKING:
    import pandas as pd

BATCH = 500
"""Names are read for this many exits at a time."""

STATUS_LABELS = {
    Status.EXAMINED: "Examinée",
    Status.WITHDRAWN: "Retirée",
    Status.BELOW_THRESHOLD: "Sous le seuil",
    Status.MISSING_MOTIVE: "Motif manquant",
    Status.UNSETTLED: "Catégorie non fixée",
    Status.TO_COME: "À venir",
    Status.SUPERSEDED: "Remplacée",
    Status.NOT_SIAE: "Hors IAE",
}
ExitRow = Mapping[str, Any]

EXIT_COLUMNS: tuple[Column, ...] = (
    Column("Nom", lambda row: row["last_name"]),
    Column("Prénom", lambda row: row["first_name"]),
    Column("Structure", lambda row: row["organisation"]),
    Column("Type", lambda row: row["kind"]),
    Column("Entrée (début de la chaîne de contrats)", lambda row: row["chain_start"]),
    Column("Présence comptée depuis", lambda row: row["presence_start"]),
    Column("Sortie", lambda row: row["occurred_on"]),
    Column("Code du motif", lambda row: row["motive"]),
    Column("Motif", lambda row: row["motive_label"]),
    Column("Catégorie", lambda row: row["category_label"]),
    Column("Confiance dans la catégorie", lambda row: row["confidence"]),
    Column("Présence en jours", lambda row: row["presence_days"]),
    Column("Heures dans l’année civile", lambda row: row["hours"]),
    Column("Statut", lambda row: row["status_label"]),
    Column("Comment elle est comptée", lambda row: row["reason"]),
    Column("Employeur", lambda row: row["employer_name"]),
    Column("Durée du contrat en mois", lambda row: row["contract_months"]),
)


def exit_rows(actor: Actor, classified: pd.DataFrame, *, book: RuleBook) -> Iterator[ExitRow]:
    """Classified exits with the words people read, in the same order; names are read again in scope.

    An exit that left the actor's scope in the meantime is left out.
    """
    for start in range(0, len(classified), BATCH):
        batch = classified.iloc[start : start + BATCH].to_dict("records")
        named = _named(actor, [row["exit_id"] for row in batch])
        for row in batch:
            if row["exit_id"] in named:
                yield _readable(row, named[row["exit_id"]], book)


def _named(actor: Actor, exit_ids: list[int]) -> dict[int, dict[str, Any]]:
    """What the frames leave aside: names, employers, and where each row leads."""
    values = (
        Exit.objects.covered_by(actor)
        .filter(pk__in=exit_ids)
        .values(
            "pk",
            "stay_id",
            "stay__beneficiary__last_name",
            "stay__beneficiary__first_name",
            "stay__organisation__name",
            "employer_name",
            "contract_months",
        )
    )
    return {row["pk"]: dict(row) for row in values}


def _readable(row: Mapping[Any, Any], named: Mapping[str, Any], book: RuleBook) -> ExitRow:
    import pandas as pd

    day = row["occurred_on"].date()
    code, category = row["motive"], row["category"]
    confidence = book.confidence(code, on=day)
    return {
        "exit_id": row["exit_id"],
        "stay_id": named["stay_id"],
        "person_id": row["person_id"],
        "last_name": named["stay__beneficiary__last_name"],
        "first_name": named["stay__beneficiary__first_name"],
        "organisation": named["stay__organisation__name"],
        "kind": row["kind"],
        "chain_start": None if pd.isna(row["chain_start"]) else row["chain_start"].date(),
        "presence_start": None if pd.isna(row["presence_start"]) else row["presence_start"].date(),
        "occurred_on": day,
        "motive": code,
        "motive_label": MOTIVES_BY_CODE[code].label if code else "",
        "category": category,
        "category_label": ExitCategory(category).label if category else "",
        "confidence": confidence.label if confidence else "",
        "presence_days": None if pd.isna(row["presence_days"]) else int(row["presence_days"]),
        "hours": float(row["hours"]),
        "status": row["status"],
        "status_label": STATUS_LABELS[Status(row["status"])],
        "reason": reason(row),
        "employer_name": named["employer_name"],
        "contract_months": named["contract_months"],
    }
