"""What the competences add to a person's thread: days something was gained, and what was seen at work."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from backend.core.actor import Actor
from competences.enums import GIVEN_BY_EMPLOYERS, Level, ProofStatus, VaeStatus
from competences.models import Assessment, Licence, VaeProject
from competences.rules.licences import holds_on, same_title
from competences.selectors.person import assessments_of, standing_licences_of, vae_of
from competences.selectors.vae import on_a_day
from pathways.models import Beneficiary
from pathways.rules.timeline import Mark
from pathways.rules.travelling.facts import TitleHeld
from pathways.selectors import StoryEntry
from pathways.selectors.rule_book import read_book
from pathways.selectors.sources import Coming, SheetLine

_GAINED = (ProofStatus.RECOGNISED, ProofStatus.CERTIFIED)


def gains(actor: Actor, person: Beneficiary) -> list[Mark]:
    """Habilitations obtained, competences recognised or certified: one mark per day and word."""
    licences = standing_licences_of(actor, person.pk)
    days = {
        (reading.assessed_on, reading.get_status_display())
        for reading in assessments_of(actor, person.pk)
        if reading.status in _GAINED
    }
    return [
        *(Mark("Acquis", str(licence), licence.obtained_on) for licence in licences),
        *(Mark("Acquis", f"Compétences : {word.lower()}s", day) for day, word in sorted(days)),
    ]


_DELAYS = {
    "decision": "la réponse du certificateur arrive au plus tard le",
    "lapse": "une démarche est à faire avant le",
    "jury": "le jury se réunit au plus tard le",
    "result": "le résultat arrive au plus tard le",
}


def delays(actor: Actor, person: Beneficiary) -> list[Coming]:
    """The legal delay that runs for each VAE, and the day of a jury already fixed."""
    found = vae_of(actor, person.pk)
    if not found:
        return []
    book, today, told = read_book(), timezone.localdate(), []
    for vae in found:
        reading = on_a_day(vae, today=today, book=book).reading
        waits_for_jury = reading.status is VaeStatus.JURY and reading.jury_on and reading.jury_on >= today
        if waits_for_jury and reading.jury_on:
            told.append(Coming(reading.jury_on, f"VAE « {vae} » : votre jury est le"))
            continue
        told += [
            Coming(delay.last_on, f"VAE « {vae} » : {_DELAYS[delay.code]}")
            for delay in reading.delays
            if delay.code in _DELAYS
        ]
    return told


def skills_given(actor: Actor, person: Beneficiary) -> list[SheetLine]:
    """What the person can do, as a relay gives it to read once they said yes: latest levels, habilitations, VAE."""
    readings = Assessment.objects.visible_to(actor).filter(beneficiary=person).latest_per_competence()
    licences = Licence.objects.visible_to(actor).standing().filter(beneficiary=person)
    projects = VaeProject.objects.visible_to(actor).filter(beneficiary=person)
    return [
        *(
            SheetLine(
                each.competence.label, f"{Level(each.level).label} ({each.get_status_display().lower()})"
            )
            for each in readings.select_related("competence")
        ),
        *(SheetLine("Habilitation", str(each)) for each in licences),
        *(SheetLine("VAE", str(each)) for each in projects),
    ]


def titles_held(actor: Actor, person: Beneficiary) -> list[TitleHeld]:
    """Habilitations valid today, the last of each; those an employer gives for its own work are told apart."""
    today = timezone.localdate()
    held: dict[tuple[str, str], TitleHeld] = {}
    for each in standing_licences_of(actor, person.pk):
        if holds_on(each, today):
            held[same_title(each)] = TitleHeld(str(each), each.expires_on, each.kind in GIVEN_BY_EMPLOYERS)
    return list(held.values())


def observations(actor: Actor, person: Beneficiary) -> list[StoryEntry]:
    """What was seen on the workplace: one entry per day, status and observer."""
    days: dict[tuple[date, str, str], list[str]] = {}
    for reading in assessments_of(actor, person.pk):
        who = str(reading.observer) if reading.observer else reading.observer_name
        words = f"{reading.competence.label} : {Level(reading.level).label.lower()}"
        days.setdefault((reading.assessed_on, reading.get_status_display(), who), []).append(words)
    return [
        StoryEntry(
            timezone.make_aware(datetime.combine(day, time(12))),
            "observation",
            f"Compétences : {status.lower()}s" if len(words) > 1 else f"Compétence {status.lower()}",
            author=who,
            changes=tuple(words),
        )
        for (day, status, who), words in days.items()
    ]
