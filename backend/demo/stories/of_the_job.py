"""Two people who, with Lina, already hold most of the job shared by the bakery and the canteen."""

from __future__ import annotations

from datetime import date

from backend.core.values.dates import last_day_after, months_after
from backend.demo.rows import Profile, Stay
from backend.demo.stories.storyteller import KNOWN, Teller
from competences.enums import LicenceKind
from pathways.enums import BarrierImpact, BarrierTheme, ContractKind, InterviewKind, InterviewMode

Seen = tuple[tuple[str, int, int, int], ...]
"""Trade, ordinal, level and days ago of what the supervisor saw."""


def _contract_under_way(teller: Teller, person: str, entry: date, rome_code: str, weekly: float) -> Stay:
    """A chantier entered more than six months ago: four months, then a renewal of eight that still runs."""
    stay = teller.stay(person, teller.cast.aci, entry)
    renewal = months_after(entry, 4)
    spans = [(entry, last_day_after(entry, 4)), (renewal, last_day_after(renewal, 8))]
    teller.contracts(stay, ContractKind.CDDI, spans, weekly, rome_code)
    return stay


def _seen(teller: Teller, stay: Stay, context: str, seen: Seen) -> None:
    for trade, ordinal, level, days in seen:
        teller.seen(stay, trade, ordinal, level, teller.ago(days), context)


def tell_rosa(teller: Teller) -> None:
    """Rosa Doublure: the kitchen of the chantier and the cleaning that follows; mornings suit her."""
    ago, advisor = teller.ago, teller.cast.advisors[teller.cast.aci]
    profile = Profile(**KNOWN, brsa=True, detld=True, deld=False, rqth=False, qpv=False, zrr=True)
    teller.person("rosa", 9, "Rosa", "Doublure", "F", 47, "60", profile, advisor)
    teller.iae_pass("rosa", 9, start=ago(262))
    stay = _contract_under_way(teller, "rosa", ago(262), "G1602", 26)
    teller.talk(stay, teller.workday(260), InterviewKind.WELCOME, (BarrierTheme.CONFIDENCE,), "Accueil à la cuisine du chantier : vingt ans de cuisine familiale, jamais déclarés.", minutes=60)  # fmt: skip
    teller.talk(stay, teller.workday(140), InterviewKind.RENEWAL, (BarrierTheme.PROJECT,), "Renouvellement : tient seule la préparation froide, montre les gestes aux nouveaux.")  # fmt: skip
    teller.talk(stay, teller.workday(24), InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "Aimerait travailler le matin, au fournil comme à la cantine.")  # fmt: skip
    teller.barrier("rosa", BarrierTheme.CONFIDENCE, advisor, (ago(255), BarrierImpact.HIGH), (ago(140), BarrierImpact.MEDIUM), (ago(24), BarrierImpact.LOW))  # fmt: skip
    teller.goal(stay, BarrierTheme.PROJECT, "Être embauchée en cuisine, le matin", ago(135), ("Visiter deux fournils", teller.ahead(9), None))  # fmt: skip
    seen: Seen = (
        ("G1602", 0, 2, 230), ("G1602", 1, 2, 200), ("K2204", 0, 3, 180), ("G1602", 2, 3, 152), ("K2204", 7, 2, 120),
        ("G1602", 0, 4, 95), ("G1602", 4, 2, 70), ("G1602", 3, 2, 45), ("H3302", 2, 2, 30),
    )  # fmt: skip
    _seen(teller, stay, "Vu à la cuisine du chantier", seen)
    teller.licence("rosa", LicenceKind.FOOD, ago(110))


def tell_ismael(teller: Teller) -> None:
    """Ismaël Ébauche: the baskets of vegetables, weighed, packed and labelled; he likes a line that goes well."""
    ago, advisor = teller.ago, teller.cast.advisors[teller.cast.aci]
    profile = Profile(
        **KNOWN, brsa=False, detld=False, deld=True, rqth=False, qpv=True, zrr=False, mobilite_difficile=True
    )
    teller.person("ismael", 10, "Ismaël", "Ébauche", "M", 26, "50", profile, advisor)
    teller.iae_pass("ismael", 10, start=ago(236))
    stay = _contract_under_way(teller, "ismael", ago(236), "H3302", 24)
    teller.talk(stay, teller.workday(233), InterviewKind.WELCOME, (BarrierTheme.MOBILITY,), "Accueil à l’atelier des paniers : ponctuel, vient à vélo.", minutes=45)  # fmt: skip
    teller.talk(stay, teller.workday(112), InterviewKind.RENEWAL, (BarrierTheme.PROJECT,), "Renouvellement : prépare et contrôle les paniers sans aide.")  # fmt: skip
    teller.talk(stay, teller.workday(19), InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "A découvert la cuisine pendant deux semaines ; voudrait continuer.", mode=InterviewMode.ON_SITE)  # fmt: skip
    teller.barrier("ismael", BarrierTheme.MOBILITY, advisor, (ago(230), BarrierImpact.MEDIUM), (ago(112), BarrierImpact.LOW))  # fmt: skip
    teller.goal(stay, BarrierTheme.MOBILITY, "Acheter un vélo fiable", ago(220), ("Demander l’aide de la plateforme mobilité", ago(190), ago(188)), ("Passer à l’atelier de réparation", teller.ahead(12), None))  # fmt: skip
    seen: Seen = (
        ("H3302", 2, 2, 200), ("H3302", 3, 3, 165), ("K2204", 0, 2, 145), ("H3302", 2, 3, 90), ("K2204", 7, 2, 60),
        ("G1602", 0, 2, 30), ("G1602", 1, 2, 28), ("G1602", 3, 2, 21),
    )  # fmt: skip
    _seen(teller, stay, "Vu à l’atelier des paniers", seen)
