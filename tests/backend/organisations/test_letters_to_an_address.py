"""What leaves for an address: never too often, never once it is no longer true, and no link but ours."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from backend.accounts.models import User
from backend.audit.answers import PEOPLE_LISTED, line, numbers_of_people
from backend.audit.mass_reading import PEOPLE_A_DAY
from backend.core.actor import Actor, Role
from backend.mail.brake import ASKED_BY_OTHERS, BETWEEN_TWO
from backend.mail.delivery import deliver, sweep
from backend.mail.enums import MessageKind, MessageState
from backend.mail.models import Message
from backend.mail.outbox import write
from backend.organisations.models import GroupOffer, Invitation
from backend.organisations.services import (
    accept_group_offer,
    accept_invitation,
    approve_invitation,
    end_membership,
    invite_head,
    invite_member,
    offer_group,
    reset_second_factor,
    take_link,
    withdraw_group_offer,
    withdraw_invitation,
)
from backend.organisations.services.readings import tell_of_many_read
from pathways.enums import RelayPart
from pathways.services import agree_to_relay
from tests.factories import GroupFactory, MembershipFactory, OrganisationFactory, RelayFactory, StayFactory
from tests.letters import letters
from tests.signin import give_second_factor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]
ADDRESS = "visee@example.org"
SITE = "https://passerelles.example.org"
PASSWORD = "une-phrase-inventee-et-longue"


def link_to(number: int, secret: str) -> str:
    return f"{SITE}/invitation/{number}/{secret}/"


@pytest.fixture
def head():
    return MembershipFactory(group_head=True)


@pytest.fixture
def manager():
    return MembershipFactory(role=Role.MANAGER, organisation=OrganisationFactory(group=None))


def invite(seat: object, email: str = ADDRESS, role: Role = Role.ADVISOR) -> Invitation:
    return invite_member(
        actor=seat.as_actor(), organisation=seat.organisation, email=email, role=role, link_to=link_to
    )


# --- A brake for each address


def test_however_many_ask_an_address_receives_one_message_a_minute(head, time_machine):
    """Structures that know nothing of one another; none of them is told that another one wrote."""
    time_machine.move_to("2026-11-27T10:00:00+01:00", tick=False)
    for _ in range(3):
        invite(MembershipFactory(role=Role.MANAGER))
    offer_group(actor=head.as_actor(), email=ADDRESS)
    counts = []
    for _ in range(5):
        counts.append(len(letters()))
        time_machine.shift(BETWEEN_TWO)
    assert counts == [1, 2, 3, 4, 4]


def test_inviting_again_and_again_goes_no_faster(time_machine, manager):
    time_machine.move_to("2026-11-27T10:00:00+01:00", tick=False)
    for _ in range(4):
        invitation = invite(manager)
        letters()
        withdraw_invitation(actor=manager.as_actor(), invitation=invitation)
    assert len(mail.outbox) == 1


def test_another_address_and_what_people_ask_for_themselves_wait_for_nobody(manager):
    invite(manager)
    invite(manager, email="autre@example.org")
    write(to=ADDRESS, subject="s", text="t", kind=MessageKind.ACCOUNT)
    assert sorted(letter.to[0] for letter in letters()) == ["autre@example.org", ADDRESS, ADDRESS]


def test_two_workers_do_not_write_to_one_address_together(manager):
    invite(manager)
    offer_group(actor=Actor.operator(), email=ADDRESS, group=GroupFactory())
    first, second = Message.objects.order_by("pk")
    Message.objects.filter(pk=first.pk).update(held_until=timezone.now() + timedelta(minutes=2))
    assert deliver(second.pk) is None


def test_what_the_brake_held_is_swept_once_it_may_leave(manager, sent):
    invite(manager)
    letters()
    offer_group(actor=Actor.operator(), email=ADDRESS, group=GroupFactory())
    sent.clear()
    assert sweep() == 0
    assert sweep(timezone.now() + BETWEEN_TWO) == 1


def test_only_an_alarm_and_what_tells_people_of_their_own_account_never_wait():
    never = {MessageKind.ACCOUNT, MessageKind.SECOND_FACTOR, MessageKind.READINGS}
    assert set(MessageKind) - set(ASKED_BY_OTHERS) == never


# --- What is no longer true does not leave


def invitation_replaced(head, manager):
    invite(manager)
    return invite(manager).pk


def invitation_withdrawn(head, manager):
    withdraw_invitation(actor=manager.as_actor(), invitation=invite(manager))


def invitation_handed_over(head, manager):
    take_link(actor=manager.as_actor(), invitation=invite(manager), link_to=link_to)


def invitation_accepted(head, manager):
    secrets: list[str] = []
    invitation = invite_member(
        actor=manager.as_actor(), organisation=manager.organisation, email=ADDRESS, role=Role.ADVISOR,
        link_to=lambda number, secret: secrets.append(secret) or link_to(number, secret),
    )  # fmt: skip
    accept_invitation(invitation=invitation, secret=secrets[0], first_name="Noé", password=PASSWORD)


def whoever_invited_left(head, manager):
    other = MembershipFactory(role=Role.MANAGER, organisation=manager.organisation)
    invite(manager)
    offer_group(actor=manager.as_actor(), email=ADDRESS)
    end_membership(actor=other.as_actor(), membership=manager)


def offer_replaced(head, manager):
    offer_group(actor=head.as_actor(), email=ADDRESS)
    offer_group(actor=head.as_actor(), email=ADDRESS)


def offer_withdrawn(head, manager):
    withdraw_group_offer(actor=head.as_actor(), offer=offer_group(actor=head.as_actor(), email=ADDRESS))


def offer_accepted(head, manager):
    accept_group_offer(
        actor=manager.as_actor(), offer=offer_group(actor=head.as_actor(), email=manager.user.email)
    )


def agreement_given(head, manager):
    admin = MembershipFactory(role=Role.ADMINISTRATOR, organisation=manager.organisation)
    approve_invitation(actor=manager.as_actor(), invitation=invite(admin), link_to=link_to)


@pytest.mark.parametrize(
    ("gesture", "still_to_leave"),
    [
        (invitation_replaced, 1),
        (invitation_withdrawn, 0),
        (invitation_handed_over, 0),
        (invitation_accepted, 0),
        (whoever_invited_left, 0),
        (offer_replaced, 1),
        (offer_withdrawn, 0),
        (offer_accepted, 0),
        (agreement_given, 1),
    ],
)
def test_only_what_still_waits_for_an_answer_is_still_to_leave(head, manager, gesture, still_to_leave):
    gesture(head, manager)
    waiting = Message.objects.filter(state=MessageState.WAITING)
    assert waiting.count() == still_to_leave
    for message in waiting:
        table = {"organisations.invitation": Invitation, "organisations.groupoffer": GroupOffer}[
            message.about
        ]
        assert table.objects.pending(timezone.now()).filter(pk=message.about_id).exists()


# --- What people typed is never a link

TRAP = "www.piege.example.com https://piege.example.com/x piege@example.com\nhttps://piege.example.com"
OPENED_BY_READERS = re.compile(r"https?://[^\s\u2060]+|www\.\w|\w@\w|\b\w+\.(?:com|org|fr)\b")

NAME_NOBODY = {
    MessageKind.ACCOUNT: "letters of accounts name nobody",
    MessageKind.RETENTION: "the notice of an erasure says its day and the service, nothing of the file",
}


def test_no_name_is_a_link_in_any_letter(head):
    organisation = OrganisationFactory(name=TRAP, group=None)
    manager = MembershipFactory(
        role=Role.MANAGER, organisation=organisation, user__first_name=TRAP[:80], user__last_name=TRAP[:80]
    )
    admin = MembershipFactory(role=Role.ADMINISTRATOR, organisation=organisation, user__first_name=TRAP[:80])
    colleague = MembershipFactory(role=Role.MANAGER, organisation=organisation)
    head.group.name = TRAP
    head.group.save()
    give_second_factor(colleague.user)

    invite(manager, email="une@example.org")
    invite(admin, email="deux@example.org")
    offer_group(actor=manager.as_actor(), email="trois@example.org")
    offer_group(actor=head.as_actor(), email="quatre@example.org")
    invite_head(actor=head.as_actor(), group=head.group, email="cinq@example.org", link_to=link_to)
    reset_second_factor(actor=manager.as_actor(), membership=colleague)
    person = StayFactory(organisation=organisation, advisor=manager.user).beneficiary
    relay = RelayFactory(
        beneficiary=person, organisation=organisation, receiver=None, to_email="six@example.org"
    )
    agree_to_relay(actor=manager.as_actor(), relay=relay, version=relay.version, parts=[RelayPart.values[0]])
    line(manager.as_actor(), PEOPLE_LISTED, **numbers_of_people(set(range(1, 2 * PEOPLE_A_DAY)))).save()
    tell_of_many_read(timezone.localdate())
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert kinds == set(MessageKind) - set(NAME_NOBODY)

    for letter in letters():
        html = letter.alternatives[0][0]
        assert "piege" in letter.body
        links = re.findall(r"href=\"([^\"]*)\"", html)
        assert all(link.startswith(f"{SITE}/invitation/") for link in links), letter.subject
        assert set(OPENED_BY_READERS.findall(letter.body)) == set(links), letter.subject
        assert letter.body.count("\n") < 15


# --- A link handed over proves no address


def opened(client, invitation: Invitation, link: str) -> User:
    page = link.removeprefix(SITE)
    form = client.get(page).context["form"]
    client.post(page, {name: "Noé" if "name" in name else PASSWORD for name in form.fields})
    return User.objects.get(email=invitation.email)


def test_a_link_handed_over_opens_the_seat_and_proves_no_address(client, manager):
    invitation = invite(manager)
    taken = take_link(actor=manager.as_actor(), invitation=invitation, link_to=link_to)
    assert opened(client, invitation, taken).address_proven_at is None


def test_a_link_that_was_mailed_proves_the_address(client, manager):
    invitation = invite(manager)
    take_link(actor=manager.as_actor(), invitation=invitation, link_to=link_to)
    invitation = invite(manager)
    assert opened(client, invitation, _mailed()).address_proven_at is not None


def test_where_no_mail_leaves_the_link_handed_over_is_the_only_one(client, manager, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    invitation = invite(manager)
    taken = take_link(actor=manager.as_actor(), invitation=invitation, link_to=link_to)
    assert opened(client, invitation, taken).address_proven_at is not None


def _mailed() -> str:
    return re.search(rf"{SITE}\S+", letters()[-1].body)[0]


@pytest.fixture
def impostor(head):
    """Somebody who sits as a manager under an address that they never showed to read."""
    seat = MembershipFactory(
        role=Role.MANAGER,
        organisation=OrganisationFactory(group=None),
        user__email=ADDRESS,
        user__address_proven_at=None,
    )
    offer_group(actor=head.as_actor(), email=ADDRESS)
    return seat


def test_an_offer_to_an_address_not_proven_answers_like_one_that_never_was(impostor, client):
    offer = GroupOffer.objects.get()
    sign_in(client, impostor.user)
    screens = [reverse("web:group_offer_accept", args=[number]) for number in (offer.pk, offer.pk + 1)]
    doors = [
        f"/api/v1/group-offers/{number}/{verb}/"
        for number in (offer.pk, offer.pk + 1)
        for verb in ("accept", "withdraw")
    ]
    read = [client.get(address) for address in screens]
    asked = [client.post(address, "{}", "application/json") for address in doors]
    assert {answer.status_code for answer in (*read, *asked)} == {404}
    assert len({answer.content for answer in asked}) == 1
    assert offer.offering not in client.get(reverse("web:team")).content.decode()
    assert client.get("/api/v1/group-offers/").json()["results"] == []


def test_choosing_a_password_by_the_mailed_link_proves_the_address(impostor, client):
    client.post(reverse("account_reset_password"), {"email": ADDRESS})
    letter = next(each for each in letters() if "mot de passe" in each.subject)
    page = client.get(re.search(r"http://testserver(/\S+)", letter.body)[1], follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    impostor.user.refresh_from_db()
    assert impostor.user.address_proven_at is not None
    assert GroupOffer.objects.answerable_by(impostor.as_actor()).exists()


def test_links_that_open_nothing_answer_alike(client, manager):
    """Unknown, altered, expired, withdrawn, accepted or replaced by one handed over: one page."""
    links = {}
    for what in ("replaced", "withdrawn", "expired", "accepted"):
        invitation = invite_member(
            actor=manager.as_actor(), organisation=manager.organisation, email=f"{what}@example.org",
            role=Role.ADVISOR, link_to=lambda number, secret, what=what: links.setdefault(what, link_to(number, secret)),
        )  # fmt: skip
        if what == "replaced":
            take_link(actor=manager.as_actor(), invitation=invitation, link_to=link_to)
        elif what == "withdrawn":
            withdraw_invitation(actor=manager.as_actor(), invitation=invitation)
        elif what == "expired":
            Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
        else:
            opened(type(client)(), invitation, links[what])
    links |= {"altered": links["expired"][:-6] + "aaaaa/", "unknown": link_to(10**6, "x" * 43)}
    answers = {what: client.get(link.removeprefix(SITE)) for what, link in links.items()}
    assert {answer.status_code for answer in answers.values()} == {404}
    pages = {re.sub(r"nonce=\"[^\"]*\"", "", answer.content.decode()) for answer in answers.values()}
    assert len(pages) == 1
