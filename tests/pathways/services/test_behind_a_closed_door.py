"""What a structure may still do for somebody who left it, and whom it still watches."""

from datetime import date

import pytest
import time_machine

from backend.core.actor import Role
from backend.core.errors import DomainError, NotPermitted
from pathways.permissions import accompanies
from pathways.rules.exits.findings import end_findings
from pathways.selectors import between_steps
from pathways.services import close_stay, open_stay, record_hours
from tests.factories import ContractFactory, ExitFactory, OrganisationFactory, StayFactory, actor_of

pytestmark = pytest.mark.django_db
LEFT_ON = date(2026, 6, 12)
TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T10:00:00+02:00", tick=False):
        yield


@pytest.fixture
def place():
    return OrganisationFactory()


@pytest.fixture
def actor(place):
    return actor_of(Role.MANAGER, place)


def left(place, motive="7", ended_on=LEFT_ON, **fields):
    stay = StayFactory(organisation=place, ended_on=ended_on, **fields)
    ExitFactory(stay=stay, motive=motive)
    return stay


class TestTakingBack:
    def test_the_structure_welcomes_back_somebody_it_knows(self, actor, place):
        person = left(place).beneficiary
        assert not accompanies(actor, person)
        open_stay(actor=actor, beneficiary=person, organisation=place, started_on=TODAY)
        assert accompanies(actor, person)

    @pytest.mark.parametrize("started_on", [TODAY, date(2026, 11, 20)])
    def test_it_takes_nobody_back_from_the_structure_that_accompanies_them(self, actor, place, started_on):
        person = left(place).beneficiary
        StayFactory(beneficiary=person, organisation=OrganisationFactory(), started_on=date(2026, 7, 1))
        with pytest.raises(NotPermitted, match="aucune autre n’accompagne"):
            open_stay(actor=actor, beneficiary=person, organisation=place, started_on=started_on)
        assert not accompanies(actor, person)

    def test_it_welcomes_back_who_has_left_the_other_structure_too(self, actor, place):
        person = left(place).beneficiary
        left(
            OrganisationFactory(), ended_on=date(2026, 8, 31), beneficiary=person, started_on=date(2026, 7, 1)
        )
        open_stay(actor=actor, beneficiary=person, organisation=place, started_on=TODAY)
        assert accompanies(actor, person)

    def test_it_opens_no_sister_structures_door(self, actor, place):
        sister = OrganisationFactory(group=place.group)
        person = left(place).beneficiary
        actor = actor_of(Role.MANAGER, place)
        with pytest.raises(NotPermitted, match="accueille de nouveau"):
            open_stay(actor=actor, beneficiary=person, organisation=sister, started_on=TODAY)


class TestWhatIsStillCompleted:
    @pytest.mark.parametrize(("today", "is_fine"), [(date(2026, 7, 31), True), (date(2026, 8, 1), False)])
    def test_the_hours_of_the_last_month_until_the_end_of_the_next(self, actor, place, today, is_fine):
        contract = ContractFactory(stay=left(place), planned_end_on=LEFT_ON)
        with time_machine.travel(f"{today}T10:00:00+02:00", tick=False):
            if is_fine:
                assert record_hours(actor=actor, contract=contract, month=LEFT_ON, hours=48).pk
                return
            with pytest.raises(NotPermitted):
                record_hours(actor=actor, contract=contract, month=LEFT_ON, hours=48)

    def test_a_missing_exit_keeps_the_last_day_already_known(self, actor, place):
        stay = StayFactory(organisation=place, ended_on=LEFT_ON)
        with pytest.raises(DomainError) as refusal:
            close_stay(actor=actor, stay=stay, on=TODAY, motive="7")
        assert (refusal.value.code, refusal.value.field) == ("stay_already_over", "on")
        assert close_stay(actor=actor, stay=stay, on=LEFT_ON, motive="7").occurred_on == LEFT_ON

    @pytest.mark.parametrize(
        ("known", "on"),
        [(None, TODAY), (LEFT_ON, LEFT_ON), (TODAY, date(2026, 9, 2)), (LEFT_ON, date(2026, 6, 1))],
    )
    def test_a_last_day_not_passed_may_still_move(self, known, on):
        assert list(end_findings(known_end=known, on=on, today=TODAY)) == []


class TestWhomItStillWatches:
    def test_who_left_for_nothing_is_still_between_two(self, actor, place):
        person = left(place).beneficiary
        assert [row.beneficiary for row in between_steps(actor, TODAY)] == [person]

    def test_who_works_elsewhere_is_not_and_nothing_is_told_of_it(self, actor, place):
        StayFactory(beneficiary=left(place).beneficiary, started_on=date(2026, 7, 1))
        assert between_steps(actor, TODAY) == []

    def test_who_was_elsewhere_since_is_watched_by_the_last_structure_only(self, actor, place):
        away = OrganisationFactory()
        person = left(place).beneficiary
        left(away, beneficiary=person, started_on=date(2026, 7, 1), ended_on=date(2026, 8, 14))
        assert between_steps(actor, TODAY) == []
        assert [row.beneficiary for row in between_steps(actor_of(Role.MANAGER, away), TODAY)] == [person]

    def test_who_is_expected_elsewhere_is_not_told_to_the_structure_they_left(self, actor, place):
        StayFactory(beneficiary=left(place).beneficiary, started_on=date(2026, 9, 21))
        assert between_steps(actor, TODAY) == []
