"""How long what is kept about a person is kept once nobody accompanies them, and how long they are warned before."""

from __future__ import annotations

from datetime import date

from pathways.rules.dated.figure import OUR_CHOICE, Figure, always

RETENTION_MONTHS = "retention_months"
ERASURE_NOTICE = "erasure_notice_days"
BEYOND_HOURS = "beyond_caseload_hours"
ANSWER_MONTHS = "data_answer_months"
EXCEPTION_MONTHS = "data_exception_months"
ANSWER_BASIS = "RGPD, art. 12, paragraphe 3"
CNIL = "CNIL, référentiel 2021-028 sur l’accompagnement social, durée de conservation"

RETENTION_FIGURES: tuple[Figure, ...] = (
    always(
        RETENTION_MONTHS,
        "Données d’une personne : gardées après le dernier contact",
        "mois",
        24,
        CNIL,
        since=date(2021, 3, 23),
    ),
    always(
        ERASURE_NOTICE,
        "Données d’une personne : elle est prévenue avant l’effacement",
        "jours",
        30,
        OUR_CHOICE,
    ),
    always(
        EXCEPTION_MONTHS,
        "Données d’une personne : une exception se relit au plus tard après",
        "mois",
        24,
        OUR_CHOICE,
    ),
    always(
        ANSWER_MONTHS,
        "Données d’une personne : réponse à sa demande dans le",
        "mois",
        1,
        ANSWER_BASIS,
        since=date(2018, 5, 25),
    ),
    always(BEYOND_HOURS, "Un dossier ouvert hors de ses suivis le reste", "h", 24, OUR_CHOICE),
)
