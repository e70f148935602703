"""The figures of eligibility: how many criteria, how long a diagnosis stands, how old a document may be, until when it is kept."""

from __future__ import annotations

from backend.core.findings import Confidence
from pathways.rules.dated.figure import DECREE_2021, EMPLOIS, OUR_CHOICE, Figure, always

CRITERIA_BASIS = "Code du travail, art. R5132-1-7 ; arrêté du 1er septembre 2021"

LEVEL_2_MOST = "eligibility_level_2_most"
LEVEL_2_FEW = "eligibility_level_2_few"
BY_EMPLOYER = "diagnosis_employer_days"
BY_PRESCRIBER = "diagnosis_prescriber_months"
RECENT = "eligibility_recent_months"
OF_HALF_A_YEAR = "eligibility_half_year_months"
OF_A_YEAR = "eligibility_year_months"
DOCUMENTS_KEPT = "eligibility_documents_kept_months"
DIAGNOSIS_AHEAD = "diagnosis_ahead_days"
PURGE_AHEAD = "eligibility_purge_ahead_days"

_P = Confidence.PROBABLE

ELIGIBILITY_FIGURES: tuple[Figure, ...] = (
    always(LEVEL_2_MOST, "Éligibilité : critères de niveau 2 sans niveau 1, en ACI, EI et EITI", "critères", 3, CRITERIA_BASIS, since=DECREE_2021),
    always(LEVEL_2_FEW, "Éligibilité : critères de niveau 2 sans niveau 1, en AI et ETTI", "critères", 2, f"{CRITERIA_BASIS} ; {EMPLOIS}", _P, DECREE_2021),
    always(BY_EMPLOYER, "Diagnostic d’éligibilité de la structure : valable", "jours", 92, EMPLOIS),
    always(BY_PRESCRIBER, "Diagnostic d’éligibilité d’un prescripteur : valable", "mois", 6, EMPLOIS),
    always(RECENT, "Éligibilité : attestation récente, âge au plus", "mois", 3, "Arrêté du 1er septembre 2021", _P, DECREE_2021),
    always(OF_HALF_A_YEAR, "Éligibilité : justificatif de domicile, billet de sortie, évaluation, âge au plus", "mois", 6, "Arrêté du 1er septembre 2021", _P, DECREE_2021),
    always(OF_A_YEAR, "Éligibilité : attestation de l’ASE, âge au plus", "mois", 12, "Arrêté du 1er septembre 2021", _P, DECREE_2021),
    always(DOCUMENTS_KEPT, "Éligibilité : pièces gardées après la déclaration", "mois", 24, "Code du travail, art. R5132-1-7", since=DECREE_2021),
    always(DIAGNOSIS_AHEAD, "Éligibilité : la fin d’un diagnostic est annoncée avant", "jours", 21, OUR_CHOICE),
    always(PURGE_AHEAD, "Éligibilité : l’effacement des pièces est annoncé avant", "jours", 30, OUR_CHOICE),
)  # fmt: skip
