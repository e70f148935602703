"""What the pathways give to the pages that mix domains."""

from pathways.panels import (
    beyond,
    day,
    eligibility,
    immersions,
    own_page,
    person,
    privacy,
    relays,
    trainings,
    travelling,
    typed,
    wishes,
)

__all__ = [
    "beyond",
    "day",
    "eligibility",
    "immersions",
    "own_page",
    "person",
    "privacy",
    "relays",
    "trainings",
    "travelling",
    "typed",
    "wishes",
]
