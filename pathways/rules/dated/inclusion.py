"""The figures of a CDI inclusion, of the missions under it, of a second part time, and of a client who dismissed somebody."""

from __future__ import annotations

from backend.core.findings import Confidence
from pathways.rules.dated.figure import DECREE_2021, LAW_2020, Figure, always

CDI_I_BASIS = "Code du travail, art. D5132-10-5, D5132-10-15, D5132-26-9 et D5132-43-11"
CUMUL_BASIS = "Code du travail, art. D5132-10-5-3, D5132-26-12 et D5132-43-14"

CDI_I_AGE = "cdi_inclusion_age"
CDI_I_MONTHS = "cdi_inclusion_pathway_months"
CDI_I_SHARE = "cdi_inclusion_share_of_posts"
CDI_I_SHARE_MORE = "cdi_inclusion_share_lifted"
CDI_I_MISSIONS = "cdi_inclusion_mission_months"
CUMUL_AFTER = "cumul_after_months"
CUMUL_EACH = "cumul_months"
CUMUL_RENEWALS = "cumul_renewals"
DISMISSAL_MONTHS = "dismissal_months"

ALTERNANCE_LEAST = "alternance_least_months"
ALTERNANCE_MOST = "alternance_most_months"
ALTERNANCE_BASIS = "Code du travail, art. L6222-7-1, L6325-11 et L6325-12"

_P = Confidence.PROBABLE

INCLUSION_FIGURES: tuple[Figure, ...] = (
    always(CDI_I_AGE, "CDI inclusion : âge minimal", "ans", 57, CDI_I_BASIS, since=DECREE_2021),
    always(CDI_I_MONTHS, "CDI inclusion : parcours déjà fait", "mois", 12, CDI_I_BASIS, since=DECREE_2021),
    always(CDI_I_SHARE, "CDI inclusion : part des postes conventionnés", "% des postes", 20, CDI_I_BASIS, since=DECREE_2021),
    always(CDI_I_SHARE_MORE, "CDI inclusion : part des postes, quand le préfet l’a relevée", "% des postes", 30, CDI_I_BASIS, since=DECREE_2021),
    always(CDI_I_MISSIONS, "CDI inclusion : durée maximale d’une mission", "mois", 36, "Code du travail, art. L5132-6-1", since=LAW_2020),
    always(CUMUL_AFTER, "Cumul de deux contrats : parcours déjà fait", "mois", 4, CUMUL_BASIS, since=DECREE_2021),
    always(CUMUL_EACH, "Cumul de deux contrats : chaque autorisation", "mois", 6, CUMUL_BASIS, since=DECREE_2021),
    always(DISMISSAL_MONTHS, "AI : pas de mise à disposition après un licenciement économique, pendant", "mois", 6, "Code du travail, art. L5132-7"),
    always(ALTERNANCE_LEAST, "Contrat en alternance : durée ordinaire la plus courte", "mois", 6, ALTERNANCE_BASIS, _P),
    always(ALTERNANCE_MOST, "Contrat en alternance : durée ordinaire la plus longue", "mois", 36, ALTERNANCE_BASIS, _P),
    always(CUMUL_RENEWALS, "Cumul de deux contrats : renouvellements", "renouvellement", 1, CUMUL_BASIS, since=DECREE_2021),
)  # fmt: skip
