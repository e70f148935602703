"""A person's page: what is missing for them to enter, in one sentence."""

from __future__ import annotations

from typing import Any

from backend.organisations.enums import SIAE_KINDS
from backend.panels.registry import Reader, person_page
from pathways.screens.eligibility.page import summary_of
from pathways.screens.person import page
from pathways.selectors.rule_book import read_book


@person_page.register(place="rest", order=17)
class Eligibility:
    """At the welcome and before a contract: « il manque … pour une ETTI »."""

    template = "pathways/person/_eligibility.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For who writes the thread, while the person is in an insertion structure of theirs."""
        if not reader.once(page.may_write):
            return None
        kinds = [
            stay.organisation.kind
            for stay in reader.once(page.open_stays)
            if stay.organisation_id in reader.actor.organisation_ids and stay.organisation.kind in SIAE_KINDS
        ]
        if not kinds:
            return None
        summary = summary_of(reader.actor, reader.person, kind=kinds[0], today=reader.today, book=read_book())
        return {"summary": summary}
