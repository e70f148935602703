"""« Ma journée » stays a morning page, however many people a structure has."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from backend.web.day import SHOWN_BY_KIND
from tests.factories import ExitFactory, MembershipFactory, StayFactory
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
MORE = 3


def test_the_most_urgent_of_each_kind_first_then_all_when_asked():
    seat = MembershipFactory(role=Role.MANAGER)
    for week in range(SHOWN_BY_KIND + MORE):
        left_on = date(2026, 3, 2) + timedelta(weeks=week)
        ExitFactory(stay=StayFactory(organisation=seat.organisation, ended_on=left_on), motive="")
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    page = client.get(reverse("web:day"))
    oldest = [alert.due_on for alert in page.context["alerts"] if alert.kind == "exit_motive"]
    assert oldest == [date(2026, 3, 2) + timedelta(weeks=week) for week in range(SHOWN_BY_KIND)]
    assert page.context["left_out"] >= MORE
    assert 'href="?tout=1"' in page.content.decode()
    whole = client.get(reverse("web:day"), {"tout": "1"})
    assert len(whole.context["alerts"]) == len(page.context["alerts"]) + page.context["left_out"]
    assert whole.context["left_out"] == 0
