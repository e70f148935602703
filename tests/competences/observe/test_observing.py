"""« Observer » opens on the people one usually sees."""

from datetime import date

import pytest
from django.urls import reverse

from backend.core.actor import Role
from tests.factories import AssessmentFactory, OrganisationFactory, StayFactory, actor_of
from tests.worlds.two_houses import client_of

pytestmark = pytest.mark.django_db


def test_people_observed_lately_come_first_each_group_by_name(time_machine):
    time_machine.move_to("2026-09-01T10:00:00+02:00")
    place = OrganisationFactory()
    actor = actor_of(Role.SUPERVISOR, place)
    names = ["Abstrait", "Fictif", "Imaginé", "Virtuel"]
    people = {
        name: StayFactory(
            organisation=place,
            started_on=date(2026, 1, 5),
            beneficiary__first_name="Léo",
            beneficiary__last_name=name,
        ).beneficiary
        for name in names
    }
    for name, seen_on in (
        ("Virtuel", date(2026, 8, 20)),
        ("Imaginé", date(2026, 8, 28)),
        ("Fictif", date(2026, 3, 2)),
    ):
        AssessmentFactory(
            beneficiary=people[name], organisation=place, observer_id=actor.user_id, assessed_on=seen_on
        )
    page = client_of(actor).get(reverse("web:observe"))
    assert [person.last_name for person, _ in page.context["rows"]] == [
        "Imaginé",
        "Virtuel",
        "Abstrait",
        "Fictif",
    ]
