"""What the employers' side gives to other pages: who may see a profile, and what one competence more would open."""

from __future__ import annotations

from typing import Any

from backend.core.values.dates import french_date
from backend.core.values.text import alphabetical
from backend.panels.registry import Reader, own_page, skills_page, team_skills_page, typed_page
from employers.models import Placement, ProfileConsent
from employers.screens.corrections.kinds import KINDS
from employers.selectors.unlocking import shared_unlocks, unlocks_of
from pathways.screens.corrections.lines import TEMPLATE, said_of, shown


@own_page.register(place="main", order=3)
class QuestionsThatWait:
    """An employer asks to see my profile: nothing else on the page comes before."""

    template = "employers/consents/_waiting.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Who asks; nothing when nobody does. One query."""
        asked = ProfileConsent.objects.visible_to(reader.actor).waiting().select_related("employer")
        employers = sorted({each.employer.name for each in asked}, key=alphabetical)
        return {"employers": employers} if employers else None


@own_page.register(place="main", order=20)
class WhoMaySeeMyProfile:
    """The way to one's agreements."""

    template = "employers/consents/_door.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """A sentence and a link: the agreements have their own page."""
        return {}


@skills_page.register(place="main", order=10)
class WhatUnlocks:
    """La compétence qui débloque, under the map of what somebody can do."""

    template = "employers/unlocking/_person.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """The first of what would open something; nothing when nothing single would."""
        found = unlocks_of(reader.actor, reader.person, today=reader.today)
        return {"found": found, "person": reader.person} if found.first else None


@team_skills_page.register(place="main", order=10)
class WhatUnlocksTogether:
    """The training that would open most to the people present."""

    template = "employers/unlocking/_team.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """The first trainings; nothing when none opens anything to anybody."""
        found = shared_unlocks(reader.actor, today=reader.today)
        return {"found": found} if found else None


@typed_page.register(place="main", order=15)
class TypedHires:
    """Hires recorded with their employer; what a call found is corrected on the page of its hire."""

    template = TEMPLATE

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Newest first; one query."""
        rows = Placement.objects.visible_to(reader.actor).filter(beneficiary=reader.person)
        rows = rows.select_related("employer", "exit__stay__organisation", "beneficiary")
        return shown("Embauches", said_of(KINDS, rows.order_by("-started_on", "-pk"), reader, _of_hire))


def _of_hire(placement: Placement) -> tuple[str, str]:
    return (
        f"{placement.get_kind_display()} chez {placement.workplace}",
        f"Embauche le {french_date(placement.started_on)}",
    )
