"""What a person's page and their own page share: who they are today, the line, what is planned."""

from __future__ import annotations

from datetime import date

from backend.core.actor import HEADS_A_GROUP, SOCIAL_READERS
from backend.panels.registry import Reader
from pathways.enums import AppointmentStatus
from pathways.models import Action, Appointment, Goal, Stay
from pathways.permissions import (
    accompanies,
    may_manage_people,
    may_record_follow_up,
    reads_contact,
    reads_own_thread,
)
from pathways.rules.timeline import Thread
from pathways.rules.transitions import STILL_OPEN
from pathways.screens.thread.frise import frise_of
from pathways.selectors import StoryEntry, story_of, thread_of
from pathways.selectors.following.person import actions_of, stays_of
from pathways.selectors.moves import with_moves
from pathways.selectors.people import taking_back


def stays(reader: Reader) -> list[Stay]:
    """Steps of the person, newest first."""
    return list(reversed(stays_of(reader.actor, reader.person.pk)))


def open_stays(reader: Reader) -> list[Stay]:
    """Steps under way, or to come."""
    return [stay for stay in reader.once(stays) if stay.ended_on is None or stay.ended_on >= reader.today]


def line(reader: Reader) -> Thread:
    """The line across structures; the person reads it told in words, everybody else drawn."""
    is_drawn = not reads_own_thread(reader.actor)
    return thread_of(reader.actor, reader.person, today=reader.today, is_drawn=is_drawn)


def story(reader: Reader) -> list[StoryEntry]:
    """What happened, newest first."""
    return story_of(reader.actor, reader.person)


def _planned(reader: Reader) -> tuple[list[Appointment], list[Action]]:
    """Meetings and actions ahead, how their dates moved asked of both at once."""
    found = Appointment.objects.visible_to(reader.actor).filter(
        beneficiary=reader.person, status=AppointmentStatus.PLANNED
    )
    meetings = list(found.select_related("advisor"))
    to_do = [each for each in actions_of(reader.actor, reader.person.pk) if each.status in STILL_OPEN]
    both: list[Appointment | Action] = [*meetings, *to_do]
    with_moves(both)
    return meetings, to_do


def appointments(reader: Reader) -> list[Appointment]:
    """Meetings planned, and those of the past nobody said anything about."""
    return reader.once(_planned)[0]


def actions(reader: Reader) -> list[Action]:
    """What is still to do, soonest first."""
    return reader.once(_planned)[1]


def goals(reader: Reader) -> list[Goal]:
    """What the person aims at, the open ones first."""
    found = list(Goal.objects.visible_to(reader.actor).filter(beneficiary=reader.person))
    return sorted(found, key=lambda goal: (goal.status not in STILL_OPEN, goal.due_on or date.max, goal.pk))


def is_open(reader: Reader) -> bool:
    """Whether the thread is open to the actor; otherwise only what their structure keeps is shown."""
    return accompanies(reader.actor, reader.person)


def is_social(reader: Reader) -> bool:
    """Whether the actor reads freins, goals and what was said; never an encadrant."""
    return reader.actor.role in SOCIAL_READERS and reader.once(is_open)


def may_write(reader: Reader) -> bool:
    """Whether the actor writes this thread."""
    return may_record_follow_up(reader.actor, reader.person)


class PersonHead:
    """The top of the page: where the person is today, and the frise."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.open_stays = reader.once(open_stays)
        self.appointments = reader.once(appointments)
        self.thread = reader.once(line)
        self.frise = frise_of(self.thread)
        self.is_open = reader.once(is_open)
        self.is_read_by_head = reader.actor.role in HEADS_A_GROUP
        self.may_write = reader.once(may_write)
        self.contact = reader.person if reads_contact(reader.actor, reader.person) else None
        self.may_take_back = (
            may_manage_people(reader.actor) and taking_back(reader.actor, reader.person).exists()
        )
