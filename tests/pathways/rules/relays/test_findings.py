"""What is found in a relay before it is written, each bound from both sides."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.errors import DomainError
from backend.core.findings import raise_refusals
from pathways.enums import RelayPart, RelayStatus, RelaySubject
from pathways.rules.dated.reading import rule_book
from pathways.rules.relays import findings
from pathways.rules.relays.table import Move, RelayState

TODAY = date(2026, 11, 23)
BOOK = rule_book([])


def day(number, month=11):
    return date(2026, month, number)


def codes(found):
    found = list(found)
    assert all(each.sentence.endswith(".") and each.way_out.endswith(".") for each in found)
    return [each.code for each in found]


@pytest.mark.parametrize(
    ("structure", "address", "oneself", "expected"),
    [
        (True, False, False, []),
        (False, True, False, []),
        (False, False, False, ["relay_to_whom"]),
        (True, True, False, ["relay_to_whom"]),
        (True, False, True, ["relay_to_oneself"]),
    ],
)
def test_a_relay_goes_to_one_place(structure, address, oneself, expected):
    found = findings.target_findings(
        names_a_structure=structure, names_an_address=address, is_oneself=oneself
    )
    assert codes(found) == expected


def test_the_same_place_is_asked_once():
    assert codes(findings.twice_findings(is_under_way=True)) == ["relay_twice"]
    assert codes(findings.twice_findings(is_under_way=False)) == []


@pytest.mark.parametrize(
    ("meets", "planned", "expected"),
    [
        (day(30), day(30), []),
        (day(29), day(30), []),
        (day(30), day(29), ["relay_meets_late"]),
        (day(22), day(30), ["day_already_past"]),
        (TODAY, TODAY, []),
    ],
)
def test_the_three_meet_before_the_welcome(meets, planned, expected):
    assert codes(findings.days_findings(planned_on=planned, meets_on=meets, today=TODAY)) == expected


def test_a_move_the_table_does_not_know_says_why():
    waiting = RelayState(RelayStatus.PROPOSED, frozenset(), TODAY, TODAY)
    assert codes(findings.move_findings(waiting, Move.ACCEPT)) == ["relay_move"]
    assert codes(findings.move_findings(waiting, Move.AGREE)) == []
    late = RelayState(RelayStatus.PROPOSED, frozenset(), day(22), TODAY)
    assert codes(findings.move_findings(late, Move.AGREE)) == ["relay_lapsed"]


@pytest.mark.parametrize(
    ("agreed", "expected"),
    [
        (day(19), ["relay_agreed_another_day"]),
        (day(20), []),
        (TODAY, []),
        (day(24), ["relay_agreed_another_day"]),
    ],
)
def test_a_yes_is_said_between_the_proposal_and_today(agreed, expected):
    asked = {"parts": {RelayPart.IDENTITY}, "proposed_on": day(20), "today": TODAY}
    assert codes(findings.agreement_findings(agreed_on=agreed, **asked)) == expected


def test_a_yes_to_nothing_is_no_yes():
    found = findings.agreement_findings(parts=(), agreed_on=TODAY, proposed_on=TODAY, today=TODAY)
    assert codes(found) == ["relay_gives_nothing"]


@pytest.mark.parametrize(
    ("met", "expected"),
    [(day(19), ["relay_met_another_day"]), (day(20), []), (TODAY, []), (day(24), ["relay_met_another_day"])],
)
def test_a_meeting_is_written_once_held(met, expected):
    assert codes(findings.meeting_findings(met_on=met, agreed_on=day(20), today=TODAY)) == expected


def test_a_welcome_needs_the_name_and_the_contact():
    enough = set(findings.NEEDED_TO_WELCOME)
    assert codes(findings.welcome_findings(given=enough, open_conditions=())) == []
    for part in enough:
        assert codes(findings.welcome_findings(given=enough - {part}, open_conditions=())) == [
            "relay_name_missing"
        ]


def test_home_help_is_welcomed_once_its_four_conditions_were_gone_through():
    assert findings.open_conditions("ACI", ()) == []
    left = findings.open_conditions("ASP-SAP", {RelaySubject.WISH})
    assert left == [RelaySubject.APTITUDES, RelaySubject.CONDITIONS, RelaySubject.TRAINING]
    assert findings.open_conditions("ASP-SAP", set(RelaySubject.values)) == []
    with pytest.raises(DomainError, match="aptitudes"):
        raise_refusals(findings.welcome_findings(given=set(RelayPart.values), open_conditions=left))


def test_nothing_is_prepared_once_it_is_over():
    open_one = RelayState(RelayStatus.MET, frozenset(), TODAY, TODAY)
    over = RelayState(RelayStatus.WELCOMED, frozenset(), TODAY, TODAY)
    assert codes(findings.preparing_findings(open_one)) == []
    assert codes(findings.preparing_findings(over)) == ["relay_over"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (RelayStatus.PROPOSED, day(23, 12)),
        (RelayStatus.ACCEPTED, date(2027, 1, 6)),
        (RelayStatus.MET, date(2027, 1, 13)),
    ],
)
def test_each_state_waits_thirty_days_from_what_it_waits_for(status, expected):
    asked = {"today": TODAY, "meets_on": day(7, 12), "planned_on": day(14, 12), "book": BOOK}
    assert findings.last_day(status, **asked) == expected


@pytest.mark.parametrize(
    ("status", "since"),
    [
        (RelayStatus.PROPOSED, day(27)),
        (RelayStatus.AGREED, day(27)),
        (RelayStatus.ACCEPTED, day(8, 12)),
        (RelayStatus.MET, day(15, 12)),
        (RelayStatus.DENIED, None),
    ],
)
def test_a_hand_is_late_a_week_after_its_turn_or_the_day_after_what_was_planned(status, since):
    found = RelayState(status, frozenset(), day(31, 12), TODAY)
    asked = {"moved_on": day(20), "meets_on": day(7, 12), "planned_on": day(14, 12), "book": BOOK}
    assert findings.late_from(found, **asked) == since
