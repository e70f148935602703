"""After the pathway: hires followed for six months, and what people agreed to show to which employer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from backend.core.values.dates import last_day_after, months_after
from backend.demo.chance import calibration as cal
from backend.demo.chance import motives
from backend.demo.chance.dice import Dice, Odds
from backend.demo.frame import Frame
from backend.demo.lives.thread import Thread
from backend.demo.rows import Consent, Placement, PostHireMilestone, Territory
from employers.enums import ConsentDecision, HireKind, Situation
from employers.rules.post_hire import milestones

FOLLOWED = 0.7  # share of hires by a known employer that a structure follows
TRIAL_MONTHS = 2
AFTERWARDS = Odds(
    {Situation.OTHER_JOB: 0.3, Situation.TRAINING: 0.08, Situation.SEEKING: 0.5, Situation.INACTIVE: 0.12}
)
DECISIONS = Odds({ConsentDecision.GRANTED: 0.72, ConsentDecision.REFUSED: 0.14, ConsentDecision.ASKED: 0.14})


def add_hires(rows: Territory, dice: Dice, frame: Frame, thread: Thread) -> None:
    """Add the followed hires of a person, with their milestones, and the consents that led to them."""
    for rank, exit_ in enumerate(thread.exits, start=1):
        if exit_.employer is None:
            continue
        start = exit_.date + timedelta(days=dice.whole(1, 12))
        if start > frame.today or not dice.chance(FOLLOWED):
            continue
        kind = HireKind.CDI if exit_.motive in motives.FOR_GOOD else HireKind.CDD
        advisor = next(each.stay.advisor for each in thread.steps if each.stay.id == exit_.stay)
        placement = Placement(
            f"{thread.person_id}-h{rank}",
            thread.person_id,
            exit_.employer,
            start,
            kind,
            exit_.contract_months,
            advisor,
        )
        rows.placements.append(placement)
        rows.milestones += contacts(dice, placement, frame.today)
        agreed = exit_.date - timedelta(days=dice.whole(8, 40))
        rows.consents.append(Consent(thread.person_id, exit_.employer, ConsentDecision.GRANTED, agreed))
    if thread.running is not None and not thread.exits and dice.chance(0.15):
        employer, asked = dice.pick(frame.rows.employers), frame.today - timedelta(days=dice.whole(1, 60))
        if asked > thread.steps[0].stay.start:
            rows.consents.append(Consent(thread.person_id, employer.id, dice.draw(DECISIONS), asked))


def contacts(dice: Dice, placement: Placement, today: date) -> Iterator[PostHireMilestone]:
    """The contacts due after a hire; past ones say what was found, or that nobody answered."""
    in_post, start = True, placement.start
    ends_on = last_day_after(start, placement.months) if placement.months else None
    trial_ends_on = months_after(start, TRIAL_MONTHS)
    for each in milestones(started_on=start, trial_ends_on=trial_ends_on, ends_on=ends_on):
        over = ends_on is not None and each.due_on > ends_on
        in_post = in_post and not over and dice.chance(cal.STILL_IN_POST_EACH_CONTACT)
        if each.due_on >= today or (each.due_on > today - timedelta(days=12) and dice.chance(0.5)):
            yield PostHireMilestone(placement.id, each.code, each.due_on, None, None)
            continue
        situation = Situation.IN_POST if in_post else dice.draw(AFTERWARDS)
        if dice.chance(cal.UNREACHABLE):
            situation = Situation.UNREACHABLE
        done_on = min(each.due_on + timedelta(days=dice.whole(0, 9)), today)
        yield PostHireMilestone(placement.id, each.code, each.due_on, done_on, situation)
