"""Reads that join or shape data for a page, an alert or a report."""

from pathways.selectors.agenda import appointments_on, next_appointments
from pathways.selectors.barriers import barrier_curves
from pathways.selectors.between import between_steps, no_longer_watched
from pathways.selectors.caseload import caseload_summary, rhythms_of
from pathways.selectors.people import find_people
from pathways.selectors.story import StoryEntry, story_of
from pathways.selectors.thread import thread_of
from pathways.selectors.twins.look_alikes import LookAlike, look_alikes

__all__ = [
    "LookAlike",
    "StoryEntry",
    "appointments_on",
    "barrier_curves",
    "between_steps",
    "caseload_summary",
    "find_people",
    "look_alikes",
    "next_appointments",
    "no_longer_watched",
    "rhythms_of",
    "story_of",
    "thread_of",
]
