"""Mon parcours: what comes, what I did, what was said, who looked."""

from __future__ import annotations

from datetime import date
from typing import Any

from backend.panels.registry import Reader, own_page
from pathways.rules.transitions import STILL_OPEN
from pathways.screens.person import page
from pathways.screens.thread.chapters import chapters_of
from pathways.selectors import sources
from pathways.selectors.privacy.readers import readers_of
from pathways.selectors.sources import Coming, gathered

TALKS_SHOWN = 4


def coming_after(day: date, found: list[Coming]) -> list[Coming]:
    """What is expected from that day on, the soonest first."""
    return sorted((each for each in found if each.on >= day), key=lambda each: (each.on, each.text))


@own_page.register(place="main", order=10)
class WhatComes:
    """Appointments, actions, goals still open, and what other domains expect, in short sentences."""

    template = "pathways/my_pathway/_next.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """Everything planned."""
        return {
            "appointments": reader.once(page.appointments),
            "actions": reader.once(page.actions),
            "goals": [goal for goal in reader.once(page.goals) if goal.status in STILL_OPEN],
            "coming": coming_after(reader.today, gathered(sources.coming, reader.actor, reader.person)),
        }


@own_page.register(place="main", order=30)
class MyStory:
    """The steps, told in chapters."""

    template = "pathways/my_pathway/_story.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """One chapter a step, the last one first."""
        return {"chapters": chapters_of(reader.once(page.line))}


@own_page.register(place="main", order=40)
class Talks:
    """What was written of each conversation."""

    template = "pathways/my_pathway/_talks.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The newest, then the older ones folded."""
        talks = [entry for entry in reader.once(page.story) if entry.nature == "interview"]
        return {"first": talks[:TALKS_SHOWN], "rest": talks[TALKS_SHOWN:]}


@own_page.register(place="main", order=60)
class Readers:
    """Who opened my file."""

    template = "pathways/my_pathway/_readers.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """Names, roles and days."""
        return {"readers": readers_of(reader.actor), "person": reader.person}
