"""Whatever a former structure may still write, it reads no more of the thread afterwards than it did before.

The person is accompanied by another structure. Every write of every service about a person, and every file, is tried
alone and in any order: what goes through is said by hand below, and opens nothing.
"""

from __future__ import annotations

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from backend.core.errors import DomainError
from pathways.models import Beneficiary, Exit, WatchEnd
from pathways.permissions import accompanies, reads_contact
from tests.access import doors_world as doors
from tests.access.doors.former import former
from tests.access.doors.former_writes import ABOUT_NOBODY, MOTIVES, SERVICES, WRITES

pytestmark = pytest.mark.django_db
LOST = {"left": "2026-12-01", "hired": "2027-03-01"}
"""Whom, and a day when another structure accompanies them: after an exit without a motive, after a support that is over."""
STILL_WRITTEN = {
    "complete_exit", "file: exit",  # the motive its figures lack
    "file: exit moved",  # the motive too; the day stays
    "close_stay",  # the same exit again, given back
    "watch_again",  # its own decision about its own list
    "welcome_person",  # somebody else of the same name
}  # fmt: skip
HIRED = {"record_post_hire", "correct_hire", "cancel_hire", "correct_post_hire", "cancel_post_hire"}
CALLED = {name for name in HIRED if name.endswith("_post_hire")}
NOT_THERE = {
    "close_stay", "file: passage",  # the exit and the entry are known
    "stop_watching", "watch_again",  # nobody waits
    "cancel_stay",  # contracts rest on it
    *HIRED,  # nobody is hired yet
    "change_agreement", "withdraw_agreement",  # the person has not answered yet
    "accept_relay", "suggest_meeting_day", "confirm_meeting_day", "decline_relay", "record_relay_meeting",
    "welcome_by_relay",  # another hand's
}  # fmt: skip
WRITERS = ("referent", "manager")
READERS = ("referent", "colleague", "supervisor", "manager", "head")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The two people of the table of doors."""
    with doors.standing(django_db_blocker) as built:
        yield built


def path_to_person(model, depth=3):
    """How a model leads to a person, as `stay__beneficiary`; None when it does not."""
    if model is Beneficiary:
        return "pk"
    if depth == 0:
        return None
    for field in model._meta.concrete_fields:
        if field.many_to_one or field.one_to_one:
            if field.related_model is Beneficiary:
                return field.name
            further = path_to_person(field.related_model, depth - 1)
            if further is not None:
                return f"{field.name}__{further}"
    return None


ABOUT_PEOPLE = {
    model: path
    for app in ("pathways", "competences", "employers")
    for model in apps.get_app_config(app).get_models()
    if (path := path_to_person(model)) is not None and hasattr(model._default_manager.all(), "visible_to")
}


def read_by(seats, person):
    """Every row about the person that each seat reads."""
    return {
        (seat, model._meta.label, pk)
        for seat in READERS
        for model, path in ABOUT_PEOPLE.items()
        for pk in model._default_manager.visible_to(seats[seat])
        .filter(**{path: person.pk})
        .values_list("pk", flat=True)
    }


def rows_of(person):
    return {
        (model._meta.label, pk)
        for model, path in ABOUT_PEOPLE.items()
        for pk in model._default_manager.filter(**{path: person.pk}).values_list("pk", flat=True)
    }


def tried(here, name, number):
    """Whether a write goes through; of a file, whether it changes something too."""
    is_file = name.startswith("file:")
    before = everything_of(here.person) if is_file else None
    try:
        with transaction.atomic():
            WRITES[name](here, number)
    except (DomainError, ValidationError):
        return False
    return not is_file or everything_of(here.person) != before


def everything_of(person):
    return {
        model._meta.label: list(model._default_manager.filter(**{path: person.pk}).order_by("pk").values())
        for model, path in ABOUT_PEOPLE.items()
    }


class _Undo(Exception):
    """Nothing of one try is kept for the next."""


def test_every_service_about_a_person_is_tried():
    named = {name for name in WRITES if not name.startswith("file:")}
    assert named | ABOUT_NOBODY == SERVICES
    assert not named & ABOUT_NOBODY
    assert len(ABOUT_PEOPLE) >= 20


def going_through(world, journey, seat, folder):
    """The writes that go through, each tried alone on that day."""
    went = set()
    for name in WRITES:
        try:
            with transaction.atomic():
                here = former(world.seats[seat], getattr(world, journey), folder / name.replace(" ", "_"))
                here.folder.mkdir(parents=True)
                if tried(here, name, 1):
                    went.add(name)
                raise _Undo
        except _Undo:
            pass
    return went


@pytest.mark.parametrize("seat", WRITERS)
@pytest.mark.parametrize("journey", sorted(LOST))
def test_what_a_former_structure_still_writes(world, tmp_path, journey, seat):
    with time_machine.travel(f"{LOST[journey]}T10:00:00+01:00", tick=False):
        went = going_through(world, journey, seat, tmp_path)
    assert went <= STILL_WRITTEN
    assert went >= {"complete_exit", "welcome_person"}


def test_the_same_writes_go_through_while_the_person_is_there(world, tmp_path):
    """Otherwise the refusals above would say nothing of rights."""
    with time_machine.travel("2026-06-15T10:00:00+01:00", tick=False):
        went = going_through(world, "left", "referent", tmp_path)
        assert set(WRITES) - went == NOT_THERE
    with time_machine.travel("2026-12-21T10:00:00+01:00", tick=False):
        assert going_through(world, "hired", "referent", tmp_path / "hired") >= CALLED
    with time_machine.travel("2026-08-20T10:00:00+01:00", tick=False):
        assert going_through(world, "hired", "referent", tmp_path / "just hired") >= HIRED - CALLED


def reads_no_more(world, journey, seat, folder, writes):
    """Try these writes one after the other, look at what the whole team reads then, and undo them."""
    who = getattr(world, journey)
    try:
        with transaction.atomic(), time_machine.travel(f"{LOST[journey]}T10:00:00+01:00", tick=False):
            before, known = read_by(world.seats, who.person), rows_of(who.person)
            days = list(who.person.stays.order_by("pk").values())
            here = former(world.seats[seat], who, folder)
            for name, number in writes:
                tried(here, name, number)
            more = read_by(world.seats, who.person) - before
            assert {(label, pk) for _, label, pk in more} & known == set(), "somebody else's row"
            assert {label for _, label, _ in more} <= {Exit._meta.label, WatchEnd._meta.label}
            assert list(who.person.stays.order_by("pk").values()) == days
            assert not any(accompanies(world.seats[each], who.person) for each in READERS)
            assert not any(reads_contact(world.seats[each], who.person) for each in READERS)
            raise _Undo
    except _Undo:
        pass


SAYS_A_MOTIVE = {"complete_exit", "file: exit", "file: exit moved"}
ALLOWED = [
    (name, number)
    for name in sorted(STILL_WRITTEN)
    for number in range(len(MOTIVES) if name in SAYS_A_MOTIVE else 1)
]


@pytest.mark.parametrize("journey", sorted(LOST))
@pytest.mark.parametrize("write", ALLOWED, ids=lambda write: f"{write[0]}-{write[1]}")
def test_what_it_still_writes_opens_nothing(world, tmp_path, journey, write):
    reads_no_more(world, journey, "manager", tmp_path, [write])


ONE = st.one_of(
    st.sampled_from(ALLOWED),
    st.tuples(st.sampled_from(sorted(WRITES)), st.integers(min_value=0, max_value=59)),
)


@pytest.mark.parametrize("journey", sorted(LOST))
@settings(max_examples=20, phases=[Phase.generate])
@given(seat=st.sampled_from(WRITERS), writes=st.lists(ONE, min_size=3, max_size=8))
def test_no_sequence_of_writes_lets_a_former_structure_read_more(
    world, tmp_path_factory, journey, seat, writes
):
    """SEC-13."""
    reads_no_more(world, journey, seat, tmp_path_factory.mktemp("files"), writes)
