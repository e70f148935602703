"""The eighteen criteria of the arrêté of 1 September 2021: their level, the document that shows them, how old it may be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pathways.enums import Criterion, EducationLevel
from pathways.rules.dated.eligibility import LEVEL_2_FEW, LEVEL_2_MOST, OF_A_YEAR, OF_HALF_A_YEAR, RECENT
from pathways.rules.kinds import ASKS_FEWER_CRITERIA


@dataclass(frozen=True, slots=True)
class Proof:
    """One criterion: `level` 1 is enough alone; `age` names the months of its document in the book, empty without limit.

    `note` says what is looked at where the age of the document is not the question.
    """

    level: int
    document: str
    age: str = ""
    note: str = ""


PROOFS: Mapping[Criterion, Proof] = {
    Criterion.RSA: Proof(1, "attestation de RSA", RECENT),
    Criterion.ASS: Proof(1, "attestation d’ASS", RECENT),
    Criterion.AAH: Proof(1, "attestation d’AAH", RECENT),
    Criterion.DETLD: Proof(1, "attestation de France Travail", RECENT),
    Criterion.CAP_BEP: Proof(2, "diplôme, ou attestation sur l’honneur", note="une attestation sur l’honneur est récente"),
    Criterion.SENIOR: Proof(2, "pièce d’identité"),
    Criterion.YOUNG: Proof(2, "pièce d’identité"),
    Criterion.LEFT_ASE: Proof(2, "attestation de l’ASE", OF_A_YEAR),
    Criterion.DELD: Proof(2, "attestation de France Travail", RECENT),
    Criterion.RQTH: Proof(2, "reconnaissance de la qualité de travailleur handicapé", note="valable à l’embauche"),
    Criterion.SINGLE_PARENT: Proof(2, "attestation de la CAF", RECENT),
    Criterion.NO_HOUSING: Proof(2, "certificat de domiciliation, ou attestation d’un travailleur social", RECENT),
    Criterion.REFUGEE: Proof(2, "titre de séjour, son renouvellement, ou autorisation de travail", note="valable à l’arrivée du PASS"),
    Criterion.ZRR: Proof(2, "justificatif de domicile", OF_HALF_A_YEAR),
    Criterion.QPV: Proof(2, "justificatif de domicile", OF_HALF_A_YEAR),
    Criterion.JUSTICE: Proof(2, "billet de sortie, ou attestation du juge", OF_HALF_A_YEAR),
    Criterion.FRENCH: Proof(2, "évaluation du français inférieure à A1", OF_HALF_A_YEAR),
    Criterion.MOBILITY: Proof(2, "diagnostic de mobilité d’un prescripteur habilité", OF_HALF_A_YEAR),
}  # fmt: skip
"""Every criterion has its line."""
UP_TO_CAP = frozenset(
    {
        EducationLevel.UNCERTIFIED,
        EducationLevel.NO_SCHOOL,
        EducationLevel.CAP_LEVEL,
        EducationLevel.CAP,
        EducationLevel.COMPULSORY,
    }
)
"""Levels of training that meet « niveau 3 ou moins » on the platform."""


def of_level(level: int, criteria: Collection[str] = tuple(Criterion)) -> list[Criterion]:
    """Those of these criteria that are of this level, in the order of the list."""
    return [each for each in Criterion if each in set(criteria) and PROOFS[each].level == level]


def level_2_name(kind: str) -> str:
    """The name, in the book, of how many criteria of level 2 this kind of structure asks for."""
    return LEVEL_2_FEW if kind in ASKS_FEWER_CRITERIA else LEVEL_2_MOST
