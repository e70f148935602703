"""What is said after a gesture: once, and with the link when nobody else can carry it."""

import re

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from tests.chromium import trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.factories import MembershipFactory
from tests.letters import letters
from tests.pages import text_of
from tests.signin import sign_in

CONSOLE = "django.core.mail.backends.console.EmailBackend"


def test_what_was_done_once_is_said_once():
    said = [Message(constants.SUCCESS, "C’est enregistré.")] * 2 + [
        Message(constants.ERROR, "C’est enregistré.")
    ]
    page = render_to_string("web/partials/_messages.html", {"messages": said})
    assert page.count("C’est enregistré.") == 2


@pytest.fixture
def invite(django_capture_on_commit_callbacks):
    """Invites as a manager would; gives back the page that follows."""

    def invite_(**changes):
        seat = MembershipFactory(role=Role.MANAGER)
        client = sign_in(Client(), seat.user)
        form_id = re.search(
            r'name="form_id" value="([^"]+)"', text_of(client.get(reverse("web:team_invite")))
        )[1]
        typed = {
            "email": "nouvelle@example.org", "role": Role.SUPERVISOR, "organisation": seat.organisation_id,
            "form_id": form_id, **changes,
        }  # fmt: skip
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("web:team_invite"), typed)
        return text_of(client.get(answer.url)) if answer.status_code == 302 else text_of(answer)

    return invite_


def shown_link(page):
    return re.search(r'<code class="to-copy">([^<]+)</code>', page)


@committing
def test_where_no_mail_leaves_the_link_is_shown_and_opens(trail_can_be_emptied, invite, settings, capsys):  # noqa: F811
    settings.EMAIL_BACKEND = CONSOLE
    link = shown_link(invite())[1]
    letters()
    assert link in capsys.readouterr().out
    assert Client().get(link).status_code == 200


@pytest.mark.django_db
def test_where_mail_leaves_only_the_invited_person_reads_the_link(invite):
    page = invite()
    assert "L’invitation est dans la liste ci-dessous" in page
    assert shown_link(page) is None
    assert "/invitation/" not in page
    assert len(letters()) == 1


@pytest.mark.django_db
def test_an_invitation_that_was_refused_shows_no_link(invite, settings):
    settings.EMAIL_BACKEND = CONSOLE
    assert shown_link(invite(email="pas une adresse")) is None
