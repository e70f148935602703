"""The trail itself is not kept longer than said: what is too old leaves, and what stays can still be verified.

Whole runs leave, from the oldest, once all their lines are past the time of the dated book. A cut is written first: the
last line and the last link that leave, and since when lines are kept; then the runs leave one by one, so that nobody waits.
Interrupted, it goes on at the next call. See decision 0078.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from backend.audit import heads
from backend.audit.bounds import LEAST_MONTHS, MOST_MONTHS
from backend.audit.models import Cut, Entry, Link
from backend.audit.trail import record
from backend.core.actor import Actor
from backend.core.values.dates import months_after

_kept_months: list[Callable[[date], int]] = []


@dataclass(frozen=True, slots=True)
class Old:
    """What is past its time: how many lines, the last of them, and since when lines are kept."""

    lines: int
    last: Link | None
    kept_from: datetime


def kept_months_come_from(read: Callable[[date], int]) -> None:
    """Let whoever keeps the dated settings say for how many months a line is kept, on a given day."""
    _kept_months[:] = [read]


def old_on(today: date) -> Old:
    """What would leave that day, writing nothing; a run one of whose lines is young stays whole."""
    months = min(max(_kept_months[0](today), LEAST_MONTHS), MOST_MONTHS)
    kept_from = timezone.make_aware(datetime.combine(months_after(today, -months), time.min))
    young = Entry.objects.filter(at__gte=kept_from).order_by("pk").values_list("pk", flat=True).first()
    links = Link.objects.all() if young is None else Link.objects.filter(last_id__lt=young)
    last = links.last()
    lines = Entry.objects.filter(pk__lte=last.last_id).count() if last else 0
    return Old(lines, last, kept_from)


def cut(today: date) -> int:
    """Let what is too old leave the trail; how many lines left."""
    old = old_on(today)
    if old.last is not None:
        _write_the_cut(old, old.last)
    return sum(iter(_take_out_a_run, None))


@transaction.atomic
def _write_the_cut(old: Old, last: Link) -> None:
    """Said in the trail too, so that the chain itself binds the cut."""
    if not Cut.objects.filter(last_id__gte=last.last_id).exists():
        Cut.objects.create(last_id=last.last_id, head=last.digest, kept_from_at=old.kept_from)
        record(
            Actor.operator(),
            "trail.cut",
            last,
            lines=old.lines,
            head=last.digest,
            kept_from=old.kept_from.isoformat(),
        )
        heads.say_cut(last.last_id, last.digest)


@transaction.atomic
def _take_out_a_run() -> int | None:
    """The oldest run that a cut covers; None when none is left."""
    cut = Cut.objects.last()
    link = Link.objects.filter(last_id__lte=cut.last_id).first() if cut else None
    if link is None:
        return None
    lines, _ = Entry.objects.filter(pk__lte=link.last_id).delete()
    Link.objects.filter(pk=link.pk).delete()
    return lines
