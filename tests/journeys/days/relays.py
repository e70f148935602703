"""The gestures of a relay that are given a day, each from where it may be made."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from backend.core.actor import Role
from pathways import services as thread
from tests.factories import RelayFactory, actor_of
from tests.worlds.bakery import Bakery

NAMED = "IDENTITE COORDONNEES"
SAID = {
    "message": "Un relais ?",
    "meets_at": datetime(2026, 12, 7, 10, tzinfo=UTC),
    "planned_on": date(2026, 12, 14),
}


def at_ten(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=UTC)


ANOTHER = count()


def proposed(house: Bakery, **days: Any):
    """To an address of its own each time: one refused leaves the former one waiting."""
    said = {"to_email": f"accueil{next(ANOTHER)}@example.org", **SAID, **days}
    return thread.propose_relay(actor=house.advisor, beneficiary=house.person, **said)


def corrected(house: Bakery, **days: Any):
    relay = proposed(house)
    return thread.correct_relay(actor=house.advisor, relay=relay, version=relay.version, **(SAID | days))


def agreed(house: Bakery, day: date):
    relay = proposed(house)
    given = {"version": relay.version, "parts": ["IDENTITE"], "agreed_on": day}
    return thread.agree_to_relay(actor=house.advisor, relay=relay, **given)


def agreed_again(house: Bakery, day: date):
    relay = agreed(house, date(2026, 11, 22))
    given = {"version": relay.version, "parts": ["PARCOURS"], "agreed_on": day}
    return thread.change_agreement(actor=house.advisor, relay=relay, **given)


def received(house: Bakery, status: str):
    """Proposed to the bakery's structure, about somebody from elsewhere."""
    relay = RelayFactory(receiver=house.structure, status=status, parts=NAMED, agreed_on=date(2026, 11, 20))
    return {"actor": actor_of(Role.ADVISOR, house.structure), "relay": relay, "version": relay.version}


def suggested(house: Bakery, day: date):
    return thread.suggest_meeting_day(**received(house, "ACCORD"), meets_at=at_ten(day))


def met(house: Bakery, day: date):
    return thread.record_relay_meeting(**received(house, "ACCEPTE"), met_on=day)


def welcomed(house: Bakery, day: date):
    return thread.welcome_by_relay(**received(house, "RENCONTRE"), started_on=day)


def step(house: Bakery, day: date):
    asked = received(house, "ACCORD")
    return thread.plan_relay_step(
        actor=asked["actor"], relay=asked["relay"], label="Visiter", hand="ACCUEIL", due_on=day
    )


def step_corrected(house: Bakery, day: date):
    asked = received(house, "ACCORD")
    known = thread.plan_relay_step(
        actor=asked["actor"], relay=asked["relay"], label="Visiter", hand="ACCUEIL", due_on=date(2026, 12, 10)
    )
    return thread.correct_relay_step(actor=asked["actor"], step=known, version=1, due_on=day)
