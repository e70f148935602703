"""Every refusal of a domain's services, and the rule that gives it: no second gate for one fact."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rights.services_that_ask import ASKS_A_RULE

ROOT = Path(__file__).parents[3]

OF_EVERY_CONTRACT = (
    "contract_outside_stay", "renewal_of_another_kind", "contract_after_pass", "past_planned_end", "contract_past_exit",
    "contract_same_days", "end_too_far_ahead", "hours_outside_contract", "broken_off_without_a_day",
)  # fmt: skip
OF_WEEKLY_HOURS = ("amendment_changes_nothing", "amendment_outside_contract", "cddi_hours", "cdi_inclusion_hours", "contract_after_its_amendment")  # fmt: skip
FOUND_BY: dict[str, dict[str, str]] = {
    "pathways": {
        **dict.fromkeys(
            (
                "already_answered",
                "refusal_needs_reasons",
                "say_what_is_wrong",
                "still_accompanied",
                "known_elsewhere",
                "exception_needs_reason",
                "exception_in_the_past",
                "exception_too_long",
                "data_not_used_meanwhile",
            ),
            "privacy",
        ),
        "contract_after_exit": "exits/findings",
        "contract_without_length": "exits/findings",
        "pass_beyond_calendar": "passes/length",
        "interview_without_length": "follow_ups",
        "follow_up_empty": "follow_ups",
        "same_minute": "follow_ups",
        "birth_date": "people",
        **dict.fromkeys(
            (
                "same_file",
                "told_apart",
                "to_choose",
                "already_separated",
                "too_late_to_separate",
                "joined_again_since",
            ),
            "twins/reunions",
        ),
        "interview_to_come": "follow_ups",
        "interview_too_old": "follow_ups",
        "postponed_too_late": "transitions",
        "transition": "transitions",
        "reason_missing": "transitions",
        **dict.fromkeys(OF_EVERY_CONTRACT, "contracts/findings"),
        "contract_kind": "contracts/signers",
        "alternance_length": "contracts/alternance",
        "cddi_needs_an_end": "contracts/cddi",
        "contract_twice": "contracts/cddi",
        "renewal_with_a_hole": "contracts/cddi",
        "cddi_minimum": "contracts/cddi",
        "cddi_ceiling": "contracts/cddi",
        **dict.fromkeys(("guarantee_without_end", "guarantee_too_large"), "contracts/guarantees"),
        **dict.fromkeys(OF_WEEKLY_HOURS, "contracts/weekly_hours"),
        "mission_ceiling": "contracts/missions",
        **dict.fromkeys(
            (
                "cdi_inclusion_age",
                "cdi_inclusion_age_unknown",
                "cdi_inclusion_pathway",
                "cdi_inclusion_gap",
                "cdi_inclusion_share",
            ),
            "contracts/cdi_inclusion",
        ),
        "month_outside_contract": "contracts/hours",
        "month_to_come": "contracts/hours",
        "more_than_a_day": "contracts/hours",
        "more_than_a_week": "contracts/hours",
        "hours_told_twice": "contracts/hours",
        "hours_480": "contracts/hours_480",
        "immersion_days": "immersions",
        "immersion_hours": "immersions",
        "immersion_past_its_end": "immersions",
        "immersion_prescriber": "immersions",
        "immersion_month": "immersions",
        "immersion_renewed_twice": "immersions",
        "immersion_renewal_early": "immersions",
        "immersion_renewal_differs": "immersions",
        "immersion_same_host": "immersions",
        "immersion_same_purpose": "immersions",
        "immersion_host_days": "immersions",
        "immersion_share": "immersions",
        "immersion_same_days": "immersions",
        "immersion_review_empty": "immersions",
        "immersion_review_day": "immersions",
        **dict.fromkeys(
            (
                "training_days",
                "training_end_to_come",
                "training_day_count",
                "training_hours",
                "training_long_days",
                "training_stop_missing",
                "training_stop_elsewhere",
                "training_certificate_missing",
                "training_certificate_day",
                "training_same_days",
                "training_without_a_stay",
                "derogation_training_unknown",
                "derogation_training_other_end",
            ),
            "trainings",
        ),
        **dict.fromkeys(
            ("wish_same_day", "wish_unknown_moment", "wish_few_moments", "wish_past_the_week"),
            "income/wishes",
        ),
        **dict.fromkeys(
            (
                "visit_to_come",
                "visit_same_day",
                "visit_due_before",
                "visit_due_too_far",
                "visit_paper",
                "visit_rhythm",
                "visit_jobs",
            ),
            "travelling/visits",
        ),
        **dict.fromkeys(
            ("saved_to_come", "saved_same_day", "saved_without_contract", "saved_many"), "travelling/saved"
        ),
        **dict.fromkeys(("gap_spends_the_pass", "gap_ends_the_pass"), "income/continuity"),
        "pass_overlap": "passes/length",
        "pass_waiting": "passes/length",
        "pass_of_another": "passes/length",
        **dict.fromkeys(
            (
                "suspension_backwards",
                "suspension_outside_pass",
                "suspension_to_come",
                "suspension_overlap",
                "suspension_too_long",
                "suspension_too_short",
                "suspension_motive_elsewhere",
                "suspension_told_late",
                "suspension_holds_another",
                "pass_closed",
                "closing_to_come",
                "closing_too_soon",
                "closing_note_missing",
            ),
            "passes/suspensions",
        ),
        **dict.fromkeys(
            (
                "prolongation_not_after",
                "prolongation_motive_elsewhere",
                "prolongation_age",
                "prolongation_too_long",
                "prolongation_total",
                "prolongation_outside_window",
                "prolongation_of_an_old_pass",
                "prolongation_while_suspended",
                "prolongation_pending",
            ),
            "passes/prolongations",
        ),
        "pass_end_differs": "passes/count",
        **dict.fromkeys(
            (
                "derogation_backwards",
                "derogation_motive_elsewhere",
                "derogation_decider",
                "derogation_age",
                "derogation_training_end",
                "derogation_past_training",
                "derogation_needs_an_end",
                "derogation_too_long",
                "derogation_total",
                "cumul_too_soon",
                "cumul_other_employer",
                "cumul_renewed",
                "asked_to_come",
                "answer_without_a_day",
                "answer_on_another_day",
                "refusal_without_reason",
            ),
            "derogations",
        ),
        "cddi_derogation_ceiling": "contracts/cddi",
        **dict.fromkeys(
            (
                "diagnosis_elsewhere",
                "diagnosis_to_come",
                "declared_another_day",
                "document_another_day",
                "criterion_age",
                "diagnosis_missing",
                "diagnosis_lapsed",
                "criteria_missing",
                "document_stale",
            ),
            "eligibility/findings",
        ),
        **dict.fromkeys(
            (
                "relay_to_whom",
                "relay_to_oneself",
                "relay_twice",
                "relay_meets_late",
                "relay_move",
                "relay_lapsed",
                "relay_over",
                "relay_gives_nothing",
                "relay_agreed_another_day",
                "relay_met_another_day",
                "relay_name_missing",
                "relay_conditions_open",
            ),
            "relays/findings",
        ),
        "exit_before_entry": "exits/findings",
        "exit_too_far_ahead": "exits/findings",
        "stay_already_over": "exits/findings",
        "motive_and_length": "exits/findings",
        "contract_before_entry": "stays",
        "entry_after_exit": "stays",
        "something_rests_on_it": "corrections",
        "trial_backwards": "told/trials",
        **dict.fromkeys(("convention_year", "convention_modulation"), "conventions"),
    },
    "competences": {
        **dict.fromkeys(
            ("in_the_future", "own_word", "commented", "no_gesture", "too_many_gestures"), "assessments"
        ),
        "nothing_chosen": "passports",
        **dict.fromkeys(
            ("licence_unnamed", "licence_to_come", "licence_ends_before", "licence_too_long"), "licences"
        ),
        **dict.fromkeys(
            (
                "step_twice",
                "step_to_come",
                "before_the_project",
                "consent_missing",
                "result_before_jury",
                "blocs_missing",
                "drop_while_waiting",
                "jury_day_missing",
                "jury_before_summons",
                "jury_too_far",
                "jury_late",
                "jury_too_small",
                "jury_knows_candidate",
                "refused_after_silence",
                "stage_out_of_order",
                "breaks_what_follows",
            ),
            "vae/findings",
        ),
        **dict.fromkeys(
            ("leave_postponed_too_far", "leave_too_long", "leave_asked_late", "leave_too_soon"), "vae/leave"
        ),
        "too_many_files": "vae/limits",
        "cpf_needs_portal": "vae/funding",
        "quotes_missing": "vae/funding",
        "reason_missing": "vae/declining",
        "already_begun": "vae/declining",
        **dict.fromkeys(("of_the_register", "certification_code", "no_line"), "certifications/writing"),
    },
    "employers": {
        "question_ended": "consents",
        "unknown_answer": "consents",
        "in_the_future": "post_hire",
        "call_before_hire": "post_hire",
        "call_too_early": "post_hire",
        "unknown_situation": "post_hire",
        "supported_elsewhere": "post_hire",
        "unknown_kind": "hires",
        "cdi_without_length": "hires",
        "length_needed": "hires",
        "trial_before_hire": "hires",
        "left_after_hire": "hires",
        "hire_after_call": "hires",
        "no_task": "proposals",
        "too_many_employers": "proposals",
        "unknown_status": "proposals",
        "season_hours": "tasks",
        "unknown_daypart": "tasks",
        "unknown_licence": "tasks",
        "dangerous_work": "dangerous",
        "recent_dismissal": "dismissals",
    },
}
"""Code → module of the domain's rules that finds it, for services and imports alike."""

OF_EVERY_DOMAIN = frozenset(
    {"day_too_old", "day_before_age", "age_not_sure", "day_too_far", "day_already_past"}
)
"""Found by `backend/core/values/plausible.py`, for every domain whose people type a day."""

SAID_BY_SERVICES: dict[str, dict[str, str]] = {
    "pathways": {
        "privacy/copies": "no_longer_authorised",
        "accesses": "already_has_access another_thread",
        "beyond": "already_open namesakes nobody_here",
        "appointments": "appointment_in_the_past appointment_taken appointment_twice",
        "contracts": "renewal_elsewhere",
        "corrections/shared": "unknown_reason",
        "corrections/stays": "came_back_since",
        "corrections/interviews": "unknown_reason",
        "exits": "already_closed",
        "follow_ups": "unknown_barrier unknown_topic",
        "hours_table": "hours_changed_meanwhile",
        "immersions": "immersion_is_cancelled immersion_is_renewed",
        "goals": "another_person assignee_elsewhere",
        "people": "advisor_elsewhere stays_overlap",
        "reunions": "conflict",
        "rights/saved_days": "saved_days_are_cancelled",
        "rights/visits": "visit_is_cancelled",
        "trainings": "training_is_cancelled",
        "watching": "not_waiting",
        "wishes": "wish_is_cancelled",
    },
    "competences": {},
    "employers": {
        "accesses": "already_has_access",
        "consents": "already_answered job_over",
        "corrections/hires": "not_done_yet",
        "placements": "already_done already_hired employer_not_of_job job_over",
        "task_analyses": "no_task task_in_use",
    },
}
"""Refusals about the order of writes, which a file does not have: what is already there, or points elsewhere."""
DOMAINS = sorted(FOUND_BY)


def codes(path: Path, *names: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield first.value


def modules(domain: str, room: str) -> Iterator[tuple[str, Path]]:
    """Each module of a room, by its path from there."""
    folder = ROOT / domain / room
    for path in sorted(folder.rglob("*.py")):
        yield path.relative_to(folder).with_suffix("").as_posix(), path


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_finding_of_the_rules_stands_in_the_table_once(domain):
    found = {(code, name) for name, path in modules(domain, "rules") for code in codes(path, "Finding")}
    assert found == set(FOUND_BY[domain].items()), (
        "a new refusal, or one that moved: write its code and the module of its rule in FOUND_BY"
    )


def test_days_nobody_can_mean_are_found_in_one_place():
    assert set(codes(ROOT / "backend/core/values/plausible.py", "Finding")) == OF_EVERY_DOMAIN, (
        "a code of backend/core/values/plausible.py that is not in OF_EVERY_DOMAIN, or the other way"
    )


@pytest.mark.parametrize("domain", DOMAINS)
def test_services_refuse_no_fact_by_themselves(domain):
    told = {
        name: sorted(said)
        for name, path in modules(domain, "services")
        if (said := list(codes(path, "DomainError", "Conflict")))
    }
    assert told == {name: sorted(said.split()) for name, said in SAID_BY_SERVICES[domain].items()}, (
        "a service that refuses by itself: give the fact its rule, or write its code in SAID_BY_SERVICES"
    )


@pytest.mark.parametrize("domain", DOMAINS)
def test_services_ask_the_rules(domain):
    asking = {name for name, path in modules(domain, "services") if "raise_refusals(" in path.read_text()}
    assert asking == ASKS_A_RULE[domain], (
        "write it in tests/house/rights/services_that_ask.py, or take it out"
    )


@pytest.mark.parametrize("domain", ["competences", "employers"])
def test_a_rule_finds_and_refuses_nothing(domain):
    refusing = [
        name for name, path in modules(domain, "rules") if list(codes(path, "DomainError", "Conflict"))
    ]
    assert refusing == [], "a rule gives a Finding, and the service that asks it refuses"
