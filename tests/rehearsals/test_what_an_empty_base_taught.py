"""Nineteen things that went wrong when the product was first installed on an empty base: each names the tests of its kind.

A line may only lose a test to a better one: what is named here exists and can fail.
"""

from __future__ import annotations

import ast

import pytest

from tests.rehearsals.pages import ROOT

TAUGHT: dict[int, tuple[str, tuple[str, ...]]] = {
    1: (
        "style sheets gathered by root could not be read by the service",
        (
            "tests/backend/containers/test_the_image_boots.py::test_whoever_serves_can_read_every_style_sheet",
            "tests/backend/containers/test_the_image_boots.py::test_the_service_starts_under_an_account_that_gathered_nothing",
        ),
    ),
    2: (
        "a trial was served in the place of the real thing, without saying so",
        (
            "tests/backend/settings/test_production_settings.py::test_a_trial_around_something_real_is_never_served",
            "tests/backend/settings/test_production_settings.py::test_both_sizes_refuse_the_same_things_in_a_sentence",
        ),
    ),
    3: (
        "the page of installation left steps out, and its programs started from one folder only",
        (
            "tests/rehearsals/test_the_page_of_installation.py::test_a_first_follow_up_is_recorded_over_tls_by_who_types_the_page",
            "tests/backend/containers/test_the_package_is_whole.py::test_each_program_starts_from_any_folder",
            "tests/backend/core/test_install_command.py::test_it_is_installed_then_nothing_changes_then_it_serves",
        ),
    ),
    4: (
        "an installed base had no competence at all",
        (
            "tests/backend/core/health/test_readiness.py::test_an_empty_referential_is_said",
            "tests/backend/operations/test_serve.py::test_it_refuses_to_start_when_something_is_missing_and_says_what_to_type",
            "tests/competences/test_words_of_the_field.py::test_an_installation_opens_with_words_and_opening_twice_loads_nothing",
        ),
    ),
    5: (
        "the ROME, imported later, made existing tasks unsaveable and the words of the field unfindable",
        (
            "tests/competences/test_what_is_held_is_accepted_back.py::test_every_window_that_chooses_a_competence_is_walked_below",
            "tests/competences/test_what_is_held_is_accepted_back.py::test_a_task_is_saved_unchanged_on_screen_and_through_the_api",
            "tests/competences/test_words_of_the_field.py::test_the_words_of_the_field_still_find_and_each_has_its_explanation",
        ),
    ),
    6: (
        "a documented variable did not reach the containers, and a key could not be changed",
        (
            "tests/house/documents/test_variables_are_told.py::test_each_container_of_the_service_receives_the_list",
            "tests/house/documents/test_variables_are_told.py::test_the_table_of_the_documentation_is_the_list",
            "tests/backend/maintenance/test_sealed_texts.py::test_every_place_where_something_is_sealed_is_known",
            "tests/backend/maintenance/test_sealed_texts.py::test_everything_follows_the_new_key_and_the_old_one_may_go",
            "tests/backend/maintenance/test_sealed_texts.py::test_a_text_no_key_opens_is_said_and_survives_whoever_saves_its_row",
            "tests/backend/core/test_install_command.py::test_what_the_operator_added_stays_when_it_is_installed_again",
        ),
    ),
    7: (
        "with Redis stopped, nobody signed in",
        (
            "tests/backend/accounts/test_sign_in_without_broker.py::test_signing_in_and_reading_by_the_API",
            "tests/backend/settings/test_production_settings.py::test_safe_settings_start_and_count_sign_ins_in_the_base_whatever_the_broker",
        ),
    ),
    8: (
        "the file of secrets entered the image",
        (
            "tests/backend/containers/test_the_image_boots.py::test_only_what_is_listed_enters_the_image",
            "tests/backend/containers/test_the_image_boots.py::test_a_file_of_secrets_is_never_committed",
        ),
    ),
    9: (
        "a mail server that refused or hung stopped pages, lost links and doubled structures",
        (
            "tests/backend/mail/test_outbox.py::test_a_message_lives_and_dies_with_the_gesture",
            "tests/backend/mail/test_delivery.py::test_what_stops_a_message_is_said_and_decides_whether_it_is_tried_again",
            "tests/backend/organisations/test_open_structure_command.py::test_without_broker_nor_mail_server_the_link_is_printed_and_the_message_waits",
            "tests/backend/organisations/test_invite_command.py::test_a_structure_is_found_by_its_siret_or_its_name_and_never_opened_twice",
        ),
    ),
    10: (
        "no command gave a seat in what already existed",
        (
            "tests/backend/organisations/test_invite_command.py::test_every_seat_is_given_from_the_command_line",
            "tests/backend/organisations/test_invite_command.py::test_a_second_head_joins_the_first_and_an_expired_link_is_renewed",
        ),
    ),
    11: (
        "a lost telephone was a lost account",
        (
            "tests/backend/organisations/test_resetting_a_second_factor.py::test_on_screen",
            "tests/backend/organisations/test_resetting_a_second_factor.py::test_by_the_command",
        ),
    ),
    12: (
        "a health check could not pass",
        (
            "tests/backend/core/health/test_readiness.py::test_asked_by_any_name_it_answers",
            "tests/backend/containers/test_compose.py::test_each_service_that_answers_is_watched",
            "tests/backend/containers/test_compose.py::test_a_container_that_shows_no_sign_of_life_is_said_unhealthy",
        ),
    ),
    13: (
        "mail left from a sender nobody chose, in clear where a seal was asked for",
        (
            "tests/backend/mail/test_check_mail.py::test_every_part_of_the_url_is_honoured",
            "tests/backend/mail/test_delivery.py::test_a_seal_that_the_server_does_not_have_is_never_done_without",
            "tests/backend/settings/test_production_settings.py::test_each_unsafe_value_stops_the_start_and_is_named",
        ),
    ),
    14: (
        "two structures opened apart never met, and a second head was impossible",
        (
            "tests/backend/organisations/test_group_offers.py::test_the_head_offers_on_screen_and_the_manager_accepts",
            "tests/backend/organisations/test_group_offers.py::test_a_head_names_another_who_enters_by_the_link",
            "tests/backend/organisations/test_group_offers.py::test_a_structure_joins_several_groups_and_each_one_once",
        ),
    ),
    15: (
        "pages told what nobody had typed",
        (
            "tests/rehearsals/test_every_block_is_run.py::test_each_line_is_typed_somewhere_or_says_why_not",
            "tests/rehearsals/test_every_block_is_run.py::test_the_test_named_does_type_it",
            "tests/house/documents/test_words_point_somewhere.py",
            "tests/rehearsals/test_every_block_is_run.py::test_the_units_that_a_page_or_a_remedy_names_are_written_by_the_installation",
        ),
    ),
    16: (
        "containers without bounds, passwords that broke an address, a promise of a year on the first day",
        (
            "tests/backend/containers/test_compose.py::test_each_service_is_bounded_and_comes_back",
            "tests/backend/containers/test_compose.py::test_each_image_of_others_is_pinned_to_its_minor",
            "tests/backend/containers/test_compose.py::test_backups_are_made_every_night_apart_from_the_data",
            "tests/backend/containers/test_compose.py::test_a_password_of_any_signs_reaches_the_base",
            "tests/backend/settings/test_production_settings.py::test_a_name_can_be_tried_without_promising_a_year",
        ),
    ),
    17: (
        "a form sent while the service was away met a page of the browser, in English",
        (
            "tests/rehearsals/test_the_page_of_installation.py::test_the_proxy_of_debian_reads_both_files_and_both_show_the_same_page",
            "tests/rehearsals/test_upgraded_while_people_write.py::test_who_writes_meanwhile_loses_nothing",
        ),
    ),
    18: (
        "small refusals: equal secrets, an address that is none, a page of help in English, a gesture typed as an address",
        (
            "tests/backend/settings/test_production_settings.py::test_two_equal_secrets_are_named_and_never_shown",
            "tests/backend/settings/test_production_settings.py::test_a_secret_drawn_at_random_is_never_refused",
            "tests/backend/organisations/test_invite_command.py::test_bad_data_opens_nothing",
            "tests/backend/organisations/test_invite_command.py::test_the_address_of_the_service_is_that_of_production",
            "tests/backend/core/test_command_line.py::test_the_front_page_names_our_commands_and_no_other",
            "tests/backend/core/test_command_line.py::test_every_sentence_of_argparse_that_people_may_read_is_in_french",
            "tests/backend/core/test_system_refusals.py::test_nobody_quotes_the_system_itself",
            "tests/backend/web/test_not_a_page.py::test_the_page_above_a_gesture_is_the_nearest_address_that_exists",
            "tests/backend/demo/test_demo_is_installed_on_demand.py::test_production_refuses_each_of_its_commands_with_a_sentence",
        ),
    ),
    19: (
        "a wish to meet stayed in « Ma journée » after the hire",
        (
            "tests/employers/test_employer_alerts.py::test_an_employer_who_wishes_to_meet_is_told_to_the_advisor",
        ),
    ),
}
"""Of the nineteenth, a message to the person or the employer when something waits for them is not sent: they read it on
their own page, and what an employer reads of somebody never leaves it."""


def test_there_are_nineteen():
    assert list(TAUGHT) == list(range(1, 20))


@pytest.mark.parametrize("number", TAUGHT)
def test_each_has_its_tests(number):
    lost = []
    for named in TAUGHT[number][1]:
        path, _, test = named.partition("::")
        if not (ROOT / path).is_file() or (test and test not in _tests_of(path)):
            lost.append(named)
    assert lost == [], TAUGHT[number][0]


def _tests_of(path: str) -> set[str]:
    """Those that assert something, or wait for a refusal."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(each, ast.Assert | ast.With) for each in ast.walk(node))
    }
