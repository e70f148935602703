"""Solange Fictive: three years of a thread, from a few hours of housework to a permanent contract."""

from __future__ import annotations

from backend.core.values.dates import last_day_after, months_after
from backend.demo.rows import Placement, PostHireMilestone, Profile, VaeProject, VaeStep
from backend.demo.stories.storyteller import Teller
from competences.enums import LicenceKind, ProofStatus, VaeStepKind
from employers.enums import ConsentDecision, HireKind, Situation
from employers.rules.post_hire import milestones
from pathways.enums import BarrierImpact, BarrierTheme, ClientKind, ContractKind, InterviewKind, InterviewMode

DIPLOMA = "Titre professionnel Agent de propreté et d’hygiène"

# What she was seen doing: the gesture of the trade, the level, how many days ago.
MISSIONS_AT_HOMES = ((0, 2, 1030), (1, 2, 960), (2, 2, 930), (4, 2, 915), (0, 3, 890), (5, 3, 880))
MISSIONS_IN_WAREHOUSES = (
    (0, 2, 800), (1, 2, 740), (2, 2, 720), (3, 2, 690), (4, 2, 680), (5, 2, 676), (6, 2, 673), (0, 3, 670),
)  # fmt: skip
CLEANING_THE_SCHOOL = (
    (0, 2, 590), (1, 2, 540), (3, 2, 520), (5, 3, 500), (4, 3, 490), (2, 3, 475), (6, 3, 460), (7, 3, 455), (0, 4, 430),
)  # fmt: skip
OUT_WITH_A_CLIENT = (
    (0, 2, 340), (1, 2, 320), (2, 3, 305), (3, 2, 290), (4, 3, 280), (10, 3, 260), (9, 3, 220), (8, 2, 200),
    (11, 3, 180),
)  # fmt: skip
SUMMERS_AT_A_NURSERY = ((0, 2), (1, 3), (2, 2), (3, 2), (4, 2), (6, 2))
"""She says so, nobody saw it: a trade that is near by her word alone."""


def tell_solange(teller: Teller) -> None:
    """AI, then ETTI, then ACI, then home help, then a CDI in a bakery: a thread that held."""
    cast = teller.cast
    profile = Profile(
        brsa=True, ass=False, aah=False, rqth=False, detld=True, deld=False, qpv=False, zrr=True, parent_isole=True,
        refugie=False, sortant_detention=False, sortant_ase=False, sans_hebergement=False, mobilite_difficile=True,
        langue_inf_a1=False,
    )  # fmt: skip
    solange = teller.person(
        "solange", 1, "Solange", "Fictive", "F", 43, "70", profile, cast.advisors[cast.aci]
    )
    teller.iae_pass(solange, 1, start=teller.ago(1080))
    _at_the_association(teller)
    _on_missions(teller)
    _at_the_gardens(teller)
    _in_home_help(teller)
    _at_the_bakery(teller)
    advisor = cast.advisors[cast.aci]
    curve = (
        (1070, BarrierImpact.HIGH),
        (900, BarrierImpact.HIGH),
        (780, BarrierImpact.MEDIUM),
        (610, BarrierImpact.LOW),
        (420, BarrierImpact.LIFTED),
    )
    teller.barrier(
        solange, BarrierTheme.MOBILITY, advisor, *[(teller.ago(days), impact) for days, impact in curve]
    )
    curve = (
        (1070, BarrierImpact.MEDIUM),
        (900, BarrierImpact.MEDIUM),
        (640, BarrierImpact.HIGH),
        (500, BarrierImpact.LOW),
        (390, BarrierImpact.LIFTED),
    )
    teller.barrier(
        solange, BarrierTheme.CONFIDENCE, advisor, *[(teller.ago(days), impact) for days, impact in curve]
    )
    teller.licence(solange, LicenceKind.CAR, teller.ago(640))
    teller.licence(solange, LicenceKind.CACES_R489, teller.ago(758), "catégorie 3")
    teller.licence(solange, LicenceKind.FIRST_AID, months_after(teller.ahead(40), -24))
    # The file went in 58 days ago: the jury meets before the end of the third month, and the product says when.
    steps = (
        VaeStep(VaeStepKind.PLANNED, teller.ago(415)),
        VaeStep(VaeStepKind.AGREED, teller.ago(410)),
        VaeStep(VaeStepKind.FEASIBILITY_SENT, teller.ago(300)),
        VaeStep(VaeStepKind.COMPLETE, teller.ago(285)),
        VaeStep(VaeStepKind.ADMISSIBLE, teller.ago(240)),
        VaeStep(VaeStepKind.PROGRESS, teller.ago(200), details="Une heure par semaine pour le dossier."),
        VaeStep(VaeStepKind.VALIDATION_SENT, teller.ago(58)),
    )
    teller.rows.vae_projects.append(VaeProject(solange, DIPLOMA, steps))


def _at_the_association(teller: Teller) -> None:
    ago = teller.ago
    stay = teller.stay("solange", teller.cast.ai, ago(1080), ago(860))
    missions = [(ago(1080 - at), ago(max(860, 1052 - at))) for at in range(0, 221, 32)]
    teller.contracts(stay, ContractKind.CDDU, missions, 12, "K1304", ClientKind.HOUSEHOLD)
    teller.talk(stay, teller.workday(1078), InterviewKind.WELCOME, (BarrierTheme.CONFIDENCE, BarrierTheme.MOBILITY), "Accueil : huit ans sans emploi déclaré, beaucoup d’expérience à la maison. Cherche quelques heures pour commencer.", minutes=60)  # fmt: skip
    teller.talk(stay, teller.workday(1000), InterviewKind.FOLLOW_UP, (BarrierTheme.MOBILITY,), "Deux clientes fidèles. Le car limite les horaires ; dossier d’aide au permis commencé.", mode=InterviewMode.PHONE)  # fmt: skip
    teller.talk(stay, teller.workday(868), InterviewKind.TRIPARTITE, (BarrierTheme.PROJECT,), "Rencontre avec l’entreprise de travail temporaire d’insertion : missions de jour possibles en entrepôt.")  # fmt: skip
    teller.seen(stay, "K1304", 0, 2, ago(1078), "Dit savoir le faire à l’accueil", status=ProofStatus.DECLARED, by="La personne")  # fmt: skip
    for ordinal, level, days in MISSIONS_AT_HOMES:
        teller.seen(stay, "K1304", ordinal, level, ago(days), "Vu pendant une mise à disposition")
    teller.goal(stay, BarrierTheme.MOBILITY, "Obtenir le permis B", ago(1000), ("Monter le dossier d’aide au permis", ago(950), ago(955)), ("Passer le code", ago(820), ago(815)), ("Passer l’examen de conduite", ago(650), ago(640)))  # fmt: skip
    teller.leave(stay, 2, name="Intérim des Trois Vallées", months=6)


def _on_missions(teller: Teller) -> None:
    ago = teller.ago
    stay = teller.stay("solange", teller.cast.etti, ago(841), ago(650))  # 18 days of gap
    missions = [(ago(841), ago(790)), (ago(781), ago(720)), (ago(712), ago(650))]
    teller.contracts(stay, ContractKind.CTT, missions, 30, "N1103", ClientKind.COMPANY)
    teller.talk(stay, teller.workday(839), InterviewKind.WELCOME, (BarrierTheme.PROJECT,), "Accueil et visite de l’entrepôt. Formation CACES R489 proposée.", minutes=45)  # fmt: skip
    teller.talk(stay, teller.workday(755), InterviewKind.REVIEW, (BarrierTheme.PROJECT,), "CACES R489 catégorie 3 obtenu. Prépare des commandes sans aide.")  # fmt: skip
    teller.talk(stay, teller.workday(656), InterviewKind.FINAL_REVIEW, (BarrierTheme.CONFIDENCE,), "La mission s’arrête. Souhaite un cadre plus stable ; relais avec Les Jardins de Belval.", private_note="Déçue de la fin de mission : soigner le relais.")  # fmt: skip
    for ordinal, level, days in MISSIONS_IN_WAREHOUSES:
        teller.seen(stay, "N1103", ordinal, level, ago(days), "Vu pendant une mission en entrepôt")
    teller.leave(stay, 2, name="Les Jardins de Belval", months=8)


def _at_the_gardens(teller: Teller) -> None:
    ago = teller.ago
    entry = ago(623)  # 26 days of gap
    renewal = months_after(entry, 4)
    stay = teller.stay("solange", teller.cast.aci, entry, last_day_after(renewal, 4))
    teller.contracts(
        stay,
        ContractKind.CDDI,
        [(entry, last_day_after(entry, 4)), (renewal, last_day_after(renewal, 4))],
        26,
        "K2204",
        avenant=(months_after(renewal, 2).replace(day=1), 30),
    )
    teller.talk(stay, teller.workday(621), InterviewKind.WELCOME, (BarrierTheme.CONFIDENCE,), "Accueil au chantier : équipe de nettoyage des bâtiments communaux.", minutes=60)  # fmt: skip
    teller.talk(stay, teller.workday(505), InterviewKind.REVIEW, (BarrierTheme.PROJECT,), "Renouvellement : encadre deux nouvelles personnes sur le protocole de nettoyage.")  # fmt: skip
    teller.talk(stay, teller.workday(415), InterviewKind.TRIPARTITE, (BarrierTheme.PROJECT,), "Jury RSFP sur place : savoir-faire de nettoyage reconnus. Projet de VAE évoqué.", mode=InterviewMode.ON_SITE)  # fmt: skip
    for ordinal, level, days in CLEANING_THE_SCHOOL:
        teller.seen(stay, "K2204", ordinal, level, ago(days), "Vu au nettoyage de l’école de Belval")
    for ordinal in (0, 1, 2):
        teller.seen(stay, "K2204", ordinal, 4 if ordinal == 0 else 3, ago(415), "Reconnaissance des savoir-faire professionnels (RSFP)", status=ProofStatus.RECOGNISED, by="Deux professionnels du métier")  # fmt: skip
    teller.leave(stay, 9, name="À domicile dans les Trois Vallées", months=8)


def _in_home_help(teller: Teller) -> None:
    ago, entry = teller.ago, teller.ago(367)
    stay = teller.stay("solange", teller.cast.sap, entry, ago(101))
    teller.contracts(stay, ContractKind.CDD, [(entry, ago(101))], 28, "K1304", ClientKind.HOUSEHOLD)
    teller.talk(stay, teller.workday(364), InterviewKind.WELCOME, (BarrierTheme.PROJECT,), "Accueil : tournée de cinq domiciles, tutorat d’une collègue le premier mois.", minutes=45)  # fmt: skip
    teller.talk(stay, teller.workday(232), InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "VAE recevable. Une heure par semaine est gardée pour le dossier.")  # fmt: skip
    teller.talk(stay, teller.workday(125), InterviewKind.TRIPARTITE, (BarrierTheme.PROJECT,), "Proposition d’un poste recomposé à la boulangerie ; Solange accepte que son profil soit montré.", advisor=teller.cast.advisors[teller.cast.aci])  # fmt: skip
    for ordinal, level, days in ((2, 3, 300), (7, 3, 250), (3, 3, 210), (8, 3, 190), (1, 4, 140)):
        answer = (
            "J’ai tenu cette tournée seule dès le deuxième mois, demandez à la cliente."
            if ordinal == 8
            else ""
        )
        teller.seen(stay, "K1304", ordinal, level, ago(days), "Vu au domicile d’une cliente", answer=answer)
    # She says more of herself than what was seen once, less than what was seen another time.
    for ordinal, level in ((7, 4), (1, 3)):
        teller.seen(stay, "K1304", ordinal, level, ago(110), "Dit dans son parcours", status=ProofStatus.DECLARED, by="La personne")  # fmt: skip
    for ordinal, level in SUMMERS_AT_A_NURSERY:
        teller.seen(stay, "A1203", ordinal, level, ago(360), "Dit l’avoir fait trois étés chez un pépiniériste", status=ProofStatus.DECLARED, by="La personne")  # fmt: skip
    for ordinal, level, days in OUT_WITH_A_CLIENT:
        teller.seen(stay, "K1302", ordinal, level, ago(days), "Vu pendant une sortie avec un client")
    teller.leave(stay, 3, teller.cast.brioches, teller.cast.brioches_name)


def _at_the_bakery(teller: Teller) -> None:
    cast, ago, start = teller.cast, teller.ago, teller.ago(88)
    advisor = cast.advisors[cast.sap]  # the structure she left for the bakery supports her there
    teller.consent("solange", cast.brioches, ConsentDecision.GRANTED, ago(125))
    teller.consent("solange", cast.canteen, ConsentDecision.REFUSED, ago(124))
    placement = Placement("solange-h1", "solange", cast.brioches, start, HireKind.CDI, None, advisor)
    teller.rows.placements.append(placement)
    for each in milestones(started_on=start, trial_ends_on=months_after(start, 2), ends_on=None):
        done = each.due_on if each.due_on < teller.today else None
        situation = Situation.IN_POST if done else None
        teller.rows.milestones.append(
            PostHireMilestone(placement.id, each.code, each.due_on, done, situation)
        )
    left = next(each for each in teller.rows.stays if each.person == "solange" and each.structure == cast.sap)
    teller.talk(left, teller.workday(57), InterviewKind.POST_HIRE, (BarrierTheme.PROJECT,), "Un mois à la boulangerie : les horaires tiennent, la période d’essai se passe bien.", mode=InterviewMode.PHONE, minutes=15)  # fmt: skip
