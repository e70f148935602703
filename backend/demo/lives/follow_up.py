"""What advisors recorded along the way: interviews, freins that ease or grow, goals, actions, appointments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from backend.demo.chance import phrases
from backend.demo.chance.calendar_tools import at_clock, weekday_from
from backend.demo.chance.dice import Dice, Odds
from backend.demo.lives.thread import Thread
from backend.demo.rows import Action, Appointment, BarrierReading, Goal, Interview, Person, Stay, Territory
from backend.organisations.enums import StructureKind
from pathways.enums import (
    AppointmentStatus,
    BarrierImpact,
    BarrierTheme,
    InterviewKind,
    InterviewMode,
    ProgressStatus,
)

PACE = {
    StructureKind.ACI: 34,
    StructureKind.EI: 36,
    StructureKind.AI: 52,
    StructureKind.ETTI: 48,
    StructureKind.EITI: 45,
    StructureKind.ASP_SAP: 110,
}  # days, choice
SILENCE, SILENT_DAYS = 0.08, (32, 75)  # share of people under way whom nobody has seen for a while
MODES = Odds(
    {
        InterviewMode.IN_PERSON: 0.58,
        InterviewMode.PHONE: 0.2,
        InterviewMode.ON_SITE: 0.18,
        InterviewMode.VIDEO: 0.04,
    }
)
KINDS = Odds({InterviewKind.FOLLOW_UP: 0.78, InterviewKind.REVIEW: 0.15, InterviewKind.TRIPARTITE: 0.07})
SCALE = (BarrierImpact.LOW, BarrierImpact.MEDIUM, BarrierImpact.HIGH)
THEME_WEIGHTS = {
    BarrierTheme.MOBILITY: 0.24, BarrierTheme.PROJECT: 0.22, BarrierTheme.HOUSING: 0.09, BarrierTheme.FAMILY: 0.09, BarrierTheme.HEALTH: 0.07,
    BarrierTheme.LANGUAGE: 0.07, BarrierTheme.DIGITAL: 0.06, BarrierTheme.MONEY: 0.05, BarrierTheme.RIGHTS: 0.05, BarrierTheme.CONFIDENCE: 0.05,
    BarrierTheme.ADDICTION: 0.005, BarrierTheme.JUSTICE: 0.005,
}  # fmt: skip
THEMES = Odds(THEME_WEIGHTS)
# Share of freins that ease (−1), stay (0) or grow (+1) between two readings.
DRIFT = Odds({-1: 0.46, 0: 0.40, 1: 0.14})
READING_EVERY, NOT_ASKED = 115, 0.06  # days between readings; share of freins not spoken of at the welcome


def add_follow_up(rows: Territory, dice: Dice, person: Person, thread: Thread, today: date) -> None:
    """Add everything recorded about a person between the first welcome and today."""
    themes = draw_themes(dice, person)
    for draft in thread.steps:
        if draft.stay.start < today:
            rows.interviews += interviews(dice, draft.stay, draft.kind, themes, today)
    rows.barriers += barrier_readings(dice, thread, themes, today)
    add_goals(rows, dice, thread, themes, today)
    if thread.running is not None and thread.running.stay.start < today:
        rows.appointments += next_appointment(dice, thread.running.stay, today)


def draw_themes(dice: Dice, person: Person) -> tuple[BarrierTheme, ...]:
    """The one to four themes that matter for a person, starting with what the entry profile says."""
    profile = person.profile
    known = {
        BarrierTheme.MOBILITY: profile.mobilite_difficile,
        BarrierTheme.HOUSING: profile.sans_hebergement,
        BarrierTheme.LANGUAGE: profile.langue_inf_a1,
        BarrierTheme.FAMILY: profile.parent_isole and dice.chance(0.6),
    }
    themes = [theme for theme, present in known.items() if present]
    for _ in range(dice.whole(1, 3)):
        theme = dice.draw(THEMES)
        if theme not in themes:
            themes.append(theme)
    return tuple(themes[:4])


def interviews(
    dice: Dice, stay: Stay, kind: StructureKind, themes: tuple[BarrierTheme, ...], today: date
) -> Iterator[Interview]:
    """Follow-ups of one stay: a welcome, a regular pace, a last interview more often than not."""
    end = stay.end or today - timedelta(days=1)
    if stay.end is None and dice.chance(SILENCE):
        end -= timedelta(days=dice.whole(*SILENT_DAYS))
    day, rank, pace = stay.start + timedelta(days=dice.whole(0, 9)), 1, PACE[kind]
    while day <= end:
        last = stay.end is not None and (end - day).days < pace * 0.6
        if rank == 1:
            why = InterviewKind.WELCOME
        elif last and dice.chance(0.8):
            why = InterviewKind.FINAL_REVIEW
        else:
            why = dice.draw(KINDS)
        yield _interview(dice, stay, rank, max(weekday_from(day), stay.start), why, themes)
        rank, day = rank + 1, day + timedelta(days=round(pace * dice.real(0.6, 1.4)))


def _interview(
    dice: Dice, stay: Stay, rank: int, day: date, why: InterviewKind, themes: tuple[BarrierTheme, ...]
) -> Interview:
    theme = dice.pick(themes) if dice.chance(0.7) else BarrierTheme.PROJECT
    opening = dice.pick(phrases.OPENING.get(why, phrases.WORK))
    return Interview(
        id=f"{stay.id}-i{rank:02d}",
        person=stay.person,
        structure=stay.structure,
        advisor=stay.advisor,
        at=at_clock(day, dice.whole(8, 17), dice.pick((0, 0, 15, 30, 45))),
        kind=why,
        mode=dice.draw(MODES) if why is InterviewKind.FOLLOW_UP else InterviewMode.IN_PERSON,
        duration=dice.pick((45, 60, 75)) if why is InterviewKind.WELCOME else dice.pick((15, 20, 30, 30, 45)),
        topics=(theme,),
        synthesis=f"{opening} {dice.pick(phrases.TALK[theme])} {dice.pick(phrases.NEXT)}",
        private_note=dice.pick(phrases.PRIVATE) if dice.chance(0.1) else None,
    )


def barrier_readings(
    dice: Dice, thread: Thread, themes: tuple[BarrierTheme, ...], today: date
) -> Iterator[BarrierReading]:
    """Curves of freins from the first welcome on; a frein eased below « faible » is lifted."""
    days = [(day, draft.stay.advisor) for draft in thread.steps for day in reading_days(draft.stay, today)]
    for theme in themes:
        level = dice.pick((0, 1, 1, 2, 2))
        for rank, (day, advisor) in enumerate(days):
            if rank:
                level = min(2, level + dice.draw(DRIFT))
            if level < 0:
                yield BarrierReading(thread.person_id, theme, BarrierImpact.LIFTED, day, advisor)
                break
            if rank or not dice.chance(NOT_ASKED):
                yield BarrierReading(thread.person_id, theme, SCALE[level], day, advisor)


def reading_days(stay: Stay, today: date) -> Iterator[date]:
    """The days freins are looked at: soon after the start, then about every four months."""
    day, end = stay.start + timedelta(days=5), stay.end or today - timedelta(days=1)
    while day <= end:
        yield day
        day += timedelta(days=READING_EVERY)


def add_goals(
    rows: Territory, dice: Dice, thread: Thread, themes: tuple[BarrierTheme, ...], today: date
) -> None:
    """Add a goal for each of the first two themes, with its actions; late ones are left open."""
    stay = thread.steps[0].stay
    created = stay.start + timedelta(days=dice.whole(3, 25))
    left = thread.steps[-1].stay.end
    if created >= min(left or today, today):
        return
    for rank, theme in enumerate(themes[:2], start=1):
        title, actions = phrases.GOALS[theme]
        goal_id, written = f"{thread.person_id}-g{rank}", []
        for number, name in enumerate(actions, start=1):
            due = created + timedelta(days=40 * number + dice.whole(-10, 20))
            written.append(
                _action(dice, f"{goal_id}-a{number}", goal_id, thread.person_id, name, due, left, today)
            )
        rows.actions += written
        still_open = any(each.status is ProgressStatus.TO_DO for each in written)
        done = any(each.status is ProgressStatus.DONE for each in written)
        status = (
            ProgressStatus.DOING if still_open else ProgressStatus.DONE if done else ProgressStatus.DROPPED
        )
        rows.goals.append(Goal(goal_id, thread.person_id, stay.advisor, theme, title, created, status))


def _action(
    dice: Dice, action_id: str, goal: str, person: str, title: str, due: date, left: date | None, today: date
) -> Action:
    if left is not None and due > left:
        return Action(action_id, goal, person, title, due, ProgressStatus.DROPPED, None)
    if due < today and dice.chance(0.88 if (today - due).days > 30 else 0.6):
        done_on = min(due + timedelta(days=dice.whole(-12, 10)), today - timedelta(days=1))
        return Action(action_id, goal, person, title, due, ProgressStatus.DONE, done_on)
    late_for_long = (today - due).days > 60
    return Action(
        action_id,
        goal,
        person,
        title,
        due,
        ProgressStatus.DROPPED if late_for_long else ProgressStatus.TO_DO,
        None,
    )


def next_appointment(dice: Dice, stay: Stay, today: date) -> Iterator[Appointment]:
    """The last appointment and the next one of somebody under way, most often."""
    slots = (
        (today - timedelta(days=dice.whole(2, 28)), 0.35),
        (today + timedelta(days=dice.whole(3, 28)), 0.7),
    )
    for rank, (day, share) in enumerate(slots, start=1):
        day = weekday_from(day)
        if not dice.chance(share) or day <= stay.start or day == today:
            continue
        status = AppointmentStatus.PLANNED
        if day < today:
            status = AppointmentStatus.MISSED if dice.chance(0.14) else AppointmentStatus.HELD
        at = at_clock(day, dice.whole(9, 16), dice.pick((0, 30)))
        yield Appointment(
            f"{stay.id}-r{rank}", stay.person, stay.advisor, at, dice.pick(phrases.PURPOSES), status
        )
