"""Eligibility, contracts, hours and exits: what the platform, its statistics or the text say of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from backend.core.values.plausible import WORK, window_findings
from pathways.enums import ClientKind, ContractKind, DiagnosedBy
from pathways.rules.contracts.facts import ContractFacts, Spell
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.contracts.hours import month_hours_findings
from pathways.rules.contracts.hours_480 import HoursLine, hours_480_findings
from pathways.rules.contracts.signers import may_sign
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.eligibility.criteria import of_level
from pathways.rules.eligibility.findings import (
    Diagnosis,
    Eligibility,
    criteria_missing,
    entry_findings,
    last_valid_day,
)
from pathways.rules.exits.findings import thread_after
from pathways.rules.exits.motives import ThreadAfter
from pathways.rules.passes.length import prolongation_in_words
from tests.pathways.rules.boundaries.standing import refused
from tests.pathways.rules.state_cases.case import CODE, Case

ELIGIBILITY, CONTRACT, HOURS, EXIT = "Éligibilité", "Contrat", "Heures", "Sortie"
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
SECOND = [each.value for each in of_level(2)]
STATISTICS = "statistiques publiques de l’État, août 2026"


def _missing(kind: str, count: int) -> bool:
    return criteria_missing(SECOND[:count], kind, on=TODAY, book=BUILT_IN) == 0


def _needed(kind: str) -> int:
    return next(count for count in range(10) if _missing(kind, count))


def _last(by: DiagnosedBy) -> date:
    return last_valid_day(Diagnosis(by, date(2026, 3, 2), ("RSA",)), book=BUILT_IN)


def _enters(last: Diagnosis, *passes: tuple[date, date]) -> bool:
    found = entry_findings(
        Eligibility(last, passes), structure_kind="ACI", started_on=TODAY, today=TODAY, book=BUILT_IN
    )
    return not list(found)


def _contract(*codes: str, **said: Any) -> bool:
    """Whether such a contract is refused for one of these reasons."""
    usual = {
        "structure_kind": "ACI", "kind": "CDDI", "started_on": TODAY, "today": TODAY, "planned_end_on": date(2027, 5, 21),
        "weekly_hours": Decimal(26),
    }  # fmt: skip
    found = contract_findings(ContractFacts(**usual | said), book=BUILT_IN)
    return any(each.code in codes and each.refuses for each in found)


def _signed(kind: ContractKind, structure: str, on: date) -> bool:
    return may_sign(structure, kind, on=on, book=BUILT_IN)


def _company(hours: int, day: date, *known: tuple[int, date]) -> bool:
    """Whether hours with companies are refused, after those."""
    lines = [_line(done, since) for done, since in known]
    return bool(hours_480_findings(_line(hours, day), before=Decimal(0), others=lines, book=BUILT_IN))


def _line(hours: int, day: date) -> HoursLine:
    return HoursLine(day.replace(day=1), Decimal(hours), ClientKind.COMPANY, day)


def _born(years: int) -> bool:
    """Whether a contract of today is refused to somebody of that age."""
    born = date(TODAY.year - years, TODAY.month, TODAY.day)
    return any(window_findings(WORK, TODAY, field="started_on", today=TODAY, born_on=born))


def _month(hours: int) -> bool:
    found = month_hours_findings(
        month=date(2026, 3, 1),
        hours=Decimal(hours),
        before=Decimal(0),
        contracts=[(date(2026, 3, 9), date(2026, 3, 9))],
        book=BUILT_IN,
    )
    return refused(found, "more_than_a_day")


HOLE = Spell(date(2026, 1, 1), date(2026, 1, 10), Decimal(26), date(2026, 1, 10), "CDDI")
LONG = date(2026, 1, 5)

CASES = (
    *(
        Case(ELIGIBILITY, f"critères de niveau 2 demandés sans niveau 1, en {kind}", count, lambda kind=kind: _needed(kind))
        for kind, count in (("ACI", 3), ("EI", 3), ("EITI", 3), ("AI", 2), ("ETTI", 2))
    ),
    Case(ELIGIBILITY, "critères de niveau 1", 4, lambda: len(of_level(1))),
    Case(ELIGIBILITY, "critères de niveau 2", 14, lambda: len(SECOND)),
    Case(ELIGIBILITY, "un critère de niveau 1 suffit", True, lambda: _enters(Diagnosis(DiagnosedBy.EMPLOYER, TODAY, ("RSA",)))),
    Case(ELIGIBILITY, "un prescripteur n’a besoin d’aucun critère", True, lambda: _enters(Diagnosis(DiagnosedBy.PRESCRIBER, TODAY))),
    Case(ELIGIBILITY, "diagnostic de la structure du 02/03/2026, valable jusqu’au", date(2026, 6, 1), lambda: _last(DiagnosedBy.EMPLOYER)),
    Case(ELIGIBILITY, "diagnostic d’un prescripteur du 02/03/2026, valable jusqu’au", date(2026, 9, 1), lambda: _last(DiagnosedBy.PRESCRIBER)),
    Case(ELIGIBILITY, "un PASS en cours dispense d’un nouveau diagnostic", True,
         lambda: _enters(Diagnosis(DiagnosedBy.EMPLOYER, date(2025, 1, 6), ("RSA",)), (date(2025, 1, 6), TODAY))),
    Case(ELIGIBILITY, "à 16 ans, refusée", False, lambda: _born(16)),
    Case(ELIGIBILITY, "à 15 ans, refusée", True, lambda: _born(15)),
    Case(CONTRACT, "embauche prévue après la fin du PASS, refusée", True,
         lambda: _contract("contract_after_pass", started_on=TODAY + DAY, pass_ends_on=TODAY), "changement n° 5248"),
    Case(CONTRACT, "le dernier jour du PASS, refusée", False, lambda: _contract("contract_after_pass", pass_ends_on=TODAY), "changement n° 5248"),
    Case(CONTRACT, "embauche déjà commencée après la fin du PASS, refusée", True,
         lambda: _contract("contract_after_pass", started_on=TODAY - DAY, pass_ends_on=TODAY - 2 * DAY), "changement n° 5248", False,
         "Le contrat est signé : il se garde avec une réserve à régler, un fichier n’efface pas ce qui a eu lieu."),
    Case(CONTRACT, "un GEIQ signe un contrat d’apprentissage", True, lambda: _signed(ContractKind.APPRENTICESHIP, "GEIQ", TODAY)),
    Case(CONTRACT, "un GEIQ signe un contrat de professionnalisation", True, lambda: _signed(ContractKind.WORK_AND_STUDY, "GEIQ", TODAY)),
    Case(CONTRACT, "un ACI signe un contrat de mission", True, lambda: _signed(ContractKind.CTT, "ACI", TODAY), instead=False,
         why="Le formulaire de la plateforme offre toute la liste ; l’article L5132-6 n’ouvre la mission qu’aux ETTI."),
    Case(CONTRACT, "contrat passerelle, le 31/12/2025", True, lambda: _signed(ContractKind.PASSERELLE, "ACI", date(2025, 12, 31)),
         "loi de finances pour 2024, art. 259 et 260"),
    Case(CONTRACT, "contrat passerelle, le 01/01/2026", False, lambda: _signed(ContractKind.PASSERELLE, "ACI", date(2026, 1, 1)),
         "loi de finances pour 2024, art. 259 et 260"),
    Case(CONTRACT, "CDI inclusion avant sa loi, le 15/12/2020", False, lambda: _signed(ContractKind.CDI_I, "ACI", date(2020, 12, 15)),
         "loi n° 2020-1577 du 14 décembre 2020"),
    Case(CONTRACT, "CDD d’insertion de 13 jours d’un renouvellement après un trou, refusé", True,
         lambda: _contract("renewal_with_a_hole", started_on=date(2026, 6, 1), planned_end_on=date(2026, 6, 13), chain=(HOLE,), renewed_kind="CDDI"),
         "Code du travail, art. L5132-15-1"),
    Case(CONTRACT, "deux CDD d’insertion de 26 h les mêmes jours, refusés", True,
         lambda: _contract("cddi_hours", others=(Spell(TODAY, date(2027, 5, 21), Decimal(26), date(2027, 5, 21), "CDDI"),)),
         "Code du travail, art. L5132-15-1"),
    Case(HOURS, "480 heures en entreprise, refusées", False, lambda: _company(480, LONG), "Code du travail, art. L5132-9"),
    Case(HOURS, "481 heures, refusées", True, lambda: _company(481, LONG), "Code du travail, art. L5132-9"),
    Case(HOURS, "un dépassement autorisé de 2021 fait refuser 10 heures de janvier 2025", False,
         lambda: _company(10, date(2025, 1, 6), (500, date(2021, 1, 4))), "Code du travail, art. R5132-18"),
    Case(HOURS, "première mise à disposition le 28/03/2024 et 480 heures : 100 de plus en mars 2026, refusées", True,
         lambda: _company(100, date(2026, 3, 1), (480, date(2024, 3, 28))), "Code du travail, art. R5132-18"),
    Case(HOURS, "2 000 heures d’un contrat d’un jour, refusées", True, lambda: _month(2000), "un jour a vingt-quatre heures"),
    *(
        Case(EXIT, f"motif {motive} : la personne attend encore une suite", True,
             lambda motive=motive: thread_after(motive) is ThreadAfter.GOES_ON, "Code du travail, art. R5132-1-3")
        for motive in ("18", "19", "21", "22")
    ),
    Case(EXIT, "motif 96 (CDI inclusion) compté comme retrait", False,
         lambda: (found := BUILT_IN.category("96", on=TODAY)) is not None and found.value == "withdrawn", STATISTICS),
    Case("PASS", "fini le 01/01/2023, en novembre 2026 : une prolongation est encore proposée", False,
         lambda: prolongation_in_words(date(2023, 1, 1), TODAY, book=BUILT_IN).startswith("Une prolongation"), CODE),
)  # fmt: skip

HELD: dict[str, str] = {
    "F1, un fichier est jugé comme une saisie": "tests/journeys/test_same_verdict_by_every_door.py",
    "F2, un emploi court qui finit revient dans « Entre deux »": "tests/pathways/selectors/test_the_day_of_an_advisor.py",
    "F5, les heures d’une année servent une fois": "tests/reports/test_exit_thresholds.py",
    "F6, la présence se compte sur le passage continu": "tests/reports/test_exit_thresholds.py",
    "F10, une courte pause est un temps mort mesuré à part": "tests/pathways/rules/test_timeline_rules.py",
    "F13, une embauche finit la veille de son anniversaire": "tests/backend/core/values/test_days_of_every_year.py",
    "F16, la longueur de contrats séparés": "tests/pathways/rules/contracts/test_cddi_rules.py",
    "F17 et F18, une sortie à venir, une année et ses semestres": "tests/reports/exits",
    "F19 et F21, les âges, les mots d’aujourd’hui": "tests/pathways/rules/eligibility/test_eligibility_rules.py",
    "R25 à R29, seuils et taux des statistiques de l’État": "tests/reports/test_exit_thresholds.py",
    "cas 09, 10, 11, 12, 13, 27 et 28 des envois abîmés": "tests/journeys/test_the_28_cases.py",
}
"""What the comparison of November 2026 found outside PASS, contracts and eligibility, and where it is held."""
