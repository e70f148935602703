"""What is typed before one has a seat, for one's own account, or in a file: the gestures that no table of rights holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.urls import reverse

from backend.core.actor import Actor, Role
from backend.exchange import registry
from backend.exchange.services import import_bundle
from backend.mail.models import Message
from tests.access.answers import nothing_kept
from tests.attacks.canary.everywhere import Everywhere
from tests.attacks.canary.marks import NOT_TYPED, is_free_text, mark
from tests.backend.exchange.whole import FULL, empty_base, prepare, write_bundle
from tests.factories import PASSWORD
from tests.worlds.two_houses import stranger

_LINK = re.compile(r"https?://[^/]+(/invitation/\S+)")


def by_doors(world: Any, found: Everywhere) -> None:
    """Sign in, forget one's password, accept an invitation, name a tool."""
    nobody = stranger()
    for name, typed in (
        ("account_login", {"login": f"{mark()}@example.org", "password": mark()}),
        ("account_login", {"login": mark(), "password": mark()}),
        ("account_reset_password", {"email": f"{mark()}@example.org"}),
    ):
        with nothing_kept():
            answer = nobody.post(reverse(name), typed)
            found.look(f"{name} {answer.status_code}", answer, {"mail_message", "audit_entry"})
    with nothing_kept():
        manager = world.clients[Role.MANAGER]
        typed = {"name": mark(), "days": "30"}
        found.look("web:tokens", manager.post(reverse("web:tokens"), typed), {"accounts_seattoken"})
        _invited_and_accepted(world, manager, found)


def _invited_and_accepted(world: Any, manager: Any, found: Everywhere) -> None:
    invited = {
        "email": f"{mark().lower()}@example.org",
        "role": "SUPERVISOR",
        "organisation": world.pk("structure", "own"),
    }
    manager.post(reverse("web:team_invite"), invited)
    link = _LINK.search(Message.objects.latest("pk").text)
    assert link, "the message of an invitation no longer holds its link"
    account = {"first_name": mark(), "last_name": mark(), "password": PASSWORD, "again": PASSWORD}
    answer = stranger().post(link[1], account)
    assert answer.status_code == 302, "the invitation was not accepted"
    found.look("web:invitation", answer, {"accounts_user", "organisations_membership", "mail_message"})


def by_files(folder: Path, found: Everywhere) -> None:
    """Bring in one line of each file, a canary in each column of words."""
    with nothing_kept():
        empty_base()
        prepare()
        report = import_bundle(actor=Actor.operator(), folder=write_bundle(folder, _marked()))
        assert report.faults == []
        found.look_at_base("a file", {each._meta.db_table for each in apps.get_models()})
        found.look_around("a file")


def _marked() -> dict[str, list[dict[str, str]]]:
    """The whole bundle; what names another line, or an account, is left as it is."""
    lines = {name: [dict(row) for row in rows] for name, rows in FULL.items()}
    for layout in registry.layouts():
        for column in layout.columns:
            if not _is_of_words(layout, column):
                continue
            for row in lines[layout.name]:
                if row.get(column.name):
                    row[column.name] = f"{mark()}@example.org" if "@" in row[column.name] else mark()
    return lines


def _is_of_words(layout: Any, column: Any) -> bool:
    """Whether the column is kept as a text that its author chose: no id, no word of a list."""
    if not column.field or column.refers_to or column.options or column.leaf == column.known_by:
        return False
    model = layout.rows().model
    for step in filter(None, column.part.split(".")):
        model = model._meta.get_field(step).related_model
    held = model._meta.get_field(column.leaf)
    return is_free_text(held) and (model._meta.db_table, held.column) not in NOT_TYPED
