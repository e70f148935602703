"""What people complained of when they brought their spreadsheets, case by case: the tests that hold each kind.

A case is one example; each kind is held by a table of other inputs, or by a property. A test renamed or removed makes
this list red.
"""

from __future__ import annotations

import ast
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from backend.exchange import values
from backend.exchange.values import BadValue
from pathways.rules.contracts.facts import ContractFacts, Spell
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.dated.rows import BUILT_IN

ROOT = Path(__file__).parents[1]
FILES, CORE = "backend/exchange", "backend/core"
HELD: dict[int, tuple[str, ...]] = {
    1: (
        f"{FILES}/readers/test_csv_lines.py::test_a_stray_quote_takes_its_own_line_away_and_no_other",
        f"{FILES}/readers/test_csv_lines.py::test_every_line_is_read_refused_or_said_to_belong_to_a_text",
    ),
    2: (f"{FILES}/lines/test_every_column.py::test_an_absent_column_changes_nothing_known",),
    3: (
        f"{FILES}/lines/test_corrections.py::test_a_motive_completed_here_is_not_lost",
        f"{FILES}/lines/test_random_edits.py::test_the_same_file_again_undoes_no_edit",
    ),
    4: (f"{FILES}/lines/test_look_alikes.py::test_a_second_id_for_one_name_and_one_birth_date_is_said_before_anything_is_written",),
    5: (
        f"{FILES}/readers/test_spreadsheet_errors.py::test_two_people_of_one_rounded_id_are_both_refused_with_their_contracts",
        f"{FILES}/readers/test_spreadsheet_errors.py::test_an_id_rounded_by_the_spreadsheet_is_refused",
        f"{FILES}/readers/test_spreadsheet_errors.py::test_an_id_that_only_looks_a_little_like_it_is_kept",
    ),
    6: (f"{FILES}/lines/test_corrections.py::test_an_exit_sent_again_with_another_day_is_the_same_departure",),
    7: (f"{FILES}/lines/test_corrections.py::test_a_month_told_otherwise_is_never_counted_twice",),
    8: (f"{FILES}/lines/test_corrections.py::test_lines_of_one_month_and_kind_of_client_add_up",),
    9: (
        f"{FILES}/lines/test_past_facts.py::test_case_09_a_motive_that_contradicts_its_length_has_the_words_of_the_screen",
        f"{FILES}/lines/test_past_facts.py::test_exits",
    ),
    10: (
        f"{FILES}/lines/test_past_facts.py::test_case_10_hours_outside_their_contract",
        f"{FILES}/lines/test_past_facts.py::test_hours",
    ),
    11: (
        f"{FILES}/lines/test_past_facts.py::test_case_11_the_second_of_two_passes_over_the_same_days_is_refused",
        f"{FILES}/lines/test_past_facts.py::test_passes",
    ),
    12: (
        "access/hostile_input/test_nothing_typed_breaks_a_page.py::test_a_day_or_a_number_that_is_none_comes_back_with_its_sentence",
        "access/hostile_input/test_pages_survive_what_is_stored.py::test_every_page_opens",
    ),
    13: (
        "access/hostile_input/test_nothing_typed_breaks_a_page.py::test_a_day_or_a_number_that_is_none_comes_back_with_its_sentence",
        "journeys/test_same_verdict_by_every_door.py::test_every_door_says_the_same",
    ),
    14: (
        f"{CORE}/values/test_identifiers.py::test_the_error_of_a_spreadsheet_is_no_value_anywhere",
        f"{FILES}/readers/test_spreadsheet_errors.py::test_an_error_of_a_sheet_is_refused_in_every_column",
    ),
    15: (
        f"{CORE}/values/test_identifiers.py::test_every_way_to_write_it_is_one_value_and_reading_it_again_changes_nothing",
        f"{CORE}/values/test_identifiers.py::test_what_is_not_one_is_refused_with_a_sentence",
    ),
    16: (
        f"{CORE}/values/test_identifiers.py::test_every_way_to_write_it_is_one_value_and_reading_it_again_changes_nothing",
        f"{CORE}/values/test_identifiers.py::test_a_cell_is_read_as_a_form_reads",
    ),
    17: (
        f"{FILES}/readers/test_columns_are_matched.py::test_the_same_table_whatever_its_dress",
        f"{FILES}/readers/test_real_spreadsheets.py::test_a_comma_separated_file_of_people_comes_in",
    ),
    18: (
        f"{FILES}/readers/test_csv_lines.py::test_titles_are_known_whatever_their_dress",
        f"{FILES}/readers/test_real_spreadsheets.py::test_titles_and_separators_of_every_dress_mean_the_same_columns",
    ),
    19: (f"{FILES}/imports/test_import_screens.py::test_everything_noticed_is_told_before_the_button",),
    20: (f"{FILES}/readers/test_real_spreadsheets.py::test_one_name_is_enough_to_tell_an_old_encoding",),
    21: (f"{FILES}/readers/test_real_spreadsheets.py::test_a_column_without_title_is_ignored_and_said_and_no_line_is_lost",),
    22: (
        f"{FILES}/readers/test_workbooks.py::test_hours_kept_as_a_duration_are_hours",
        f"{FILES}/readers/test_short_years.py::test_a_duration",
    ),
    23: (f"{FILES}/lines/test_corrections.py::test_what_a_formula_leaves_beyond_the_cents_changes_nothing",),
    24: (
        "pathways/services/test_people_services.py::test_a_homonym_born_the_same_day_enters_once_said_to_be_someone_else",
        "pathways/selectors/test_finding_people.py::test_the_form_asks_whether_it_is_she_and_goes_on_when_told_it_is_not",
    ),
    25: ("pathways/selectors/test_finding_people.py::test_a_name_is_found_the_way_people_type_it",),
    26: ("backend/web/forms/test_forms_sent_too_late.py::test_every_form_comes_back_filled_when_its_token_is_stale",),
    27: (
        "journeys/test_the_28_cases.py::test_case_27_a_contract_over_the_same_days_is_refused_or_asked",
        f"{FILES}/lines/test_every_table_taken_back.py::test_a_file_sent_again_asks_before_it_brings_back",
    ),
    28: (
        "journeys/test_the_28_cases.py::test_case_28_a_day_nobody_knows_keeps_what_is_known",
        f"{FILES}/lines/test_corrections.py::test_lines_that_hang_on_a_refused_line_say_which",
    ),
}  # fmt: skip


@cache
def names_in(file: str) -> frozenset[str]:
    """Names of the tests of a module, those of its classes included."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_each_of_the_28_cases_is_held():
    assert sorted(HELD) == list(range(1, 29))


@pytest.mark.parametrize(
    ("number", "held"), [(number, each) for number, held in HELD.items() for each in held]
)
def test_what_holds_a_case_exists(number, held):
    file, _, name = held.partition("::")
    assert name in names_in(file), number


TWICE, SAME_DAYS = "contract_twice", "contract_same_days"


@pytest.mark.parametrize(
    ("kind", "start", "end", "code"),
    [
        ("CDDI", "2026-11-26", "2027-04-30", TWICE),
        ("CDDI", "2026-12-15", "2027-05-30", SAME_DAYS),
        ("CDDI", "2026-11-26", "2027-05-30", SAME_DAYS),
        ("CDDI", "2026-11-27", "2027-04-30", SAME_DAYS),
        ("CDDI", "2027-04-30", "2027-09-30", SAME_DAYS),
        ("CDDI", "2027-01-01", "2027-05-31", SAME_DAYS),
        ("CDDI", "2026-06-01", "2026-11-26", SAME_DAYS),
        ("CDDI", "2026-06-01", None, SAME_DAYS),
        ("CDD", "2026-11-26", "2027-04-30", SAME_DAYS),
        ("CDI", "2027-04-30", None, SAME_DAYS),
        ("CDDI", "2027-05-01", "2027-09-30", None),
        ("CDDI", "2026-06-01", "2026-11-25", None),
        ("CTT", "2026-11-26", "2027-04-30", None),  # several missions of one day are how it works
    ],
)
def test_case_27_a_contract_over_the_same_days_is_refused_or_asked(kind, start, end, code):
    facts = ContractFacts(
        structure_kind="ETTI" if kind == "CTT" else "ACI",
        kind=kind,
        started_on=date.fromisoformat(start),
        planned_end_on=date.fromisoformat(end) if end else None,
        today=date(2026, 11, 26),
        others=(Spell(date(2026, 11, 26), date(2027, 4, 30), planned_end=date(2027, 4, 30)),),
    )
    found = {each.code for each in contract_findings(facts, book=BUILT_IN)} & {TWICE, SAME_DAYS}
    assert found == ({code} if code else set())


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("00/00/1985", "1985"), ("1985-00-00", "1985"), ("0/0/85", "1985"), ("00.00.1985", "1985"), ("00-00-1985", "1985"),
        ("00/1985", "1985"), ("1985", "1985"), ("en 1985", "1985"),
        ("00/05/1985", "1985-05"), ("1985-05-00", "1985-05"), ("0/3/1985", "1985-03"), ("mai 1985", "1985-05"),
        ("05/1985", "1985-05"), ("1985-05", "1985-05"), ("5.1985", "1985-05"), ("05/85", "1985-05"),
    ],
)  # fmt: skip
@pytest.mark.time_machine("2026-11-27T10:00:00+01:00")
def test_case_28_a_day_nobody_knows_keeps_what_is_known(cell, kept):
    assert values.birth_date(cell).isoformat() == kept


@pytest.mark.parametrize(
    "cell", ["12/00/1985", "1985-00-12", "13/1985", "00/00/0000", "0000-00-00", "30/02/1985"]
)
@pytest.mark.time_machine("2026-11-27T10:00:00+01:00")
def test_case_28_a_day_that_is_none_is_refused_with_an_advice_one_can_follow(cell):
    with pytest.raises(BadValue) as refusal:
        values.birth_date(cell)
    assert "écrivez l’année seule" in refusal.value.what_to_do
