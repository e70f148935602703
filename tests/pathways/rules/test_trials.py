"""A situation nobody lives is judged by the functions that judge everybody."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pathways.enums import (
    ContractKind,
    Decider,
    DerogationMotive,
    OtherEmployer,
    ProlongationMotive,
    SuspensionMotive,
)
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.told.trials import Situation, try_situation

TODAY = date(2026, 11, 22)
CONTRACT = {
    "structure_kind": "ACI",
    "kind": ContractKind.CDDI,
    "started_on": date(2026, 12, 1),
    "weekly_hours": Decimal(26),
}


def judged(**told):
    """Part by part: the codes found, and whether it would be refused."""
    parts = try_situation(Situation(**told), today=TODAY, book=BUILT_IN)
    return {part.subject: ({each.code for each in part.findings}, part.is_refused) for part in parts}


def test_nothing_told_is_nothing_judged():
    assert judged(structure_kind="ACI") == {}


@pytest.mark.parametrize(
    ("end", "codes"),
    [(date(2027, 3, 30), {"cddi_minimum"}), (date(2027, 3, 31), set()), (date(2027, 4, 1), set())],
)
def test_a_contract_is_short_until_the_last_day_of_its_fourth_month(end, codes):
    assert judged(**CONTRACT, planned_end_on=end) == {"Contrat": (codes, bool(codes))}


def test_the_verdict_is_that_of_the_rules_themselves():
    told = CONTRACT | {"kind": ContractKind.CTT, "planned_end_on": date(2027, 1, 31)}
    parts = try_situation(Situation(**told), today=TODAY, book=BUILT_IN)
    facts = ContractFacts(today=TODAY, **told)
    assert list(parts[0].findings) == contract_findings(facts, book=BUILT_IN)
    assert parts[0].is_refused


def test_a_derogation_told_lifts_the_ceiling_and_is_judged_itself():
    past = {"before_from": date(2024, 12, 1), "before_to": date(2026, 11, 30), "is_renewal": True}
    told = CONTRACT | past | {"planned_end_on": date(2027, 11, 30)}
    assert judged(**told) == {"Contrat": ({"cddi_ceiling"}, True)}
    decision = {
        "derogation_motive": DerogationMotive.DIFFICULTIES,
        "derogation_decider": Decider.PRESCRIBER,
        "derogation_from": date(2026, 12, 1),
        "derogation_to": date(2027, 11, 30),
    }
    assert judged(**told, **decision) == {"Dérogation": (set(), False), "Contrat": (set(), False)}
    late = decision | {"derogation_to": date(2027, 12, 1)}
    assert judged(**told, **late)["Dérogation"] == ({"derogation_too_long"}, True)


def test_the_end_of_the_pass_is_counted_and_bounds_the_contract():
    told = {"structure_kind": "EI", "pass_from": date(2025, 3, 1)}
    (part,) = try_situation(Situation(**told), today=TODAY, book=BUILT_IN)
    assert "28\u00a0février\u00a02027" in part.said
    assert "730 jours" in part.said
    after = told | {
        "kind": ContractKind.CDDI,
        "started_on": date(2027, 3, 1),
        "planned_end_on": date(2027, 8, 31),
    }
    assert judged(**after)["Contrat"] == ({"contract_after_pass"}, True)
    stopped = {
        "suspension_motive": SuspensionMotive.CONTRACT_BROKEN,
        "suspension_from": date(2026, 10, 1),
        "suspension_to": date(2026, 11, 1),
    }
    assert judged(**after, **stopped)["Contrat"] == (set(), False)


@pytest.mark.parametrize(("before", "refused"), [(date(2024, 11, 22), True), (date(2024, 11, 21), False)])
def test_a_new_pass_waits_two_years(before, refused):
    told = {"structure_kind": "EI", "pass_from": date(2026, 11, 22), "last_pass_to": before}
    assert judged(**told)["PASS IAE"][1] is refused


@pytest.mark.parametrize(("more", "refused"), [("80", False), ("80.25", True)])
def test_hours_with_companies_are_counted_in_an_ai(more, refused):
    told = {
        "structure_kind": "AI",
        "company_hours": Decimal(400),
        "company_since": date(2026, 1, 5),
        "company_more": Decimal(more),
        "company_on": date(2026, 11, 1),
    }
    assert judged(**told)["Heures en entreprise"][1] is refused
    assert judged(**told | {"structure_kind": "ACI"}) == {}


def test_an_immersion_is_judged_under_the_contract_told():
    days = {"immersion_from": date(2026, 12, 7), "immersion_to": date(2027, 1, 6)}
    told = CONTRACT | {"planned_end_on": date(2027, 3, 31)}
    assert judged(**told, **days)["Immersion (PMSMP)"] == ({"immersion_share"}, True)
    assert judged(structure_kind="ETTI", **days)["Immersion (PMSMP)"] == ({"immersion_prescriber"}, True)


def test_days_the_wrong_way_round_are_sentences_not_failures():
    told = {
        "structure_kind": "AI",
        "pass_from": date(2026, 11, 22),
        "pass_to": date(2026, 1, 1),
        "suspension_from": date(2026, 11, 20),
        "suspension_to": date(2026, 11, 1),
        "immersion_from": date(2026, 11, 20),
        "immersion_to": date(2026, 11, 1),
        "kind": ContractKind.CDDU,
        "started_on": date(2026, 11, 20),
        "planned_end_on": date(2026, 11, 1),
    }
    assert all(refused for _, refused in judged(**told).values())


CUMUL = {
    "structure_kind": "ACI",
    "derogation_motive": DerogationMotive.CUMUL,
    "derogation_decider": Decider.PREFET,
    "derogation_from": date(2026, 12, 1),
    "derogation_to": date(2027, 5, 31),
    "other_employer": OtherEmployer.ORDINARY,
}


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({}, set()),
        ({"pass_from": date(2026, 8, 1)}, set()),
        ({"pass_from": date(2026, 8, 2)}, {"cumul_too_soon"}),
        ({"before_from": date(2026, 8, 2), "before_to": date(2026, 11, 30)}, {"cumul_too_soon"}),
        ({"other_employer": OtherEmployer.SIAE}, {"cumul_other_employer"}),
        ({"other_employer": ""}, {"cumul_other_employer"}),
        ({"cumuls_before": 1}, set()),
        ({"cumuls_before": 2}, {"cumul_renewed"}),
        ({"derogation_to": date(2027, 6, 1)}, {"derogation_too_long"}),
    ],
)
def test_r07_a_cumul_is_tried_with_its_pathway_its_employer_and_those_before(told, codes):
    assert judged(**CUMUL | told)["Dérogation"] == (codes, bool(codes))


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ({}, set()),
        ({"prolongation_asked_on": date(2025, 11, 29)}, {"prolongation_outside_window"}),
        ({"prolongation_to": date(2026, 11, 30)}, {"prolongation_not_after"}),
        ({"prolongation_to": date(2027, 12, 1)}, {"prolongation_too_long"}),
        (
            {"prolongation_motive": ProlongationMotive.DIFFICULTIES, "structure_kind": "EI"},
            {"prolongation_motive_elsewhere"},
        ),
        (
            {"prolongation_motive": ProlongationMotive.SENIOR, "born_on": date(1980, 1, 1)},
            {"prolongation_age"},
        ),
    ],
)
def test_r20_r21_a_prolongation_is_tried_on_the_pass_told(told, codes):
    known = {"structure_kind": "ACI", "pass_from": date(2024, 12, 1), "pass_to": date(2026, 11, 30)}
    asked = {"prolongation_motive": ProlongationMotive.RQTH, "prolongation_to": date(2027, 11, 30)}
    assert judged(**known | asked | told)["Prolongation du PASS IAE"] == (codes, bool(codes))
