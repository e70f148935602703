"""The worked set of 120 exits: 14 withdrawn + 16 below the threshold + 90 examined, from raw records."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from backend.organisations.models import Organisation
from tests.factories import (
    BeneficiaryFactory,
    ContractFactory,
    ExitFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    StayFactory,
)

YEAR = 2025
LAST_DAY = date(YEAR, 10, 1)


def leave(
    organisation: Organisation,
    *,
    motive: str,
    days: int = 200,
    hours: float | tuple[float, ...] = 300,
    on: date = LAST_DAY,
    person=None,
):
    """A person's whole passage: one contract per figure of `hours`, in one chain each, then the exit."""
    stay = StayFactory(
        beneficiary=person or BeneficiaryFactory(),
        organisation=organisation,
        started_on=on - timedelta(days=days),
        ended_on=on,
    )
    for worked in hours if isinstance(hours, tuple) else (hours,):
        contract = ContractFactory(stay=stay, ended_on=on)
        if worked:
            MonthlyHoursFactory(
                contract=contract, month=date(on.year, on.month, 1), hours=Decimal(str(worked))
            )
    return ExitFactory(stay=stay, occurred_on=on, motive=motive)


def build() -> dict[str, Organisation]:
    """120 exits of 2025 in an ACI, an EI, an AI and an ETTI; counts per category are in the test."""
    places = {
        kind: OrganisationFactory(name=f"Structure {kind}", kind=kind, external_id=kind.lower())
        for kind in ("ACI", "EI", "AI", "ETTI")
    }
    turn = count()

    def somewhere() -> Organisation:
        return list(places.values())[next(turn) % 4]

    for motives, times in (
        (("1", "3", "4", "9", "11", "13"), 24),
        (("10", "14"), 17),
        (("2", "5", "12"), 13),
        (("7", "6"), 26),
        (("8",), 10),
    ):
        for number in range(times):
            leave(
                somewhere(), motive=motives[number % len(motives)], on=LAST_DAY + timedelta(days=number * 3)
            )
    for number in range(14):
        motive = ("16", "17", "18", "20", "21")[number % 5]
        # A withdrawn motive is withdrawn whether or not the thresholds are met.
        leave(somewhere(), motive=motive, hours=300 if number % 2 else 20, days=200 if number % 2 else 10)
    for number in range(8):
        leave(places["AI" if number % 2 else "ETTI"], motive=("3", "7")[number % 2], hours=149)
    for number in range(8):
        leave(places["ACI" if number % 2 else "EI"], motive=("3", "8")[number % 2], days=80)
    return places
