"""What sets each kind of structure apart: one line each, read by the rules, the figures and the forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backend.organisations.enums import StructureKind
from pathways.enums import ContractKind


@dataclass(frozen=True, slots=True)
class KindTraits:
    """The contract usually signed there, and how its exits are judged.

    `hours_rule` names the threshold of hours in the rule book, empty when the kind never enters the statistics of
    exits; `by_presence`: days of presence are asked too; `serves_once`: the hours of a year may serve for one exit.
    """

    usual_contract: ContractKind
    hours_rule: str = ""
    by_presence: bool = False
    serves_once: bool = False


TRAITS: Mapping[StructureKind, KindTraits] = {
    StructureKind.AI: KindTraits(ContractKind.CDDU, "min_hours_ai_etti", serves_once=True),
    StructureKind.ETTI: KindTraits(ContractKind.CTT, "min_hours_ai_etti", serves_once=True),
    StructureKind.ACI: KindTraits(ContractKind.CDDI, "min_hours_aci_ei", by_presence=True),
    StructureKind.EI: KindTraits(ContractKind.CDDI, "min_hours_aci_ei", by_presence=True),
    StructureKind.EITI: KindTraits(ContractKind.EITI, "min_hours_eiti"),
    StructureKind.ASP_SAP: KindTraits(ContractKind.CDI),
    StructureKind.GEIQ: KindTraits(ContractKind.WORK_AND_STUDY),
}
"""Every kind of structure; which are of the IAE: `organisations.enums.SIAE_KINDS`."""

HOURS_RULE: Mapping[str, str] = {
    kind: traits.hours_rule for kind, traits in TRAITS.items() if traits.hours_rule
}
"""Kinds that enter the statistics of exits, in the order they are shown, and the hours each asks for."""
BY_PRESENCE = frozenset(kind for kind, traits in TRAITS.items() if traits.by_presence)
"""Kinds where presence is asked for as well as hours."""
BY_HOURS = frozenset(HOURS_RULE) - BY_PRESENCE
SERVES_ONCE = tuple(kind for kind, traits in TRAITS.items() if traits.serves_once)
"""Kinds where the hours of a year may serve for one exit only, the last (decision 0004)."""
LENGTHENED_FOR_DIFFICULTIES = frozenset({StructureKind.AI, StructureKind.ACI})
"""Kinds whose articles let particular difficulties lengthen a contract or a PASS; an EI's does not (R03, R20)."""
LENDS_NOBODY_FOR_DANGEROUS_WORK = frozenset({StructureKind.AI})
"""Kinds whose own article forbids to lend anybody for a work of the list D4154-1 (R10)."""
ASKS_FEWER_CRITERIA = frozenset({StructureKind.AI, StructureKind.ETTI})
"""Kinds where fewer criteria of level 2 open the IAE (R22)."""
MAY_WORK_FEWER_HOURS = frozenset({StructureKind.AI, StructureKind.ETTI})
"""Kinds whose articles let somebody work less than ordinary part time, a CDI inclusion too (L5132-6, L5132-7; R13)."""
SEEN_FOR_SEVERAL_JOBS = frozenset({StructureKind.AI, StructureKind.ETTI})
"""Kinds that lend people: a medical visit is made there for several jobs at once (R4625-9, R4625-12, R5132-26-8)."""
CDI_INCLUSION_ARTICLES: Mapping[str, str] = {
    StructureKind.EI: "D5132-10-5",
    StructureKind.ETTI: "D5132-10-15",
    StructureKind.AI: "D5132-26-9",
    StructureKind.ACI: "D5132-43-11",
}
"""The CDI inclusion, each kind of structure in its own article of the Code du travail (R13)."""
_MASCULINE = frozenset({StructureKind.ACI, StructureKind.GEIQ})
NOT_COUNTED = tuple(kind for kind in TRAITS if kind not in HOURS_RULE)
"""Kinds whose exits enter no statistics of the IAE."""


def with_article(kind: str) -> str:
    """« une ETTI », « un ACI »."""
    return f"un {kind}" if kind in _MASCULINE else f"une {kind}"
