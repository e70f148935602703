"""What moves a PASS: closed after a long suspension then another one before its time, suspended until the greenhouses open again."""

from __future__ import annotations

from datetime import date, timedelta

from backend.core.values.dates import last_day_after
from backend.demo.chance.calendar_tools import weekday_after, weekday_from
from backend.demo.rows import Derogation, Profile, Stay
from backend.demo.stories.storyteller import KNOWN, PRESCRIBER, Teller
from pathways.enums import (
    AppointmentStatus,
    BarrierImpact,
    BarrierTheme,
    ClientKind,
    ContractEnd,
    ContractKind,
    Criterion,
    Decider,
    DerogationMotive,
    DiagnosedBy,
    InterviewKind,
    InterviewMode,
    SuspensionMotive,
)
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.passes.suspensions import longest_end

DAY = timedelta(days=1)


def tell_blanche(teller: Teller) -> None:
    """Blanche Mascarade: she resigned, her PASS was suspended then closed; a prescripteur let her come back before two years."""
    etti, ago = teller.cast.etti, teller.ago
    advisor = teller.cast.advisors[etti]
    profile = Profile(**KNOWN, brsa=True, detld=True, deld=False, rqth=False, qpv=True, zrr=False)
    teller.person("blanche", 47, "Blanche", "Mascarade", "F", 36, "50", profile, advisor)
    teller.iae_pass("blanche", 47, start=ago(800))
    before = teller.stay("blanche", etti, ago(800), ago(571))
    spans = [(ago(800), last_day_after(ago(800), 9))]
    teller.contracts(
        before, ContractKind.CTT, spans, 28, "G1602", ClientKind.COMPANY, broken=ContractEnd.RESIGNED
    )
    teller.leave(before, 6)
    teller.diagnose(before, Criterion.RSA, Criterion.QPV)
    _suspended(teller, before, ago(570), ago(120))
    teller.close(
        before,
        ago(120),
        "Contactée par courrier puis par téléphone : vit dans une autre région, ne souhaite pas reprendre.",
    )
    teller.derogate(
        Derogation(
            (stay := teller.stay("blanche", etti, ago(55))).id, DerogationMotive.NEW_PASS, Decider.PRESCRIBER, ago(70),
            ago(40), teller.workday(88), teller.workday(72), f"accord écrit, {PRESCRIBER}",
        )
    )  # fmt: skip
    teller.iae_pass("blanche", 547, start=ago(55))
    teller.diagnose(stay, by=DiagnosedBy.PRESCRIBER)
    teller.contracts(
        stay, ContractKind.CTT, [(ago(55), last_day_after(ago(55), 4))], 28, "G1602", ClientKind.COMPANY
    )
    teller.talk(before, teller.workday(797), InterviewKind.WELCOME, (BarrierTheme.FAMILY,), "Accueil : missions en cuisine collective ; les horaires de l’école sont à tenir.", minutes=50)  # fmt: skip
    teller.talk(before, teller.workday(576), InterviewKind.FINAL_REVIEW, (BarrierTheme.FAMILY,), "Quitte la région pour suivre son compagnon ; démissionne. La porte reste ouverte.")  # fmt: skip
    teller.talk(stay, teller.workday(52), InterviewKind.WELCOME, (BarrierTheme.HOUSING,), "De retour à Belval avec ses enfants. Le prescripteur a donné son accord : un nouveau PASS court depuis son entrée.", minutes=60)  # fmt: skip
    teller.barrier("blanche", BarrierTheme.HOUSING, advisor, (ago(54), BarrierImpact.HIGH))
    teller.goal(stay, BarrierTheme.HOUSING, "Avoir un logement à soi", ago(50), ("Déposer la demande de logement social", ago(35), ago(37)), ("Rencontrer le bailleur", teller.ahead(11), None))  # fmt: skip
    for ordinal, level, days in ((0, 2, 700), (1, 2, 620), (0, 3, 30)):
        teller.seen(
            before if days > 500 else stay,
            "G1602",
            ordinal,
            level,
            ago(days),
            "Vu pendant une mission en cuisine",
        )


def tell_honore(teller: Teller) -> None:
    """Honoré Songe: his contract ended as the greenhouses closed; his PASS waits, and the next contract is signed."""
    aci, entry = teller.cast.aci, teller.ago(330)
    advisor = teller.cast.advisors[aci]
    profile = Profile(
        **KNOWN, brsa=False, detld=False, deld=True, rqth=False, qpv=False, zrr=True, mobilite_difficile=True
    )
    teller.person("honore", 48, "Honoré", "Songe", "M", 50, "60", profile, advisor)
    teller.iae_pass("honore", 48, start=entry)
    stay = teller.stay("honore", aci, entry)
    last = last_day_after(entry, 9)
    teller.contracts(stay, ContractKind.CDDI, [(entry, last)], 28, "A1402")
    teller.suspend(stay, SuspensionMotive.CONTRACT_FINISHED, last + DAY, teller.ahead(20))
    again = teller.ahead(21)
    teller.contracts(stay, ContractKind.CDDI, [(again, last_day_after(again, 7))], 28, "A1402")
    teller.diagnose(stay, Criterion.DELD, Criterion.ZRR, Criterion.MOBILITY)
    teller.talk(stay, weekday_after(entry), InterviewKind.WELCOME, (BarrierTheme.MOBILITY,), "Accueil aux serres : ancien ouvrier des vergers, sans permis. Le covoiturage du matin est organisé.", minutes=50)  # fmt: skip
    teller.talk(stay, weekday_from(last - timedelta(days=10)), InterviewKind.REVIEW, (BarrierTheme.PROJECT,), "Les serres ferment pour travaux et son contrat s’arrête là. Il revient à la réouverture ; d’ici là le PASS est suspendu, ses jours ne se perdent pas.")  # fmt: skip
    teller.talk(stay, teller.workday(11), InterviewKind.FOLLOW_UP, (BarrierTheme.MOBILITY,), "Confirme son retour. Passe le code pendant la pause.", mode=InterviewMode.PHONE)  # fmt: skip
    teller.barrier("honore", BarrierTheme.MOBILITY, advisor, (entry + DAY, BarrierImpact.HIGH), (teller.ago(11), BarrierImpact.MEDIUM))  # fmt: skip
    teller.goal(stay, BarrierTheme.MOBILITY, "Obtenir le permis B", teller.ago(80), ("S’inscrire au code", teller.ago(50), teller.ago(52)), ("Passer le code", teller.ahead(9), None))  # fmt: skip
    teller.meet(stay, teller.workday(30), 11, 0, "Point avant la reprise", AppointmentStatus.EXCUSED)
    for ordinal, level, days in ((0, 2, 280), (1, 2, 200), (0, 3, 90)):
        teller.seen(stay, "A1402", ordinal, level, teller.ago(days), "Vu aux serres")


def _suspended(teller: Teller, stay: Stay, start: date, until: date) -> None:
    """Suspended from a day as long as one may, and again the day after, until a day at least."""
    end = longest_end(start, book=BUILT_IN)
    teller.suspend(stay, SuspensionMotive.CONTRACT_BROKEN, start, end)
    if end < until:
        _suspended(teller, stay, end + DAY, until)
