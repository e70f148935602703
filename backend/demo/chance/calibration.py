"""Figures the invented territory reproduces, and the choices made where nothing is published.

Published: Dares (entrants of 2022, parcours of 2021), DREETS Bourgogne-Franche-Comté (2022) and the data of
the State platforms, all through secondary sources. Everything marked « choice » is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.demo.chance.dice import Odds
from backend.demo.chance.motives import by_category
from backend.organisations.enums import StructureKind
from pathways.enums import EducationLevel, Sex
from pathways.rules.dated.rows import (
    BUILT_IN,
    CDDI_CEILING,
    CDDI_HOURS,
    CDDI_MINIMUM,
    LEGAL_WEEK,
    fte_hours_name,
)

_FTE_DAY = date(2024, 1, 1)  # the last year in which every kind has its own reference
HOURS_PER_FTE = {
    kind: BUILT_IN.whole(fte_hours_name(counted_as), on=_FTE_DAY)
    for kind, counted_as in (
        (StructureKind.ACI, StructureKind.ACI),
        (StructureKind.EI, StructureKind.EI),
        (StructureKind.ETTI, StructureKind.ETTI),
        (StructureKind.AI, StructureKind.AI),
        (StructureKind.EITI, StructureKind.EITI),
        (StructureKind.ASP_SAP, StructureKind.AI),  # choice: no reference of its own
    )
}
POST_AMOUNTS = {
    StructureKind.ACI: 23_921, StructureKind.EI: 12_459, StructureKind.AI: 1_619, StructureKind.ETTI: 4_781,
}  # fmt: skip
"""Euros a full-time post of the fixed part, November 2024."""
MODULATED_SHARE = 0.05  # choice: half of the most
FTE_DONE_SHARE = 0.918  # full-time posts done over posts agreed, France 2021

# New contracts of 2022 in thousands; EITI and associations de services à la personne are a choice.
ENTRANTS = {
    StructureKind.ACI: 65.8,
    StructureKind.EI: 21.5,
    StructureKind.AI: 49.9,
    StructureKind.ETTI: 37.6,
    StructureKind.EITI: 2.0,
    StructureKind.ASP_SAP: 3.0,
}
NOT_DRAWN = (StructureKind.GEIQ,)  # choice: outside the IAE, and no figure read for it
# Structures listed on the State's data service in 2026; services à la personne are a choice.
STRUCTURES = {
    StructureKind.ACI: 936,
    StructureKind.EI: 414,
    StructureKind.AI: 343,
    StructureKind.ETTI: 282,
    StructureKind.EITI: 37,
    StructureKind.ASP_SAP: 200,
}

# 62 % of men among entrants, 58 % of women in the associations intermédiaires; the split of the rest is a choice.
MEN = {
    StructureKind.ACI: 0.67,
    StructureKind.EI: 0.69,
    StructureKind.AI: 0.42,
    StructureKind.ETTI: 0.76,
    StructureKind.EITI: 0.70,
    StructureKind.ASP_SAP: 0.10,
}

# Age bands at entry (from, to, share): 24–25 % under 26, about 20 % of 50 and over.
AGES: Odds[tuple[int, int]] = Odds(
    {(18, 25): 0.247, (26, 34): 0.235, (35, 49): 0.315, (50, 56): 0.135, (57, 62): 0.068}
)
# Levels in the codes of the paying agency: 39 % below CAP (70, 01), 34 % CAP-BEP (51, 50), the rest above or apart.
EDUCATION_WEIGHTS = {
    EducationLevel.COMPULSORY: 0.37, EducationLevel.NO_SCHOOL: 0.02, EducationLevel.UNCERTIFIED: 0.02,
    EducationLevel.SHORT: 0.01, EducationLevel.CAP: 0.22, EducationLevel.CAP_LEVEL: 0.12,
    EducationLevel.BAC_PRO: 0.09, EducationLevel.BAC: 0.08, EducationLevel.BTS: 0.04,
    EducationLevel.BACHELOR: 0.02, EducationLevel.MASTER: 0.01,
}  # fmt: skip
EDUCATION = Odds(EDUCATION_WEIGHTS)

BRSA = {
    StructureKind.ACI: 0.42,
    StructureKind.EI: 0.29,
    StructureKind.AI: 0.27,
    StructureKind.ETTI: 0.25,
    StructureKind.EITI: 0.30,
    StructureKind.ASP_SAP: 0.12,
}
DETLD, DELD = 0.32, 0.17  # nearly a third; with DELD, nearly half
QPV, RQTH, AAH, ASS = 0.21, 0.08, 0.018, 0.049
SINGLE_PARENT: dict[str, float] = {Sex.F: 0.20, Sex.M: 0.05}  # choice
OTHER_FLAGS = {  # choice
    "refugie": 0.06, "sortant_detention": 0.03, "sortant_ase": 0.02,
    "sans_hebergement": 0.05, "mobilite_difficile": 0.28, "langue_inf_a1": 0.06,
}  # fmt: skip
ZRR_SHARE_OF_COMMUNES = 0.35  # choice
NOT_KNOWN = 0.03  # choice: a flag nobody asked about


@dataclass(frozen=True, slots=True)
class StayLaw:
    """How long people stay and how much they work in one kind of structure.

    `months` is a triangular law (least, most, most frequent); `short` the share of stays cut short, which
    last `short_days`; `weekly` the hours of a week; `presence` the part of them that counts.
    """

    months: tuple[float, float, float]
    short: float
    short_days: tuple[int, int]
    weekly: Odds[int]
    presence: tuple[float, float]


LAW_OF = date(2026, 1, 1)
"""The law of the day the figures were read: what a CDDI may last and weigh, where the stays are drawn."""
_LEAST, _MOST = BUILT_IN.whole(CDDI_MINIMUM, on=LAW_OF), BUILT_IN.whole(CDDI_CEILING, on=LAW_OF)
_WEEK, _FULL = int(BUILT_IN.hours(CDDI_HOURS, on=LAW_OF)), int(BUILT_IN.hours(LEGAL_WEEK, on=LAW_OF))
STAYS = {
    StructureKind.ACI: StayLaw((_LEAST, _MOST, 13), 0.05, (8, 80), Odds({_WEEK: 0.46, 22: 0.16, 24: 0.20, 26: 0.18}), (0.84, 0.98)),
    StructureKind.EI: StayLaw((_LEAST, _MOST, 13), 0.05, (8, 80), Odds({_WEEK: 0.42, 24: 0.32, 26: 0.16, 30: 0.06, _FULL: 0.04}), (0.70, 0.88)),
    StructureKind.AI: StayLaw((1.5, 20, 6), 0.08, (6, 70), Odds({8: 0.10, 11: 0.26, 14: 0.36, 18: 0.2, 24: 0.08}), (0.9, 1.0)),
    StructureKind.ETTI: StayLaw((1.5, 20, 5), 0.12, (5, 50), Odds({_FULL: 0.62, 30: 0.12, 28: 0.16, 21: 0.10}), (0.92, 1.0)),
    StructureKind.EITI: StayLaw((3, 22, 10), 0.08, (10, 60), Odds({14: 0.5, 20: 0.3, 26: 0.2}), (0.8, 1.0)),
    StructureKind.ASP_SAP: StayLaw((5, 60, 20), 0.06, (10, 90), Odds({20: 0.3, 24: 0.35, 28: 0.25, 30: 0.1}), (0.9, 1.0)),
}  # fmt: skip

WITHDRAWN = 0.115  # of all exits: between 8 and 15 %
EARLY_BREAK = 0.35

# Examined exits by category: about 24 % durable, 18 % transition, 16 % positive; AI and ETTI above EI and ACI,
# and one exit in five to a durable job in ACI.
EXAMINED = {
    StructureKind.ACI: Odds(
        {"durable": 0.21, "transition": 0.155, "positive": 0.17, "no_news": 0.125, "other": 0.34}
    ),
    StructureKind.EI: Odds(
        {"durable": 0.255, "transition": 0.175, "positive": 0.16, "no_news": 0.105, "other": 0.305}
    ),
    StructureKind.AI: Odds(
        {"durable": 0.28, "transition": 0.185, "positive": 0.155, "no_news": 0.11, "other": 0.27}
    ),
    StructureKind.ETTI: Odds(
        {"durable": 0.27, "transition": 0.22, "positive": 0.14, "no_news": 0.105, "other": 0.265}
    ),
    StructureKind.EITI: Odds(
        {"durable": 0.28, "transition": 0.15, "positive": 0.15, "no_news": 0.12, "other": 0.30}
    ),
    StructureKind.ASP_SAP: Odds(
        {"durable": 0.35, "transition": 0.15, "positive": 0.1, "no_news": 0.05, "other": 0.35}
    ),
}
UNDER_THRESHOLD = Odds(
    {"durable": 0.10, "transition": 0.15, "positive": 0.10, "no_news": 0.25, "other": 0.40}
)
# The weight of each motive inside its category, which the domain knows.
MOTIVE_WEIGHTS = {
        3: 0.45, 9: 0.42, 1: 0.05, 4: 0.04, 11: 0.03, 13: 0.01, 10: 0.9, 14: 0.1, 2: 0.60, 5: 0.31, 12: 0.07, 15: 0.02,
        8: 1.0, 7: 0.78, 6: 0.22, 16: 0.30, 17: 0.02, 18: 0.08, 19: 0.17, 20: 0.08, 21: 0.12, 22: 0.23,
}  # fmt: skip
MOTIVES = by_category(MOTIVE_WEIGHTS)

# Where a person goes next inside the IAE (choice), and how often somebody out of work comes back.
NEXT_KIND = {
    StructureKind.AI: {StructureKind.ACI: 0.36, StructureKind.ETTI: 0.36, StructureKind.EI: 0.28},
    StructureKind.ACI: {StructureKind.EI: 0.36, StructureKind.ETTI: 0.42, StructureKind.AI: 0.22},
    StructureKind.ETTI: {StructureKind.EI: 0.48, StructureKind.ACI: 0.32, StructureKind.AI: 0.20},
    StructureKind.EI: {StructureKind.ETTI: 0.62, StructureKind.AI: 0.20, StructureKind.ACI: 0.18},
    StructureKind.EITI: {StructureKind.AI: 0.5, StructureKind.EI: 0.5},
}
COME_BACK = 0.18
HOME_HELP_SHARE = {
    StructureKind.AI: 0.30,
    StructureKind.ACI: 0.04,
    StructureKind.EI: 0.04,
    StructureKind.ETTI: 0.04,
}

# Post-hire: half to seven in ten are still in work at six months, about one in six cannot be reached (choice).
UNREACHABLE = 0.16
STILL_IN_POST_EACH_CONTACT = 0.93
