"""Whom nobody has met for long: nothing imported, sent, computed or only looked at counts as a contact."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from backend.core.privacy import tables
from backend.core.privacy.tables import Table
from pathways.models import Beneficiary, Retention, Stay
from pathways.querysets.thread import BeneficiaryQuerySet


def quiet_since(day: date) -> BeneficiaryQuerySet:
    """People without any real contact on that day or after it, and whom nothing holds open.

    What counts is said table by table (`contact`, `alive`). Somebody welcomed that day with no stay yet is no old file.
    """
    people = Beneficiary.objects.exclude(
        ~Exists(Stay.objects.filter(beneficiary=OuterRef("pk"))), created_at__gte=_start_of(day)
    )
    for table in tables.of_people():
        if table.contact or table.alive is not None:
            met = table.model._base_manager.filter(_since(table, day)).order_by()
            people = people.exclude(pk__in=met.values(tables.path_to_person(table)))
    return people


def _since(table: Table, day: date) -> Q:
    since = table.alive if table.alive is not None else Q(pk__in=())
    for name in table.contact:
        is_instant = isinstance(table.model._meta.get_field(name), models.DateTimeField)
        since |= Q(**{f"{name}__gte": _start_of(day) if is_instant else day})
    return since


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def kept_on_purpose(day: date) -> models.QuerySet[Retention]:
    """Written exceptions still in force that day."""
    return Retention.objects.filter(kept_until__gte=day)
