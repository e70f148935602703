"""The first link of an installation: from the command line to a signed-in manager."""

import re

import pytest
from celery import current_app
from django.core.management import call_command
from kombu.exceptions import OperationalError

from backend.core.actor import Role
from backend.mail.enums import MessageState
from backend.mail.models import Message
from backend.organisations.models import Membership, Organisation
from tests.letters import letters

pytestmark = pytest.mark.django_db


def test_the_link_opens_the_account_of_the_manager(client, capsys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("open_structure", "Chantier des Rives", kind="ACI", email="responsable@example.org")
    link = re.search(r"http://127\.0\.0\.1:8000(/\S+)", capsys.readouterr().out)
    assert link is not None
    assert [message.to for message in letters()] == [["responsable@example.org"]]
    page = client.get(link[1])
    assert page.status_code == 200
    form = {
        "first_name": "Hélène",
        "last_name": "Scénario",
        "password1": "une-phrase-inventee-et-longue",
        "password2": "une-phrase-inventee-et-longue",
    }
    names = {name: form.get(name, form["password1"]) for name in page.context["form"].fields}
    assert client.post(link[1], names).status_code == 302
    seat = Membership.objects.get(user__email="responsable@example.org")
    assert (seat.role, seat.organisation) == (Role.MANAGER, Organisation.objects.get())


def test_without_broker_nor_mail_server_the_link_is_printed_and_the_message_waits(
    capsys, settings, monkeypatch, django_capture_on_commit_callbacks
):
    def nobody(name, args):
        raise OperationalError

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    monkeypatch.setattr(current_app, "send_task", nobody)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("open_structure", "Chantier des Rives", kind="ACI", email="responsable@example.org")
    assert "http://127.0.0.1:8000/invitation/" in capsys.readouterr().out
    assert Message.objects.get().state == MessageState.WAITING
