"""Two meetings at one minute are said to who plans the second, by the screen and by the API, and refused nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from backend.core.actor import Role
from backend.core.values.dates import NBSP
from pathways.models import Appointment
from pathways.rules.follow_ups import Meeting, same_minute_findings
from pathways.services import plan_appointment, postpone_appointment, record_follow_up
from tests.factories import BeneficiaryFactory, MembershipFactory, StayFactory
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.ADVISOR, user__first_name="Odile", user__last_name="Exemple")


@pytest.fixture
def colleague(seat):
    return MembershipFactory(
        role=Role.ADVISOR, organisation=seat.organisation, user__first_name="Marc", user__last_name="Maquette"
    )


def followed(seat, last_name, advisor=None):
    person = BeneficiaryFactory(first_name="Zoé", last_name=last_name)
    StayFactory(beneficiary=person, organisation=seat.organisation, advisor=advisor)
    return person


def tomorrow(hour=14, minute=0):
    at = timezone.localtime() + timedelta(days=1)
    return at.replace(hour=hour, minute=minute, second=0, microsecond=0)


def planned(seat, person, at):
    return plan_appointment(actor=seat.as_actor(), beneficiary=person, starts_at=at)


def said(appointment):
    return [each.sentence.replace(NBSP, " ") for each in appointment.remarks]


def test_the_same_adviser_is_told_with_whom(seat):
    planned(seat, followed(seat, "Dupluvier", seat.user), tomorrow())
    second = planned(seat, followed(seat, "Chimère", seat.user), tomorrow() + timedelta(seconds=20))
    assert said(second) == ["Vous avez déjà un rendez-vous à 14 h avec Zoé Dupluvier."]
    assert Appointment.objects.count() == 2


@pytest.mark.parametrize("minutes", [-1, 1])
def test_another_minute_is_not_said(seat, minutes):
    planned(seat, followed(seat, "Dupluvier", seat.user), tomorrow())
    other = planned(seat, followed(seat, "Chimère", seat.user), tomorrow() + timedelta(minutes=minutes))
    assert said(other) == []


def test_the_same_person_met_by_a_colleague_is_said(seat, colleague):
    person = followed(seat, "Dupluvier")
    planned(colleague, person, tomorrow(9, 30))
    assert said(planned(seat, person, tomorrow(9, 30))) == [
        "Zoé Dupluvier a déjà un rendez-vous à 9 h 30 avec Marc Maquette."
    ]


def test_a_meeting_called_off_is_not_said(seat):
    first = planned(seat, followed(seat, "Dupluvier", seat.user), tomorrow())
    Appointment.objects.filter(pk=first.pk).update(status="ANNULE")
    assert said(planned(seat, followed(seat, "Chimère", seat.user), tomorrow())) == []


def test_nobody_is_named_to_who_may_not_read_them(seat, colleague):
    """Somebody handed over since: the hour is still taken, and whose it is is no longer told."""
    gone = followed(seat, "Dupluvier", seat.user)
    planned(seat, gone, tomorrow())
    gone.stays.update(advisor=colleague.user)
    assert said(planned(seat, followed(seat, "Chimère", seat.user), tomorrow())) == [
        "Vous avez déjà un rendez-vous à 14 h."
    ]


def test_postponing_and_a_follow_up_say_it_too(seat):
    planned(seat, followed(seat, "Dupluvier", seat.user), tomorrow())
    other = planned(seat, followed(seat, "Chimère", seat.user), tomorrow(16))
    moved = postpone_appointment(actor=seat.as_actor(), appointment=other, starts_at=tomorrow())
    assert said(moved) == ["Vous avez déjà un rendez-vous à 14 h avec Zoé Dupluvier."]
    interview = record_follow_up(
        actor=seat.as_actor(), beneficiary=followed(seat, "Inventée", seat.user), happened_at=timezone.now(),
        synthesis="Un mot.", next_appointment_at=tomorrow(),
    )  # fmt: skip
    assert len(interview.remarks) == 2


def test_both_windows_say_it_and_keep_both(seat):
    planned(seat, followed(seat, "Dupluvier", seat.user), tomorrow())
    window, tool = Client(), APIClient()
    sign_in(window, seat.user)
    sign_in(tool, seat.user)
    sentence = "Vous avez déjà un rendez-vous à 14 h avec Zoé Dupluvier."
    page = window.post(
        reverse("web:appointment_new", args=[followed(seat, "Chimère", seat.user).pk]),
        {"starts_at": f"{tomorrow():%Y-%m-%dT%H:%M}"}, follow=True,
    )  # fmt: skip
    assert sentence in text_of(page).replace(NBSP, " ")
    body = {"beneficiary": followed(seat, "Inventée", seat.user).pk, "starts_at": tomorrow().isoformat()}
    answer = tool.post("/api/v1/appointments/", body, format="json")
    assert answer.status_code == 201
    assert sentence in " ".join(answer.json()["remarks"]).replace(NBSP, " ")
    assert tool.get(f"/api/v1/appointments/{answer.json()['id']}/").json()["remarks"] == []


@pytest.mark.parametrize(("hour", "minute", "words"), [(9, 0, "9 h"), (14, 5, "14 h 05"), (0, 30, "0 h 30")])
def test_an_hour_as_it_is_said(hour, minute, words):
    (found,) = same_minute_findings(tomorrow(hour, minute), [Meeting("Vous", "avez")])
    assert found.sentence.replace(NBSP, " ") == f"Vous avez déjà un rendez-vous à {words}."
    assert not found.refuses
