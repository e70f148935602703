"""Hours wanted: told by the team or by the person, corrected, taken back; and the alert they raise."""

from datetime import date
from decimal import Decimal

import pytest

from backend.audit.models import Entry
from backend.core.errors import Conflict, DomainError
from pathways.alerts.wishes import hours_far_from_wanted
from pathways.models import HoursWish
from pathways.selectors import thread_of
from pathways.selectors.continuity import continuity_of
from pathways.services import cancel_wish, correct_wish, record_wish
from tests.factories import ContractFactory, HoursWishFactory, MonthlyHoursFactory, PlacementFactory
from tests.worlds.bakery import Bakery

pytestmark = pytest.mark.django_db
WANTED = {"starts_on": date(2026, 9, 1), "weekly_hours": Decimal(24)}


@pytest.fixture
def house(today):
    return Bakery.build()


@pytest.fixture
def oneself(house):
    return house.person_herself


def test_the_team_tells_what_the_person_wants(house):
    wish = record_wish(
        actor=house.advisor, beneficiary=house.person, **WANTED, moments=["VEN_M", "LUN_M", "LUN_M"]
    )
    assert (wish.voice, wish.organisation, wish.moments) == ("EQUIPE", house.structure, ["LUN_M", "VEN_M"])
    assert Entry.objects.filter(action="hours_wish.recorded").count() == 1


def test_the_person_tells_it_themselves_and_their_team_reads_it(house, oneself):
    wish = record_wish(actor=oneself, beneficiary=house.person, **WANTED)
    assert (wish.voice, wish.organisation) == ("PERSONNE", None)
    assert HoursWish.objects.visible_to(house.advisor).get() == wish
    assert correct_wish(actor=house.advisor, wish=wish, version=1, weekly_hours=Decimal(26)).version == 2


def test_the_person_does_not_write_over_what_the_team_noted(house, oneself):
    wish = HoursWishFactory(beneficiary=house.person, organisation=house.structure)
    for gesture, said in ((correct_wish, {"weekly_hours": Decimal(10)}), (cancel_wish, {"reason": "AUTRE"})):
        with pytest.raises(DomainError) as refusal:
            gesture(actor=oneself, wish=wish, version=1, **said)
        assert refusal.value.code == "not_yours"
    wish.refresh_from_db()
    assert (wish.weekly_hours, wish.cancelled_at) == (26, None)


def test_two_wishes_never_begin_on_one_day(house):
    record_wish(actor=house.advisor, beneficiary=house.person, **WANTED)
    with pytest.raises(DomainError) as refusal:
        record_wish(actor=house.advisor, beneficiary=house.person, **WANTED)
    assert (refusal.value.code, refusal.value.field) == ("wish_same_day", "starts_on")


def test_an_old_version_is_never_written_over(house):
    wish = record_wish(actor=house.advisor, beneficiary=house.person, **WANTED)
    correct_wish(actor=house.advisor, wish=wish, version=1, limit="GARDE")
    with pytest.raises(Conflict):
        correct_wish(actor=house.advisor, wish=wish, version=1, weekly_hours=Decimal(10))


def test_a_wish_taken_back_counts_no_more_and_does_not_change(house):
    wish = record_wish(actor=house.advisor, beneficiary=house.person, **WANTED)
    cancel_wish(actor=house.advisor, wish=wish, version=1, reason="DOUBLE")
    assert not HoursWish.objects.standing().exists()
    with pytest.raises(Conflict) as refusal:
        correct_wish(actor=house.advisor, wish=wish, version=2, weekly_hours=Decimal(10))
    assert refusal.value.code == "wish_is_cancelled"
    assert record_wish(actor=house.advisor, beneficiary=house.person, **WANTED).pk != wish.pk


def alerts(house, today):
    return list(hours_far_from_wanted(house.advisor, today))


def test_far_less_than_wanted_for_two_months_is_said_on_the_day_of_who_follows(house, today):
    HoursWishFactory(beneficiary=house.person, organisation=house.structure, weekly_hours=35)
    contract = ContractFactory(
        stay=house.stay, kind="CDDU", started_on=date(2026, 6, 1), planned_end_on=None, weekly_hours=None
    )
    for month, hours in ((9, 40), (10, 40)):
        MonthlyHoursFactory(contract=contract, month=date(2026, month, 1), hours=hours)
    [alert] = alerts(house, today)
    assert (alert.kind, alert.beneficiary_id) == ("hours_far", house.person.pk)
    assert "35 h souhaitées" in alert.message
    MonthlyHoursFactory(contract=contract, month=date(2026, 10, 1), hours=100, client_kind="PARTICULIER")
    assert alerts(house, today) == []


def test_nothing_is_said_of_who_told_no_wish(house, today):
    assert alerts(house, today) == []


def test_a_job_elsewhere_of_which_nobody_tells_the_hours_is_never_no_hours(house, today):
    HoursWishFactory(beneficiary=house.person, organisation=house.structure, weekly_hours=35)
    PlacementFactory(beneficiary=house.person, started_on=date(2026, 8, 3))
    assert alerts(house, today) == []
    line = thread_of(house.advisor, house.person, today=today)
    months = continuity_of(house.advisor, house.person, line, today=today).months
    assert {month.hours for month in months if month.month >= date(2026, 9, 1)} == {None}
