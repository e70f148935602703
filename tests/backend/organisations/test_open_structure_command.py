"""The first link of an installation: from the command line to a signed-in manager."""

import re

import pytest
from django.core import mail
from django.core.management import call_command

from backend.core.actor import Role
from backend.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db


def test_the_link_opens_the_account_of_the_manager(client, capsys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("open_structure", "Chantier des Rives", kind="ACI", email="responsable@example.org")
    link = re.search(r"http://127\.0\.0\.1:8000(/\S+)", capsys.readouterr().out)
    assert link is not None
    assert [message.to for message in mail.outbox] == [["responsable@example.org"]]
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
