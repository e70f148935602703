"""A gesture is asked with the object itself: each address opens that object's own page, and refuses another kind."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from backend.core.actor import Role
from backend.core.pages.addresses import Gesture, NoSuchAddress, address_of, registered
from tests.access.policy import WEB
from tests.access.world import build_world
from tests.factories import BeneficiaryFactory, ExitFactory, StayFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def owner_of(target):
    """The person the object is about, by the shortest way there."""
    for way in ("beneficiary", "stay", "contract", "placement", "iae_pass"):
        if hasattr(target, way):
            return owner_of(getattr(target, way))
    return target


def shift_numbers():
    """Numbers of the tables no longer run side by side: one object's number never happens to fit another's page."""
    for _ in range(5):
        BeneficiaryFactory()
    for _ in range(3):
        StayFactory()


def target_of(world, model, gesture):
    """The object of this table that the page is for: a hire that an exit opened is not one that a proposal did."""
    mine = {kind: row["own"] for kind, row in world.objects.items() if type(row["own"]) is model}
    first = next(iter(mine.values()))
    page = resolve(urlsplit(address_of(first, gesture)).path).view_name
    return mine.get(WEB[page].kind, first)


@pytest.mark.parametrize(("model", "gesture"), sorted(registered(), key=str), ids=str)
def test_each_gesture_opens_the_page_of_its_own_person(model, gesture):
    shift_numbers()
    world = build_world()
    target = target_of(world, model, gesture)
    answer = world.clients[Role.ADVISOR].get(address_of(target, gesture))
    assert answer.status_code == 200
    assert str(owner_of(target)) in text_of(answer)


def test_an_exit_completes_its_own_stay_whatever_its_number():
    StayFactory()
    exit_ = ExitFactory()
    assert exit_.pk != exit_.stay_id
    assert address_of(exit_, Gesture.COMPLETE) == f"/passages/{exit_.stay_id}/sortie/"


def test_an_object_that_no_screen_takes_is_refused():
    exit_ = ExitFactory()
    with pytest.raises(NoSuchAddress):
        address_of(exit_, Gesture.CLOSE)
    with pytest.raises(NoSuchAddress):
        address_of(exit_.stay.beneficiary, Gesture.COMPLETE)
