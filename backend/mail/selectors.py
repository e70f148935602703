"""What became of the messages about a row, in the words of whoever asked for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from backend.core.values.dates import french_date
from backend.mail.enums import MessageKind, MessageState, Trouble
from backend.mail.models import Message
from backend.mail.transport import mail_leaves


@dataclass(frozen=True, slots=True)
class Told:
    """What a line says of its message; `tone` is that of a pill: good, warning or alert."""

    state: MessageState
    words: str
    tone: str


def latest_about(label: str, ids: Iterable[int], kind: MessageKind) -> dict[int, Message]:
    """The last message of that kind about each of these rows of one table, in one question; their text stays sealed."""
    rows = Message.objects.listed().about(label, list(ids)).filter(kind=kind).order_by("pk")
    return {row.about_id: row for row in rows if row.about_id is not None}


def told(message: Message) -> Told:
    """Whether it left, and otherwise why and what comes next."""
    state = MessageState(message.state)
    match state:
        case MessageState.SENT if not mail_leaves():
            return Told(
                state, "Message affiché là où le service tourne : aucun courrier ne part d’ici", "warning"
            )
        case MessageState.SENT:
            return Told(state, f"Message parti le {_moment(message.settled_at)}", "good")
        case MessageState.REFUSED if message.trouble == Trouble.ADDRESS:
            return Told(state, "Message refusé par le serveur de l’adresse : vérifiez-la", "alert")
        case MessageState.REFUSED:
            return Told(state, "Message refusé par le serveur de l’adresse", "alert")
        case MessageState.GIVEN_UP:
            return Told(state, f"Message jamais parti : {Trouble(message.trouble).label}", "alert")
        case _ if message.trouble:
            again = f"nouvel essai le {_moment(message.next_attempt_at)}"
            return Told(
                state, f"Message pas encore parti : {Trouble(message.trouble).label}, {again}", "warning"
            )
        case _:
            return Told(state, "Message pas encore parti", "warning")


def _moment(instant: object) -> str:
    here = timezone.localtime(instant)  # type: ignore[arg-type]  # a settled or due message has its instant
    return f"{french_date(here.date())} à {here:%H:%M}"
