"""How long habilitations and titles stay valid: each with its text, or with the practice it follows."""

from __future__ import annotations

from backend.core.findings import Confidence
from pathways.rules.dated.figure import OUR_CHOICE, Figure, always

_P, _U = Confidence.PROBABLE, Confidence.UNSETTLED
CNAM = "Recommandations de la Caisse nationale de l’assurance maladie"

CACES = "licence_caces_months"
CACES_SITE = "licence_caces_r482_months"
DRIVING = "licence_driving_months"
FIRST_AID = "licence_first_aid_months"
ELECTRIC = "licence_electric_months"
ROAD = "licence_road_months"
LICENCE_AHEAD = "licence_ahead_days"

LICENCE_FIGURES: tuple[Figure, ...] = (
    always(CACES, "CACES, sauf engins de chantier : validité", "mois", 60, CNAM, _P),
    always(CACES_SITE, "CACES R482 (engins de chantier) : validité", "mois", 120, CNAM, _P),
    always(DRIVING, "Autorisation de conduite : attestation médicale valable", "mois", 60, "Code du travail, art. R4323-56"),
    always(FIRST_AID, "Sauveteur secouriste du travail : validité", "mois", 24, "Institut national de recherche et de sécurité", _P),
    always(ELECTRIC, "Habilitation électrique : recyclage conseillé tous les", "mois", 36, "Norme NF C 18-510", _U),
    always(ROAD, "Formation des conducteurs routiers (FIMO, FCO) : validité", "mois", 60, "Code des transports, art. R3314-10", _P),
    always(LICENCE_AHEAD, "Habilitation : sa fin est annoncée avant", "jours", 90, OUR_CHOICE),
)  # fmt: skip
