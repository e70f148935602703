"""SEC-15: what each seat reaches is told once, nests, and is nobody's between two tasks."""

from __future__ import annotations

import json

import pytest
from celery.signals import task_postrun, task_prerun

from backend.core.actor import Actor, Role
from backend.core.wall.gates import Gate
from backend.core.wall.reach import NOBODY, Reach, lifted, present, reach_of, within


@pytest.mark.parametrize(
    ("actor", "told"),
    [
        (None, None),
        (Actor(Role.BENEFICIARY, user_id=3, beneficiary_id=8), {"person": 8, "user": 3}),
        (Actor(Role.EMPLOYER, user_id=3, employer_id=5), {"employer": 5, "user": 3}),
        (Actor(Role.NETWORK_HEAD, user_id=3), {"account": 3, "user": 3}),
        (
            Actor(Role.ADVISOR, user_id=3, organisation_ids=frozenset({2}), thread_ids=frozenset({2, 7})),
            {"structures": [2], "account": 3, "user": 3},
        ),
        (
            Actor(Role.GROUP_HEAD, user_id=3, organisation_ids=frozenset({7, 2})),
            {"structures": [2, 7], "account": 3, "user": 3},
        ),
        (Actor.operator(), {"gate": "COMMAND"}),
    ],
    ids=["nobody", "person", "employer", "network", "advisor", "group", "operator"],
)
def test_each_seat_tells_whom_it_reaches(actor, told):
    said = reach_of(actor).told
    assert (json.loads(said) if said else None) == told


@lifted(Gate.HIRES)
def what_fails():
    assert present().gate is Gate.HIRES
    raise ValueError("stop")


def test_what_is_reached_nests_and_comes_back_whatever_happens():
    ours = Reach(structures=frozenset({2}))
    with within(ours):
        with pytest.raises(ValueError, match="stop"):
            what_fails()
        assert present() == ours


def test_a_door_inside_a_door_changes_nothing():
    with within(Reach(gate=Gate.WORKER)), lifted(Gate.HIRES):
        assert present().gate is Gate.WORKER


def test_a_worker_works_for_everybody_during_a_task_and_for_nobody_after():
    import backend.celery  # noqa: F401 (its signals)

    with within(NOBODY):
        task_prerun.send(sender=None)
        during = present()
        task_postrun.send(sender=None)
        assert (during, present()) == (Reach(gate=Gate.WORKER), NOBODY)
