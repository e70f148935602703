"""Messages that nobody takes for an hour are a trouble of the installation, said where the others are."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from backend.core.health.findings import Gravity
from backend.mail.delivery import deliver
from backend.mail.enums import MessageKind, MessageState
from backend.mail.health import PATIENCE, mail_leaves_in_time
from backend.mail.models import Message
from backend.mail.outbox import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]


@pytest.fixture
def tried(smtp):
    """A message that the server, in its mood, did not take, written so long ago."""

    def tried_(mood, age):
        smtp.mood = mood
        message = write(to="odile@example.org", subject="Objet", text="Secret", kind=MessageKind.ACCOUNT)
        deliver(message.pk)
        Message.objects.filter(pk=message.pk).update(created_at=timezone.now() - age)
        return message

    return tried_


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ("refuses the sender", "le serveur refuse l’expéditeur de l’installation"),
        ("hangs up", "le serveur de courrier a raccroché"),
        ("hangs", "le serveur de courrier ne répond pas"),
    ],
)
def test_a_server_that_takes_nothing_is_said_after_an_hour_and_no_sooner(tried, mood, words):
    message = tried(mood, PATIENCE - timedelta(minutes=1))
    assert mail_leaves_in_time() is None
    Message.objects.filter(pk=message.pk).update(created_at=timezone.now() - PATIENCE)
    found = mail_leaves_in_time()
    assert (found.code, found.gravity) == ("courrier", Gravity.DEGRADED)
    assert words in found.sentence
    told = Client().get("/sante/pret/").content.decode()
    assert words in told
    assert not any(word in told for word in ("odile", "example.org", "Secret"))


@pytest.mark.parametrize("mood", ["accepts", "refuses the address"])
def test_what_left_or_what_one_address_refuses_is_no_trouble_of_the_installation(tried, mood):
    message = tried(mood, PATIENCE * 2)
    assert Message.objects.get(pk=message.pk).state != MessageState.WAITING
    assert mail_leaves_in_time() is None
