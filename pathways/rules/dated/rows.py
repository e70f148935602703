"""The rows of the rule book that come with the product, and how a value typed for each name is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from backend.audit.bounds import LEAST_MONTHS, MOST_MONTHS
from backend.core.findings import Confidence
from backend.organisations.enums import SIAE_KINDS, StructureKind
from pathways.enums import ContractKind
from pathways.rules.dated.book import ALWAYS, Rule, RuleBook, category_name, contract_name
from pathways.rules.dated.conventions import CONVENTION_FIGURES
from pathways.rules.dated.eligibility import ELIGIBILITY_FIGURES
from pathways.rules.dated.figure import DECREE_2021, EMPLOIS, LAW_2020, OUR_CHOICE
from pathways.rules.dated.gaps import GAP_FIGURES
from pathways.rules.dated.immersions import IMMERSION_FIGURES, IMMERSION_PRESCRIBERS, PRESCRIBER_BASIS
from pathways.rules.dated.inclusion import CDI_I_BASIS, INCLUSION_FIGURES
from pathways.rules.dated.licences import LICENCE_FIGURES
from pathways.rules.dated.prolongations import PROLONGATION_FIGURES
from pathways.rules.dated.relays import RELAY_FIGURES
from pathways.rules.dated.retention import RETENTION_FIGURES
from pathways.rules.dated.travelling import TRAVELLING_FIGURES
from pathways.rules.dated.vae import VAE_FIGURES
from pathways.rules.dated.wishes import WISH_FIGURES
from pathways.rules.exits.motives import MOTIVES, ExitCategory
from pathways.rules.kinds import SERVES_ONCE
from pathways.rules.numbers import CDDI_LEAST_HOURS, LEGAL_WEEK_HOURS, PART_TIME_LEAST_HOURS

PILOTAGE = "Pilotage de l’inclusion, code lu en août 2026"
CIRCULAR = "Circulaire DGEFP n° 2008-21 du 10 décembre 2008"
CDDI_ARTICLES: Mapping[StructureKind, str] = {
    StructureKind.EI: "L5132-5",
    StructureKind.AI: "L5132-11-1",
    StructureKind.ACI: "L5132-15-1",
}
"""The same rules, each kind of structure in its own article of the Code du travail; they are the signers of a CDDI."""
CDDI = f"Code du travail, art. {', '.join(list(CDDI_ARTICLES.values())[:-1])} et {list(CDDI_ARTICLES.values())[-1]}"
LENT = "Code du travail, art. L5132-9 et R5132-18"
IAE_BASIS = "Code du travail, art. R5132-1-2 et R5132-1-6"
PULL = "Plateforme de l’inclusion, changement n°"
"""Of its public code: the day it was asked, so the day it applied is only near."""
MOTIVES_BASIS = "Nomenclature des motifs de sortie de l’Agence de services et de paiement"
FTE_BASIS = "Réforme de l’aide au poste de 2014 ; aucun texte plus récent trouvé, la convention de la structure l’emporte"
SUSPENDED = "Code du travail, art. R5132-1-3"
TRAIL_BASIS = "CNIL, délibération n° 2021-122 du 14 octobre 2021 sur la journalisation"

CDDI_MINIMUM = "cddi_minimum_months"
CDDI_CEILING = "cddi_ceiling_months"
CDDI_HOURS = "cddi_minimum_weekly_hours"
LEGAL_WEEK = "legal_weekly_hours"
CDI_HOURS = "part_time_minimum_weekly_hours"
LONGEST_WEEK = "longest_weekly_hours"
MISSION_CEILING = "mission_ceiling_months"
HOURS_480 = "hours_480_ceiling"
HOURS_480_WARNING = "hours_480_warning"
HOURS_480_WINDOW = "hours_480_window_months"
HOURS_480_LIFTED = "hours_480_lifted"
IAE_DAYS = "pass_days"
IAE_MONTHS = "pass_months"
IAE_WAITING = "pass_waiting_months"
SUSPENSION_MONTHS = "pass_suspension_months"
SUSPENSION_LEAST = "pass_suspension_least_days"
CLOSING_MONTHS = "pass_closing_months"
PROLONG_BEFORE = "pass_prolongation_months_before"
PROLONG_AFTER = "pass_prolongation_months_after"
DEROGATION_EACH = "cddi_derogation_months"
DEROGATION_TOTAL = "cddi_derogation_total_months"
FEW_HOURS_EACH = "cddi_hours_derogation_months"
PRESENCE = "presence_counted_on"
HOURS_SERVE = "year_hours_serve"
MAIL_KEPT = "mail_kept_days"
TRAIL_KEPT = "trail_kept_months"
CDI_I_LIFTED = "cdi_inclusion_lifted"


def fte_hours_name(kind: str) -> str:
    """« fte_hours:ACI »: hours a full-time employee makes in a year, as this kind of structure counts them."""
    return f"fte_hours:{kind}"


FIGURES = (
    *VAE_FIGURES,
    *LICENCE_FIGURES,
    *IMMERSION_FIGURES,
    *RELAY_FIGURES,
    *RETENTION_FIGURES,
    *INCLUSION_FIGURES,
    *ELIGIBILITY_FIGURES,
    *CONVENTION_FIGURES,
    *PROLONGATION_FIGURES,
    *WISH_FIGURES,
    *GAP_FIGURES,
    *TRAVELLING_FIGURES,
)

Reader = Callable[[str], Any]


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise ValueError("un nombre est attendu") from None
    if not (number.is_finite() and 0 <= number <= 10_000):
        raise ValueError("un seuil positif est attendu")
    return number


def _whole(text: str) -> int:
    number = _number(text)
    if number != int(number):
        raise ValueError("un nombre entier est attendu")
    return int(number)


def _between(least: int, most: int) -> Reader:
    def read(text: str) -> int:
        number = _whole(text)
        if not least <= number <= most:
            raise ValueError(f"un nombre de {least} à {most} est attendu")
        return number

    return read


def _plain(text: str) -> float:
    return float(_number(text))


def _share(text: str) -> float:
    """« 60 », « 60 % » and « 0,6 » are one rate: shown in percent, it is typed so; up to 1 without the sign, it is a share."""
    bare = text.strip()
    number = _number(bare.removesuffix("%"))
    if number > 1 or bare.endswith("%"):
        number /= 100
    if number > 1:
        raise ValueError("un taux de 100 % au plus est attendu, par exemple 60")
    return float(number)


def _category(text: str) -> ExitCategory | None:
    if text.strip() == NOT_SETTLED:
        return None
    if text not in set(ExitCategory):
        raise ValueError(f"une des catégories {', '.join(ExitCategory)} est attendue, ou {NOT_SETTLED}")
    return ExitCategory(text)


def _structures(text: str) -> frozenset[StructureKind]:
    kinds = [part.strip() for part in text.split(",") if part.strip()]
    if unknown := [kind for kind in kinds if kind not in StructureKind.values]:
        raise ValueError(f"types de structures inconnus : {', '.join(unknown)}")
    return frozenset(StructureKind(kind) for kind in kinds)


def _one_of(*choices: str) -> Reader:
    def read(text: str) -> str:
        if text.strip() not in choices:
            raise ValueError(f"{' ou '.join(choices)} est attendu")
        return text.strip()

    return read


NOT_SETTLED = "unsettled"
"""What is typed for a motive whose category nobody has settled: its exits are counted apart, like a missing motive."""
YES, NO = "oui", "non"
RUN, CHAIN = "passage continu", "chaîne de contrats"
ONCE_A_YEAR, EACH_CHAIN = "une fois par an", "à chaque chaîne"


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for, and how its value is typed; `is_local`: decided for one structure at a time."""

    label: str
    unit: str
    read: Reader
    is_local: bool = False


NAMES: Mapping[str, Named] = {
    "min_days_aci_ei": Named("Présence minimale en ACI et en EI", "jours", _plain),
    "min_hours_aci_ei": Named("Heures minimales dans l’année de sortie en ACI et en EI", "h", _plain),
    "min_hours_ai_etti": Named("Heures minimales dans l’année de sortie en AI et en ETTI", "h", _plain),
    "min_hours_eiti": Named("Heures minimales dans l’année de sortie en EITI", "h", _plain),
    "national_dynamic_target": Named("Objectif national de sorties dynamiques", "%", _share),
    "national_durable_target": Named("Objectif national d’emploi durable", "%", _share),
    PRESENCE: Named("La présence se compte sur", "", _one_of(RUN, CHAIN)),
    HOURS_SERVE: Named(f"En {' et en '.join(SERVES_ONCE)}, les heures d’une année servent", "", _one_of(ONCE_A_YEAR, EACH_CHAIN)),
    CDDI_MINIMUM: Named("Durée minimale d’un CDD d’insertion", "mois", _whole),
    CDDI_CEILING: Named("Durée maximale des CDD d’insertion dans une structure", "mois", _whole),
    CDDI_HOURS: Named("Durée hebdomadaire minimale d’un CDD d’insertion", "h", _number),
    CDI_HOURS: Named("Durée hebdomadaire minimale du temps partiel ordinaire", "h", _number),
    LEGAL_WEEK: Named("Durée légale du travail par semaine", "h", _number),
    LONGEST_WEEK: Named("Durée maximale du travail sur une semaine", "h", _number),
    MISSION_CEILING: Named("Durée maximale d’une mission d’insertion", "mois", _whole),
    HOURS_480: Named("Heures en entreprise par personne en AI", "h", _number),
    HOURS_480_WARNING: Named("Alerte du compteur des heures en entreprise", "h", _number),
    HOURS_480_WINDOW: Named("Période du compteur des heures en entreprise", "mois", _whole),
    HOURS_480_LIFTED: Named("Dépassement autorisé par le préfet", "", _one_of(YES, NO), is_local=True),
    CDI_I_LIFTED: Named("Part des CDI inclusion relevée par le préfet", "", _one_of(YES, NO), is_local=True),
    IAE_DAYS: Named("Durée d’un PASS IAE", "jours", _whole),
    IAE_MONTHS: Named("Durée d’un PASS IAE, de date à date", "mois", _whole),
    IAE_WAITING: Named("Délai avant un nouveau PASS IAE", "mois", _whole),
    SUSPENSION_MONTHS: Named("Durée maximale d’une suspension de PASS IAE", "mois", _whole),
    SUSPENSION_LEAST: Named("Un contrat suspendu ne suspend le PASS IAE qu’à partir de", "jours", _whole),
    CLOSING_MONTHS: Named("Suspension d’affilée après laquelle un parcours peut être clos", "mois", _whole),
    PROLONG_BEFORE: Named("Une prolongation de PASS IAE se demande avant sa fin", "mois", _whole),
    PROLONG_AFTER: Named("Une prolongation de PASS IAE se demande encore après sa fin", "mois", _whole),
    DEROGATION_EACH: Named("Dérogation de CDD d’insertion pour difficultés : chaque décision", "mois", _whole),
    DEROGATION_TOTAL: Named("Dérogation de CDD d’insertion pour difficultés : durée totale des contrats", "mois", _whole),
    FEW_HOURS_EACH: Named("Dérogation aux heures d’un CDD d’insertion en ACI : chaque décision", "mois", _whole),
    MAIL_KEPT: Named("Un message parti, refusé ou abandonné est oublié après", "jours", _whole),
    TRAIL_KEPT: Named("Le journal de qui a lu ou changé quoi est gardé", "mois", _between(LEAST_MONTHS, MOST_MONTHS)),
    **{figure.name: Named(figure.label, figure.unit, _whole) for figure in FIGURES},
    IMMERSION_PRESCRIBERS: Named("PMSMP : les structures qui prescrivent", "", _structures),
    **{fte_hours_name(kind): Named(f"{kind} : heures annuelles d’un ETP", "h", _number) for kind in sorted(SIAE_KINDS)},
    **{contract_name(kind): Named(f"{kind.label} : qui le signe", "", _structures) for kind in ContractKind},
    **{category_name(each.code): Named(f"Motif {each.code} : {each.label}", "", _category) for each in MOTIVES},
}  # fmt: skip
"""Every name of the book."""


def row(
    name: str,
    value: Any,
    basis: str,
    confidence: Confidence = Confidence.CONFIRMED,
    since: date = ALWAYS,
    until: date | None = None,
    day: Confidence = Confidence.CONFIRMED,
) -> Rule:
    """A row that comes with the product; `day` is how sure we are of `since`."""
    named = NAMES[name]
    return Rule(name, value, named.label, named.unit, basis, confidence, since, until, day=day)


_P = Confidence.PROBABLE
_EI, _ACI, _AI = StructureKind.EI, StructureKind.ACI, StructureKind.AI
_ETTI, _EITI = StructureKind.ETTI, StructureKind.EITI
_HIRES = frozenset(StructureKind) - {_EITI}
"""An EITI accompanies independent workers, and employs none of them."""
_ORDINARY = (ContractKind.CDI, ContractKind.CDD)
_LF_2024 = "loi de finances pour 2024, art. 259 et 260"

ROWS: tuple[Rule, ...] = (
    row("min_days_aci_ei", 81.0, f"{PILOTAGE} : plus de 2,65 mois ; sa documentation dit « plus de 3 mois »", _P),
    row("min_hours_aci_ei", 1.0, PILOTAGE),
    row("min_hours_ai_etti", 150.0, f"{PILOTAGE} ; heures cumulées dans la structure, tous contrats de la personne", _P),
    row("min_hours_eiti", 1.0, PILOTAGE),
    row("national_dynamic_target", 0.60, CIRCULAR, since=date(2008, 12, 10)),
    row("national_durable_target", 0.25, CIRCULAR, since=date(2008, 12, 10)),
    row(PRESENCE, RUN, "« Plus de trois mois au total » : texte de l’État ; son code suit la chaîne de contrats", _P),
    row(HOURS_SERVE, ONCE_A_YEAR, "« Nombre de personnes », la dernière sortie de l’année : texte de l’État", _P),
    row(CDDI_MINIMUM, 4, CDDI),
    row(CDDI_CEILING, 24, CDDI),
    row(CDDI_HOURS, Decimal(CDDI_LEAST_HOURS), CDDI),
    row(CDI_HOURS, Decimal(PART_TIME_LEAST_HOURS), "Code du travail, art. L3123-27"),
    row(LEGAL_WEEK, Decimal(LEGAL_WEEK_HOURS), "Code du travail, art. L3121-27"),
    row(LONGEST_WEEK, Decimal(48), "Code du travail, art. L3121-20"),
    row(MISSION_CEILING, 24, "Code du travail, art. L5132-6"),
    row(HOURS_480, Decimal(480), LENT),
    row(HOURS_480_WARNING, Decimal(400), OUR_CHOICE),
    row(HOURS_480_WINDOW, 24, LENT),
    row(HOURS_480_LIFTED, NO, "Code du travail, art. L5132-9 et D5132-18-1"),
    row(CDI_I_LIFTED, NO, CDI_I_BASIS, since=DECREE_2021),
    row(IAE_MONTHS, 24, IAE_BASIS, since=DECREE_2021, until=date(2024, 2, 27)),
    row(IAE_DAYS, 730, f"{IAE_BASIS} ; {PULL} 3728", since=date(2024, 2, 28), day=_P),
    row(IAE_WAITING, 24, "Code du travail, art. R5132-1-4", since=DECREE_2021),
    row(SUSPENSION_MONTHS, 6, f"{PULL} 489", _P, until=date(2021, 9, 16)),
    row(SUSPENSION_MONTHS, 12, f"{PULL} 866", _P, date(2021, 9, 17), date(2023, 1, 30), _P),
    row(SUSPENSION_MONTHS, 36, EMPLOIS, since=date(2023, 1, 31)),
    row(SUSPENSION_LEAST, 16, SUSPENDED, since=DECREE_2021),
    row(CLOSING_MONTHS, 12, SUSPENDED, since=DECREE_2021),
    row(PROLONG_BEFORE, 3, f"{PULL} 559", _P, until=date(2022, 11, 16)),
    row(PROLONG_BEFORE, 12, f"{PULL} 1719 : douze mois après le début du PASS", _P, date(2022, 11, 17), date(2023, 7, 30), _P),
    row(PROLONG_BEFORE, 7, f"{PULL} 2826", _P, date(2023, 7, 31), date(2025, 10, 15), _P),
    row(PROLONG_BEFORE, 12, EMPLOIS, since=date(2025, 10, 16)),
    row(PROLONG_AFTER, 0, f"{PULL} 559", _P, until=date(2021, 10, 24)),
    row(PROLONG_AFTER, 3, f"{PULL} 940", _P, date(2021, 10, 25), date(2023, 7, 30), _P),
    row(PROLONG_AFTER, 6, EMPLOIS, since=date(2023, 7, 31), day=_P),
    row(DEROGATION_EACH, 12, "Code du travail, art. L5132-11-1 et L5132-15-1"),
    row(DEROGATION_TOTAL, 60, "Code du travail, art. L5132-11-1 et L5132-15-1"),
    row(FEW_HOURS_EACH, 12, "Code du travail, art. D5132-43-5 à D5132-43-10"),
    row(MAIL_KEPT, 30, OUR_CHOICE),
    row(TRAIL_KEPT, 12, TRAIL_BASIS, since=date(2021, 10, 14)),
    *(
        row(figure.name, value, figure.basis, figure.confidence, since, until, figure.day)
        for figure in FIGURES
        for value, since, until in figure.values
    ),
    row(IMMERSION_PRESCRIBERS, frozenset({_AI, _ACI, _EI}), PRESCRIBER_BASIS),
    row(fte_hours_name(_ACI), Decimal(1820), FTE_BASIS, _P),
    row(fte_hours_name(_EI), Decimal(1505), FTE_BASIS, _P),
    row(fte_hours_name(_ETTI), Decimal(1600), FTE_BASIS, _P),
    row(fte_hours_name(_AI), Decimal(1607), FTE_BASIS, _P),
    row(fte_hours_name(_EITI), Decimal(1505), FTE_BASIS, _P, until=date(2024, 12, 31)),
    row(contract_name(ContractKind.CDDI), frozenset(CDDI_ARTICLES), CDDI),
    row(
        contract_name(ContractKind.CDDU), frozenset({_AI, StructureKind.ASP_SAP}),
        "Code du travail, art. L1242-2 3° et D1242-1 12° et 13°",
    ),
    row(contract_name(ContractKind.CTT), frozenset({_ETTI}), "Code du travail, art. L5132-6"),
    row(
        contract_name(ContractKind.CDI_I), SIAE_KINDS - {_EITI},
        "Code du travail, art. L5132-5-1, L5132-6-1, L5132-14-1 et L5132-15-1-1 ; loi n° 2020-1577 du 14 décembre 2020",
        since=LAW_2020,
    ),
    row(
        contract_name(ContractKind.PASSERELLE), frozenset({_EI, _ACI}),
        f"Loi n° 2020-1577 du 14 décembre 2020, art. 5 ; {_LF_2024} : expérimentation jusqu’en décembre 2025", _P,
        LAW_2020, date(2025, 12, 31),
    ),
    row(
        contract_name(ContractKind.EITI), frozenset({_EITI}),
        f"Loi n° 2018-771 du 5 septembre 2018, art. 83 ; {_LF_2024} : expérimentation jusqu’en décembre 2026", _P,
        date(2018, 9, 7), date(2026, 12, 31),
    ),
    row(contract_name(ContractKind.APPRENTICESHIP), _HIRES, "Code du travail, art. L6221-1"),
    row(contract_name(ContractKind.WORK_AND_STUDY), _HIRES, "Code du travail, art. L6325-1 et L6325-2"),
    *(row(contract_name(kind), frozenset(StructureKind), "Contrat de droit commun") for kind in _ORDINARY),
    *(row(category_name(each.code), each.category, MOTIVES_BASIS, each.confidence) for each in MOTIVES),
)  # fmt: skip

BUILT_IN = RuleBook(ROWS)
"""The book of an installation that changed nothing."""
