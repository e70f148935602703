"""The invented territory: every call, action and meeting planned is in the day of an advisor or of a manager."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone

from backend.core.actor import Role
from backend.demo.loading.territory import load_territory
from backend.demo.territory import demo_territory
from backend.organisations.models import Membership
from competences.services import ensure_referential
from employers.models import PostHireFollowUp
from pathways import doors
from pathways.enums import AppointmentStatus
from pathways.models import Action, Appointment
from pathways.rules.transitions import STILL_OPEN
from pathways.selectors.following.answering import answered_by

TODAY = date(2026, 11, 26)
PLANNED = {
    PostHireFollowUp: (
        {"done_on__isnull": True},
        {"named": "placement__advisor_id", "person": "placement__beneficiary_id"},
    ),
    Action: (
        {"status__in": STILL_OPEN},
        {"named": "assignee_id", "person": "beneficiary_id", "structure": "organisation_id"},
    ),
    Appointment: (
        {"status": AppointmentStatus.PLANNED},
        {"named": "advisor_id", "person": "beneficiary_id", "structure": "organisation_id"},
    ),
}


def answered(model, planned, paths, role):
    """Everything of this kind that somebody with this role has to answer."""
    person = paths["person"].removesuffix("_id")
    found = set()
    for seat in Membership.objects.live(timezone.now()).filter(role=role):
        actor = seat.as_actor()
        rows = doors.of_accompanied(model.objects.visible_to(actor).filter(**planned), actor, person)
        found |= set(answered_by(actor, rows, **paths).values_list("pk", flat=True))
    return found


@pytest.mark.django_db
def test_every_promise_of_the_territory_is_in_somebodys_day():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        ensure_referential()
        load_territory([demo_territory(TODAY)])
        opened = doors.open_stays(TODAY).values("beneficiary_id")
        for model, (planned, paths) in PLANNED.items():
            rows = model.objects.filter(**planned, **{f"{paths['person']}__in": opened})
            waiting = set(rows.values_list("pk", flat=True))
            assert waiting, model
            by_advisors = answered(model, planned, paths, Role.ADVISOR)
            assert waiting <= by_advisors | answered(model, planned, paths, Role.MANAGER), model
            assert waiting <= by_advisors, f"{model.__name__}: an advisor accompanies each of these people"
            named = rows.exclude(
                **{f"{paths['named']}__in": Membership.objects.live(timezone.now()).values("user_id")}
            )
            assert not named.exists(), "the territory names people who have a seat"
        theirs = F("placement__exit__stay__advisor_id")
        calls = PostHireFollowUp.objects.filter(done_on__isnull=True, placement__exit__isnull=False)
        elsewhere = calls.exclude(placement__advisor_id=theirs)
        assert not elsewhere.exists(), "the structure that let the person go makes the calls"
