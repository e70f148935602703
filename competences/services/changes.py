"""Keeping the diary of changes short: what no index asks any more goes."""

from __future__ import annotations

from secrets import token_hex

from django.db import connection, transaction

from competences.models import SkillChange
from competences.selectors.changes import point_now

READINGS_KEPT = 4
"""An index built before these is no longer believed: several machines may each keep theirs."""
_BEFORE = {
    "sqlite": "id <= CAST(%s AS INTEGER)",
    "postgresql": "pg_visible_in_snapshot(transaction::text::xid8, %s::pg_snapshot)",
}


def begin_reading() -> str:
    """Say that everybody is about to be read, from here on; the name of this reading."""
    token = token_hex(16)
    SkillChange.objects.create(token=token, mark=point_now())
    return token


@transaction.atomic
def forget_what_nobody_asks() -> None:
    """Keep the last readings, and the changes since the oldest of them."""
    readings = list(SkillChange.objects.exclude(token="").order_by("-pk")[:READINGS_KEPT])
    if not readings:
        return
    oldest = readings[-1]
    SkillChange.objects.exclude(token="").filter(pk__lt=oldest.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM competences_skillchange WHERE person IS NOT NULL AND {_BEFORE[connection.vendor]}",  # noqa: S608 (a condition of ours)
            [oldest.mark],
        )
