"""The columns of a request and of its answer, the same for a derogation and for a prolongation."""

from __future__ import annotations

from backend.exchange import cells, values
from backend.exchange.layout import Column
from pathways.enums import RefusalReason, RequestStatus


def answer_columns(about: str) -> tuple[Column, ...]:
    """`about` is what is asked for, with its article: « la dérogation »."""
    of = f"de {about}"
    return (
        Column("demandee_le", values.day, cells.DAY, "asked_on", is_compulsory=True, label=f"Demande {of} le"),
        cells.listed("etat", "status", RequestStatus, is_compulsory=True, label=f"État {of}"),
        Column("reponse_le", values.day, f"jour de la réponse, {cells.DAY}", "decided_on", label=f"Réponse à la demande {of} le"),
        cells.listed("raison_refus", "refusal_reason", RefusalReason, label=f"Raison du refus {of}"),
        Column("piece", values.text(160), "nature de la pièce", "document", label=f"Pièce {of}"),
        Column("date_piece", values.day, f"date de la pièce, {cells.DAY}", "document_on", label=f"Date de la pièce {of}"),
    )  # fmt: skip
