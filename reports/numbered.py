"""The numbered rules of the exit figures: R25 to R29, in plain French."""

from __future__ import annotations

from backend.core.findings import Confidence
from backend.core.rule_lines import RuleLine
from pathways.rules.dated.rows import HOURS_SERVE, PRESENCE
from pathways.rules.told.numbered import STATE_FIGURES

EXITS = "Sorties"
_EXITS = "reports.exits.compute.exits.classify"
_YES, _LIKELY = Confidence.CONFIRMED, Confidence.PROBABLE

RULES: tuple[RuleLine, ...] = (
    RuleLine(
        "R25", EXITS, "En AI et ETTI, une sortie compte à partir de {0} dans l’année.", STATE_FIGURES, _LIKELY,
        "En dessous, la sortie est montrée à part, « sous le seuil ».", _EXITS, figures=("min_hours_ai_etti", HOURS_SERVE),
    ),
    RuleLine(
        "R26", EXITS, "En ACI et EI, une sortie compte à partir de {0} de présence et de {1}.", STATE_FIGURES, _LIKELY,
        "En dessous, la sortie est montrée à part, « sous le seuil ».", _EXITS,
        figures=("min_days_aci_ei", "min_hours_aci_ei", "min_hours_eiti", PRESENCE),
    ),
    RuleLine(
        "R27", EXITS, "Un motif « retrait » n’entre ni au numérateur ni au dénominateur.", STATE_FIGURES, _LIKELY,
        "Les retraits sont comptés à part, sous le taux.", _EXITS,
    ),
    RuleLine(
        "R28", EXITS, "Toutes les sorties = examinées + retraits + sous le seuil ; examinées = somme des catégories.", STATE_FIGURES,
        _YES, "Le total et ses parts sont toujours montrés ensemble.", "reports.exits.compute.summary.figures",
    ),
    RuleLine(
        "R29", EXITS, "Sans sortie examinée, un taux n’existe pas.", STATE_FIGURES, _YES, "Un tiret, jamais 0 %.",
        "reports.exits.compute.summary.rate", figures=("national_dynamic_target", "national_durable_target"),
    ),
)  # fmt: skip
