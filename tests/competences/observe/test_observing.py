"""« Observer » opens on the people one usually sees."""

from datetime import date

import pytest
from django.urls import reverse

from backend.core.actor import Role
from competences.screens.observe.views import PEOPLE_SHOWN
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


def test_a_long_team_is_cut_short_and_anybody_is_found_by_name(time_machine):
    time_machine.move_to("2026-09-01T10:00:00+02:00")
    place = OrganisationFactory()
    for rank in range(PEOPLE_SHOWN):
        StayFactory(
            organisation=place, beneficiary__first_name="Ada", beneficiary__last_name=f"Abstrait {rank}"
        )
    client, page = client_of(actor_of(Role.SUPERVISOR, place)), reverse("web:observe")
    assert "Chercher parmi" not in client.get(page).content.decode()

    last = StayFactory(
        organisation=place, beneficiary__first_name="Léo", beneficiary__last_name="Zéro-Virtuel"
    ).beneficiary
    shown = client.get(page)
    assert last not in [person for person, _ in shown.context["rows"]]
    assert "autre personne est présente" in shown.content.decode()

    found = client.post(page, {"q": "zero virtuel"}, follow=True)
    assert [person for person, _ in found.context["rows"]] == [last]
    assert "zero" not in found.redirect_chain[-1][0]
    nobody = client.post(page, {"q": "Personnage"}, follow=True)
    assert "Personne de ce nom" in nobody.content.decode()
