"""`passerelles outbox`: what waits and why, without naming anybody."""

import io

import pytest
from django.core.management import call_command

from backend.mail.delivery import deliver
from backend.mail.enums import MessageKind, MessageState
from backend.mail.models import Message
from backend.mail.outbox import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]


def letter() -> Message:
    return write(to="odile@essai.example", subject="Objet", text="Secret", kind=MessageKind.ACCOUNT)


def outbox(*words) -> str:
    out = io.StringIO()
    call_command("outbox", *words, stdout=out)
    return out.getvalue()


def test_an_empty_outbox_says_so():
    assert outbox() == "Aucun message n’attend : tous sont partis.\n"


def test_what_waits_is_listed_with_its_reason_and_what_left_is_not(smtp):
    left = letter()
    deliver(left.pk)
    smtp.mood = "refuses the address"
    refused, waiting = letter(), letter()
    deliver(refused.pk)
    first, second = outbox().splitlines()
    assert first.startswith(f"{refused.pk}  refusé  compte et mot de passe  …@essai.example")
    assert first.endswith("l’adresse est refusée par son serveur")
    assert second.startswith(f"{waiting.pk}  à envoyer")
    assert "pas encore essayé" in second
    assert "odile" not in first + second


def test_all_or_some_are_sent_again(smtp):
    smtp.mood = "refuses the address"
    first, second = letter(), letter()
    for message in (first, second):
        deliver(message.pk)
    assert outbox("--resend", str(second.pk)) == "Messages remis en tête : 1.\n"
    assert [each.state for each in Message.objects.all()] == [MessageState.REFUSED, MessageState.WAITING]
    assert outbox("--resend") == "Messages remis en tête : 2.\n"
    smtp.mood = "accepts"
    assert {deliver(each.pk) for each in (first, second)} == {MessageState.SENT}
