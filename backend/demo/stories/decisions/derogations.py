"""Derogations as one meets them: a training, a second one after the first is over, one that waits, one refused, a short
contract, fewer hours by the préfet, two contracts at once."""

from __future__ import annotations

from datetime import date, timedelta

from backend.core.values.dates import last_day_after, month_start, months_after
from backend.demo.chance.calendar_tools import weekday_after, weekday_from
from backend.demo.rows import Derogation, Profile, Stay, Training
from backend.demo.stories.storyteller import KNOWN, Teller
from pathways.enums import (
    AppointmentStatus,
    BarrierImpact,
    BarrierTheme,
    ContractKind,
    Criterion,
    Decider,
    DerogationMotive,
    InterviewKind,
    InterviewMode,
    OtherEmployer,
    ProlongationMotive,
    RefusalReason,
    RequestStatus,
    SuspensionMotive,
)
from pathways.enums.trainings import TrainingDecider, TrainingFunder, TrainingKind, TrainingTime

DAY = timedelta(days=1)
_M = DerogationMotive


def tell_eugenie(teller: Teller) -> None:
    """Eugénie Parabole: past 24 months because her training is not over; the structure decided so, and prolonged the PASS."""
    entry, ends = months_after(teller.today, -25), weekday_from(teller.ahead(50))
    profile = Profile(**KNOWN, brsa=True, detld=False, deld=True, rqth=False, qpv=False, zrr=False)
    stay = _gardener(teller, "eugenie", 49, "Eugénie", "Parabole", "F", 33, "50", profile, entry)
    _chain(teller, stay, (6, 14, 24), 26, "G1602", ends)
    past = months_after(entry, 24)
    teller.diagnose(stay, Criterion.RSA, Criterion.DELD)
    teller.prolong(
        stay, ProlongationMotive.TRAINING, (ends - teller.pass_of(stay).end).days, teller.workday(55)
    )
    teller.rows.trainings.append(
        Training(
            stay.person, stay.structure, "Titre professionnel Cuisinier", "Centre de formation des Trois-Vallées",
            TrainingKind.QUALIFYING, weekday_from(teller.ago(120)), ends, 48, 336, TrainingFunder.PIC_IAE,
            TrainingTime.PARTLY, TrainingDecider.TOGETHER,
        )
    )  # fmt: skip
    teller.derogate(
        Derogation(
            stay.id, _M.TRAINING, Decider.EMPLOYER, past, ends, (decided := weekday_from(past - timedelta(days=25))), decided,
            "attestation d’entrée en formation", training_end=ends,
        )
    )  # fmt: skip
    teller.talk(stay, weekday_after(entry), InterviewKind.WELCOME, (BarrierTheme.PROJECT,), "Accueil à la cuisine : sait faire à manger pour dix, voudrait en faire un métier.", minutes=50)  # fmt: skip
    teller.talk(stay, weekday_from(past - timedelta(days=30)), InterviewKind.RENEWAL, (BarrierTheme.PROJECT,), "Vingt-quatre mois bientôt, et le titre se termine après : contrat prolongé jusqu’au dernier jour de la formation.")  # fmt: skip
    teller.talk(stay, teller.workday(12), InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "Les épreuves blanches sont passées. La cantine la prendrait volontiers en renfort.", mode=InterviewMode.ON_SITE)  # fmt: skip
    teller.barrier("eugenie", BarrierTheme.PROJECT, stay.advisor, (entry + DAY, BarrierImpact.HIGH), (teller.ago(12), BarrierImpact.LOW))  # fmt: skip
    _seen(
        teller,
        stay,
        "G1602",
        ((0, 2, 640), (1, 3, 450), (2, 3, 260), (0, 4, 90)),
        "Vu à la cuisine du chantier",
    )


def tell_barnabe(teller: Teller) -> None:
    """Barnabé Roman: a first decision of six months is over, a second one runs; each asked before the other ended."""
    entry = months_after(teller.today, -33)
    profile = Profile(
        **(KNOWN | {"aah": True}), brsa=False, detld=False, deld=False, rqth=True, qpv=False, zrr=False
    )
    stay = _gardener(teller, "barnabe", 50, "Barnabé", "Roman", "M", 41, "50", profile, entry)
    _chain(teller, stay, (12, 24, 30), 20, "H3302", months_after(entry, 35) - DAY)
    teller.diagnose(stay, Criterion.AAH, Criterion.RQTH)
    end = teller.pass_of(stay).end
    teller.prolong(
        stay,
        ProlongationMotive.RQTH,
        365,
        weekday_from(end - timedelta(days=60)),
        weekday_from(end - timedelta(days=38)),
    )
    for first, last in ((24, 30), (30, 35)):
        start = months_after(entry, first)
        teller.derogate(
            Derogation(
                stay.id, _M.RQTH, Decider.PRESCRIBER, start, months_after(entry, last) - DAY,
                weekday_from(start - timedelta(days=48)), weekday_from(start - timedelta(days=21)), "décision du prescripteur",
            )
        )  # fmt: skip
    teller.talk(stay, weekday_after(entry), InterviewKind.WELCOME, (BarrierTheme.CONFIDENCE,), "Accueil à l’atelier des paniers : poste assis, pauses convenues avec l’encadrement.", minutes=50)  # fmt: skip
    teller.talk(stay, weekday_from(months_after(entry, 24) - timedelta(days=50)), InterviewKind.RENEWAL, (BarrierTheme.PROJECT,), "Le projet avance lentement et sûrement : six mois de plus sont demandés au prescripteur.")  # fmt: skip
    teller.talk(stay, teller.workday(26), InterviewKind.REVIEW, (BarrierTheme.PROJECT,), "Une entreprise adaptée de la vallée le recevra le mois prochain. Le contrat se termine dans deux mois, sans autre prolongation prévue.")  # fmt: skip
    teller.barrier("barnabe", BarrierTheme.CONFIDENCE, stay.advisor, (entry + DAY, BarrierImpact.HIGH), (teller.ago(300), BarrierImpact.MEDIUM), (teller.ago(26), BarrierImpact.LOW))  # fmt: skip
    teller.goal(stay, BarrierTheme.PROJECT, "Être embauché en entreprise adaptée", teller.ago(200), ("Visiter l’atelier", teller.ago(40), teller.ago(42)), ("Préparer la rencontre", teller.ahead(10), None))  # fmt: skip
    _seen(
        teller,
        stay,
        "H3302",
        ((2, 2, 800), (3, 3, 560), (2, 3, 300), (3, 4, 60)),
        "Vu à l’atelier des paniers",
    )


def tell_apolline(teller: Teller) -> None:
    """Apolline Canevas: her contract ends in twenty-five days at 24 months; the next one waits for the prescripteur’s answer."""
    entry = months_after(teller.ahead(26), -24)
    past = months_after(entry, 24)
    profile = Profile(**KNOWN, brsa=False, detld=True, deld=False, rqth=False, qpv=False, zrr=True)
    stay = _gardener(teller, "apolline", 51, "Apolline", "Canevas", "F", 47, "70", profile, entry)
    teller.diagnose(stay, Criterion.DETLD, Criterion.ZRR)
    for days, asked, decided, refusal in ((365, 75, 58, RefusalReason.LENGTH), (183, 50, 33, None)):
        teller.prolong(
            stay,
            ProlongationMotive.DIFFICULTIES,
            days,
            teller.workday(asked),
            teller.workday(decided),
            refusal,
        )
    _chain(teller, stay, (4, 12), 24, "K2204", past - DAY)
    course = past + timedelta(days=90)
    teller.derogate(
        Derogation(
            stay.id, _M.TRAINING, Decider.PRESCRIBER, past, course, teller.workday(60), teller.workday(45),
            "devis du centre de formation", training_end=course, status=RequestStatus.REFUSED, refusal=RefusalReason.MOTIVE,
        )
    )  # fmt: skip
    teller.derogate(
        Derogation(
            stay.id, _M.DIFFICULTIES, Decider.PRESCRIBER, past, last_day_after(past, 6), teller.workday(12), None, "",
            status=RequestStatus.ASKED,
        )
    )  # fmt: skip
    teller.talk(stay, weekday_after(entry), InterviewKind.WELCOME, (BarrierTheme.HOUSING,), "Accueil : dix ans loin de l’emploi, un logement à retrouver.", minutes=60)  # fmt: skip
    teller.talk(stay, teller.workday(44), InterviewKind.REVIEW, (BarrierTheme.HOUSING,), "Première demande refusée : la formation n’est pas commencée. On refait la demande ensemble, avec le relogement en cours.")  # fmt: skip
    teller.talk(stay, teller.workday(12), InterviewKind.RENEWAL, (BarrierTheme.PROJECT,), "Six mois demandés au prescripteur. Le PASS est déjà prolongé ; le contrat de renouvellement est prêt et attend la réponse.")  # fmt: skip
    teller.barrier("apolline", BarrierTheme.HOUSING, stay.advisor, (entry + DAY, BarrierImpact.HIGH), (teller.ago(200), BarrierImpact.HIGH), (teller.ago(12), BarrierImpact.MEDIUM))  # fmt: skip
    teller.goal(stay, BarrierTheme.PROJECT, "Ne pas interrompre le parcours", teller.ago(44), ("Relancer le prescripteur", teller.ahead(4), None))  # fmt: skip
    teller.meet(
        stay, teller.workday(20), 14, 30, "Rencontre avec le prescripteur", AppointmentStatus.CANCELLED
    )
    _seen(
        teller,
        stay,
        "K2204",
        ((0, 2, 600), (1, 2, 410), (7, 2, 190), (0, 3, 50)),
        "Vu à l’entretien de l’école",
    )


def tell_gustave(teller: Teller) -> None:
    """Gustave Quidam: the prescripteur refused more than 24 months, he is ready; his next step is prepared."""
    entry = months_after(teller.ahead(46), -24)
    past = months_after(entry, 24)
    profile = Profile(
        **(KNOWN | {"sortant_detention": True}),
        brsa=False,
        detld=False,
        deld=False,
        rqth=False,
        qpv=False,
        zrr=False,
        sans_hebergement=True,
    )
    stay = _gardener(teller, "gustave", 52, "Gustave", "Quidam", "M", 29, "70", profile, entry)
    teller.diagnose(stay, Criterion.CAP_BEP, Criterion.NO_HOUSING, Criterion.JUSTICE)
    _chain(teller, stay, (6, 15), 30, "A1203", min(past - DAY, teller.pass_of(stay).end))
    teller.derogate(
        Derogation(
            stay.id, _M.DIFFICULTIES, Decider.PRESCRIBER, past, last_day_after(past, 6), teller.workday(40),
            teller.workday(10), "courrier du prescripteur", status=RequestStatus.REFUSED, refusal=RefusalReason.NEEDS,
        )
    )  # fmt: skip
    teller.talk(stay, weekday_after(entry), InterviewKind.WELCOME, (BarrierTheme.HOUSING,), "Accueil : hébergé en foyer, veut travailler dehors et vite.", minutes=60)  # fmt: skip
    teller.talk(stay, teller.workday(9), InterviewKind.REVIEW, (BarrierTheme.PROJECT,), "Le prescripteur le trouve prêt pour un emploi ordinaire, et refuse d’aller plus loin. Deux entreprises d’espaces verts recrutent : candidatures cette semaine.")  # fmt: skip
    teller.barrier("gustave", BarrierTheme.HOUSING, stay.advisor, (entry + DAY, BarrierImpact.HIGH), (teller.ago(240), BarrierImpact.LIFTED))  # fmt: skip
    teller.barrier("gustave", BarrierTheme.JUSTICE, stay.advisor, (entry + DAY, BarrierImpact.MEDIUM), (teller.ago(300), BarrierImpact.LIFTED))  # fmt: skip
    teller.goal(stay, BarrierTheme.PROJECT, "Un CDI en espaces verts", teller.ago(120), ("Envoyer deux candidatures", teller.ahead(3), None))  # fmt: skip
    _seen(teller, stay, "A1203", ((0, 2, 610), (1, 3, 400), (2, 3, 210), (0, 4, 60)), "Vu au jardin partagé")


def tell_tancrede(teller: Teller) -> None:
    """Tancrède Factice: a contract of two months, as the law lets the structure decide; the rest is his own affair."""
    entry, end = teller.ago(25), teller.ahead(36)
    profile = Profile(**KNOWN, brsa=True, detld=False, deld=True, rqth=False, qpv=False, zrr=False)
    stay = _gardener(teller, "tancrede", 53, "Tancrède", "Factice", "M", 27, "70", profile, entry)
    teller.diagnose(stay, Criterion.RSA)
    teller.contracts(stay, ContractKind.CDDI, [(entry, end)], 26, "A1203")
    signed = weekday_from(entry - timedelta(days=4))
    teller.derogate(
        Derogation(stay.id, _M.SHORT, Decider.EMPLOYER, entry, end, signed, signed, "note au contrat")
    )
    teller.talk(stay, teller.workday(22), InterviewKind.WELCOME, (BarrierTheme.PROJECT,), "Accueil : deux mois pour prendre ses marques ; la suite se décide ensemble avant la fin.", minutes=50)  # fmt: skip
    teller.barrier("tancrede", BarrierTheme.MOBILITY, stay.advisor, (teller.ago(24), BarrierImpact.MEDIUM))
    _seen(teller, stay, "A1203", ((0, 1, 15),), "Vu au jardin partagé")


def tell_leopoldine(teller: Teller) -> None:
    """Léopoldine Décor: fifteen hours a week to begin with, as the préfet allowed for ten months."""
    entry = teller.ago(110)
    profile = Profile(**KNOWN, brsa=True, detld=True, deld=False, rqth=False, qpv=False, zrr=False)
    stay = _gardener(teller, "leopoldine", 54, "Léopoldine", "Décor", "F", 52, "01", profile, entry)
    teller.diagnose(stay, Criterion.RSA, Criterion.DETLD)
    teller.contracts(stay, ContractKind.CDDI, [(entry, last_day_after(entry, 4))], 15, "H3302")
    teller.derogate(
        Derogation(
            stay.id, _M.FEW_HOURS, Decider.PREFET, entry, last_day_after(entry, 10), weekday_from(entry - timedelta(days=45)),
            weekday_from(entry - timedelta(days=11)), "décision préfectorale",
        )
    )  # fmt: skip
    teller.talk(stay, weekday_after(entry), InterviewKind.WELCOME, (BarrierTheme.CONFIDENCE,), "Accueil : n’a jamais travaillé hors de chez elle. Trois matinées par semaine pour commencer, le préfet est d’accord.", minutes=60)  # fmt: skip
    teller.talk(stay, teller.workday(17), InterviewKind.RENEWAL, (BarrierTheme.CONFIDENCE,), "Vient tous les jours prévus. Renouvellement à quinze heures, puis vingt quand elle s’en sentira capable.")  # fmt: skip
    teller.barrier("leopoldine", BarrierTheme.CONFIDENCE, stay.advisor, (entry + DAY, BarrierImpact.HIGH), (teller.ago(17), BarrierImpact.MEDIUM))  # fmt: skip
    _seen(teller, stay, "H3302", ((2, 1, 80), (2, 2, 20)), "Vu à l’atelier des paniers")


def tell_eudoxie(teller: Teller) -> None:
    """Eudoxie Simulacre: fourteen hours at the gardens beside a part time at the grocery; a suspension was typed by mistake."""
    entry, fewer = teller.ago(250), month_start(teller.ago(70))
    profile = Profile(**KNOWN, brsa=True, detld=False, deld=True, rqth=False, qpv=True, zrr=False)
    stay = _gardener(teller, "eudoxie", 55, "Eudoxie", "Simulacre", "F", 30, "40", profile, entry)
    teller.diagnose(stay, Criterion.RSA, Criterion.QPV)
    second = months_after(entry, 4)
    spans = [(entry, second - DAY), (second, last_day_after(second, 5))]
    teller.contracts(stay, ContractKind.CDDI, spans, 26, "K2204", avenant=(fewer, 14))
    teller.derogate(
        Derogation(
            stay.id, _M.CUMUL, Decider.PREFET, fewer, last_day_after(fewer, 6), weekday_from(fewer - timedelta(days=30)),
            weekday_from(fewer - timedelta(days=8)), "décision préfectorale", other_employer=OtherEmployer.ORDINARY,
        )
    )  # fmt: skip
    teller.suspend(
        stay,
        SuspensionMotive.CONTRACT_SUSPENDED,
        teller.ago(60),
        teller.ago(38),
        "Saisie par erreur : elle concernait une autre personne.",
    )
    teller.talk(stay, weekday_after(entry), InterviewKind.WELCOME, (BarrierTheme.PROJECT,), "Accueil : a tenu une caisse, aimerait retrouver un commerce.", minutes=50)  # fmt: skip
    teller.talk(stay, weekday_from(fewer - timedelta(days=28)), InterviewKind.TRIPARTITE, (BarrierTheme.PROJECT,), "L’épicerie lui propose vingt heures. Elle garde deux jours au jardin le temps d’être sûre : cumul demandé au préfet.")  # fmt: skip
    teller.talk(stay, teller.workday(14), InterviewKind.FOLLOW_UP, (BarrierTheme.PROJECT,), "Les deux emplois du temps tiennent. L’épicière parle d’un CDI à temps plein au printemps.", mode=InterviewMode.PHONE)  # fmt: skip
    teller.barrier("eudoxie", BarrierTheme.MONEY, stay.advisor, (entry + DAY, BarrierImpact.HIGH), (teller.ago(14), BarrierImpact.LOW))  # fmt: skip
    _seen(
        teller,
        stay,
        "K2204",
        ((0, 2, 190), (1, 3, 100), (0, 3, 45)),
        "Vu à l’entretien de la salle des fêtes",
    )


def _gardener(
    teller: Teller, person: str, rank: int, first_name: str, last_name: str, sex: str, age: int, education: str,
    profile: Profile, entry: date,
) -> Stay:  # fmt: skip
    """Somebody present at the gardens since a day, with a PASS of that day."""
    aci = teller.cast.aci
    teller.person(
        person, rank, first_name, last_name, sex, age, education, profile, teller.cast.advisors[aci]
    )
    teller.iae_pass(person, rank, start=entry)
    return teller.stay(person, aci, entry)


def _chain(
    teller: Teller, stay: Stay, months: tuple[int, ...], weekly: float, rome_code: str, last: date
) -> None:
    """CDDI that follow one another, cut so many months after the first day; the last one ends that day."""
    starts = [stay.start, *(months_after(stay.start, each) for each in months)]
    ends = [*(each - DAY for each in starts[1:]), last]
    teller.contracts(stay, ContractKind.CDDI, list(zip(starts, ends, strict=True)), weekly, rome_code)


def _seen(
    teller: Teller, stay: Stay, trade: str, seen: tuple[tuple[int, int, int], ...], context: str
) -> None:
    for ordinal, level, days in seen:
        teller.seen(stay, trade, ordinal, level, teller.ago(days), context)
