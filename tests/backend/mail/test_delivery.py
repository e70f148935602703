"""One message against a real server that accepts, refuses, hangs or hangs up: the row, the words, the next try."""

import email
import email.policy
import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from backend.mail.delivery import DELAYS, deliver, sweep
from backend.mail.enums import MessageKind, MessageState, Trouble
from backend.mail.models import Message
from backend.mail.outbox import try_again, write
from backend.mail.selectors import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]
SECRET = "https://passerelles.example/invitation/1/secret-imaginaire/"
WAITING, SENT = MessageState.WAITING, MessageState.SENT
REFUSED, GIVEN_UP = MessageState.REFUSED, MessageState.GIVEN_UP


def letter(**changes) -> Message:
    return write(
        **{
            "to": "odile.inventee@example.org",
            "subject": "Passerelles : votre invitation",
            "text": f"Bonjour,\n\nOuvrez <ce> lien :\n{SECRET}\n\nÀ bientôt.",
            "kind": MessageKind.INVITATION,
            **changes,
        }
    )


def again(message) -> None:
    """The time of the next attempt has come."""
    Message.objects.filter(pk=message.pk).update(next_attempt_at=timezone.now())


def test_an_accepted_message_leaves_once_as_text_and_simple_html_and_is_emptied(smtp):
    message = letter()
    assert [deliver(message.pk) for _ in range(3)] == [SENT, None, None]
    (heard,) = smtp.messages
    mail = email.message_from_string(heard, policy=email.policy.default)
    assert mail["Message-ID"] == f"<{message.uid.hex}@example.org>"
    assert mail["From"] == "Passerelles <ne-pas-repondre@example.org>"
    text, page = mail.iter_parts()
    assert SECRET in text.get_content()
    assert f'<a href="{SECRET}"' in page.get_content()
    assert "&lt;ce&gt;" in page.get_content()
    assert not any(sign in page.get_content() for sign in ("<img", "style", "<script", "<link"))
    message.refresh_from_db()
    assert (message.text, message.attempts, message.trouble) == ("", 1, "")
    assert told(message).words.startswith("Message parti le ")


@pytest.mark.parametrize(
    ("mood", "state", "trouble", "words"),
    [
        ("refuses the address", REFUSED, Trouble.ADDRESS, "refusé par le serveur de l’adresse : vérifiez-la"),
        ("refuses the message", REFUSED, Trouble.CONTENT, "refusé par le serveur de l’adresse"),
        ("asks to wait", WAITING, Trouble.LATER, "pas encore parti : le serveur demande d’attendre"),
        ("closes for now", WAITING, Trouble.LATER, "pas encore parti : le serveur demande d’attendre"),
        (
            "refuses the sender",
            WAITING,
            Trouble.OUR_SENDER,
            "le serveur refuse l’expéditeur de l’installation",
        ),
        ("hangs", WAITING, Trouble.SILENT, "pas encore parti : le serveur de courrier ne répond pas"),
        ("hangs up", WAITING, Trouble.HUNG_UP, "pas encore parti : le serveur de courrier a raccroché"),
        ("drops the line", WAITING, Trouble.HUNG_UP, "pas encore parti : le serveur de courrier a raccroché"),
    ],
)
def test_what_stops_a_message_is_said_and_decides_whether_it_is_tried_again(
    smtp, mood, state, trouble, words
):
    smtp.mood, message = mood, letter()
    assert deliver(message.pk) == state
    message.refresh_from_db()
    assert (message.trouble, message.attempts, SECRET in message.text) == (trouble, 1, True)
    assert words in told(message).words
    assert deliver(message.pk) is None, "not before its time"
    calls = smtp.calls
    smtp.mood = "accepts"
    again(message)
    assert deliver(message.pk) == (SENT if state == WAITING else None)
    assert smtp.calls - calls == (1 if state == WAITING else 0)


def test_an_account_that_the_server_refuses_is_tried_again(server, use):
    use("smtp://compte:secret@SERVER", EMAIL_TIMEOUT=1)
    server.mood, message = "refuses the account", letter()
    assert deliver(message.pk) == WAITING
    assert "refuse le compte de l’installation" in told(Message.objects.get()).words


@pytest.mark.parametrize(
    ("scheme", "trouble"), [("smtp+tls", Trouble.NOT_OFFERED), ("smtps", Trouble.NOT_SEALED)]
)
def test_a_seal_that_the_server_does_not_have_is_never_done_without(server, use, scheme, trouble):
    use(f"{scheme}://SERVER", EMAIL_TIMEOUT=1)
    message = letter()
    assert deliver(message.pk) == WAITING
    assert Message.objects.get().trouble == trouble
    assert server.messages == []


def test_nobody_listening_is_tried_later_and_later_then_given_up(smtp, settings):
    settings.EMAIL_PORT = 1
    message = letter()
    waited = []
    for _ in DELAYS:
        before = timezone.now()
        assert deliver(message.pk) == WAITING
        message.refresh_from_db()
        waited.append(round((message.next_attempt_at - before) / timedelta(minutes=1)))
        again(message)
    assert waited == [1, 5, 15, 30, 60, 120, 240, 480, 720, 1440]
    assert deliver(message.pk) == GIVEN_UP
    message.refresh_from_db()
    assert told(message).words == "Message jamais parti : le serveur de courrier ne se joint pas"
    settings.EMAIL_PORT = smtp.server_address[1]
    assert sweep() == 0
    assert try_again([message]) == 1
    assert deliver(message.pk) == SENT
    assert try_again([message]) == 0, "what left is not sent again"


def test_what_opens_nothing_any_more_does_not_leave(smtp):
    message = letter(good_until=timezone.now() - timedelta(seconds=1))
    assert deliver(message.pk) == GIVEN_UP
    assert smtp.calls == 0
    assert "n’est plus valable" in told(Message.objects.get()).words


def test_a_text_whose_key_is_lost_is_said_and_stops_nothing(smtp, settings):
    message = letter()
    settings.FIELD_KEYS = ["une autre clé, tirée ailleurs"]
    assert deliver(message.pk) == GIVEN_UP
    assert Message.objects.listed().get().trouble == Trouble.UNREADABLE


def test_the_log_names_nobody_and_repeats_nothing(smtp, caplog):
    smtp.mood = "refuses the address"
    with caplog.at_level(logging.INFO):
        deliver(letter().pk)
    assert "not sent" in caplog.text
    assert not any(word in caplog.text for word in ("odile", "example.org", "secret", "mailbox"))
