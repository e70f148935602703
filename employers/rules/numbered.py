"""The numbered rules of a work proposed: R38 and R39, in plain French."""

from __future__ import annotations

from backend.core.findings import Confidence
from backend.core.rule_lines import RuleLine

MATCHING = "Rapprochement"

RULES: tuple[RuleLine, ...] = (
    RuleLine(
        "R38", MATCHING, "Une habilitation qui expire avant la fin du travail l’exclut.", "R4323-56", Confidence.CONFIRMED,
        "Sans l’habilitation, ou quand elle est passée, la personne n’est pas proposable ; la raison est montrée.",
        "employers.matching.feasibility.legal_findings",
        "un poste proposé n’a pas de dernier jour : elle est regardée le jour même", refusals=("no_licence", "licence_expires"),
    ),
    RuleLine(
        "R39", MATCHING, "Aucun critère de la liste L1132-1 n’entre dans un rapprochement.", "L1132-1", Confidence.CONFIRMED,
        "Un nom, un âge, une adresse ou une allocation est refusé avant tout calcul.", "employers.matching.guard.refuse_protected",
    ),
)  # fmt: skip
