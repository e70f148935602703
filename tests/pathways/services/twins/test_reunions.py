"""Two files made one and two again: everything follows, nothing is lost, and what comes back is what was there."""

from __future__ import annotations

import pytest

from backend.core.joining import tables
from backend.core.joining.tables import Side
from pathways.models import Beneficiary
from pathways.services.reunions import separate_files
from tests.worlds.joined import OPERATOR, everything, exported, joined, two_whole_people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def rows_of(person):
    """How many rows of each table hang from a person."""
    found = {}
    for table in tables.registered()[1:]:
        path = tables.path_to_person(table)
        found[table.label] = table.model._base_manager.filter(**{path: person.pk}).count()
    return found


def test_this_world_fills_every_table_on_both_sides():
    for person in two_whole_people():
        empty = {label for label, count in rows_of(person).items() if not count}
        assert empty <= {
            "employers.Placement",
            "employers.PostHireFollowUp",
            "pathways.ToldApart",
            "pathways.Reunion",
        }


@pytest.mark.parametrize("side", list(Side), ids=str)
@pytest.mark.parametrize("turned", [False, True], ids=["one way", "the other way"])
def test_joined_then_separated_the_export_is_the_same_to_the_byte(tmp_path, side, turned):
    kept, gone = reversed(two_whole_people()) if turned else two_whole_people()
    before, rows = exported(tmp_path / "before"), everything()
    reunion = joined(kept, gone, side=side)
    during = exported(tmp_path / "during")
    done = separate_files(actor=OPERATOR, reunion=reunion)
    after = exported(tmp_path / "after")
    assert (done.left_as_changed, done.went_along, done.let_go, done.lost) == (0, 0, 0, 0)
    assert {name for name in before if before[name] != after.get(name)} == set()
    assert before.keys() == after.keys()
    assert {label for label, found in everything().items() if found != rows[label]} == set()
    assert during["salaries.csv"].count(b"\n") == before["salaries.csv"].count(b"\n") - 1


def test_nothing_is_left_under_the_number_that_goes():
    kept, gone = two_whole_people()
    both = {label: count + rows_of(gone)[label] for label, count in rows_of(kept).items()}
    joined(kept, gone)
    assert not Beneficiary.objects.filter(pk=gone.pk).exists()
    assert set(rows_of(gone).values()) == {0}
    left = rows_of(kept)
    once = {label for label, count in left.items() if count < both[label]}
    assert {"pathways.Stay", "pathways.Interview", "pathways.IaePass", "competences.Assessment"} <= once
    assert all(left[label] for label, count in both.items() if count), "a table is never emptied"
