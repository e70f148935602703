"""The thread of one person: steps in several structures, the gaps between them, the PASS IAE and the exits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from backend.core.values.dates import last_day_after
from backend.demo.chance import calibration as cal
from backend.demo.chance import motives
from backend.demo.chance.calendar_tools import last_day_of_pass
from backend.demo.chance.dice import Dice, Odds
from backend.demo.frame import Frame
from backend.demo.lives.stays import StayDraft, plan_stay, write_stay
from backend.demo.rows import Exit, Pass, Stay, Structure
from backend.organisations.enums import StructureKind
from pathways.enums import ContractKind
from pathways.rules.dated.book import contract_name
from pathways.rules.dated.rows import BUILT_IN, CDDI_MINIMUM
from pathways.rules.exits.motives import LONG_CONTRACT_MONTHS, ExitCategory
from pathways.rules.kinds import BY_HOURS, HOURS_RULE, TRAITS

MOST_STEPS = 5
TRIAL_DAYS = (4, 28)
LONGEST_TRIAL = 45  # days: later, nobody leaves during a trial period
PLANNED_AHEAD = 20  # days: a next step agreed further ahead is not written yet
MISSING_MOTIVE_DAYS, MISSING_MOTIVE = 60, 0.12


@dataclass(frozen=True, slots=True)
class Step:
    """Where and when a person goes next; `contract` is set when the exit already named it."""

    structure: Structure
    start: date
    contract: ContractKind


@dataclass(slots=True)
class Thread:
    """The steps and exits of one person, in order."""

    person_id: str
    index: int
    pass_row: Pass | None = None
    steps: list[StayDraft] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)

    @property
    def running(self) -> StayDraft | None:
        """The step under way or planned, if any."""
        return self.steps[-1] if self.steps and self.steps[-1].stay.end is None else None


def draw_thread(dice: Dice, frame: Frame, *, person_id: str, index: int, first: Step) -> Thread:
    """Draw the whole thread of a person from the first step on, up to today."""
    thread, step = Thread(person_id, index), first
    for _ in range(MOST_STEPS):
        draft = draw_step(dice, frame, thread, step)
        if draft is None:
            break
        thread.steps.append(draft)
        if draft.stay.end is None:
            break
        following = leave(dice, frame, thread, draft)
        if following is None or following.start > frame.today + timedelta(days=PLANNED_AHEAD):
            break
        step = following
    return thread


def draw_step(dice: Dice, frame: Frame, thread: Thread, step: Step) -> StayDraft | None:
    """Draw one stay: how long, which contracts, which hours; None when the PASS leaves no room for it."""
    kind = step.structure.kind
    if kind is not StructureKind.ASP_SAP and thread.pass_row is None:
        number = f"99999{thread.index:07d}"
        thread.pass_row = Pass(thread.person_id, number, step.start, last_day_of_pass(step.start))
    limit = thread.pass_row.end if thread.pass_row and kind is not StructureKind.ASP_SAP else None
    over = BUILT_IN.history(contract_name(step.contract))[-1].valid_to
    limit = min(limit, over) if limit and over else limit
    days = dice.whole(*TRIAL_DAYS) if dice.chance(cal.WITHDRAWN * 0.3) else None
    plan = plan_stay(dice, kind=kind, start=step.start, limit=limit, days=days, today=frame.today)
    if plan is None:
        return None
    rank = len(thread.steps) + 1
    team = frame.supervisors.get(step.structure.id, ())
    advisors = frame.advisors[step.structure.id]
    stay = Stay(
        id=f"{thread.person_id}-s{rank}",
        person=thread.person_id,
        structure=step.structure.id,
        rank=rank,
        start=step.start,
        end=None if plan.runs else plan.end,
        advisor=advisors[thread.index % len(advisors)],
        supervisor=team[thread.index % len(team)] if team else None,
    )
    return write_stay(
        dice,
        stay=stay,
        plan=plan,
        contract_kind=step.contract,
        rome_code=dice.pick(frame.trades(step.structure)),
    )


def leave(dice: Dice, frame: Frame, thread: Thread, draft: StayDraft) -> Step | None:
    """Record how a finished stay ended, and say where the person goes next inside the territory, if anywhere."""
    stay, end = draft.stay, draft.stay.end
    assert end is not None, "only a finished stay is left"  # noqa: S101 — the caller checked it
    motive: int | None = draw_motive(dice, draft)
    following = next_siae(dice, frame, thread, draft) if motive == motives.TO_ANOTHER_SIAE else None
    if motive == motives.TO_ANOTHER_SIAE and following is None:
        motive = motives.TO_TRAINING
    if motive in {motives.CDI, motives.LONG_CDD} and dice.chance(cal.HOME_HELP_SHARE.get(draft.kind, 0)):
        following = next_home_help(
            dice, frame, draft, ContractKind.CDI if motive == motives.CDI else ContractKind.CDD
        )
    months = contract_months(dice, motive)
    employer, name = hired_by(dice, frame, draft, motive, following)
    if motive in motives.OUT_OF_WORK and dice.chance(cal.COME_BACK):
        following = next_siae(dice, frame, thread, draft, pause=(30, 210))
    if (frame.today - end).days < MISSING_MOTIVE_DAYS and following is None and dice.chance(MISSING_MOTIVE):
        motive, months, employer, name = None, None, None, ""
    thread.exits.append(Exit(stay.person, stay.structure, stay.id, end, motive, employer, name, months))
    return following


def draw_motive(dice: Dice, draft: StayDraft) -> int:
    """Draw the motive of an exit, knowing whether it passes the threshold of the examined exits."""
    stay = draft.stay
    days = (stay.end - stay.start).days if stay.end else 0
    if days <= TRIAL_DAYS[1] and draft.kind is not StructureKind.AI and dice.chance(0.5):
        return dice.pick(motives.TRIAL_BREAK)
    if dice.chance(cal.WITHDRAWN * 0.75):
        motive = dice.draw(cal.MOTIVES[ExitCategory.WITHDRAWN])
        # Nobody leaves during a trial period that ended long ago.
        return motives.LONG_LEAVE if motive in motives.TRIAL_BREAK and days > LONGEST_TRIAL else motive
    if draft.kind in BY_HOURS:
        examined = draft.hours_in_exit_year() >= _threshold(HOURS_RULE[draft.kind], stay)
    else:
        examined = days >= _threshold("min_days_aci_ei", stay)
    category = dice.draw(cal.EXAMINED[draft.kind] if examined else cal.UNDER_THRESHOLD)
    return dice.draw(cal.MOTIVES[category])


def _threshold(name: str, stay: Stay) -> float:
    """A threshold of the examined exits, by the rule of the day of the exit."""
    return float(BUILT_IN.value(name, on=stay.end or stay.start))


def next_siae(
    dice: Dice, frame: Frame, thread: Thread, draft: StayDraft, pause: tuple[int, int] = (0, 45)
) -> Step | None:
    """The next structure of the IAE, near if there is one, while a CDDI still fits in the PASS."""
    end, pass_row = draft.stay.end, thread.pass_row
    if end is None or pass_row is None or draft.kind is StructureKind.ASP_SAP:
        return None
    # Gaps are most often short: the square of a uniform draw leans to the low side.
    low, high = pause
    start = end + timedelta(days=1 + low + round((high - low) * dice.real(0, 1) ** 2))
    if last_day_after(start, BUILT_IN.whole(CDDI_MINIMUM, on=start)) >= pass_row.end:
        return None
    seen = {each.stay.structure for each in thread.steps}
    kind = dice.draw(Odds(cal.NEXT_KIND[draft.kind]))
    group = frame.groups[draft.stay.structure]
    near = frame.by_group.get((group, kind), ()) if group else ()
    choices = [each for each in (near or frame.by_kind.get(kind, ())) if each.id not in seen]
    return Step(dice.pick(choices), start, TRAITS[kind].usual_contract) if choices else None


def next_home_help(dice: Dice, frame: Frame, draft: StayDraft, contract: ContractKind) -> Step | None:
    """A job in an association de services à la personne: employment for the statistics, a step for the thread."""
    group = frame.groups[draft.stay.structure]
    choices = frame.by_group.get((group, StructureKind.ASP_SAP), ()) if group else ()
    if not choices or draft.stay.end is None:
        return None
    return Step(dice.pick(choices), draft.stay.end + timedelta(days=dice.whole(1, 20)), contract)


def contract_months(dice: Dice, motive: int | None) -> int | None:
    """Length of the contract found, on the right side of six months for the motive."""
    match motive:
        case motives.LONG_CDD:
            return LONG_CONTRACT_MONTHS + dice.pick((0, 0, 0, 1, 2, 3, 4, 6, 6))
        case motives.SHORT_CDD:
            return LONG_CONTRACT_MONTHS - dice.pick((5, 4, 4, 3, 3, 2, 1))
        case motives.AIDED_CDD:
            return dice.pick((6, 9, 12))
        case _:
            return None


def hired_by(
    dice: Dice, frame: Frame, draft: StayDraft, motive: int | None, following: Step | None
) -> tuple[str | None, str]:
    """Who hired the person: (id of a known employer or None, name)."""
    if following is not None:
        return None, following.structure.name
    if motive == motives.IN_HOUSE:
        return None, frame.names[draft.stay.structure]
    if motive in motives.HIRED and frame.rows.employers:
        employer = dice.pick(frame.rows.employers)
        return employer.id, employer.name
    return None, ""
