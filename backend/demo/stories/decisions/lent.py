"""People of the association intermédiaire: a work-and-study contract, hours guaranteed, 480 hours nearly done, a pause agreed."""

from __future__ import annotations

from datetime import timedelta

from backend.core.values.dates import last_day_after, month_start
from backend.demo.chance.calendar_tools import months_within
from backend.demo.rows import Contract, MonthlyHours, Profile, Stay
from backend.demo.stories.decisions.contracts import in_training
from backend.demo.stories.storyteller import KNOWN, Teller
from pathways.enums import (
    BarrierImpact,
    BarrierTheme,
    ClientKind,
    ContractKind,
    Criterion,
    DiagnosedBy,
    InterviewKind,
    InterviewMode,
    ProlongationMotive,
    RefusalReason,
    SuspensionMotive,
)

A_MISSION = 30
GUARANTEED = 250  # hours, over a little more than four months
CLIENTS = ((ClientKind.HOUSEHOLD, 0.6), (ClientKind.NON_PROFIT, 0.25), (ClientKind.PUBLIC, 0.15))
"""Where the guaranteed hours are worked, one kind of client after the other."""


def tell_felicie(teller: Teller) -> None:
    """Félicie Théâtre: ten months of missions in homes, then a contrat de professionnalisation with the association."""
    ai, ago = teller.cast.ai, teller.ago
    advisor = teller.cast.advisors[ai]
    profile = Profile(
        **KNOWN, brsa=False, detld=False, deld=False, rqth=False, qpv=False, zrr=True, parent_isole=True
    )
    teller.person("felicie", 43, "Félicie", "Théâtre", "F", 42, "40", profile, advisor)
    teller.iae_pass("felicie", 43, start=ago(400))
    stay = teller.stay("felicie", ai, ago(400))
    _missions(teller, stay, 400, 98, 16, ClientKind.HOUSEHOLD, "K1304")
    end = last_day_after(ago(95), 12)
    teller.contracts(stay, ContractKind.WORK_AND_STUDY, [(ago(95), end)], 35, "K1304", ClientKind.HOUSEHOLD)
    teller.diagnose(stay, Criterion.SINGLE_PARENT, Criterion.ZRR)
    in_training(teller, "felicie", ai, "Titre professionnel Assistant de vie aux familles", ago(95), end)
    teller.talk(stay, teller.workday(397), InterviewKind.WELCOME, (BarrierTheme.FAMILY,), "Accueil : s’est occupée de ses parents. Les matinées conviennent, son fils est à l’école.", minutes=50)  # fmt: skip
    teller.talk(stay, teller.workday(120), InterviewKind.TRIPARTITE, (BarrierTheme.PROJECT,), "Avec le centre de formation : contrat de professionnalisation d’un an, un jour de cours par semaine, temps plein chez quatre familles.")  # fmt: skip
    teller.talk(stay, teller.workday(20), InterviewKind.FOLLOW_UP, (BarrierTheme.FAMILY,), "La garde du mercredi est trouvée. Premier module réussi.", mode=InterviewMode.VIDEO)  # fmt: skip
    teller.barrier("felicie", BarrierTheme.FAMILY, advisor, (ago(398), BarrierImpact.HIGH), (ago(120), BarrierImpact.MEDIUM), (ago(20), BarrierImpact.LOW))  # fmt: skip
    for ordinal, level, days in ((0, 2, 330), (1, 3, 240), (4, 3, 154), (0, 3, 40)):
        teller.seen(stay, "K1304", ordinal, level, ago(days), "Vu pendant une mise à disposition")


def tell_zelie(teller: Teller) -> None:
    """Zélie Féerie: a CDD d’usage that promises her 250 hours, at homes, at an association and at the town hall."""
    ai, ago = teller.cast.ai, teller.ago
    advisor = teller.cast.advisors[ai]
    profile = Profile(
        **(KNOWN | {"refugie": True}),
        brsa=False,
        detld=False,
        deld=False,
        rqth=False,
        qpv=True,
        zrr=False,
        langue_inf_a1=True,
    )
    teller.person("zelie", 44, "Zélie", "Féerie", "F", 31, "20", profile, advisor)
    teller.iae_pass("zelie", 44, start=ago(210))
    stay = teller.stay("zelie", ai, ago(210))
    _missions(teller, stay, 210, 84, 10, ClientKind.HOUSEHOLD, "K1304")
    teller.diagnose(stay, Criterion.REFUGEE, Criterion.FRENCH, Criterion.QPV)
    _guaranteed(teller, stay)
    teller.talk(stay, teller.workday(207), InterviewKind.WELCOME, (BarrierTheme.LANGUAGE,), "Accueil avec une interprète : comptable dans son pays, apprend le français depuis un an. Veut travailler tout de suite.", minutes=70)  # fmt: skip
    teller.talk(stay, teller.workday(88), InterviewKind.REVIEW, (BarrierTheme.MONEY,), "Les missions d’un mois font des revenus en dents de scie : contrat de quatre mois proposé, 250 heures garanties quels que soient les clients.")  # fmt: skip
    teller.talk(stay, teller.workday(9), InterviewKind.FOLLOW_UP, (BarrierTheme.LANGUAGE,), "Lit seule ses fiches de mission. Le loyer est payé à l’avance pour la première fois.")  # fmt: skip
    teller.barrier(
        "zelie",
        BarrierTheme.LANGUAGE,
        advisor,
        (ago(208), BarrierImpact.HIGH),
        (ago(9), BarrierImpact.MEDIUM),
    )
    teller.barrier(
        "zelie", BarrierTheme.MONEY, advisor, (ago(208), BarrierImpact.HIGH), (ago(9), BarrierImpact.LOW)
    )
    for ordinal, level, days in ((0, 2, 160), (2, 2, 90), (0, 3, 30)):
        teller.seen(stay, "K1304", ordinal, level, ago(days), "Vu pendant une mise à disposition")


def tell_octave(teller: Teller) -> None:
    """Octave Postulat: some thirty hours with companies are left to him, and a prescripteur thinks another structure suits him now."""
    ai, ago = teller.cast.ai, teller.ago
    advisor = teller.cast.advisors[ai]
    profile = Profile(
        **KNOWN, brsa=True, detld=False, deld=True, rqth=False, qpv=False, zrr=False, sans_hebergement=True
    )
    teller.person("octave", 45, "Octave", "Postulat", "M", 44, "60", profile, advisor)
    teller.iae_pass("octave", 45, start=ago(670))
    stay = teller.stay("octave", ai, ago(670))
    _missions(teller, stay, 670, 292, 9, ClientKind.HOUSEHOLD, "K2204")
    _missions(teller, stay, 291, 13, 12, ClientKind.COMPANY, "N1105")
    teller.contracts(
        stay, ContractKind.CDDU, [(ago(12), teller.ahead(18))], 10, "K2204", ClientKind.NON_PROFIT
    )
    teller.diagnose(stay, Criterion.RSA, Criterion.NO_HOUSING)
    teller.prolong(
        stay,
        ProlongationMotive.DIFFICULTIES,
        180,
        teller.workday(34),
        teller.workday(9),
        RefusalReason.STRUCTURE,
    )
    teller.talk(stay, teller.workday(667), InterviewKind.WELCOME, (BarrierTheme.HOUSING,), "Accueil : dort chez des amis, connaît la manutention. Veut des missions proches.", minutes=50)  # fmt: skip
    teller.talk(stay, teller.workday(290), InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "L’entrepôt le demande deux jours par semaine. Le compteur des heures en entreprise est expliqué.", mode=InterviewMode.PHONE)  # fmt: skip
    teller.talk(stay, teller.workday(8), InterviewKind.REVIEW, (BarrierTheme.PROJECT,), "Réponse du prescripteur : la prolongation est refusée, l’intérim d’insertion lui conviendrait mieux. Relais à proposer à Intérim des Trois Vallées avant la fin du PASS.")  # fmt: skip
    teller.barrier("octave", BarrierTheme.HOUSING, advisor, (ago(666), BarrierImpact.HIGH), (ago(290), BarrierImpact.MEDIUM), (ago(8), BarrierImpact.LOW))  # fmt: skip
    teller.goal(
        stay,
        BarrierTheme.PROJECT,
        "Entrer en intérim d’insertion",
        ago(8),
        ("Proposer le relais", teller.ahead(6), None),
    )
    for ordinal, level, days in ((0, 2, 240), (1, 3, 130), (0, 3, 60)):
        teller.seen(stay, "N1105", ordinal, level, ago(days), "Vu pendant une mise à disposition en entrepôt")


def tell_perrine(teller: Teller) -> None:
    """Perrine Conte: two months away for her family, agreed by the committee; her PASS waited for her."""
    ai, ago = teller.cast.ai, teller.ago
    advisor = teller.cast.advisors[ai]
    profile = Profile(**KNOWN, brsa=False, detld=False, deld=False, rqth=False, qpv=False, zrr=False)
    teller.person("perrine", 46, "Perrine", "Conte", "F", 35, "41", profile, advisor)
    teller.iae_pass("perrine", 46, start=ago(380))
    stay = teller.stay("perrine", ai, ago(380))
    _missions(teller, stay, 380, 203, 15, ClientKind.HOUSEHOLD, "K1304")
    teller.suspend(stay, SuspensionMotive.AGREED_LOCALLY, ago(200), ago(141))
    _missions(teller, stay, 138, 15, 18, ClientKind.HOUSEHOLD, "K1304")
    teller.contracts(
        stay, ContractKind.CDDU, [(ago(14), teller.ahead(16))], 18, "K1304", ClientKind.HOUSEHOLD
    )
    teller.diagnose(stay, by=DiagnosedBy.PRESCRIBER)
    teller.talk(stay, teller.workday(377), InterviewKind.WELCOME, (BarrierTheme.PROJECT,), "Accueil : orientée par France Travail, cherche à reprendre le travail à son rythme.", minutes=45)  # fmt: skip
    teller.talk(stay, teller.workday(206), InterviewKind.FOLLOW_UP, (BarrierTheme.FAMILY,), "Sa mère a besoin d’elle deux mois, loin d’ici. Le comité technique d’animation est d’accord pour suspendre le PASS.", mode=InterviewMode.PHONE)  # fmt: skip
    teller.talk(stay, teller.workday(136), InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "De retour, trois clientes l’attendaient. Les missions reprennent.")  # fmt: skip
    teller.talk(stay, teller.workday(23), InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "Dix-huit heures par semaine, c’est ce qu’elle voulait. Pense à une formation d’aide à domicile.", mode=InterviewMode.PHONE)  # fmt: skip
    teller.barrier("perrine", BarrierTheme.FAMILY, advisor, (ago(206), BarrierImpact.HIGH), (ago(136), BarrierImpact.LIFTED))  # fmt: skip
    for ordinal, level, days in ((0, 2, 320), (1, 2, 250), (0, 3, 60)):
        teller.seen(stay, "K1304", ordinal, level, ago(days), "Vu pendant une mise à disposition")


def _missions(
    teller: Teller, stay: Stay, first: int, last: int, weekly: float, client: ClientKind, rome_code: str
) -> None:
    """Missions of a month, one after the other, from so many days ago to so many days ago."""
    spans = [
        (teller.ago(at), teller.ago(max(last, at - A_MISSION + 1))) for at in range(first, last, -A_MISSION)
    ]
    teller.contracts(stay, ContractKind.CDDU, spans, weekly, rome_code, client)


def _guaranteed(teller: Teller, stay: Stay) -> None:
    """The contract that promises a volume, and what was done of it with each kind of client."""
    start, end = teller.ago(80), teller.ahead(45)
    contract = Contract(
        f"{stay.id}-guaranteed", stay.person, stay.structure, stay.id, ContractKind.CDDU, start, end, None, None, "K1304",
        None, stay.advisor, stay.supervisor, guaranteed_hours=GUARANTEED,
    )  # fmt: skip
    teller.rows.contracts.append(contract)
    a_day = GUARANTEED / ((end - start) / timedelta(days=1) + 1)
    for month, days in months_within(start, teller.ago(1)):
        if month < month_start(teller.today):
            for client, share in CLIENTS:
                hours = max(0.5, round(days * a_day * share * 2) / 2)
                teller.rows.hours.append(MonthlyHours(contract.id, month, hours, client))
