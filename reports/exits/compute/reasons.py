"""How each exit is counted, in words: « comptée : 9,4 mois en ACI → emploi durable »."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from backend.organisations.enums import StructureKind
from pathways.rules.exits.motives import ExitCategory
from pathways.rules.kinds import BY_PRESENCE
from reports.exits.compute.exits import Status

if TYPE_CHECKING:
    import pandas as pd

MONTHS_PER_DAY = 0.0328767
"""Months as the State's statistics count them: days × 0.0328767."""


def reasons(classified: pd.DataFrame) -> list[str]:
    """The reason of each row of `classify`, in the same order."""
    return [reason(row) for row in classified.to_dict("records")]


def reason(row: Mapping[Any, Any]) -> str:
    """The reason of one classified exit."""
    match row["status"]:
        case Status.EXAMINED:
            return f"comptée : {_measure(row)} en {row['kind']} → {category_words(row['category'])}"
        case Status.WITHDRAWN:
            return "retirée des sorties constatées"
        case Status.BELOW_THRESHOLD:
            return f"non comptée : {_shortfall(row)}"
        case Status.MISSING_MOTIVE if row["meets_threshold"]:
            return "à compléter pour être comptée"
        case Status.MISSING_MOTIVE:
            return f"à compléter ; restera hors du taux : {_shortfall(row)}"
        case Status.UNSETTLED:
            return "à part : personne n’a fixé la catégorie de ce motif"
        case Status.TO_COME:
            return "à venir : comptée le jour de la sortie"
        case Status.SUPERSEDED if row["serves_once"]:
            return "non comptée : une sortie plus récente de la personne, la même année, la remplace"
        case Status.SUPERSEDED:
            return "non comptée : une sortie plus récente du même contrat la remplace"
        case _:
            return f"hors statistiques IAE : {StructureKind(row['kind']).in_words}"


def category_words(category: str) -> str:
    """« emploi durable », lower case, for the end of a sentence."""
    return ExitCategory(category).label.lower()


def _measure(row: Mapping[Any, Any]) -> str:
    """What the exit was judged on: months of presence where presence is asked, hours elsewhere."""
    if row["kind"] in BY_PRESENCE:
        return f"{french_number(row['presence_days'] * MONTHS_PER_DAY, 1)} mois"
    return f"{french_number(row['hours'], 2)} h"


def _shortfall(row: Mapping[Any, Any]) -> str:
    """The first threshold that is not met."""
    import pandas as pd

    kind = row["kind"]
    if pd.isna(row["chain_id"]):
        return f"aucun contrat enregistré avant la sortie en {kind}"
    if row["hours"] < row["min_hours"]:
        return f"{french_number(row['hours'], 2)} h < {french_number(row['min_hours'], 2)} h en {kind}"
    return f"{row['presence_days']} jours < {french_number(row['min_days'], 0)} jours en {kind}"


def french_number(value: float, decimals: int) -> str:
    """« 9,4 »: at most `decimals` digits after the comma, no useless zero."""
    text = f"{float(value):.{decimals}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
