"""`passerelles outbox`: what has not left, why, and one more try."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from backend.audit.trail import record
from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from backend.mail.enums import MessageKind, MessageState, Trouble
from backend.mail.models import Message
from backend.mail.outbox import try_again


class Command(FrenchCommand):
    """Addresses are shown by their domain only: what an operator copies into a ticket names nobody."""

    writes = True
    help = (
        "Dit quels messages ne sont pas partis, et pourquoi.\n"
        "--resend remet en tête ceux dont on donne les numéros, ou tous : l’envoi se fait dans les travaux de fond."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to try again, and which."""
        parser.add_argument(
            "--resend",
            metavar="NUMÉRO",
            nargs="*",
            type=int,
            help="essayer à nouveau : ces messages, ou tous",
        )

    def run(self, **options: Any) -> int:
        """List, or put back in the queue."""
        unsent = Message.objects.listed().exclude(state=MessageState.SENT).order_by("pk")
        if options["resend"] is None:
            return self._list(unsent)
        chosen = unsent.filter(pk__in=options["resend"]) if options["resend"] else unsent
        with transaction.atomic():
            again = try_again(chosen)
            record(Actor.operator(), "messages.resent", messages=again)
        self.tell(f"Messages remis en tête : {again}.")
        return 0

    def _list(self, unsent: Any) -> int:
        for message in unsent.iterator():
            self.tell(_line(message))
        if not unsent.exists():
            self.tell("Aucun message n’attend : tous sont partis.")
        return 0


def _line(message: Message) -> str:
    state = MessageState(message.state)
    why = Trouble(message.trouble).label if message.trouble else "pas encore essayé"
    again = f", prochain essai {_at(message.next_attempt_at)}" if state is MessageState.WAITING else ""
    return (
        f"{message.pk}  {state.label}  {MessageKind(message.kind).label}  …@{message.recipient.rpartition('@')[2]}  "
        f"écrit {_at(message.created_at)}, essais : {message.attempts}{again}  {why}"
    )


def _at(instant: Any) -> str:
    return f"{timezone.localtime(instant):%d/%m/%Y %H:%M}"
