"""The days somebody is known by, and that they arrive on."""

from __future__ import annotations

from datetime import date

from backend.core.actor import Role
from pathways import services as thread
from pathways.enums import BeyondMotive
from pathways.models import Beneficiary
from pathways.services.beyond import open_beyond_caseload
from tests.factories import actor_of
from tests.journeys.days.gestures import welcomed
from tests.journeys.days.rights import FAR, LATELY, Door
from tests.worlds.bakery import Bakery

BORN, NEVER_BORN = date(1990, 2, 3), (date(1905, 1, 1), FAR)


def born(house: Bakery, day: date):
    return thread.update_person(
        actor=house.advisor, beneficiary=house.person, version=house.person.version, birth_date=day
    )


def opened_by_a_colleague(house: Bakery, day: date):
    """Somebody born on `BORN`, whom the colleague names with another day of birth."""
    person = house.person
    Beneficiary.objects.filter(pk=person.pk).update(birth_date=BORN)
    return open_beyond_caseload(
        actor=actor_of(Role.ADVISOR, house.structure),
        last_name=person.last_name,
        first_name=person.first_name,
        birth_date=day,
        motive=BeyondMotive.values[0],
    )


PEOPLE: dict[str, Door] = {
    "welcome_person.started_on": Door(lambda house, day: welcomed(house, started_on=day), LATELY),
    "welcome_person.birth_date": Door(lambda house, day: welcomed(house, birth_date=day), BORN, NEVER_BORN),
    "update_person.birth_date": Door(born, BORN, NEVER_BORN),
    "open_beyond_caseload.birth_date": Door(opened_by_a_colleague, BORN, NEVER_BORN),
}
