"""Every refusal of the pathways' services, and the rule that gives it: no second gate for one fact."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

FOUND_BY: dict[str, str] = {
    "contract_outside_stay": "contracts/findings",
    "renewal_of_another_kind": "contracts/findings",
    "contract_after_pass": "contracts/findings",
    "past_planned_end": "contracts/findings",
    "contract_after_exit": "exits/findings",
    "interview_to_come": "follow_ups",
    "interview_too_old": "follow_ups",
    "postponed_too_late": "transitions",
    "transition": "transitions",
    "reason_missing": "transitions",
    "contract_kind": "contracts/kinds",
    "cddi_needs_an_end": "contracts/cddi",
    "contract_twice": "contracts/cddi",
    "renewal_with_a_hole": "contracts/cddi",
    "cddi_minimum": "contracts/cddi",
    "cddi_ceiling": "contracts/cddi",
    "cddi_hours": "contracts/cddi",
    "mission_ceiling": "contracts/missions",
    "month_outside_contract": "contracts/hours",
    "month_to_come": "contracts/hours",
    "more_than_a_day": "contracts/hours",
    "more_than_a_week": "contracts/hours",
    "hours_480": "contracts/hours_480",
    "pass_overlap": "iae_pass",
    "pass_waiting": "iae_pass",
    "exit_before_entry": "exits/findings",
    "exit_too_far_ahead": "exits/findings",
    "stay_already_over": "exits/findings",
    "motive_and_length": "exits/findings",
}
"""Code → module of `pathways/rules` that finds it, for services and imports alike."""

SAID_BY_SERVICES: dict[str, str] = {
    "accesses": "already_has_access another_thread",
    "appointments": "appointment_in_the_past appointment_taken appointment_twice",
    "contracts": "renewal_elsewhere",
    "corrections": "unknown_reason",
    "exits": "already_closed",
    "follow_ups": "unknown_barrier unknown_topic",
    "goals": "action_in_the_past another_person assignee_elsewhere",
    "people": "advisor_elsewhere stays_overlap",
}
"""Refusals about the order of writes, which a file does not have: what is already there, or points elsewhere."""
WITHOUT_RULE = frozenset({"accesses", "corrections", "people"})


def codes(path: Path, *names: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield first.value


def test_every_finding_of_the_rules_stands_in_the_table_once():
    rules = ROOT / "pathways" / "rules"
    found = {
        (code, path.relative_to(rules).with_suffix("").as_posix())
        for path in rules.rglob("*.py")
        for code in codes(path, "Finding")
    }
    assert found == set(FOUND_BY.items())


def test_services_refuse_no_fact_by_themselves():
    for service, said in SAID_BY_SERVICES.items():
        path = ROOT / "pathways" / "services" / f"{service}.py"
        assert sorted(codes(path, "DomainError", "Conflict")) == sorted(said.split())
        assert ("raise_refusals(" in path.read_text()) is (service not in WITHOUT_RULE)
    told = {path.stem for path in path.parent.glob("*.py") if list(codes(path, "DomainError", "Conflict"))}
    assert told == set(SAID_BY_SERVICES)
