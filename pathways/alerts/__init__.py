"""What deserves attention on a thread, one subject a file: ends that come, silence, gaps, promises, exits, hours.

Every producer asks a constant number of questions to the database, whatever the number of people, speaks only of
people the actor answers for, and may be asked about some of them only.
"""

from __future__ import annotations

from backend.alerts.registry import Producer
from pathways.alerts.contracts import contracts_ending
from pathways.alerts.derogations import derogations_ending
from pathways.alerts.eligibility import eligibility_to_settle
from pathways.alerts.exits import exits_to_complete
from pathways.alerts.gaps import people_between_steps
from pathways.alerts.hours import hours_near_480
from pathways.alerts.immersions import immersions_ending
from pathways.alerts.passes import passes_ending, suspensions_ending
from pathways.alerts.privacy import data_requests_waiting, erasures_announced
from pathways.alerts.promises import actions_overdue
from pathways.alerts.relays import relay_steps_late, relays_missing, relays_waiting
from pathways.alerts.silence import people_without_news
from pathways.alerts.trainings import trainings_ending
from pathways.alerts.travelling import rights_to_ask
from pathways.alerts.wishes import hours_far_from_wanted

PRODUCERS: tuple[Producer, ...] = (
    contracts_ending,
    passes_ending,
    suspensions_ending,
    derogations_ending,
    eligibility_to_settle,
    people_without_news,
    exits_to_complete,
    actions_overdue,
    hours_near_480,
    immersions_ending,
    trainings_ending,
    hours_far_from_wanted,
    rights_to_ask,
    relays_waiting,
    relays_missing,
    relay_steps_late,
    data_requests_waiting,
    erasures_announced,
)
APART: tuple[Producer, ...] = (people_between_steps,)
"""Shown on its own card of Ma journée."""

__all__ = [
    "APART",
    "PRODUCERS",
    "actions_overdue",
    "contracts_ending",
    "data_requests_waiting",
    "derogations_ending",
    "eligibility_to_settle",
    "erasures_announced",
    "exits_to_complete",
    "hours_far_from_wanted",
    "hours_near_480",
    "immersions_ending",
    "passes_ending",
    "people_between_steps",
    "people_without_news",
    "relay_steps_late",
    "relays_missing",
    "relays_waiting",
    "rights_to_ask",
    "suspensions_ending",
    "trainings_ending",
]
