"""Who records which proof, and what stays of it."""

from datetime import date, timedelta

import pytest

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import DomainError, NotPermitted
from competences.models import Assessment
from competences.services import assess, undo_assessment
from tests.factories import CompetenceFactory, OrganisationFactory, StayFactory, actor_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def place():
    return OrganisationFactory()


@pytest.fixture
def person(place):
    return StayFactory(organisation=place).beneficiary


def test_a_supervisor_records_what_they_saw_with_their_name_and_the_day(place, person):
    actor = actor_of(Role.SUPERVISOR, place)
    competence = CompetenceFactory()
    seen = assess(
        actor=actor, beneficiary=person, competence=competence, level=3, context="Réfectoire", assessed_on=DAY
    )
    assert (seen.level, seen.status, seen.observer_name, seen.context) == (
        3,
        "OBSERVEE",
        "Odile Exemple",
        "Réfectoire",
    )
    line = Entry.objects.about(seen).get()
    assert (line.action, line.beneficiary_id) == ("competence.assessed", person.pk)


def test_the_same_observer_corrects_their_reading_of_the_day_and_another_day_adds_one(place, person):
    actor, competence = actor_of(Role.SUPERVISOR, place), CompetenceFactory()
    for level, day in ((2, DAY), (3, DAY), (3, DAY + timedelta(days=1))):
        assess(actor=actor, beneficiary=person, competence=competence, level=level, assessed_on=day)
    assert list(Assessment.objects.order_by("assessed_on").values_list("level", flat=True)) == [3, 3]
    assert Assessment.objects.latest_per_competence().get().assessed_on == DAY + timedelta(days=1)
    told = {each.assessed_on: each.is_latest for each in Assessment.objects.telling_the_latest()}
    assert told == {each: each == DAY + timedelta(days=1) for each in told}
    assert len(told) > 1


@pytest.mark.parametrize("status", ["RECONNUE", "CERTIFIEE"])
def test_a_supervisor_cannot_certify_what_they_only_saw(place, person, status):
    with pytest.raises(NotPermitted):
        assess(
            actor=actor_of(Role.SUPERVISOR, place),
            beneficiary=person,
            competence=CompetenceFactory(),
            level=3,
            status=status,
            assessed_on=DAY,
        )
    assert not Assessment.objects.exists()


def test_a_person_of_another_structure_cannot_be_assessed(person):
    with pytest.raises(NotPermitted):
        assess(
            actor=actor_of(Role.SUPERVISOR),
            beneficiary=person,
            competence=CompetenceFactory(),
            level=3,
            assessed_on=DAY,
        )


def test_an_observation_cannot_be_dated_tomorrow(place, person, time_machine):
    time_machine.move_to("2026-11-22 12:00 +0000")
    with pytest.raises(DomainError) as refusal:
        assess(
            actor=actor_of(Role.SUPERVISOR, place),
            beneficiary=person,
            competence=CompetenceFactory(),
            level=3,
            assessed_on=date(2026, 11, 23),
        )
    assert refusal.value.field == "assessed_on"


def test_a_slip_is_undone_all_the_day_by_who_made_it_and_not_the_day_after(place, person, time_machine):
    actor = actor_of(Role.SUPERVISOR, place)
    time_machine.move_to("2026-11-22 08:00 +0000", tick=False)
    slip = assess(actor=actor, beneficiary=person, competence=CompetenceFactory(), level=1, assessed_on=DAY)
    kept = assess(actor=actor, beneficiary=person, competence=CompetenceFactory(), level=2, assessed_on=DAY)
    time_machine.move_to("2026-11-22 22:59 +0000", tick=False)
    with pytest.raises(NotPermitted):
        undo_assessment(actor=actor_of(Role.SUPERVISOR, place), assessment=slip)
    undo_assessment(actor=actor, assessment=slip)
    time_machine.move_to("2026-11-22 23:00 +0000", tick=False)
    with pytest.raises(NotPermitted):
        undo_assessment(actor=actor, assessment=kept)
    assert list(Assessment.objects.all()) == [kept]
