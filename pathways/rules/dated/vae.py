"""The figures of a VAE: delays, limits and bounds that law or practice fixes, each with its text."""

from __future__ import annotations

from datetime import date

from backend.core.findings import Confidence
from pathways.rules.dated.book import ALWAYS
from pathways.rules.dated.figure import OUR_CHOICE, Figure, always

DECREE_2023 = date(2023, 12, 29)
"""First day of the decree of 27 December 2023 that put the VAE on its portal."""
PORTAL = "France VAE, code public lu en janvier 2026"
_P = Confidence.PROBABLE

DECISION = "vae_decision_months"
LAPSE = "vae_lapse_months"
JURY = "vae_jury_months"
RESULT = "vae_result_days"
SAME_FILES = "vae_files_same_certification"
ALL_FILES = "vae_files_in_all"
JURY_MEMBERS = "vae_jury_members"
LEAVE_HOURS = "vae_leave_hours"
LEAVE_NOTICE = "vae_leave_notice_days"
LEAVE_ANSWER = "vae_leave_answer_days"
LEAVE_POSTPONED = "vae_leave_postponed_months"
LEAVE_BETWEEN = "vae_leave_between_months"
QUOTES = "vae_quotes"
CPF_ON_PORTAL = "vae_cpf_on_portal"
JURY_AHEAD = "vae_portal_jury_months"
IDLE_BEFORE = "vae_portal_idle_before_days"
IDLE_AFTER = "vae_portal_idle_after_days"
IDLE_CLOSES = "vae_portal_idle_closes_days"
ASK_COMPLETE = "vae_ask_complete_days"

VAE_FIGURES: tuple[Figure, ...] = (
    always(DECISION, "VAE : réponse du certificateur après le dossier complet", "mois", 2, "Code du travail, art. R6412-4", since=DECREE_2023),
    always(LAPSE, "VAE : la recevabilité devient caduque à la fin du mois qui suit de", "mois", 6, "Code du travail, art. R6412-4", since=DECREE_2023),
    always(JURY, "VAE : le jury se réunit avant la fin du mois qui suit de", "mois", 3, "Code du travail, art. R6412-5", since=DECREE_2023),
    always(RESULT, "VAE : résultat notifié après le jury", "jours", 15, "Code du travail, art. R6412-7", since=DECREE_2023),
    always(SAME_FILES, "VAE : dossiers par année civile, même certification", "dossier", 1, "Code du travail, art. R6412-3", since=DECREE_2023),
    always(ALL_FILES, "VAE : dossiers par année civile, en tout", "dossiers", 3, "Code du travail, art. R6412-3", since=DECREE_2023),
    always(JURY_MEMBERS, "VAE : membres du jury, au moins", "personnes", 2, "Code du travail, art. D6412-6"),
    Figure(
        LEAVE_HOURS, "Congé de VAE : durée par session de jury", "h", "Code du travail, art. L6422-2",
        ((24, ALWAYS, date(2022, 12, 22)), (48, date(2022, 12, 23), None)),
    ),
    always(LEAVE_NOTICE, "Congé de VAE : demande reçue avant le début", "jours", 30, "Code du travail, art. R6422-3"),
    always(LEAVE_ANSWER, "Congé de VAE : l’employeur répond dans les", "jours", 15, "Code du travail, art. R6422-4"),
    always(LEAVE_POSTPONED, "Congé de VAE : report par l’employeur, à compter de la demande", "mois", 1, "Code du travail, art. R6422-4"),
    always(LEAVE_BETWEEN, "Congé de VAE : entre deux congés dans la même entreprise", "mois", 12, "Code du travail, art. R6422-6"),
    always(QUOTES, "VAE : devis pour chaque formation conseillée, au moins", "devis", 3, "Arrêté du 3 juillet 2025", _P, date(2025, 7, 9)),
    always(CPF_ON_PORTAL, "VAE : certification sur France VAE, le CPF exige un accompagnateur du portail", "", 1, "Code du travail, art. D6323-7", since=date(2025, 8, 1)),
    always(JURY_AHEAD, "VAE : jury programmé sur le portail au plus tard dans", "mois", 24, PORTAL, _P),
    always(IDLE_BEFORE, "VAE : inactif sur le portail avant la recevabilité après", "jours", 60, PORTAL, _P),
    always(IDLE_AFTER, "VAE : inactif sur le portail après la recevabilité après", "jours", 165, PORTAL, _P),
    always(IDLE_CLOSES, "VAE : dossier inactif fermé par le portail après encore", "jours", 180, PORTAL, _P),
    always(ASK_COMPLETE, "VAE : demander si le dossier est complet, sans nouvelles depuis", "jours", 30, OUR_CHOICE),
)  # fmt: skip
