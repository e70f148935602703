"""A lost password goes through the same outbox, and tells nobody whether an account exists."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from backend.mail.enums import MessageKind
from backend.mail.models import Message
from tests.factories import MembershipFactory
from tests.letters import letters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]


@pytest.fixture(autouse=True)
def quiet_door():
    cache.clear()


def ask(client, address):
    return client.post(reverse("account_reset_password"), {"email": address})


def test_known_or_not_the_page_writes_one_message_and_says_the_same(client, settings):
    """SEC-20."""
    settings.EMAIL_BACKEND = "nulle.part.Envoi"  # nothing of the page may even look for a mail server
    known = MembershipFactory().user.email
    answers = [ask(client, address) for address in (known, "inconnue@example.org")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}
    written = list(Message.objects.all())
    assert [message.recipient for message in written] == [known, "inconnue@example.org"]
    assert {(each.kind, each.about, each.state, each.subject.split(":")[0]) for each in written} == {
        (MessageKind.ACCOUNT, "", written[0].state, "Passerelles ")
    }
    lasts = [each.good_until - each.created_at for each in written]
    assert max(lasts) - min(lasts) < timedelta(seconds=1)


def test_the_link_received_opens_the_page_of_a_new_password(client):
    user = MembershipFactory().user
    ask(client, user.email)
    link = re.search(r"http://testserver(/\S+)", letters()[-1].body)[1]
    assert client.get(link, follow=True).status_code == 200
