"""Draw an invented territory of any size, whole or batch by batch, always the same for a given seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from backend.core.values.dates import months_after
from backend.demo.chance.dice import Dice
from backend.demo.economy import add_employers
from backend.demo.frame import Frame, build_frame
from backend.demo.lives.follow_up import add_follow_up
from backend.demo.lives.hires import add_hires
from backend.demo.lives.skills import assessments, licences
from backend.demo.lives.thread import Step, Thread, draw_thread
from backend.demo.people import draw_person
from backend.demo.rows import Territory
from backend.organisations.enums import StructureKind
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.kinds import TRAITS

EMPLOYERS_PER_STRUCTURE, LEAST_EMPLOYERS = 3, 12
ALREADY_THERE, ALREADY_THERE_DAYS = 0.12, 60  # so that the first year does not start from empty structures
STILL_FOLLOWED = timedelta(days=190)  # six months of support after the last step


def simulate(people: int, structures: int, years: int, seed: int, today: date) -> Territory:
    """Draw a whole territory in memory: about 10 kB for each person."""
    territory = Territory()
    for batch in simulate_batches(people, structures, years, seed, today):
        territory.extend(batch)
    return territory


def simulate_batches(people: int, structures: int, years: int, seed: int, today: date, *,
                     batch_size: int = 2_000) -> Iterator[Territory]:  # fmt: skip
    """Draw the same territory in pieces: first the permanent rows, then people with all that concerns them.

    A batch refers only to permanent rows and to itself, so memory stays that of one batch.
    """
    frame = build_frame(people=people, structures=structures, years=years, seed=seed, today=today)
    count = max(LEAST_EMPLOYERS, EMPLOYERS_PER_STRUCTURE * structures)
    add_employers(frame.rows, count=count, seed=seed, today=today)
    yield frame.rows
    for start in range(0, people, batch_size):
        batch = Territory()
        for index in range(start, min(start + batch_size, people)):
            add_life(batch, frame, index)
        yield batch


def add_life(rows: Territory, frame: Frame, index: int) -> None:
    """Add one person and everything that concerns them; depends on nobody else."""
    dice, person_id = Dice(frame.seed, "person", index), f"p{index:06d}"
    kind = dice.draw(frame.entrants)
    structure = dice.pick(frame.by_kind[kind])
    start = first_day(dice, frame)
    # An experiment that is over, or leaves no month to work: another door opens.
    if kind not in BUILT_IN.contract_signers(TRAITS[kind].usual_contract, on=months_after(start, 1)):
        kind = StructureKind.ACI
        structure = dice.pick(frame.by_kind[kind])
    first = Step(structure, start, TRAITS[kind].usual_contract)
    home = dice.pick(frame.communes[structure.id])
    person = draw_person(
        dice, index=index, person_id=person_id, kind=kind, entry=first.start, home=home, many=frame.many
    )
    thread = draw_thread(dice, frame, person_id=person_id, index=index, first=first)
    rows.persons.append(replace(person, referent=referent(thread, frame.today)))
    add_thread(rows, thread)
    add_follow_up(rows, dice, person, thread, frame.today)
    rows.assessments += assessments(dice, thread, frame.today)
    rows.licences += licences(dice, thread, frame.today)
    add_hires(rows, dice, frame, thread)


def first_day(dice: Dice, frame: Frame) -> date:
    """When a person first enters: any day of the period, or its first weeks for those already there then."""
    length = (frame.today - frame.opening).days
    if dice.chance(ALREADY_THERE):
        return frame.opening + timedelta(days=dice.whole(0, min(ALREADY_THERE_DAYS, length - 2)))
    return frame.today - timedelta(days=dice.whole(2, length))


def add_thread(rows: Territory, thread: Thread) -> None:
    """Add the steps of a thread with contracts, hours, PASS and exits."""
    for draft in thread.steps:
        rows.stays.append(draft.stay)
        rows.contracts += draft.contracts
        rows.hours += draft.hours
    if thread.pass_row is not None:
        rows.passes.append(thread.pass_row)
    rows.exits += thread.exits


def referent(thread: Thread, today: date) -> str | None:
    """Who follows the person today: the advisor of the last step, for six months after it ends."""
    last = thread.steps[-1].stay
    return last.advisor if last.end is None or today - last.end <= STILL_FOLLOWED else None
