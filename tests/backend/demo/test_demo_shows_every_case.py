"""Each member of each list of the pathway is met by somebody of the demonstration, whatever the day it is opened.

A kind of contract, a motive or a state that joins a list and nobody's story is red here: it would be in the product, and
no visitor would ever see it.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import get_args, get_type_hints

import pytest

from backend.demo.rows import Territory
from backend.demo.territory import demo_territory
from pathways import enums
from pathways.enums import OtherEmployer, RequestStatus, trainings, travelling, wishes

DAYS = [
    date(2024, 1, 1), date(2024, 2, 29), date(2026, 3, 31), date(2026, 11, 26), date(2027, 1, 1), date(2028, 2, 29),
    date(2028, 8, 31), date(2030, 12, 31),
]  # fmt: skip
LISTS = [
    each
    for module in (enums, trainings, travelling, wishes)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, enum.Enum) and each.__module__ == module.__name__
]
BY_HAND = "a gesture of the day it is made: the visitor makes it, on whom they want"
NO_LIST_OF_THE_DEMO = {
    enums.BeyondMotive: BY_HAND,
    enums.CancelReason: BY_HAND,
    enums.WatchEndReason: BY_HAND,
    enums.DataRequestKind: BY_HAND,
    enums.DataRequestState: BY_HAND,
    enums.GoalOrigin: "goals are drawn without saying who set them, as most are typed",
    enums.Topic: "ticked by the loader, from the freins an interview spoke of",
    travelling.Destination: "computed for a departure, never kept",
    travelling.Tie: "computed for a departure, never kept",
    travelling.Verdict: "computed for a departure, never kept",
}
CANNOT_BE = {
    OtherEmployer.SIAE: "R07: the other contract of a cumul is never signed by another SIAE",
    OtherEmployer.ADAPTED: "R07: nor by an entreprise adaptée",
}
"""Members no lawful story may hold, each with its reason."""
TOLD_APART = {RequestStatus: {"PassProlongation", "Derogation"}}
"""A list read on several kinds of rows, each of which has to show it whole."""


@lru_cache
def met(day):
    """The members that each kind of row holds, by list and by name of row."""
    found = defaultdict(lambda: defaultdict(set))
    territory = demo_territory(day)
    for name in territory.names():
        for row in getattr(territory, name):
            gather(row, type(row).__name__, found)
    return found


def gather(value, row, found):
    if isinstance(value, enum.Enum):
        found[type(value)][row].add(value)
    elif is_dataclass(value):
        for field in fields(value):
            gather(getattr(value, field.name), row, found)
    elif isinstance(value, list | tuple):
        for each in value:
            gather(each, row, found)
    elif isinstance(value, dict):
        gather([*value, *value.values()], row, found)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_member_of_every_list_is_somebodys(day):
    missing = [
        f"{of.__name__}.{member.name}"
        for of in LISTS
        if of not in NO_LIST_OF_THE_DEMO
        for member in of
        if member not in CANNOT_BE and not any(member in seen for seen in met(day)[of].values())
    ]
    assert missing == [], "a story in backend/demo/stories, or CANNOT_BE with the reason"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_state_of_a_request_is_shown_of_each_kind_of_request(day):
    for of, rows in TOLD_APART.items():
        for row in rows:
            assert met(day)[of][row] == set(of), row


def test_a_list_left_out_and_a_member_left_out_are_truly_so():
    """Nothing stays in the tables of what is left out once a story holds it."""
    seen = met(DAYS[-1])
    assert [of.__name__ for of in NO_LIST_OF_THE_DEMO if any(seen[of].values())] == []
    assert [each.name for each in CANNOT_BE if any(each in row for row in seen[type(each)].values())] == []
    assert set(NO_LIST_OF_THE_DEMO) <= set(LISTS)


@pytest.mark.parametrize("name", list(Territory.names()))
def test_a_row_that_names_a_list_holds_its_members_and_not_their_codes(name):
    """A code written as a text would escape the walk above."""
    rows = getattr(demo_territory(DAYS[3]), name)
    lists = {field: lists_in(hint) for field, hint in get_type_hints(type(rows[0])).items()}
    for row in rows:
        for field, members in lists.items():
            value = getattr(row, field)
            held = value if isinstance(value, list | tuple | dict) else (value,)
            assert not members or {type(each) for each in held} <= {*members, type(None)}, (field, value)


def lists_in(hint):
    """The lists a type names, inside tuples and unions too."""
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return {hint}
    return {found for each in get_args(hint) for found in lists_in(each)}
