"""The link of an invitation, shown to whoever invites when no message can carry it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import format_html

from backend.mail.transport import mail_leaves
from backend.organisations.links import invitation_links
from backend.organisations.models.invitation import VALID_IN_WORDS
from backend.organisations.services.invitations import LinkTo

_HAND_OVER = "Aucun courrier ne part de cette installation : remettez vous-même ce lien, il sert une fois."


def said_with_link(done: str, leaving: str, then: str = "") -> str:
    """What is said once an invitation is recorded: that its message leaves only where messages leave.

    `leaving` is what follows `done` then (« , son message part »), `then` one more sentence.
    """
    leaves = leaving if mail_leaves() else ""
    return f"{done}{leaves}. Le lien est valable {VALID_IN_WORDS}.{then and f' {then}'}"


def links_to_hand_over(request: HttpRequest) -> LinkTo:
    """The addresses of invitations; each is also shown, once recorded, where messages do not leave.

    Where they do leave, nobody else reads the link: opening it proves that the address is one's own.
    """
    link_to = invitation_links(request)

    def shown(invitation_id: int, secret: str) -> str:
        link = link_to(invitation_id, secret)
        if not mail_leaves():
            told = format_html('{} <code class="to-copy">{}</code>', _HAND_OVER, link)
            transaction.on_commit(partial(messages.warning, request, told))
        return link

    return shown
