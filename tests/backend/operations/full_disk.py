"""A follow-up typed while the disk is full, in a process of its own: `python -m tests.backend.operations.full_disk MEANS`.

`files` fills the file system that holds the base until nothing more fits; `pages` has SQLite refuse any page more, for
machines where no file system can be made. Prints what was met, as JSON; the base already has its tables.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - once the product is loaded
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from pathways.models import Interview  # noqa: E402
from tests.factories import MembershipFactory, StayFactory  # noqa: E402
from tests.signin import sign_in  # noqa: E402

TYPED = "Elle a trouvé une garde d’enfants le mardi. "


class Files:
    """Everything that is left on the disk is taken by one file."""

    def __init__(self) -> None:
        self._path = Path(settings.DATA_DIR) / "plein"

    def fill(self) -> None:
        """Until the system itself refuses one byte more."""
        file = os.open(self._path, os.O_CREAT | os.O_WRONLY)
        size = 1 << 20
        while size:
            try:
                os.write(file, b"0" * size)
            except OSError:
                size //= 2
        os.close(file)

    def give_back(self) -> None:
        """There is room again."""
        self._path.unlink()


class Pages:
    """The base may not grow by one page."""

    def fill(self) -> None:
        """From now on."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")

    def give_back(self) -> None:
        """As much as one wants."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


MEANS: dict[str, Callable[[], Files | Pages]] = {"files": Files, "pages": Pages}


def main(means: str) -> dict[str, Any]:
    """One follow-up before, some refused while nothing fits, one after; the base looked at in between by another connection."""
    seat = MembershipFactory()
    person = StayFactory(organisation=seat.organisation, advisor=seat.user).beneficiary
    client = sign_in(Client(raise_request_exception=False), seat.user)
    client.get(reverse("web:people"))
    disk = MEANS[means]()
    met = {"before": _sent(client, person, 0).status_code}
    kept = Interview.objects.count()
    disk.fill()
    refused = [_sent(client, person, hour) for hour in range(1, 5)]
    met["full"] = sorted({each.status_code for each in refused})
    met["is_given_back"] = all(TYPED in each.content.decode() for each in refused)
    met["says_when"] = all(each.headers.get("Retry-After") == "2" for each in refused)
    met["list"] = client.get(reverse("web:people")).status_code
    met["people"] = person.last_name in client.get(reverse("web:people")).content.decode()
    met["alive"] = client.get(reverse("web:alive")).status_code
    met["lost_or_half"] = Interview.objects.count() - kept
    met["integrity"] = _integrity()
    disk.give_back()
    met["after"] = _sent(client, person, 5).status_code
    met["written"] = Interview.objects.count() - kept
    met["integrity_after"] = _integrity()
    return met


def _sent(client: Client, person: Any, hour: int) -> Any:
    """A long text, another each time."""
    address = reverse("web:follow_up_new", args=[person.pk])
    typed = {"form_id": "", "happened_at": f"2026-11-20T0{hour}:00", "kind": "SUIVI", "mode": "PRESENTIEL"}
    return client.post(address, {**typed, "synthesis": f"{hour}. {TYPED * 200}"})


def _integrity() -> str:
    """What the base says of all it holds, to a connection that knows nothing of what went before."""
    connection.close()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            return str(cursor.fetchone()[0])
        # Each row of each table, once by its table and once by each of its indexes.
        cursor.execute(
            "SELECT bt_index_check(i.indexrelid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
            " JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE a.amname = 'btree' AND n.nspname = 'public' AND i.indisvalid"
        )
        return "ok"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])))
