"""Diagnoses of eligibility that will lapse before a PASS comes, and documents about to be erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.values.dates import french_date, months_after
from backend.files.models import StoredFile
from backend.organisations.enums import SIAE_KINDS
from pathways.alerts.parts import alert_about
from pathways.models import EligibilityDiagnosis
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.eligibility import BY_PRESCRIBER, DIAGNOSIS_AHEAD, PURGE_AHEAD
from pathways.rules.eligibility.findings import kept_until, last_valid_day
from pathways.selectors.facts.eligibility import diagnosis_facts, pass_days_of
from pathways.selectors.following.presence import present
from pathways.selectors.rule_book import read_book


def eligibility_to_settle(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """What lapses within three weeks or already has, what is erased within thirty days, of the people who are here.

    One query for both, and one for the PASS of those whose diagnosis lapses.
    """
    here, book = present(actor, today, people), read_book()
    held = StoredFile.objects.filter(
        carrier=EligibilityDiagnosis._meta.label_lower, carrier_id=OuterRef("pk")
    )
    rows = (
        EligibilityDiagnosis.objects.visible_to(actor)
        .standing()
        .filter(beneficiary_id__in=here.people)
        .annotate(has_files=Exists(held))
        .filter(
            Q(made_on__gte=months_after(today, -2 * book.whole(BY_PRESCRIBER, on=today)))
            | Q(purged_on__isnull=True, has_files=True)
        )
    )
    found = list(rows.select_related("beneficiary").order_by("made_on", "pk"))
    yield from _leaving((row for row in found if row.has_files and row.purged_on is None), today, book)
    in_insertion = {stay.beneficiary_id for stay in here.of_kinds(SIAE_KINDS).stays}
    last = {row.beneficiary_id: row for row in found if row.beneficiary_id in in_insertion}
    yield from _lapsing(last.values(), today, book)


def _lapsing(rows: Iterable[EligibilityDiagnosis], today: date, book: RuleBook) -> Iterator[Alert]:
    ahead = today + timedelta(days=book.whole(DIAGNOSIS_AHEAD, on=today))
    ends = [(row, last_valid_day(diagnosis_facts(row), book=book)) for row in rows]
    soon = [(row, until) for row, until in ends if until <= ahead]
    passes = pass_days_of([row.beneficiary_id for row, _ in soon]) if soon else {}
    for row, until in soon:
        if any(end >= today for _, end in passes.get(row.beneficiary_id, ())):
            continue
        is_over = until < today
        title = "n’est plus valable" if is_over else "se termine"
        yield alert_about(
            row.beneficiary,
            f"diagnosis_lapsing:{row.pk}",
            f"Diagnostic d’éligibilité qui {title}",
            f"Le diagnostic {'valait' if is_over else 'vaut'} jusqu’au {french_date(until)}, et aucun PASS IAE n’est "
            "enregistré.",
            due_on=until,
            action="Voir l’éligibilité",
            target=row,
        )


def _leaving(rows: Iterable[EligibilityDiagnosis], today: date, book: RuleBook) -> Iterator[Alert]:
    """Files erased within thirty days: whoever still needs one takes it before (R24)."""
    ahead = today + timedelta(days=book.whole(PURGE_AHEAD, on=today))
    for row in rows:
        until = kept_until(diagnosis_facts(row), book=book)
        if today <= until <= ahead:
            yield alert_about(
                row.beneficiary,
                f"documents_leaving:{row.pk}",
                "Pièces d’éligibilité bientôt effacées",
                f"Les pièces du diagnostic du {french_date(row.made_on)} sont gardées jusqu’au {french_date(until)}, puis "
                "effacées.",
                due_on=until,
                action="Voir les pièces",
                target=row,
            )
