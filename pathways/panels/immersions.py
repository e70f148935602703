"""A person's page: their immersions (PMSMP), newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.panels.registry import Reader, person_page
from pathways.models import Immersion
from pathways.permissions import may_record_immersion
from pathways.screens.person import page
from pathways.selectors.following.person import immersions_of
from pathways.selectors.outside.immersion_facts import to_review


@dataclass(frozen=True, slots=True)
class ImmersionLine:
    """One convention, with what may be done of it today."""

    immersion: Immersion
    is_under_way: bool
    may_be_renewed: bool
    is_waiting: bool

    @property
    def waits_for(self) -> str:
        """Whose word is missing."""
        if self.immersion.tutor_review:
            return "Il manque le bilan de la personne."
        if self.immersion.person_review:
            return "Il manque le bilan du tuteur."
        return "Le bilan reste à écrire."


@person_page.register(place="rest", order=35)
class Immersions:
    """What was tried elsewhere."""

    template = "pathways/person/_immersions.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For who reads the social side of the thread; one query."""
        if not reader.once(page.is_social):
            return None
        found = immersions_of(reader.actor, reader.person.pk)
        waiting, renewed = to_review(found, reader.today), {row.renews_id for row in found}
        lines = [
            ImmersionLine(
                immersion=row,
                is_under_way=row.started_on <= reader.today <= row.last_day,
                may_be_renewed=row.renews_id is None and row.pk not in renewed,
                is_waiting=row in waiting,
            )
            for row in found
        ]
        return {"lines": lines, "may_write": may_record_immersion(reader.actor, reader.person)}
