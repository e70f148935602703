"""Doors by which a day of a right that follows a person comes in: a visit made, the next one, days counted."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from pathways import services as thread
from tests.factories import ContractFactory, MedicalVisitFactory, SavedDaysFactory
from tests.journeys.days.rights import LATELY, Door
from tests.worlds.bakery import Bakery


def a_visit(house: Bakery, **days: date):
    said = {"made_on": date(2026, 11, 16), "kind": "VIP_PERIODIQUE", "paper": "ATTESTATION"} | days
    return thread.record_visit(actor=house.advisor, beneficiary=house.person, **said)


def visit_known(house: Bakery):
    day = date(2026, 2, 2) - timedelta(days=house.person.medical_visits.count())
    row = MedicalVisitFactory(
        beneficiary=house.person, organisation=house.structure, made_on=day, due_on=None
    )
    return {"actor": house.advisor, "version": 1, "visit": row}


def some_days(house: Bakery, day: date):
    ContractFactory(stay=house.stay, kind="CDI", started_on=date(2020, 1, 6), planned_end_on=None)
    return thread.record_saved_days(
        actor=house.advisor, beneficiary=house.person, kind="CET", days=Decimal(4), counted_on=day, fate="A_PAYER"
    )  # fmt: skip


def days_known(house: Bakery):
    ContractFactory(stay=house.stay, kind="CDI", started_on=date(2020, 1, 6), planned_end_on=None)
    day = date(2026, 10, 31) - timedelta(days=house.person.saved_days.count())
    row = SavedDaysFactory(beneficiary=house.person, organisation=house.structure, counted_on=day)
    return {"actor": house.advisor, "version": 1, "saved": row}


FOLLOWING = {
    "record_visit.made_on": Door(lambda house, day: a_visit(house, made_on=day), LATELY),
    "record_visit.due_on": Door(lambda house, day: a_visit(house, due_on=day), date(2028, 11, 3)),
    "correct_visit.made_on": Door(
        lambda house, day: thread.correct_visit(**visit_known(house), made_on=day), LATELY
    ),
    "correct_visit.due_on": Door(
        lambda house, day: thread.correct_visit(**visit_known(house), due_on=day), date(2028, 11, 3)
    ),
    "record_saved_days.counted_on": Door(some_days, LATELY),
    "correct_saved_days.counted_on": Door(
        lambda house, day: thread.correct_saved_days(**days_known(house), counted_on=day), LATELY
    ),
}
