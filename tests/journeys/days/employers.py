"""Analyses, hires and calls corrected, one day each."""

from __future__ import annotations

from datetime import date

from backend.core.steps import seen
from employers.services import correct_analysis, correct_hire, correct_post_hire
from tests.journeys.days.gestures import followed_in_their_job, hired
from tests.journeys.days.rights import LATELY, Door
from tests.worlds.bakery import Bakery


def analysis_corrected(house: Bakery, day: date):
    return correct_analysis(
        actor=house.advisor, analysis=house.analysis, version=house.analysis.version, title="Au fournil",
        observed_on=day,
    )  # fmt: skip


def hire_corrected(house: Bakery, **days: date | None):
    placement = hired(house)
    known = {"started_on": placement.started_on, "trial_ends_on": None, "left_on": None}
    said = {"employer": placement.employer, "kind": "CDI", "months": None}
    return correct_hire(
        actor=house.advisor, placement=placement, seen=seen(placement), **(said | known | days)
    )


def call_corrected(house: Bakery, day: date):
    call = followed_in_their_job(house)
    call.placement.started_on, call.due_on = date(2026, 10, 1), date(2026, 11, 20)
    call.done_on, call.situation = date(2026, 11, 18), "EN_POSTE"
    call.placement.save()
    call.save()
    return correct_post_hire(
        actor=house.advisor, follow_up=call, seen=seen(call), situation="EN_POSTE", on=day, note=""
    )


WORK = {
    "correct_analysis.observed_on": Door(analysis_corrected, LATELY),
    "correct_hire.started_on": Door(
        lambda house, day: hire_corrected(house, started_on=day), date(2026, 11, 21)
    ),
    "correct_hire.trial_ends_on": Door(
        lambda house, day: hire_corrected(house, trial_ends_on=day), date(2027, 2, 20)
    ),
    "correct_hire.left_on": Door(lambda house, day: hire_corrected(house, left_on=day), LATELY),
    "correct_post_hire.on": Door(call_corrected, LATELY),
}
