"""What the competences give to a person's page and to their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from backend.core.actor import SKILL_READERS
from backend.core.values.dates import NBSP
from backend.core.values.text import alphabetical
from backend.files.models import StoredFile
from backend.files.selectors import files_on
from backend.panels.registry import Reader, own_page, person_page
from competences.enums import ProofStatus
from competences.models import Assessment
from competences.permissions import (
    may_comment,
    may_make_passport,
    may_observe,
    may_plan_vae,
    may_read_coverage,
    may_read_licences,
    may_say_of_oneself,
    may_write_licences,
)
from competences.rules.earned import still_to_note
from competences.screens.vae.stepper import VaeCard, card_of
from competences.selectors.licences import licences_of
from competences.selectors.person import assessments_of, vae_of
from competences.selectors.self_assessment import answered_among, two_words_among
from competences.selectors.vae import on_a_day
from pathways.rules.dated.licences import LICENCE_AHEAD
from pathways.screens.person import page
from pathways.selectors.following.person import trainings_of
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
    latest = [each for each in assessments_of(reader.actor, reader.person.pk) if each.is_latest]
    return sorted(latest, key=lambda reading: (-reading.level, alphabetical(reading.competence.label)))


@dataclass(frozen=True, slots=True)
class ProvedReading:
    """A reading with the files that prove it; `may_prove` when this reader may add one."""

    reading: Assessment
    files: tuple[StoredFile, ...]
    may_prove: bool


def proved_readings(reader: Reader) -> list[ProvedReading]:
    """The first readings with their proofs, in two questions."""
    shown = reader.once(readings)[:COMPETENCES_SHOWN]
    files = files_on(reader.actor, Assessment, shown)
    mine = may_observe(reader.actor)
    accompanies = may_plan_vae(reader.actor)
    return [
        ProvedReading(
            reading,
            tuple(files.get(reading.pk, ())),
            accompanies or (mine and reading.observer_id == reader.actor.user_id),
        )
        for reading in shown
    ]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One competence on the person's own page: what counts of it, and their own word when it says otherwise."""

    reading: Assessment
    own: Assessment | None
    may_comment: bool


def own_lines(reader: Reader) -> list[OwnLine]:
    """Every competence, the best held first; what was seen may be answered, what one said oneself is said again."""
    words = {each.seen.competence_id: each.own for each in two_words_among(_all_readings(reader))}
    return [
        OwnLine(
            reading,
            words.get(reading.competence_id),
            may_comment=reading.status != ProofStatus.DECLARED,
        )
        for reading in reader.once(readings)
    ]


def _all_readings(reader: Reader) -> tuple[Assessment, ...]:
    return assessments_of(reader.actor, reader.person.pk)


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
    found = vae_of(reader.actor, reader.person.pk)
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
            "readings": reader.once(proved_readings),
            "proofs": proofs_in_words(found),
            "two_words": two_words_among(_all_readings(reader)) if may_plan_vae(reader.actor) else [],
            "answered": answered_among(_all_readings(reader)),
            "may_comment": may_comment(reader.actor),
            "may_observe": may_observe(reader.actor),
            "may_make_passport": may_make_passport(reader.actor),
            "may_read_coverage": may_read_coverage(reader.actor),
        }


@person_page.register(place="rest", order=45)
class Licences:
    """Habilitations, the soonest to expire first."""

    template = "competences/person/_licences.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """What is in force, then what it replaced; nothing once the thread is closed to this actor."""
        if not reader.once(_is_open):
            return None
        ahead = read_book().whole(LICENCE_AHEAD, on=reader.today)
        held = licences_of(reader.actor, reader.person, today=reader.today, ahead=ahead)
        may_write = may_write_licences(reader.actor)
        trained = trainings_of(reader.actor, reader.person.pk) if may_write else ()
        return {
            "licences": held,
            "earned": still_to_note(trained, (each.licence for each in held)),
            "may_write": may_write,
            "may_read_team": may_read_licences(reader.actor),
        }


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
        return {
            "lines": own_lines(reader),
            "person": reader.person,
            "may_say": may_say_of_oneself(reader.actor),
        }


@own_page.register(place="main", order=52)
class MyLicences:
    """The person's own titles, with their documents."""

    template = "competences/my_pathway/_licences.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Those in force, a renewed one left aside; nothing to show of who holds none."""
        ahead = read_book().whole(LICENCE_AHEAD, on=reader.today)
        held = licences_of(reader.actor, reader.person, today=reader.today, ahead=ahead)
        shown = [each for each in held if not each.is_replaced]
        return {"licences": shown} if shown else None


@own_page.register(place="main", order=55)
class MyVae:
    """The person's own VAE, in plain words."""

    template = "competences/my_pathway/_vae.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Nothing to show of who has none."""
        cards = reader.once(_vae_cards)
        return {"cards": cards} if cards else None
