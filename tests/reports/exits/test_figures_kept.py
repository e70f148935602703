"""What is kept of the exits of a scope answers for one state of its data only: every write is seen, by whoever made it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from backend.core.actor import Actor, Role
from backend.core.findings import Confidence
from backend.organisations.models import Organisation
from pathways.models import Contract, Exit, MonthlyHours, RuleSetting, Stay
from reports.exits import kept, sources
from reports.exits.compute.period import Period
from reports.exits.figures import exit_report
from reports.models import Figure, KeptCount
from reports.triggers import STRUCTURES, ensure
from tests.factories import (
    BeneficiaryFactory,
    ContractFactory,
    ExitFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    StayFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db
YEAR = Period.of_year(2025)


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""
    kept.forget()


@pytest.fixture
def place():
    return OrganisationFactory()


@pytest.fixture
def manager(place):
    return actor_of(Role.MANAGER, place)


def left(place, **exit_) -> Exit:
    stay = StayFactory(organisation=place, started_on=date(2024, 9, 2), ended_on=date(2025, 6, 30))
    contract = ContractFactory(stay=stay, started_on=date(2024, 9, 2), planned_end_on=date(2025, 6, 30))
    MonthlyHoursFactory(contract=contract, month=date(2025, 3, 1), hours=140)
    return ExitFactory(stay=stay, occurred_on=stay.ended_on, **exit_)


def asked(actor, period=YEAR) -> int:
    """How many questions about exits the report asks the base."""
    with CaptureQueriesContext(connection) as queries:
        exit_report(actor, period)
    return sum("pathways_exit" in each["sql"] for each in queries)


def test_the_same_state_is_read_once(place, manager):
    left(place)
    report = exit_report(manager, YEAR)

    assert asked(manager) == 0
    assert exit_report(manager, YEAR) is report


def test_every_table_the_figures_read_is_watched(place, manager):
    left(place)
    with CaptureQueriesContext(connection) as queries:
        frames = sources.exit_frames(manager, YEAR)
    read = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(each["sql"] for each in queries)))

    assert len(frames.exits) == 1
    assert read
    assert read <= set(STRUCTURES)


def counted_without_anybody(place, *, and_one=False) -> KeptCount:
    """What somebody erased left to the figures."""
    row, _ = KeptCount.objects.get_or_create(
        organisation=place,
        figure=Figure.EXITS,
        since=date(2025, 3, 1),
        sort="examined|durable|1|",
        defaults={"total": 1},
    )
    if and_one:
        KeptCount.objects.filter(pk=row.pk).update(total=2)
    return row


GESTURES = {
    "pathways_exit": (
        lambda place: left(place),
        lambda exit_: Exit.objects.filter(pk=exit_.pk).update(motive="9"),
        lambda exit_: Exit.objects.filter(pk=exit_.pk).delete(),
    ),
    "pathways_stay": (
        lambda place: StayFactory(organisation=place),
        lambda exit_: Stay.objects.filter(pk=exit_.stay_id).update(advisor=None),
        lambda exit_: Stay.objects.filter(organisation=exit_.stay.organisation, exit=None).delete(),
    ),
    "pathways_contract": (
        lambda place: ContractFactory(stay=Stay.objects.filter(organisation=place).first()),
        lambda exit_: Contract.objects.filter(stay=exit_.stay).update(started_on=date(2024, 10, 1)),
        lambda exit_: Contract.objects.filter(stay=exit_.stay, monthly_hours=None).delete(),
    ),
    "pathways_monthlyhours": (
        lambda place: MonthlyHoursFactory(
            contract=Contract.objects.filter(stay__organisation=place).first(), month=date(2025, 4, 1)
        ),
        lambda exit_: MonthlyHours.objects.filter(contract__stay=exit_.stay).update(hours=1),
        lambda exit_: MonthlyHours.objects.filter(contract__stay=exit_.stay).delete(),
    ),
    "reports_keptcount": (
        lambda place: counted_without_anybody(place),
        lambda exit_: counted_without_anybody(exit_.stay.organisation, and_one=True),
        lambda exit_: counted_without_anybody(exit_.stay.organisation).delete(),
    ),
    "organisations_organisation": (
        None,
        lambda exit_: Organisation.objects.filter(pk=exit_.stay.organisation_id).update(name="Autre nom"),
        None,
    ),
}


def test_each_watched_table_has_its_gestures():
    assert set(GESTURES) == set(STRUCTURES)


@pytest.mark.parametrize(
    ("table", "gesture"),
    [(table, gesture) for table, acts in GESTURES.items() for gesture, act in enumerate(acts) if act],
)
def test_every_write_is_seen(place, manager, table, gesture):
    """A structure is neither born nor lost under those who read its figures: its line has one gesture."""
    exit_ = left(place)
    act = GESTURES[table][gesture]
    if gesture == 2:
        StayFactory(organisation=place)
        ContractFactory(stay=exit_.stay, started_on=date(2025, 1, 1))
    before = kept.state_of(manager)
    act(place if gesture == 0 else exit_)

    assert kept.state_of(manager) != before


def test_many_rows_of_one_structure_in_one_write_are_seen(place, manager):
    """As an import writes them: on PostgreSQL one statement, so one line of the diary."""
    before = kept.state_of(manager)
    stays = Stay.objects.bulk_create(
        StayFactory.build(beneficiary=BeneficiaryFactory(), organisation=place) for _ in range(3)
    )
    contracts = Contract.objects.bulk_create(
        ContractFactory.build(stay=stay) for stay in stays for _ in range(2)
    )
    MonthlyHours.objects.bulk_create(MonthlyHoursFactory.build(contract=each) for each in contracts)
    after = kept.state_of(manager)
    assert after != before
    assert Stay.objects.filter(organisation=place).update(advisor=None) == 3
    assert kept.state_of(manager) != after


def test_what_is_written_is_in_the_next_figures(place, manager):
    left(place, motive="7")
    assert exit_report(manager, YEAR).statistics["total"]["all_exits"] == 1
    MonthlyHours.objects.all().delete()
    assert exit_report(manager, YEAR).statistics["total"]["below_threshold"] == 1
    left(place, motive="7")
    assert exit_report(manager, YEAR).statistics["total"]["all_exits"] == 2


def test_what_was_taken_back_leaves_nothing(place, manager):
    left(place)
    exit_report(manager, YEAR)
    with transaction.atomic():
        left(place)
        assert len(exit_report(manager, YEAR).classified) == 2
        transaction.set_rollback(True)
    assert len(exit_report(manager, YEAR).classified) == 1
    left(place)
    left(place)
    assert len(exit_report(manager, YEAR).classified) == 3


def test_a_neighbour_s_writes_keep_what_is_known_and_change_the_whole(place, manager):
    left(place)
    before, whole = kept.state_of(manager), kept.state_of(Actor.operator())
    left(OrganisationFactory())

    assert kept.state_of(manager) == before
    assert kept.state_of(Actor.operator()) != whole


def test_each_seat_has_its_own(place, manager):
    exit_ = left(place)
    mine = actor_of(Role.ADVISOR, place)
    Stay.objects.filter(pk=exit_.stay_id).update(advisor_id=mine.user_id)
    others = actor_of(Role.ADVISOR, place)

    assert [len(exit_report(seat, YEAR).classified) for seat in (manager, mine, others)] == [1, 1, 0]


def test_a_rule_that_moves_is_another_book(place, manager):
    left(place)
    exit_report(manager, YEAR)
    RuleSetting.objects.create(
        key="min_hours_aci_ei",
        value=200,
        valid_from=date(2025, 1, 1),
        basis="essai",
        confidence=Confidence.CONFIRMED,
    )

    assert asked(manager) > 0


def test_migrating_again_believes_nothing_read_before(place, manager):
    left(place)
    before = kept.state_of(manager)
    ensure()

    assert kept.state_of(manager) != before


def test_few_rows_are_kept(place, manager, monkeypatch):
    monkeypatch.setattr(kept, "MOST_ROWS", 1)
    left(place)
    for year in (2024, 2025, 2026):
        exit_report(manager, Period(date(year, 1, 1), date(2026, 12, 31)))
    exit_report(manager, YEAR)

    assert asked(manager) == 0
    assert asked(manager, Period(date(2024, 1, 1), date(2026, 12, 31))) > 0
