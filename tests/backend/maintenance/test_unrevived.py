"""A base that comes back from the past opens no door that was closed since, and sends nothing again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from backend.accounts.models import OpenSession, SeatToken
from backend.accounts.reset_links import ResetLinks
from backend.core.jobs import UNFINISHED, kinds
from backend.exchange.models import ImportJob
from backend.mail.enums import MessageKind, MessageState
from backend.mail.models import Message
from backend.mail.outbox import write
from backend.operations.backups.unrevived import close_what_was_open
from backend.organisations.models import GroupOffer, Invitation
from reports.models import ExportJob
from tests.factories import (
    AccessCopyFactory,
    GroupFactory,
    InvitationFactory,
    OrganisationFactory,
    StructureCopyFactory,
    UserFactory,
)

ENDS_ON_A_DAY = ("expires_at", "expire_date", "expiry", "good_until", "valid_until")
CLOSED = {
    "accounts.opensession": lambda: OpenSession.objects.filter(expire_date__gt=timezone.now()),
    "accounts.seattoken": SeatToken.objects.all,
    "organisations.invitation": Invitation.objects.unanswered,
    "organisations.groupoffer": lambda: GroupOffer.objects.pending(timezone.now()),
    "mail.message": lambda: Message.objects.filter(state=MessageState.WAITING),
}
"""What is still open of each table whose rows open something until a day."""
OPENS_NOTHING = {
    "sessions.session": "the table of the framework, emptied: ours holds them",
    "socialaccount.socialtoken": "nothing a provider gives is kept: the table stays empty (decision 0085)",
    "axes.accessattemptexpiration": "how long a door stays shut",
}


def has_an_end(model):
    return not set(ENDS_ON_A_DAY).isdisjoint(field.name for field in model._meta.get_fields())


@pytest.fixture
def open_doors(db, client):
    """One of each thing that is open until some day, and a job of each kind that waits."""
    user = UserFactory()
    client.force_login(user)
    SeatToken.objects.create(user=user, expiry=timedelta(days=9), name="outil", seat_key="m1")
    InvitationFactory(expires_at=timezone.now() + timedelta(days=1))
    GroupOffer.objects.create(
        group=GroupFactory(), email="tete@example.org", expires_at=timezone.now() + timedelta(days=1)
    )
    write(to=user.email, subject="s", text="t", kind=MessageKind.INVITATION)
    ImportJob.objects.create(user=user, seat="m1", organisation=OrganisationFactory())
    StructureCopyFactory(user=user)
    AccessCopyFactory(user=user)
    ExportJob.objects.create(user=user, seat="m1")
    assert all(kind.objects.exists() for kind in kinds())
    return user


def test_whatever_is_open_until_a_day_is_known_here():
    found = {model._meta.label_lower for model in apps.get_models() if has_an_end(model)}
    assert found - set(OPENS_NOTHING) == set(CLOSED), (
        "close it when a backup comes back: operations/backups/unrevived.py"
    )


def test_nothing_that_was_open_is_open_again(open_doors, client):
    link = ResetLinks().make_token(open_doors)
    assert [label for label, still_open in CLOSED.items() if not still_open().exists()] == []
    assert ResetLinks().check_token(open_doors, link)

    close_what_was_open()

    assert [label for label, still_open in CLOSED.items() if still_open().exists()] == []
    open_doors.refresh_from_db()
    assert not ResetLinks().check_token(open_doors, link)
    assert ResetLinks().check_token(open_doors, ResetLinks().make_token(open_doors))
    waiting = [kind for kind in kinds() if kind.objects.filter(status__in=UNFINISHED).exists()]
    assert waiting == []
