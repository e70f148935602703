"""Contracts one meets less often: a CDI inclusion, a contrat passerelle, an apprenticeship; each after a CDDI."""

from __future__ import annotations

from datetime import date, timedelta

from backend.core.values.dates import last_day_after, months_after
from backend.demo.chance.calendar_tools import weekday_after, weekday_from
from backend.demo.rows import Profile, Training
from backend.demo.stories.storyteller import KNOWN, Teller
from pathways.enums import (
    BarrierImpact,
    BarrierTheme,
    ContractKind,
    Criterion,
    InterviewKind,
    InterviewMode,
    ProlongationMotive,
    SuspensionMotive,
)
from pathways.enums.trainings import TrainingDecider, TrainingFunder, TrainingKind, TrainingTime
from pathways.rules.dated.book import contract_name
from pathways.rules.dated.rows import BUILT_IN

DAY = timedelta(days=1)
EXPERIMENT = BUILT_IN.history(contract_name(ContractKind.PASSERELLE))[-1]
"""The only rule that says until when a contrat passerelle could be signed."""


def tell_marcelle(teller: Teller) -> None:
    """Marcelle Feuilleton: fourteen months of CDDI, then a CDI inclusion; her PASS follows for four more years."""
    advisor, entry = teller.cast.advisors[teller.cast.aci], months_after(teller.today, -19)
    profile = Profile(
        **(KNOWN | {"ass": True}), brsa=False, detld=False, deld=False, rqth=False, qpv=False, zrr=False
    )
    teller.person("marcelle", 40, "Marcelle", "Feuilleton", "F", 61, "51", profile, advisor)
    teller.iae_pass("marcelle", 40, start=entry)
    stay = teller.stay("marcelle", teller.cast.aci, entry)
    second, for_good = months_after(entry, 4), months_after(months_after(entry, 4), 10)
    spans = [(entry, second - DAY), (second, for_good - DAY)]
    teller.contracts(stay, ContractKind.CDDI, spans, 26, "K2204")
    teller.contracts(stay, ContractKind.CDI_I, [(for_good, None)], 28, "K2204")
    teller.diagnose(stay, Criterion.ASS, Criterion.SENIOR)
    teller.prolong(stay, ProlongationMotive.SENIOR_CDI, 1_460, teller.workday(45))
    teller.talk(stay, weekday_after(entry), InterviewKind.WELCOME, (BarrierTheme.PROJECT,), "Accueil : trente ans d’entretien de bureaux, son dernier employeur a fermé. Cherche à finir sa carrière près de chez elle.", minutes=60)  # fmt: skip
    teller.talk(stay, weekday_from(for_good - timedelta(days=35)), InterviewKind.TRIPARTITE, (BarrierTheme.PROJECT,), "Avec la responsable : elle forme les nouvelles personnes, un CDI inclusion lui est proposé pour la suite du CDD. Elle dit oui.")  # fmt: skip
    teller.talk(stay, teller.workday(45), InterviewKind.FOLLOW_UP, (BarrierTheme.RIGHTS,), "CDI inclusion en place, 28 heures. La prolongation du PASS est notée ; son relevé de carrière arrive par courrier.", mode=InterviewMode.MESSAGE)  # fmt: skip
    teller.barrier("marcelle", BarrierTheme.MONEY, advisor, (entry + DAY, BarrierImpact.HIGH), (teller.ago(45), BarrierImpact.LOW))  # fmt: skip
    for ordinal, level, days in ((0, 3, 490), (1, 3, 410), (7, 3, 260), (0, 4, 120), (5, 4, 70)):
        teller.seen(stay, "K2204", ordinal, level, teller.ago(days), "Vu à l’entretien de la salle des fêtes")


def tell_anatole(teller: Teller) -> None:
    """Anatole Coulisse: lent for six months to a firm by a contrat passerelle, his PASS suspended; then back, then hired.

    How far the story goes depends on the day: such a contract could only be signed while the experiment lasted.
    """
    last = EXPERIMENT.valid_to or teller.today
    start = min(teller.ago(152), last - timedelta(days=120))
    entry, renewed = months_after(start, -12), months_after(start, 3)
    over = last_day_after(renewed, 3)
    back, left = over + DAY, last_day_after(over + DAY, 11)
    has_left = left < teller.today
    advisor = teller.cast.advisors[teller.cast.aci]
    profile = Profile(**KNOWN, brsa=False, detld=True, deld=False, rqth=False, qpv=False, zrr=True)
    teller.person("anatole", 41, "Anatole", "Coulisse", "M", 38, "60", profile, None if has_left else advisor)
    teller.iae_pass("anatole", 41, start=entry)
    stay = teller.stay("anatole", teller.cast.aci, entry, left if has_left else None)
    middle = months_after(entry, 6)
    teller.contracts(stay, ContractKind.CDDI, [(entry, middle - DAY), (middle, start - DAY)], 26, "A1203")
    teller.contracts(stay, ContractKind.PASSERELLE, [(start, renewed - DAY), (renewed, over)], 35, "A1203")
    teller.diagnose(stay, Criterion.DETLD, Criterion.ZRR)
    teller.suspend(stay, SuspensionMotive.PASSERELLE, start, over)
    teller.talk(stay, weekday_after(entry), InterviewKind.WELCOME, (BarrierTheme.PROJECT,), "Accueil : sait conduire un tracteur, n’a pas travaillé depuis la fermeture de la pépinière.", minutes=60)  # fmt: skip
    teller.talk(stay, weekday_from(start - timedelta(days=20)), InterviewKind.TRIPARTITE, (BarrierTheme.PROJECT,), "Avec les Vergers du Songe : contrat passerelle de trois mois, renouvelable une fois, à temps plein. Le PASS s’arrête de courir pendant ce temps.", mode=InterviewMode.ON_SITE)  # fmt: skip
    teller.talk(stay, weekday_from(start + timedelta(days=80)), InterviewKind.REVIEW, (BarrierTheme.PROJECT,), "Les Vergers prennent trois mois de plus : la taille d’hiver lui plaît, les trajets tiennent.", mode=InterviewMode.PHONE)  # fmt: skip
    teller.barrier("anatole", BarrierTheme.CONFIDENCE, advisor, (entry + DAY, BarrierImpact.MEDIUM), (start + timedelta(days=80), BarrierImpact.LOW))  # fmt: skip
    if over < teller.today:
        teller.contracts(stay, ContractKind.CDDI, [(back, left)], 30, "A1203")
        teller.talk(stay, min(weekday_from(back + timedelta(days=9)), teller.today), InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "Retour au jardin : pas de poste cette saison aux Vergers, qui le rappelleront. Cherche un CDI en pépinière.")  # fmt: skip
        lately = weekday_from(min(left - timedelta(days=30), teller.ago(16)))
        if lately > back + timedelta(days=20):
            teller.talk(stay, lately, InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "Les Vergers ont confirmé un poste à la taille ; il visite aussi une pépinière, pour choisir.")  # fmt: skip
    if has_left:
        teller.leave(stay, 3, name="Vergers du Songe")


def tell_capucine(teller: Teller) -> None:
    """Capucine Fable: four months of CDDI, then an apprenticeship at the gardens, one week in three at the training centre."""
    aci, entry = teller.cast.aci, months_after(teller.today, -9)
    advisor, signed = teller.cast.advisors[aci], months_after(entry, 4)
    end = last_day_after(signed, 12)
    profile = Profile(
        **(KNOWN | {"sortant_ase": True}),
        brsa=False,
        detld=False,
        deld=False,
        rqth=False,
        qpv=False,
        zrr=False,
    )
    teller.person("capucine", 42, "Capucine", "Fable", "F", 20, "70", profile, advisor)
    teller.iae_pass("capucine", 42, start=entry)
    stay = teller.stay("capucine", aci, entry)
    teller.contracts(stay, ContractKind.CDDI, [(entry, signed - DAY)], 26, "A1203")
    teller.contracts(stay, ContractKind.APPRENTICESHIP, [(signed, end)], 35, "A1203")
    teller.diagnose(stay, Criterion.YOUNG, Criterion.LEFT_ASE, Criterion.CAP_BEP)
    teller.rows.trainings.append(
        _in_training(
            "capucine", aci, "CAP agricole Jardinier paysagiste", signed, end, 60, 420, TrainingDecider.PERSON
        )
    )
    teller.talk(stay, weekday_after(entry), InterviewKind.WELCOME, (BarrierTheme.HOUSING,), "Accueil : vit en foyer de jeunes travailleurs, aime être dehors. N’a pas encore choisi de métier.", minutes=60)  # fmt: skip
    teller.talk(stay, weekday_from(signed - timedelta(days=24)), InterviewKind.TRIPARTITE, (BarrierTheme.PROJECT,), "Avec le centre de formation : place trouvée en CAP agricole, apprentissage au jardin, Marc sera son maître d’apprentissage.")  # fmt: skip
    teller.talk(stay, teller.workday(18), InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "Premières notes encourageantes ; la botanique lui demande du travail le soir, Marc l’interroge au jardin.")  # fmt: skip
    teller.barrier("capucine", BarrierTheme.HOUSING, advisor, (entry + DAY, BarrierImpact.MEDIUM), (teller.ago(18), BarrierImpact.LOW))  # fmt: skip
    teller.goal(stay, BarrierTheme.PROJECT, "Obtenir le CAP agricole", signed, ("Rendre le premier dossier", teller.ahead(15), None))  # fmt: skip
    for ordinal, level, days in ((0, 1, 230), (1, 2, 154), (2, 2, 60), (0, 3, 25)):
        teller.seen(stay, "A1203", ordinal, level, teller.ago(days), "Vu au jardin partagé")


def _in_training(
    person: str, structure: str, title: str, start: date, end: date, days: int, hours: int, decided_by: TrainingDecider
) -> Training:  # fmt: skip
    """The training a contract goes with: as long as it, paid by the OPCO, on the time of work."""
    return Training(
        person, structure, title, "Centre de formation des Trois-Vallées", TrainingKind.QUALIFYING, start, end, days,
        hours, TrainingFunder.OPCO, TrainingTime.DURING_WORK, decided_by,
    )  # fmt: skip


def in_training(teller: Teller, person: str, structure: str, title: str, start: date, end: date) -> None:
    """The same, chosen with the structure: a day a week."""
    teller.rows.trainings.append(
        _in_training(person, structure, title, start, end, 50, 350, TrainingDecider.TOGETHER)
    )
