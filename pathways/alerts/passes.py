"""PASS IAE that end, or whose suspension ends, while the person is still in an insertion structure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.values.dates import days_in_words, french_date
from backend.organisations.enums import SIAE_KINDS
from pathways.alerts.parts import alert_about
from pathways.models import IaePass, PassSuspension
from pathways.rules.exits.motives import JOB_MOTIVES
from pathways.rules.passes import length
from pathways.selectors.following.person import of_each, suspensions_of
from pathways.selectors.following.presence import present
from pathways.selectors.rule_book import read_book

PASS_AHEAD_DAYS = 90
SUSPENSION_AHEAD_DAYS = 30


def passes_ending(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """PASS that end soon, or have ended, while the person is in an insertion structure and leaves for no job."""
    newer = IaePass.objects.filter(beneficiary=OuterRef("beneficiary"), ends_on__gt=OuterRef("ends_on"))
    # Whoever leaves for a job asks for no prolongation, even before their last day here.
    here = present(actor, today, people).of_kinds(SIAE_KINDS).without_exit_for(JOB_MOTIVES)
    ending = IaePass.objects.visible_to(actor).filter(
        ~Exists(newer),
        closed_on__isnull=True,
        beneficiary_id__in=here.people,
        ends_on__lte=today + timedelta(days=PASS_AHEAD_DAYS),
    )
    book = read_book()
    for iae in ending.select_related("beneficiary"):
        left = length.days_left(iae.ends_on, today)
        when = (
            f"fin le {french_date(iae.ends_on)}, dans {days_in_words(left)}"
            if left > 0
            else "dernier jour aujourd’hui"
        )
        if left < 0:
            when = f"terminé depuis le {french_date(iae.ends_on)}"
        yield alert_about(
            iae.beneficiary,
            f"pass_ending:{iae.pk}",
            "PASS IAE terminé" if left < 0 else "PASS IAE qui se termine",
            f"PASS IAE : {when}. {length.prolongation_in_words(iae.ends_on, today, book=book)}",
            due_on=iae.ends_on,
            action="Noter la prolongation",
            target=iae,
        )


def suspensions_ending(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Suspensions of a PASS that end soon: from the next day its days run again."""
    for row in _ending_of_the_present(actor, today, people):
        yield alert_about(
            row.iae_pass.beneficiary,
            f"suspension_ending:{row.pk}",
            "Suspension du PASS qui se termine",
            f"Suspension du PASS IAE : dernier jour le {french_date(row.ends_on)}, puis ses jours courent de nouveau.",
            due_on=row.ends_on,
            action="Voir le PASS",
            target=row,
        )


def _ending_of_the_present(actor: Actor, today: date, people: People) -> list[PassSuspension]:
    """Suspensions under way that end soon, of a PASS nobody closed, of people present."""
    here, until = (
        present(actor, today, people).of_kinds(SIAE_KINDS),
        today + timedelta(days=SUSPENSION_AHEAD_DAYS),
    )
    if people is None:
        rows = PassSuspension.objects.visible_to(actor).standing()
        ending = rows.filter(
            iae_pass__beneficiary_id__in=here.people,
            iae_pass__closed_on__isnull=True,
            starts_on__lte=today,
            ends_on__range=(today, until),
        )
        return list(ending.select_related("iae_pass__beneficiary"))
    theirs = of_each(suspensions_of, actor, {stay.beneficiary_id for stay in here.stays})
    return [
        row
        for row in theirs
        if row.iae_pass.closed_on is None and row.starts_on <= today <= row.ends_on <= until
    ]
