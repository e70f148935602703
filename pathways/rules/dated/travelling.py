"""How long a medical visit holds and travels, what seniority follows a mission, from when one is told: texts and our choices."""

from __future__ import annotations

from backend.core.findings import Confidence
from pathways.rules.dated.figure import OUR_CHOICE, Figure, always

_P = Confidence.PROBABLE

VISIT_ORDINARY = "visit_ordinary_months"
VISIT_ADAPTED = "visit_adapted_months"
VISIT_APTITUDE = "visit_aptitude_months"
VISIT_BETWEEN = "visit_between_months"
VISIT_TRAVELS = "visit_travels_months"
VISIT_TRAVELS_ADAPTED = "visit_travels_adapted_months"
VISIT_TRAVELS_APT = "visit_travels_apt_months"
VISIT_TRAVELS_MISSION = "visit_travels_mission_months"
VISIT_JOBS = "visit_most_jobs"
VISIT_FIRST = "visit_first_months"
VISIT_FIRST_LENT = "visit_first_lent_months"
MISSIONS_COUNT = "seniority_mission_months"
VISIT_AHEAD = "visit_ahead_days"
RIGHTS_AHEAD = "rights_ahead_days"
OLD_BALANCE = "saved_days_old_days"

TRAVELLING_FIGURES: tuple[Figure, ...] = (
    always(VISIT_ORDINARY, "Visite d’information et de prévention : à refaire avant", "mois", 60, "Code du travail, art. R4624-16"),
    always(VISIT_ADAPTED, "Suivi adapté : visite à refaire avant", "mois", 36, "Code du travail, art. R4624-17"),
    always(VISIT_APTITUDE, "Suivi renforcé, après une visite intermédiaire : examen à refaire avant", "mois", 24, "Code du travail, art. R4624-28 : quatre ans au plus entre deux examens", _P),
    always(VISIT_BETWEEN, "Suivi renforcé, après un examen d’aptitude : visite intermédiaire avant", "mois", 24, "Code du travail, art. R4624-28"),
    always(VISIT_TRAVELS, "Chez un autre employeur, une visite d’information dispense d’une nouvelle pendant", "mois", 60, "Code du travail, art. R4624-15"),
    always(VISIT_TRAVELS_ADAPTED, "La même, pour un suivi adapté", "mois", 36, "Code du travail, art. R4624-15 et R4624-17"),
    always(VISIT_TRAVELS_APT, "Chez un autre employeur, un examen d’aptitude dispense d’un nouveau pendant", "mois", 24, "Code du travail, art. R4624-27"),
    always(VISIT_TRAVELS_MISSION, "En mission, une visite ou un examen dispense d’un nouveau pendant", "mois", 24, "Code du travail, art. R4625-11 et R4625-13"),
    always(VISIT_JOBS, "Emplois pour lesquels une visite peut être faite en AI et en ETTI", "emplois", 3, "Code du travail, art. R4625-9, R4625-12 et R5132-26-8"),
    always(VISIT_FIRST, "Première visite d’information et de prévention : après la prise de poste, avant", "mois", 3, "Code du travail, art. R4624-10"),
    always(VISIT_FIRST_LENT, "En AI, première visite : après la première mise à disposition, avant", "mois", 1, "Code du travail, art. R5132-26-7"),
    always(MISSIONS_COUNT, "Missions comptées dans l’ancienneté chez l’utilisateur qui embauche : celles des derniers", "mois", 3, "Code du travail, art. L1251-38"),
    always(VISIT_AHEAD, "Visite médicale : sa fin est annoncée avant", "jours", 60, OUR_CHOICE),
    always(RIGHTS_AHEAD, "Droits à demander avant une fin de contrat : annoncés avant", "jours", 30, OUR_CHOICE),
    always(OLD_BALANCE, "Jours épargnés : le compte est à refaire après", "jours", 180, OUR_CHOICE),
)  # fmt: skip
