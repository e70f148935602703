"""What whoever invited sees of the message, and does about it: sent again, handed over, renewed, read where none leaves."""

import ast
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.mail.delivery import deliver
from backend.mail.enums import MessageKind, MessageState
from backend.mail.models import Message
from backend.organisations.models import Invitation, Membership
from backend.settings.env import mail_settings
from pathways.enums import RelayPart
from pathways.services import agree_to_relay
from tests.factories import (
    BeneficiaryAccessFactory,
    MembershipFactory,
    OrganisationFactory,
    RelayFactory,
    StayFactory,
)
from tests.house.tree import modules
from tests.letters import letters
from tests.signin import give_second_factor, sign_in
from tests.smtp import smtp_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]
EMAIL = "karim.invente@example.org"
TEAM = "web:team"


@pytest.fixture
def smtp(settings, monkeypatch):
    with smtp_server() as server:
        monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{server.server_address[1]}")
        for name, value in {**mail_settings(), "EMAIL_TIMEOUT": 0.5}.items():
            setattr(settings, name, value)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        yield server


@pytest.fixture
def organisation():
    return OrganisationFactory(group=None)


@pytest.fixture
def manager(client, organisation):
    seat = MembershipFactory(role=Role.MANAGER, organisation=organisation)
    sign_in(client, seat.user)
    return seat


@pytest.fixture
def invite(client, manager, organisation):
    def invite_(role=Role.ADVISOR, email=EMAIL) -> Invitation:
        typed = {"email": email, "role": role, "organisation": organisation.pk}
        assert client.post(reverse("web:team_invite"), typed).url == reverse(TEAM)
        return Invitation.objects.latest("pk")

    return invite_


def gesture(client, name, invitation, **options):
    return client.post(reverse(f"web:invitation_{name}", args=[invitation.pk]), **options)


def link_in(text: str) -> str:
    return re.search(r"http://testserver(/invitation/[-\w/]+)", text).group(1)


def page_of(client) -> str:
    return client.get(reverse(TEAM)).content.decode()


def deliver_all() -> None:
    for message in Message.objects.due(timezone.now()):
        deliver(message.pk)


@pytest.mark.parametrize("mood", ["hangs", "refuses the address", "hangs up"])
def test_inviting_never_waits_for_the_mail_server(smtp, client, invite, mood):
    smtp.mood = mood
    invite()
    assert smtp.calls == 0
    assert "Message pas encore parti" in page_of(client)


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ("accepts", "Message parti le "),
        ("refuses the address", "Message refusé par le serveur de l’adresse : vérifiez-la"),
        ("asks to wait", "Message pas encore parti : le serveur demande d’attendre, nouvel essai le "),
        ("hangs", "Message pas encore parti : le serveur de courrier ne répond pas, nouvel essai le "),
    ],
)
def test_whoever_invited_reads_what_became_of_the_message(smtp, client, invite, mood, words):
    smtp.mood = mood
    invite()
    deliver_all()
    assert words in page_of(client)


def test_sending_again_replaces_the_link_and_says_when_it_is_too_soon(client, invite, manager):
    invitation = invite()
    first = link_in(letters()[-1].body)
    too_soon = gesture(client, "resend", invitation, follow=True).content.decode()
    assert "Attendez une minute" in too_soon
    assert type(client)().get(first).status_code == 200
    Message.objects.update(settled_at=timezone.now() - timedelta(minutes=2))
    assert (
        "Un nouveau lien est prêt, son message part."
        in gesture(client, "resend", invitation, follow=True).content.decode()
    )
    second = link_in(letters()[-1].body)
    assert len(letters()) == 2
    assert [type(client)().get(link).status_code for link in (first, second)] == [404, 200]
    assert Entry.objects.filter(action="invitation.resent", subject_id=str(invitation.pk)).count() == 1


def test_a_message_that_waits_is_replaced_never_doubled(client, invite):
    invitation = invite()
    gesture(client, "resend", invitation)
    gesture(client, "resend", invitation)
    assert len(letters()) == 1
    assert type(client)().get(link_in(letters()[0].body)).status_code == 200


def test_an_expired_link_is_still_listed_and_renewed(client, invite):
    invitation = invite()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    Message.objects.all().delete()
    assert "lien expiré le" in page_of(client)
    gesture(client, "resend", invitation)
    assert "lien valable jusqu’au" in page_of(client)
    assert type(client)().get(link_in(letters()[-1].body)).status_code == 200


def test_the_link_is_shown_once_to_be_handed_over_and_the_trail_says_so(client, invite):
    invitation = invite()
    shown = gesture(client, "link", invitation)
    assert "no-store" in shown["Cache-Control"]
    link = link_in(shown.content.decode())
    assert type(client)().get(link).status_code == 200
    assert letters() == [], "the message carried a link that opens nothing any more"
    assert link not in page_of(client)
    entry = Entry.objects.get(action="invitation.link_taken")
    assert entry.subject_id == str(invitation.pk)
    gesture(client, "link", invitation)
    assert type(client)().get(link).status_code == 404


def test_nobody_reads_the_link_of_a_role_that_reads_more_than_they_do(client, organisation, manager):
    """An administrator who took the link of the advisor they asked for would read files as that advisor."""
    admin = MembershipFactory(role=Role.ADMINISTRATOR, organisation=organisation)
    other = sign_in(type(client)(), admin.user)
    typed = {"email": EMAIL, "role": Role.ADVISOR, "organisation": organisation.pk}
    other.post(reverse("web:team_invite"), typed)
    invitation = Invitation.objects.get()
    client.post(reverse("web:team_invitation_approve", args=[invitation.pk]))
    sent = letters()[-1]
    page = page_of(other)
    assert "Copier le lien" not in page
    assert "Renvoyer" in page
    refused = gesture(other, "link", invitation, follow=True).content.decode()
    assert "dépasse le vôtre" in refused
    assert type(client)().get(link_in(sent.body)).status_code == 200
    Message.objects.update(settled_at=timezone.now() - timedelta(minutes=2))
    gesture(other, "resend", invitation)
    assert letters()[-1].to == [EMAIL]
    Invitation.objects.update(approved_at=timezone.now() - timedelta(days=7, minutes=1))
    Message.objects.update(settled_at=timezone.now() - timedelta(minutes=2))
    assert "dépasse le vôtre" in gesture(other, "resend", invitation, follow=True).content.decode()


@pytest.mark.parametrize("name", ["resend", "link"])
def test_what_is_over_or_awaits_an_agreement_sends_nothing(client, invite, name):
    over, awaits = invite(), invite(email="autre@example.org")
    Invitation.objects.filter(pk=over.pk).update(withdrawn_at=timezone.now())
    Invitation.objects.filter(pk=awaits.pk).update(needs_approval=True, approved_at=None)
    Message.objects.all().delete()
    for invitation, words in ((over, "déjà acceptée ou retirée"), (awaits, "attend un accord")):
        assert words in gesture(client, name, invitation, follow=True).content.decode()
    assert not Message.objects.exists()


def test_withdrawing_keeps_the_message_back(client, invite):
    invitation = invite()
    gesture(client, "withdraw", invitation)
    assert letters() == []


def test_ending_the_seat_of_whoever_invited_keeps_their_messages_back(client, invite, organisation, manager):
    invite()
    head = MembershipFactory(role=Role.MANAGER, organisation=organisation)
    other = sign_in(type(client)(), head.user)
    other.post(reverse("web:team_membership_end", args=[manager.pk]))
    assert Membership.objects.get(pk=manager.pk).ended_at is not None
    assert letters() == []


def test_where_no_mail_leaves_the_message_is_read_on_screen(client, invite, settings):
    invitation = invite()
    address = reverse("web:invitation_message", args=[invitation.pk])
    assert client.get(address).status_code == 404, "where mail leaves, nobody else reads it"
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "Voir le message" in page_of(client)
    deliver_all()
    assert "aucun courrier ne part d’ici" in page_of(client)
    shown = client.get(address).content.decode()
    assert "vous invite à rejoindre" in shown
    assert type(client)().get(link_in(shown)).status_code == 200


def test_where_no_mail_leaves_nothing_says_that_a_message_left(client, invite, settings):
    invitation = invite()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    said = gesture(client, "resend", invitation, follow=True).content.decode()
    reset = type(client)().get(reverse("account_reset_password_done")).content.decode()
    assert "Un nouveau lien est prêt. Le lien est valable" in said
    assert "message part" not in said
    assert "n’envoie pas de courrier" in reset
    assert "vient de partir" not in reset


def test_only_one_home_says_that_the_message_of_an_invitation_leaves():
    """Two sentences that contradict each other come from a page that promises the letter by itself."""
    told = [
        path
        for path, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.keyword)
        and node.arg == "done"
        and not (isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "said_with_link")
        and "message part" in ast.unparse(node.value)
    ]
    assert told == []


@pytest.mark.parametrize(
    ("mood", "words", "state"),
    [
        ("accepts", "Message parti le ", MessageState.SENT),
        (
            "refuses the address",
            "Message refusé par le serveur de l’adresse : vérifiez-la",
            MessageState.REFUSED,
        ),
        ("hangs", "Message pas encore parti : le serveur de courrier ne répond pas", MessageState.WAITING),
    ],
)
def test_whoever_offers_their_structure_reads_what_became_of_the_message(
    smtp, client, manager, mood, words, state
):
    head = MembershipFactory(group_head=True, group=OrganisationFactory().group)
    smtp.mood = mood
    client.post(reverse("web:group_offer_new"), {"email": head.user.email})
    deliver_all()
    assert words in client.get(reverse("web:groups")).content.decode()
    (told,) = client.get("/api/v1/group-offers/").json()["results"]
    assert told["message_state"] == state
    theirs = sign_in(type(client)(), head.user)
    assert words not in theirs.get(reverse("web:groups")).content.decode(), "it is not theirs to mend"


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ("accepts", "Message parti le"),
        ("refuses the address", "Message refusé par le serveur de l’adresse : vérifiez-la"),
    ],
)
def test_whoever_proposes_a_relay_to_an_address_reads_what_became_of_the_letter(
    smtp, client, organisation, manager, mood, words
):
    person = StayFactory(organisation=organisation, advisor=manager.user).beneficiary
    relay = RelayFactory(
        beneficiary=person, organisation=organisation, receiver=None, to_email="accueil@example.org"
    )
    smtp.mood = mood
    agree_to_relay(actor=manager.as_actor(), relay=relay, version=relay.version, parts=[RelayPart.IDENTITY])
    deliver_all()
    assert words in client.get(reverse("web:relay", args=[relay.pk])).content.decode()
    theirs = BeneficiaryAccessFactory(beneficiary=person)
    page = sign_in(type(client)(), theirs.user, seat=theirs.as_actor().seat).get(
        reverse("web:relay", args=[relay.pk])
    )
    assert page.status_code == 200
    assert words not in page.content.decode(), "the person is told of the relay, not of the mail"


ONLY_TO_THE_ACCOUNT = {
    MessageKind.AGREEMENT: "who is asked to agree reads it on « Équipe », whatever became of the mail",
    MessageKind.ACCOUNT: "a password is asked again by who forgot it; a stranger is told nothing of an address",
    MessageKind.READINGS: "nobody asked for it: « Ma journée » says the same to whoever answers for the place",
    MessageKind.RETENTION: "nobody asked for it: the service announces it, and its day is read on the page of the data",
}


def test_what_somebody_made_us_send_is_told_to_them():
    """Each kind of message is looked for by a page of whoever caused it, or says why not."""
    asked = {
        node.attr
        for module, tree in modules()
        if "/selectors/" in module
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "MessageKind"
    }
    told = {MessageKind[name] for name in asked}
    assert told | set(ONLY_TO_THE_ACCOUNT) == set(MessageKind)
    assert told & set(ONLY_TO_THE_ACCOUNT) == set()


def test_the_message_about_a_lost_second_factor_is_told_beside_the_name(smtp, client, organisation, manager):
    colleague = MembershipFactory(organisation=organisation)
    give_second_factor(colleague.user)
    client.post(reverse("web:team_second_factor", args=[colleague.pk]))
    assert "Second facteur · Message pas encore parti" in page_of(client)
    smtp.mood = "refuses the address"
    deliver_all()
    assert "Second facteur · Message refusé par le serveur de l’adresse" in page_of(client)
