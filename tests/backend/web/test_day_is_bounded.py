"""« Ma journée » stays a morning page, however many people a structure has."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from backend.web.panels import SHOWN_BY_KIND
from tests.factories import ExitFactory, MembershipFactory, StayFactory
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
MORE = 3


def panel_of(page):
    return next(
        panel.content for panel in page.context["panels"]["main"] if panel.template.endswith("_alerts.html")
    )


def test_the_most_urgent_of_each_kind_first_then_all_when_asked():
    seat = MembershipFactory(role=Role.MANAGER)
    for week in range(SHOWN_BY_KIND + MORE):
        left_on = date(2026, 3, 2) + timedelta(weeks=week)
        ExitFactory(stay=StayFactory(organisation=seat.organisation, ended_on=left_on), motive="")
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    page = client.get(reverse("web:day"))
    oldest = [alert.due_on for alert in panel_of(page)["alerts"] if alert.kind == "exit_motive"]
    assert oldest == [date(2026, 3, 2) + timedelta(weeks=week) for week in range(SHOWN_BY_KIND)]
    assert panel_of(page)["left_out"] >= MORE
    assert 'href="?tout=1"' in page.content.decode()
    whole = client.get(reverse("web:day"), {"tout": "1"})
    assert len(panel_of(whole)["alerts"]) == len(panel_of(page)["alerts"]) + panel_of(page)["left_out"]
    assert panel_of(whole)["left_out"] == 0
