"""« Reporter au … »: one gesture from the day, the person's own page tells the new date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Role
from pathways.models import Action, Appointment
from tests.factories import ActionFactory, AppointmentFactory, BeneficiaryAccessFactory, StayFactory
from tests.pages import text_of
from tests.worlds.three_valleys import member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T08:00:00+01:00", tick=False):
        yield


@pytest.fixture
def planned(sign_in):
    """An advisor, a late action and a meeting of today, and the browsers of both people."""
    stay = StayFactory()
    seat = member(Role.ADVISOR, stay.organisation)
    common = {"beneficiary": stay.beneficiary, "organisation": stay.organisation}
    action = ActionFactory(
        label="Appeler la CAF", due_on=date(2026, 11, 12), assignee=seat.user, status="A_FAIRE", **common
    )
    meeting = AppointmentFactory(
        advisor=seat.user, starts_at=timezone.now() + timedelta(hours=2), status="PREVU", **common
    )
    door = BeneficiaryAccessFactory(beneficiary=stay.beneficiary)
    return sign_in(seat.user), sign_in(door.user), action, meeting


def test_both_are_postponed_from_the_day_and_come_back_to_it(planned):
    advisor, person, action, meeting = planned
    day = advisor.get(reverse("web:day")).content.decode()
    for row, name, words in (
        (action, "action_postpone", {"due_on": "2026-12-19"}),
        (meeting, "appointment_postpone", {"starts_at": "2026-12-19T10:00"}),
    ):
        address = f"{reverse(f'web:{name}', args=[row.pk])}?depuis=journee"
        assert address in day
        shown = advisor.get(address).context["form"]
        hidden = {field.html_name: field.value() for field in shown.hidden_fields()}
        answer = advisor.post(address, {**hidden, **words})
        assert (answer.status_code, answer.url) == (302, reverse("web:day"))

    assert Action.objects.get().due_on == date(2026, 12, 19)
    assert timezone.localtime(Appointment.objects.get().starts_at).hour == 10
    page = text_of(advisor.get(reverse("web:person", args=[action.beneficiary_id])))
    own = text_of(person.get(reverse("web:my_pathway")))
    for told in (page, own):
        assert "reportée du 12\u00a0novembre au 19\u00a0décembre" in told
        assert "reporté du 22\u00a0novembre au 19\u00a0décembre" in told


def test_the_sheet_proposes_a_week_later_and_a_past_day_comes_back_with_a_sentence(planned):
    advisor, _person, action, meeting = planned
    address = reverse("web:action_postpone", args=[action.pk])
    form = advisor.get(address).context["form"]
    assert form["due_on"].value() == date(2026, 11, 29)
    shown = advisor.get(reverse("web:appointment_postpone", args=[meeting.pk])).context["form"]
    assert shown["starts_at"].value().date() == date(2026, 11, 29)

    hidden = {field.html_name: field.value() for field in form.hidden_fields()}
    answer = advisor.post(address, {**hidden, "due_on": "2001-01-01"})
    assert answer.status_code == 422
    assert "est déjà passé." in answer.content.decode()
    assert Action.objects.get().due_on == date(2026, 11, 12)


def test_the_sheets_that_settle_offer_to_postpone_while_it_still_means_something(planned):
    advisor, _person, action, meeting = planned
    for row, name in ((action, "action"), (meeting, "appointment")):
        edit = reverse(f"web:{name}_edit", args=[row.pk])
        later = reverse(f"web:{name}_postpone", args=[row.pk])
        assert later in advisor.get(edit).content.decode()
        type(row).objects.update(status="REALISE" if name == "action" else "TENU")
        assert later not in advisor.get(edit).content.decode()
