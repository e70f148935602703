"""How many days a PASS IAE may be prolonged, by request and in all, and from which age: the ceilings of the State platform.

Its 1 095 and 1 825 days make, with the PASS itself, the 60 and 84 months of art. R5132-1-8.
"""

from __future__ import annotations

from pathways.rules.dated.figure import DECREE_2021, EMPLOIS, Figure, always

PROLONGATION_BASIS = "Code du travail, art. R5132-1-8"
BOTH = f"{PROLONGATION_BASIS} ; {EMPLOIS}"

EACH_DAYS = "pass_prolongation_days"
CDI_DAYS = "pass_prolongation_cdi_days"
TOTAL_DAYS = "pass_prolongation_total_days"
SENIOR_DAYS = "pass_prolongation_senior_total_days"
SENIOR_AGE = "pass_prolongation_senior_age"
CDI_AGE = "pass_prolongation_cdi_age"

PROLONGATION_FIGURES: tuple[Figure, ...] = (
    always(EACH_DAYS, "Prolongation de PASS IAE : chaque demande", "jours", 365, EMPLOIS),
    always(CDI_DAYS, "Prolongation de PASS IAE pour un CDI", "jours", 3650, EMPLOIS),
    always(TOTAL_DAYS, "Prolongation de PASS IAE, RQTH ou difficultés : en tout", "jours", 1095, BOTH, since=DECREE_2021),
    always(SENIOR_DAYS, "Prolongation de PASS IAE, 50 ans et plus : en tout", "jours", 1825, BOTH, since=DECREE_2021),
    always(SENIOR_AGE, "Prolongation de PASS IAE comme senior : âge minimal", "ans", 50, PROLONGATION_BASIS, since=DECREE_2021),
    always(CDI_AGE, "Prolongation de PASS IAE pour un CDI : âge minimal", "ans", 57, PROLONGATION_BASIS, since=DECREE_2021),
)  # fmt: skip
