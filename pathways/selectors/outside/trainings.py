"""What trainings add to a person's thread: a period of the line and its certificate, two moments of the story, what is to come."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from backend.core.actor import Actor
from backend.core.findings import Finding
from backend.core.values.dates import french_date
from pathways.enums import DerogationMotive, RequestStatus
from pathways.enums.trainings import TrainingOutcome
from pathways.models import Beneficiary, Derogation
from pathways.rules.timeline import TRAINING, Mark, Span
from pathways.rules.trainings import known_end_findings
from pathways.selectors.following.person import trainings_of
from pathways.selectors.sources import Coming
from pathways.selectors.story import StoryEntry


def derogation_remarks(actor: Actor, row: Derogation) -> list[Finding]:
    """What the trainings the actor reads say to a derogation for one of them, asked for or granted (R05)."""
    if row.motive != DerogationMotive.TRAINING or row.status == RequestStatus.REFUSED:
        return []
    known = tuple((each.started_on, each.last_day) for each in trainings_of(actor, row.beneficiary_id))
    return list(known_end_findings(training_end=row.training_ends_on, start=row.starts_on, known=known))


def training_spans(actor: Actor, person: Beneficiary) -> list[Span]:
    """Each from its first day to its last, those to come and those stopped before their end included."""
    return [
        Span(
            TRAINING,
            f"Formation « {each.title} »",
            each.started_on,
            each.last_day,
            each.organisation.name if each.organisation else "",
            short=each.title,
        )
        for each in trainings_of(actor, person.pk)
    ]


def certificate_marks(actor: Actor, person: Beneficiary) -> list[Mark]:
    """The day a training gave its certificate: it is then among what was gained."""
    return [
        Mark("Certificat", f"« {each.title} », certificat obtenu", each.certified_on or each.last_day)
        for each in trainings_of(actor, person.pk)
        if each.outcome == TrainingOutcome.CERTIFIED
    ]


def training_entries(actor: Actor, person: Beneficiary) -> list[StoryEntry]:
    """Its beginning, and how it ended."""
    today, told = timezone.localdate(), []
    for each in trainings_of(actor, person.pk):
        place = each.organisation.name if each.organisation else ""
        if each.started_on <= today:
            told.append(
                StoryEntry(
                    _morning_of(each.started_on),
                    "training",
                    f"Formation « {each.title} », jusqu’au {french_date(each.last_day)}",
                    text=each.provider,
                    place=place,
                    chips=(each.get_kind_display(),),
                )
            )
        if each.outcome:
            told.append(
                StoryEntry(
                    _morning_of(each.certified_on or each.last_day),
                    "training",
                    f"Formation « {each.title} » : {each.get_outcome_display().lower()}",
                    text=each.get_stop_reason_display(),
                    place=place,
                )
            )
    return told


def trainings_to_come(actor: Actor, person: Beneficiary) -> list[Coming]:
    """The first day of one to come, the last of one under way."""
    today = timezone.localdate()
    return [
        Coming(each.started_on, f"Formation « {each.title} » : elle commence le")
        if each.started_on > today
        else Coming(each.last_day, f"Formation « {each.title} » : elle se termine le")
        for each in trainings_of(actor, person.pk)
        if each.last_day >= today and not each.outcome
    ]


def _morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
