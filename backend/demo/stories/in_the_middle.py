"""Stories a visitor can follow: people met in the middle of something that needs attention."""

from __future__ import annotations

from datetime import timedelta

from backend.core.values.dates import last_day_after, months_after
from backend.demo.rows import Derogation, Profile
from backend.demo.stories.storyteller import KNOWN, Teller
from competences.enums import LicenceKind
from pathways.enums import (
    BarrierImpact,
    BarrierTheme,
    ClientKind,
    ContractKind,
    Decider,
    DerogationMotive,
    InterviewKind,
    InterviewMode,
    ProlongationMotive,
)


def tell_paul(teller: Teller) -> None:
    """Paul Prétendu: his PASS IAE ends in twenty days, in the middle of a training project."""
    cast, ago = teller.cast, teller.ago
    profile = Profile(
        **KNOWN, brsa=True, detld=True, deld=False, rqth=False, qpv=False, zrr=True, mobilite_difficile=False
    )
    paul = teller.person("paul", 2, "Paul", "Prétendu", "M", 52, "51", profile, cast.advisors[cast.aci])
    teller.iae_pass(paul, 2, end=teller.ahead(20))
    start = teller.rows.passes[-1].start
    first = teller.stay(paul, cast.ai, start, start + timedelta(days=188))
    missions = [
        (start + timedelta(days=at), min(start + timedelta(days=at + 29), start + timedelta(days=188)))
        for at in range(0, 189, 31)
    ]
    teller.contracts(first, ContractKind.CDDU, missions, 14, "A1203", ClientKind.HOUSEHOLD)
    teller.leave(first, 2, name="Les Jardins de Belval", months=6)
    entry = ago(505)
    stay = teller.stay(paul, cast.aci, entry)
    second, third = months_after(entry, 6), months_after(entry, 12)
    spans = [
        (entry, last_day_after(entry, 6)),
        (second, last_day_after(second, 6)),
        (third, teller.ahead(20)),
    ]
    teller.contracts(stay, ContractKind.CDDI, spans, 26, "A1203")
    teller.prolong(stay, ProlongationMotive.SENIOR, 180, teller.workday(14))
    teller.rows.derogations.append(
        Derogation(
            stay.id, DerogationMotive.SENIOR, Decider.PRESCRIBER, months_after(entry, 24),
            last_day_after(months_after(entry, 24), 6), teller.workday(20), teller.workday(8),
            "décision du prescripteur",
        )
    )  # fmt: skip
    teller.talk(
        stay,
        teller.workday(503),
        InterviewKind.WELCOME,
        (BarrierTheme.PROJECT,),
        "Accueil au jardin : connaît déjà la taille et la tonte par l’association intermédiaire.",
        minutes=60,
    )
    teller.talk(
        stay,
        teller.workday(300),
        InterviewKind.REVIEW,
        (BarrierTheme.PROJECT,),
        "Bilan : autonomie sur la tonte et le débroussaillage. Souhaite un métier d’espaces verts dans une commune.",
    )
    teller.talk(
        stay,
        teller.workday(110),
        InterviewKind.REVIEW,
        (BarrierTheme.PROJECT, BarrierTheme.MONEY),
        "La mairie de Belval recrute au printemps ; une immersion est à organiser avant la fin du PASS.",
    )
    teller.talk(
        stay,
        teller.workday(16),
        InterviewKind.FOLLOW_UP,
        (BarrierTheme.PROJECT,),
        "Le PASS se termine bientôt : étudier ensemble une prolongation (plus de 50 ans) avec le prescripteur.",
        private_note="Appeler le prescripteur avant vendredi.",
    )
    teller.barrier(
        paul,
        BarrierTheme.PROJECT,
        stay.advisor,
        (ago(500), BarrierImpact.HIGH),
        (ago(300), BarrierImpact.MEDIUM),
        (ago(110), BarrierImpact.LOW),
    )
    teller.barrier(
        paul,
        BarrierTheme.MONEY,
        stay.advisor,
        (ago(500), BarrierImpact.LOW),
        (ago(300), BarrierImpact.LOW),
        (ago(110), BarrierImpact.MEDIUM),
    )
    teller.goal(
        stay,
        BarrierTheme.PROJECT,
        "Être recruté aux espaces verts d’une commune",
        ago(300),
        ("Préparer une immersion à la mairie de Belval", ago(12), None),
        ("Mettre à jour le CV", ago(200), ago(205)),
    )
    for ordinal, level, days in ((0, 2, 430), (1, 2, 380), (0, 3, 250), (2, 3, 180), (1, 3, 90)):
        teller.seen(stay, "A1203", ordinal, level, ago(days), "Vu sur le chantier du parc")


def tell_jo(teller: Teller) -> None:
    """Jo Imaginaire: between two steps after temporary work, without news for forty-seven days."""
    cast, ago = teller.cast, teller.ago
    profile = Profile(
        **KNOWN, brsa=False, detld=False, deld=True, qpv=True, zrr=False, mobilite_difficile=True
    )
    jo = teller.person("jo", 3, "Jo", "Imaginaire", "M", 24, "70", profile, cast.advisors[cast.aci])
    teller.iae_pass(jo, 3, start=ago(300))
    stay = teller.stay(jo, cast.etti, ago(300), ago(76))
    missions = [(ago(300), ago(246)), (ago(239), ago(180)), (ago(165), ago(120)), (ago(111), ago(76))]
    teller.contracts(stay, ContractKind.CTT, missions, 35, "N1105", ClientKind.COMPANY)
    teller.leave(stay, 7)
    teller.talk(
        stay,
        teller.workday(298),
        InterviewKind.WELCOME,
        (BarrierTheme.MOBILITY,),
        "Accueil : disponible tout de suite, se déplace à vélo, préfère les équipes du matin.",
        minutes=45,
    )
    teller.talk(
        stay,
        teller.workday(180),
        InterviewKind.FOLLOW_UP,
        (BarrierTheme.PROJECT,),
        "Trois missions réussies chez le même client. Aimerait apprendre la conduite d’engins.",
        mode=InterviewMode.PHONE,
    )
    teller.talk(
        stay,
        teller.workday(84),
        InterviewKind.FINAL_REVIEW,
        (BarrierTheme.MOBILITY,),
        "Fin de mission. Un relais vers Les Jardins de Belval est proposé ; Jo y réfléchit.",
    )
    # The last sign of life is exactly forty-seven days old, whatever the day of the week.
    teller.talk(
        stay,
        ago(47),
        InterviewKind.FOLLOW_UP,
        (BarrierTheme.PROJECT,),
        "D’accord pour rencontrer l’équipe du jardin. Date à fixer.",
        mode=InterviewMode.PHONE,
        minutes=15,
        advisor=cast.advisors[cast.aci],
    )
    teller.barrier(
        jo,
        BarrierTheme.MOBILITY,
        stay.advisor,
        (ago(295), BarrierImpact.MEDIUM),
        (ago(180), BarrierImpact.MEDIUM),
        (ago(84), BarrierImpact.HIGH),
    )
    teller.goal(
        stay,
        BarrierTheme.MOBILITY,
        "Pouvoir accepter des missions hors de la ville",
        ago(290),
        ("S’inscrire au code", ago(60), None),
    )
    for ordinal, level, days in ((0, 2, 250), (1, 2, 170), (0, 3, 115)):
        teller.seen(stay, "N1105", ordinal, level, ago(days), "Vu pendant une mission en entrepôt")


def tell_lina(teller: Teller) -> None:
    """Lina Modèle: fourteen months of CDDI done, the contract ends in twenty-eight days."""
    cast, ago = teller.cast, teller.ago
    profile = Profile(
        **KNOWN, brsa=True, detld=True, deld=False, rqth=False, qpv=False, zrr=True, parent_isole=True
    )
    lina = teller.person("lina", 4, "Lina", "Modèle", "F", 34, "50", profile, cast.advisors[cast.aci])
    entry = months_after(teller.today, -14)
    teller.iae_pass(lina, 4, start=entry)
    stay = teller.stay(lina, cast.aci, entry)
    second, third = months_after(entry, 4), months_after(entry, 10)
    teller.contracts(
        stay,
        ContractKind.CDDI,
        [(entry, last_day_after(entry, 4)), (second, last_day_after(second, 6)), (third, teller.ahead(28))],
        24,
        "G1602",
    )
    teller.talk(
        stay,
        teller.workday(420),
        InterviewKind.WELCOME,
        (BarrierTheme.FAMILY,),
        "Accueil à la cuisine du chantier. Horaires adaptés à la sortie de l’école.",
        minutes=60,
    )
    teller.talk(
        stay,
        teller.workday(300),
        InterviewKind.REVIEW,
        (BarrierTheme.FAMILY, BarrierTheme.PROJECT),
        "Renouvellement décidé : garde du mercredi trouvée, gestes de base acquis.",
    )
    teller.talk(
        stay,
        teller.workday(120),
        InterviewKind.TRIPARTITE,
        (BarrierTheme.PROJECT,),
        "Point avec l’encadrement : prête pour une immersion en restauration collective.",
        mode=InterviewMode.ON_SITE,
    )
    teller.talk(
        stay,
        teller.workday(22),
        InterviewKind.FOLLOW_UP,
        (BarrierTheme.PROJECT,),
        "Intéressée par un poste partagé entre la cantine et la boulangerie.",
    )
    teller.barrier(
        lina,
        BarrierTheme.FAMILY,
        stay.advisor,
        (ago(420), BarrierImpact.HIGH),
        (ago(300), BarrierImpact.MEDIUM),
        (ago(120), BarrierImpact.LOW),
        (ago(22), BarrierImpact.LIFTED),
    )
    teller.barrier(
        lina,
        BarrierTheme.PROJECT,
        stay.advisor,
        (ago(420), BarrierImpact.MEDIUM),
        (ago(120), BarrierImpact.LOW),
    )
    teller.goal(
        stay,
        BarrierTheme.FAMILY,
        "Trouver une garde fiable",
        ago(415),
        ("Visiter la crèche", ago(380), ago(384)),
        ("Prévoir une solution de secours", ago(310), ago(305)),
    )
    teller.goal(
        stay,
        BarrierTheme.PROJECT,
        "Travailler en cuisine collective",
        ago(290),
        ("Préparer une immersion à la cantine de Belval", teller.ahead(6), None),
    )
    kitchen = (
        (0, 1, 390),
        (1, 2, 330),
        (0, 2, 260),
        (2, 2, 200),
        (4, 2, 170),
        (0, 3, 130),
        (3, 2, 90),
        (1, 3, 60),
        (10, 2, 40),
    )
    for ordinal, level, days in kitchen:
        teller.seen(stay, "G1602", ordinal, level, ago(days), "Vu à la cuisine du chantier")
    for trade, ordinal, level, days in (("K2204", 0, 3, 210), ("K2204", 7, 2, 155), ("H3302", 3, 2, 50)):
        teller.seen(stay, trade, ordinal, level, ago(days), "Vu à la cuisine du chantier")
    teller.licence(lina, LicenceKind.FOOD, ago(140))
    teller.meet(stay, teller.today, 16, 30, "Bilan avant la fin du contrat")
