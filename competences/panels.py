"""What the competences give to a person's page and to their own."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from backend.core.actor import SKILL_READERS
from backend.core.values.dates import NBSP
from backend.panels.registry import Reader, own_page, person_page
from competences.enums import ProofStatus
from competences.models import Assessment, Licence, VaeProject
from competences.permissions import may_observe, may_plan_vae
from competences.screens.vae.stepper import VaeCard, card_of
from competences.selectors.vae import on_a_day, with_steps
from pathways.screens.person import page
from pathways.selectors.rule_book import read_book

COMPETENCES_SHOWN = 8
_WORDS = {
    ProofStatus.DECLARED: ("déclarée", "déclarées"),
    ProofStatus.OBSERVED: ("observée", "observées"),
    ProofStatus.RECOGNISED: ("reconnue", "reconnues"),
    ProofStatus.CERTIFIED: ("certifiée", "certifiées"),
}


def readings(reader: Reader) -> list[Assessment]:
    """The latest reading of each competence, the best held first."""
    found = Assessment.objects.visible_to(reader.actor).filter(beneficiary=reader.person)
    latest = found.latest_per_competence().select_related("competence")
    return sorted(latest, key=lambda reading: (-reading.level, reading.competence.label))


def _is_open(reader: Reader) -> bool:
    return reader.actor.role in SKILL_READERS and reader.once(page.is_open)


def proofs_in_words(found: list[Assessment]) -> str:
    """« 9 observées, 3 reconnues »: four words never mixed up."""
    counts = Counter(reading.status for reading in found)
    return ", ".join(
        f"{counts[status]}{NBSP}{_WORDS[status][counts[status] > 1]}"
        for status in ProofStatus
        if counts[status]
    )


def _vae_cards(reader: Reader) -> list[VaeCard]:
    """The person's files of VAE, as they stand that day."""
    projects = with_steps(VaeProject.objects.visible_to(reader.actor).filter(beneficiary=reader.person))
    found = list(projects)
    if not found:
        return []
    book = read_book()
    return [card_of(on_a_day(project, today=reader.today, book=book)) for project in found]


@person_page.register(place="rest", order=40)
class Polycompetence:
    """What the person can do, proved and declared apart."""

    template = "competences/person/_competences.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """The first readings, counted by proof; nothing once the thread is closed to this actor."""
        if not reader.once(_is_open):
            return None
        found = reader.once(readings)
        return {
            "readings": found[:COMPETENCES_SHOWN],
            "proofs": proofs_in_words(found),
            "may_observe": may_observe(reader.actor),
        }


@person_page.register(place="rest", order=45)
class Licences:
    """Habilitations, the soonest to expire first."""

    template = "competences/person/_licences.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Nothing to show of a person who holds none."""
        found = Licence.objects.visible_to(reader.actor).filter(beneficiary=reader.person)
        licences = sorted(found, key=lambda licence: licence.expires_on or date.max)
        return {"licences": licences} if licences else None


@person_page.register(place="rest", order=50)
class Vae:
    """Certifications aimed at, stage by stage."""

    template = "competences/person/_vae.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """The newest stage first; nothing once the thread is closed to this actor."""
        if not reader.once(_is_open):
            return None
        return {"cards": reader.once(_vae_cards), "may_write": may_plan_vae(reader.actor)}


@own_page.register(place="main", order=50)
class WhatICanDo:
    """Every competence, in the person's own page."""

    template = "competences/my_pathway/_competences.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The best held first."""
        return {"readings": reader.once(readings)}


@own_page.register(place="main", order=55)
class MyVae:
    """The person's own VAE, in plain words."""

    template = "competences/my_pathway/_vae.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Nothing to show of who has none."""
        cards = reader.once(_vae_cards)
        return {"cards": cards} if cards else None
