"""A match in French sentences that the person, their advisor and an employer can all read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from backend.core.values.numbers import half_up
from employers.matching.formula import MACRO_CREDIT
from employers.matching.ranking import fiche_shares
from employers.matching.referential import Referential
from employers.matching.vocabulary import Match, Reason, Requirement, State


@dataclass(frozen=True, slots=True)
class NearestFiche:
    """The occupation a work resembles most, and how much of it a person holds.

    `share` is the part of the requirement's weight that the fiche cites, `covered` the weighted part of the fiche
    that the person holds; both from 0 to 1.
    """

    code: str
    label: str
    share: float
    covered: float


def explain(match: Match, referential: Referential) -> list[str]:
    """One sentence for each required competence, in the order of the requirement."""
    return [explain_reason(reason, referential) for reason in match.reasons]


def explain_reason(reason: Reason, referential: Referential) -> str:
    """Held, close or missing, and what is left to do."""
    label = referential.label(reason.code)
    match reason.state:
        case State.HELD:
            return f"Détenue : {label}{_level_left(reason)}."
        case State.NEAR if reason.via == reason.code:
            return f"Commencée : {label}{_level_left(reason)}."
        case State.NEAR:
            return f"Proche : {label}, par « {referential.label(reason.via or '')} » ({_kinship(reason, referential)})."
        case State.MISSING:
            return f"À acquérir : {label}."


def nearest_fiche(
    requirement: Requirement, held_codes: Collection[str], referential: Referential
) -> NearestFiche | None:
    """The fiche that cites most of the requirement; among equals the one with least besides, then code order."""
    cited, shares = fiche_shares(requirement, referential)
    if not len(cited):
        return None
    weights = referential.citations[cited] @ referential.idf
    best = int(np.lexsort((cited, weights, -shares))[0])
    fiche = int(cited[best])
    held = [referential.index[code] for code in held_codes if code in referential.index]
    parts = referential.fiche_parts
    of_fiche = slice(parts.indptr[fiche], parts.indptr[fiche + 1])
    covered = np.isin(parts.indices[of_fiche], held)
    return NearestFiche(
        code=referential.occupation_codes[fiche],
        label=referential.occupation_labels[fiche],
        share=float(shares[best]),
        covered=min(float(parts.data[of_fiche][covered].sum()), 1.0),
    )


def explain_fiche(fiche: NearestFiche | None) -> str:
    """Which trade the work belongs to, and how much of it is covered."""
    if fiche is None:
        return "Cette tâche ne relève d’aucune fiche métier du référentiel."
    return f"Cette tâche relève de la fiche « {fiche.label} » ({fiche.code}), couverte à {whole_percent(fiche.covered)} %."


def _level_left(reason: Reason) -> str:
    match reason.level_gap:
        case None:
            return " ; niveau à vérifier"
        case 0:
            return ""
        case 1:
            return " ; il reste un niveau à gagner"
        case gap:
            return f" ; il reste {gap} niveaux à gagner"


def _kinship(reason: Reason, referential: Referential) -> str:
    family = referential.macro_label(reason.code)
    if reason.credit < MACRO_CREDIT:
        return "même objectif, plus éloignée"
    return f"même famille : {family}" if family else "même famille"


def whole_percent(share: float) -> int:
    """Whole percent, never 0 for something nor 100 for a part."""
    shown = int(half_up(share * 100, 0))
    return min(max(shown, 1), 99) if 0 < share < 1 else shown
