"""The outbox itself: written with the gesture, sealed, taken once, never lost, forgotten in the end."""

import threading
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from backend.mail import tasks
from backend.mail.delivery import DELAYS, HANDED_FOR, HELD_FOR, deliver, forget_old_messages, sweep
from backend.mail.enums import MessageKind, MessageState
from backend.mail.models import Message
from backend.mail.outbox import drop, try_again, write
from pathways.models import RuleSetting
from tests.committing import committing

SECRET = "https://passerelles.example/invitation/1/secret-imaginaire/"


def letter(**changes) -> Message:
    said = {"to": "odile@example.org", "subject": "Passerelles", "text": f"Ouvrez {SECRET}"}
    return write(**said, **{"kind": MessageKind.INVITATION, **changes})


def raw(message) -> str:
    """What the file of the base holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM mail_message WHERE id = %s", [message.pk])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_message_lives_and_dies_with_the_gesture(sent, django_capture_on_commit_callbacks):
    @transaction.atomic
    def a_gesture_that_fails():
        letter()
        raise LookupError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(LookupError):
        a_gesture_that_fails()
    assert (Message.objects.count(), sent) == (0, [])
    with django_capture_on_commit_callbacks(execute=True):
        message = letter()
        assert sent == [], "nobody is told before it is written"
    assert sent == [("mail.deliver", [message.pk])], "the workers receive a number and nothing else"


@pytest.mark.django_db
def test_what_waits_is_sealed_at_rest_and_emptied_once_it_left(sent):
    message = letter()
    assert raw(message).startswith("v2:")
    assert "secret" not in raw(message)
    deliver(message.pk)
    assert raw(message) == ""


@pytest.mark.django_db
def test_where_messages_only_show_on_a_console_their_text_stays_to_be_read(sent, settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    message = letter()
    assert deliver(message.pk) == MessageState.SENT
    assert SECRET in capsys.readouterr().out
    message.refresh_from_db()
    assert SECRET in message.text


@pytest.mark.django_db
def test_what_the_broker_never_heard_of_is_swept(sent, monkeypatch, django_capture_on_commit_callbacks):
    def nobody(name, args):
        raise OperationalError

    with monkeypatch.context() as closed, django_capture_on_commit_callbacks(execute=True):
        closed.setattr(current_app, "send_task", nobody)
        lost, other = letter(), letter()
    with monkeypatch.context() as closed:
        closed.setattr(current_app, "send_task", nobody)
        assert sweep() == 0, "it stops at the first that the broker refuses"
    assert sweep() == 2
    assert [args for _, args in sent] == [[lost.pk], [other.pk]]
    assert sweep() == 0, "the workers are left the time to come"
    assert sweep(timezone.now() + HANDED_FOR + timedelta(seconds=1)) == 2


@pytest.mark.django_db
def test_a_message_whose_worker_died_is_taken_again_and_not_for_ever(sent):
    message = letter()
    now = timezone.now()
    Message.objects.update(held_until=now + HELD_FOR, attempts=1)
    assert deliver(message.pk) is None, "somebody holds it"
    assert try_again([message]) == 0
    Message.objects.update(held_until=now - timedelta(seconds=1), attempts=len(DELAYS) + 1)
    assert deliver(message.pk) == MessageState.GIVEN_UP
    assert timedelta(seconds=tasks.HARD_LIMIT) < HELD_FOR, "no worker still holds what another may take"


@pytest.mark.django_db
def test_what_is_no_longer_true_does_not_leave(sent):
    kept, dropped = letter(about=None), letter()
    Message.objects.filter(pk=dropped.pk).update(about="organisations.invitation", about_id=7)
    assert drop("organisations.invitation", [7, 8]) == 1
    assert list(Message.objects.all()) == [kept]


@pytest.mark.django_db
def test_settled_messages_are_forgotten_after_the_days_that_the_book_says(sent):
    old, fresh, waiting = letter(), letter(), letter()
    for message, days in ((old, 31), (fresh, 29)):
        deliver(message.pk)
        Message.objects.filter(pk=message.pk).update(settled_at=timezone.now() - timedelta(days=days))
    assert forget_old_messages() == 1
    assert list(Message.objects.order_by("pk")) == [fresh, waiting]
    RuleSetting.objects.create(
        key="mail_kept_days", value="10", valid_from=timezone.localdate(), basis="Choix de l’installation"
    )
    assert forget_old_messages() == 1
    assert list(Message.objects.all()) == [waiting]


@committing
def test_two_workers_on_the_same_message_send_it_once(sent, smtp):
    """SEC-53."""
    message = letter()
    start = threading.Barrier(6)
    outcomes = []

    def work():
        start.wait()
        try:
            outcomes.append(deliver(message.pk))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(outcomes, key=str) == sorted([None] * 5 + [MessageState.SENT], key=str)
    assert len(smtp.messages) == 1


@committing
def test_a_worker_that_slept_too_long_does_not_contradict_the_next_one(sent, smtp):
    message = letter()
    smtp.mood = "hangs"
    slow = threading.Thread(target=lambda: (deliver(message.pk), connection.close()))
    slow.start()
    while not smtp.calls:
        time.sleep(0.01)
    Message.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    smtp.mood = "accepts"
    assert deliver(message.pk) == MessageState.SENT
    slow.join()
    message.refresh_from_db()
    assert message.state == MessageState.SENT
