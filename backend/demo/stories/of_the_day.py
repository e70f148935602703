"""Stories of the day: who comes today, who starts, who left without a word about why."""

from __future__ import annotations

from backend.core.values.dates import last_day_after, months_after
from backend.demo.rows import Profile
from backend.demo.stories.storyteller import KNOWN, Teller
from competences.enums import ProofStatus
from pathways.enums import (
    BarrierImpact,
    BarrierTheme,
    ClientKind,
    ContractKind,
    InterviewKind,
    InterviewMode,
    SuspensionMotive,
)


def tell_theo(teller: Teller) -> None:
    """Théo Exemple: he left eighteen days ago and nobody recorded why."""
    cast, ago = teller.cast, teller.ago
    profile = Profile(
        **KNOWN, brsa=False, detld=False, deld=False, qpv=False, zrr=True, mobilite_difficile=False
    )
    theo = teller.person("theo", 5, "Théo", "Exemple", "M", 22, "70", profile, cast.advisors[cast.aci])
    teller.iae_pass(theo, 5, start=ago(215))
    stay = teller.stay(theo, cast.aci, ago(215), ago(18))
    renewal = months_after(ago(215), 4)
    teller.contracts(
        stay,
        ContractKind.CDDI,
        [(ago(215), last_day_after(ago(215), 4)), (renewal, last_day_after(renewal, 4))],
        26,
        "F1704",
    )
    teller.leave(stay, None)
    teller.talk(
        stay,
        teller.workday(213),
        InterviewKind.WELCOME,
        (BarrierTheme.PROJECT,),
        "Accueil : veut apprendre un métier du bâtiment.",
        minutes=45,
    )
    teller.talk(
        stay,
        teller.workday(95),
        InterviewKind.REVIEW,
        (BarrierTheme.PROJECT,),
        "Renouvellement : volontaire, apprend vite, à l’aise en équipe.",
    )
    teller.talk(
        stay,
        teller.workday(30),
        InterviewKind.FOLLOW_UP,
        (BarrierTheme.PROJECT,),
        "A passé un entretien dans une entreprise ; attend la réponse.",
        mode=InterviewMode.PHONE,
    )
    teller.barrier(
        theo,
        BarrierTheme.PROJECT,
        stay.advisor,
        (ago(210), BarrierImpact.MEDIUM),
        (ago(95), BarrierImpact.LOW),
    )
    for ordinal, level, days in ((0, 1, 180), (0, 2, 100), (1, 2, 50)):
        teller.seen(stay, "F1704", ordinal, level, ago(days), "Vu sur le chantier du lavoir")


def tell_karim(teller: Teller) -> None:
    """Karim Inventé: his renewal is due in three weeks, and he comes this morning at nine."""
    cast, ago = teller.cast, teller.ago
    profile = Profile(
        **KNOWN, brsa=True, detld=False, deld=True, rqth=False, qpv=False, zrr=True, langue_inf_a1=False
    )
    karim = teller.person("karim", 6, "Karim", "Inventé", "M", 29, "51", profile, cast.advisors[cast.aci])
    entry = months_after(teller.ahead(22), -6)
    teller.iae_pass(karim, 6, start=entry)
    stay = teller.stay(karim, cast.aci, entry)
    teller.contracts(stay, ContractKind.CDDI, [(entry, teller.ahead(21))], 26, "N1103")
    teller.suspend(stay, SuspensionMotive.CONTRACT_SUSPENDED, ago(118), ago(95))
    teller.talk(
        stay,
        teller.workday(155),
        InterviewKind.WELCOME,
        (BarrierTheme.PROJECT,),
        "Accueil : a déjà travaillé en magasin, cherche un métier stable.",
        minutes=60,
    )
    teller.talk(
        stay,
        teller.workday(80),
        InterviewKind.FOLLOW_UP,
        (BarrierTheme.MOBILITY,),
        "Le permis avance : code obtenu, premières leçons prévues.",
    )
    teller.talk(
        stay,
        teller.workday(35),
        InterviewKind.FOLLOW_UP,
        (BarrierTheme.PROJECT,),
        "Visite d’un entrepôt : intérêt confirmé pour la préparation de commandes.",
        mode=InterviewMode.ON_SITE,
    )
    teller.barrier(
        karim,
        BarrierTheme.MOBILITY,
        stay.advisor,
        (ago(148), BarrierImpact.HIGH),
        (ago(80), BarrierImpact.MEDIUM),
        (ago(35), BarrierImpact.LOW),
    )
    teller.goal(
        stay,
        BarrierTheme.MOBILITY,
        "Obtenir le permis B",
        ago(145),
        ("S’inscrire au code", ago(120), ago(125)),
        ("Passer l’examen de conduite", teller.ahead(30), None),
    )
    for ordinal, level, days in ((0, 2, 120), (1, 2, 75), (0, 3, 40)):
        teller.seen(stay, "N1103", ordinal, level, ago(days), "Vu à la plateforme du chantier")
    teller.meet(stay, teller.today, 9, 0, "Bilan avant renouvellement")


def tell_amina(teller: Teller) -> None:
    """Amina Supposée: she started two days ago; her welcome diagnosis is this afternoon."""
    cast = teller.cast
    profile = Profile(brsa=True, detld=True, deld=False, qpv=None, zrr=True)
    amina = teller.person("amina", 7, "Amina", "Supposée", "F", 41, "70", profile, cast.advisors[cast.aci])
    entry = teller.ago(2)
    teller.iae_pass(amina, 7, start=entry)
    stay = teller.stay(amina, cast.aci, entry)
    teller.contracts(stay, ContractKind.CDDI, [(entry, last_day_after(entry, 4))], 20, "A1203")
    teller.meet(stay, teller.today, 14, 0, "Diagnostic d’accueil")


def tell_nadia(teller: Teller) -> None:
    """Nadia Inventée: nine days between the association intermédiaire and a chantier that is already agreed."""
    cast, ago = teller.cast, teller.ago
    profile = Profile(
        **KNOWN, brsa=False, detld=False, deld=True, rqth=False, qpv=False, zrr=True, mobilite_difficile=True
    )
    nadia = teller.person("nadia", 8, "Nadia", "Inventée", "F", 38, "50", profile, cast.advisors[cast.aci])
    teller.iae_pass(nadia, 8, start=ago(220))
    stay = teller.stay(nadia, cast.ai, ago(220), ago(4))
    missions = [(ago(220 - at), ago(max(4, 190 - at))) for at in range(0, 216, 31)]
    teller.contracts(stay, ContractKind.CDDU, missions, 16, "K2204", ClientKind.NON_PROFIT)
    teller.leave(stay, 2, name="Les Jardins de Belval", months=4)
    teller.talk(
        stay,
        teller.workday(217),
        InterviewKind.WELCOME,
        (BarrierTheme.MOBILITY,),
        "Accueil : expérience du ménage, cherche plus d’heures.",
        minutes=45,
    )
    teller.talk(
        stay,
        teller.workday(90),
        InterviewKind.FOLLOW_UP,
        (BarrierTheme.MOBILITY,),
        "Un covoiturage est trouvé pour deux clients réguliers.",
        mode=InterviewMode.PHONE,
    )
    teller.talk(
        stay,
        teller.workday(12),
        InterviewKind.TRIPARTITE,
        (BarrierTheme.PROJECT,),
        "Relais préparé avec le chantier : dates, horaires et transport convenus à trois.",
    )
    teller.barrier(
        nadia,
        BarrierTheme.MOBILITY,
        stay.advisor,
        (ago(215), BarrierImpact.HIGH),
        (ago(90), BarrierImpact.MEDIUM),
        (ago(12), BarrierImpact.LOW),
    )
    for ordinal, level, days in ((0, 2, 170), (1, 2, 110), (0, 3, 40)):
        teller.seen(stay, "K2204", ordinal, level, ago(days), "Vu pendant une mise à disposition")
    entry = teller.ahead(6)
    following = teller.stay(nadia, cast.aci, entry)
    teller.contracts(following, ContractKind.CDDI, [(entry, last_day_after(entry, 4))], 26, "K2204")
    teller.meet(following, teller.ahead(6), 9, 30, "Accueil au chantier")
    teller.seen(
        stay,
        "K2204",
        2,
        2,
        ago(217),
        "Dit savoir le faire à l’accueil",
        status=ProofStatus.DECLARED,
        by="La personne",
    )
