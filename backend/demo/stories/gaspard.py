"""Gaspard Hypothétique: his own boss for now, in an entreprise d'insertion par le travail indépendant."""

from __future__ import annotations

from datetime import timedelta

from backend.core.values.dates import last_day_after
from backend.demo.rows import Profile
from backend.demo.stories.storyteller import KNOWN, Teller
from competences.enums import LicenceKind
from pathways.enums import BarrierImpact, BarrierTheme, ContractKind, InterviewKind, InterviewMode
from pathways.rules.dated.book import contract_name
from pathways.rules.dated.rows import BUILT_IN

EXPERIMENT = BUILT_IN.history(contract_name(ContractKind.EITI))[-1]
"""The only rule that says from when, and until when, such a contract may exist."""
DONE = 170  # days of the contract behind him, while the experiment lasts


def tell_gaspard(teller: Teller) -> None:
    """Small repairs under his own name, coached; the contract ends with the experiment at the latest."""
    over = EXPERIMENT.valid_to or teller.ahead(365)
    start = min(teller.ago(DONE), over - timedelta(days=DONE + 30))
    end = min(last_day_after(start, 12), over)
    has_left = end < teller.today
    cast = teller.cast
    advisor = cast.advisors[cast.eiti]
    profile = Profile(**KNOWN, brsa=True, detld=False, deld=True, rqth=False, qpv=False, zrr=True)
    teller.person(
        "gaspard", 11, "Gaspard", "Hypothétique", "M", 39, "50", profile, None if has_left else advisor
    )
    teller.iae_pass("gaspard", 11, start=start)
    stay = teller.stay("gaspard", cast.eiti, start, end if has_left else None)
    teller.contracts(stay, ContractKind.EITI, [(start, end)], 20, "I1203")
    if has_left:
        teller.leave(stay, 4)
    after = start + timedelta(days=4), start + timedelta(days=75), start + timedelta(days=140)
    teller.talk(stay, after[0], InterviewKind.WELCOME, (BarrierTheme.PROJECT,), "Accueil : sait réparer, n’a jamais fait de devis. Le statut et les cotisations sont expliqués.", minutes=60)  # fmt: skip
    teller.talk(stay, after[1], InterviewKind.REVIEW, (BarrierTheme.MONEY,), "Sept clients réguliers, un carnet de commandes sur trois semaines. Les factures sont tenues ensemble le lundi.")  # fmt: skip
    teller.talk(stay, after[2], InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "L’expérimentation s’arrête bientôt : deux suites possibles, rester à son compte ou rejoindre l’entretien de la mairie.", mode=InterviewMode.PHONE)  # fmt: skip
    teller.barrier("gaspard", BarrierTheme.MONEY, advisor, (after[0], BarrierImpact.HIGH), (after[1], BarrierImpact.MEDIUM), (after[2], BarrierImpact.LOW))  # fmt: skip
    teller.goal(stay, BarrierTheme.PROJECT, "Vivre de ses réparations ou d’un emploi durable", after[0], ("Rencontrer la mairie", min(end, teller.ahead(8)), end if has_left else None))  # fmt: skip
    teller.licence("gaspard", LicenceKind.CAR, start)
