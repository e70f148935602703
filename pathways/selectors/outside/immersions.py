"""What immersions (PMSMP) add to a person's thread: a period of the line, two moments of the story, what is to come."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from backend.core.actor import Actor
from backend.core.values.dates import french_date
from pathways.models import Beneficiary
from pathways.rules.timeline import IMMERSION, Span
from pathways.selectors.following.person import immersions_of
from pathways.selectors.sources import Coming
from pathways.selectors.story import StoryEntry


def immersion_spans(actor: Actor, person: Beneficiary) -> list[Span]:
    """Each from its first day to its last, those to come included."""
    return [
        Span(
            IMMERSION,
            f"Immersion chez {each.host_name}",
            each.started_on,
            each.last_day,
            each.organisation.name if each.organisation else "",
            short=each.host_name,
        )
        for each in immersions_of(actor, person.pk)
    ]


def immersion_entries(actor: Actor, person: Beneficiary) -> list[StoryEntry]:
    """Its beginning, and what was said of it."""
    today, told = timezone.localdate(), []
    for each in immersions_of(actor, person.pk):
        place = each.organisation.name if each.organisation else ""
        if each.started_on <= today:
            word = "Immersion renouvelée" if each.renews_id else "Immersion"
            told.append(
                StoryEntry(
                    _morning_of(each.started_on),
                    "immersion",
                    f"{word} chez {each.host_name}, jusqu’au {french_date(each.last_day)}",
                    text=each.objectives,
                    place=place,
                    chips=(each.get_purpose_display(),),
                )
            )
        if each.reviewed_on:
            words = (("Le tuteur", each.tutor_review), ("La personne", each.person_review))
            told.append(
                StoryEntry(
                    _morning_of(each.reviewed_on),
                    "immersion",
                    f"Bilan de l’immersion chez {each.host_name}",
                    text="\n".join(f"{who} : {said}" for who, said in words if said),
                    place=place,
                )
            )
    return told


def immersions_to_come(actor: Actor, person: Beneficiary) -> list[Coming]:
    """The first day of one to come, the last of one under way."""
    today = timezone.localdate()
    return [
        Coming(each.started_on, f"Immersion chez {each.host_name} : elle commence le")
        if each.started_on > today
        else Coming(each.last_day, f"Immersion chez {each.host_name} : elle se termine le")
        for each in immersions_of(actor, person.pk)
        if each.last_day >= today
    ]


def _morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
