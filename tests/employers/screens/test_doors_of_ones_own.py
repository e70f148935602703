"""An employer's contact and a person get a door of their own: invited, accepted, closed."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backend.accounts.models import User
from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import DomainError, NotPermitted
from backend.mail.brake import BETWEEN_TWO
from backend.mail.models import Message
from backend.organisations.models import Invitation
from backend.organisations.services import withdraw_invitation
from employers.models import EmployerAccess
from employers.services import end_employer_access, offer_employer_access
from pathways.models import BeneficiaryAccess
from pathways.services import end_person_access, offer_person_access
from tests.factories import (
    BeneficiaryAccessFactory,
    BeneficiaryFactory,
    EmployerAccessFactory,
    EmployerFactory,
    MembershipFactory,
    OrganisationFactory,
    StayFactory,
    actor_of,
)
from tests.letters import letters
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "une-phrase-bien-assez-longue"
TYPED = {"first_name": "Solène", "last_name": "Inventée", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def seat():
    return MembershipFactory(organisation=OrganisationFactory(name="Chantier des Rives"))


@pytest.fixture
def team(seat) -> Client:
    return sign_in(Client(), seat.user)


@pytest.fixture
def employer(seat):
    return EmployerFactory(name="Brioches du Val", organisation=seat.organisation)


@pytest.fixture
def person(seat):
    stay = StayFactory(organisation=seat.organisation, advisor=seat.user)
    return stay.beneficiary


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    """Send a form and let the e-mail it promises leave."""

    def send(client, address, **typed):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, typed)

    return send


def link_received() -> str:
    return re.search(r"http://testserver(/invitation/\S+)", letters()[-1].body).group(1)


def accept(link: str) -> Client:
    visitor = Client()
    assert visitor.post(link, TYPED).status_code == 302
    return visitor


def test_an_employers_contact_is_invited_accepts_and_reads_their_needs(team, employer, post):
    answer = post(
        team, reverse("web:employer_access_new", args=[employer.pk]), email="solene@brioches.example"
    )
    assert answer.url == reverse("web:employer", args=[employer.pk])
    assert "Chantier des Rives vous invite à suivre vos besoins" in letters()[-1].body
    assert "solene@brioches.example" in team.get(answer.url).content.decode()

    accept(link_received())
    access = EmployerAccess.objects.get()
    assert (access.employer, access.user.email) == (employer, "solene@brioches.example")
    needs = sign_in(Client(), access.user).get(reverse("web:my_needs"))
    assert "Brioches du Val" in needs.content.decode()

    shown = team.get(answer.url).content.decode()
    assert "Fermer" in shown
    assert "Retirer" not in shown


def test_closing_the_door_stops_the_next_page(team, employer):
    access = EmployerAccessFactory(employer=employer)
    contact = sign_in(Client(), access.user)
    assert contact.get(reverse("web:my_needs")).status_code == 200
    closed = team.post(reverse("web:employer_access_end", args=[access.pk]))
    assert closed.url == reverse("web:employer", args=[employer.pk])
    assert contact.get(reverse("web:my_needs")).status_code == 403
    assert Entry.objects.filter(action="employer.access_ended", subject_id=str(access.pk)).exists()
    assert team.post(reverse("web:employer_access_end", args=[access.pk])).status_code == 404


def test_a_person_is_invited_at_the_address_of_their_file_and_reads_their_thread(team, person, post):
    person.email = "nadia@example.org"
    person.save()
    address = reverse("web:person_access_new", args=[person.pk])
    assert 'value="nadia@example.org"' in team.get(address).content.decode()
    post(team, address, email="nadia@example.org")
    assert "C’est vous qui décidez" in letters()[-1].body
    accept(link_received())
    access = BeneficiaryAccess.objects.get()
    assert access.beneficiary == person
    thread = sign_in(Client(), access.user).get(reverse("web:my_pathway"))
    assert thread.status_code == 200
    # One door at a time: the page offers to close it, no longer to give another.
    shown = team.get(reverse("web:person", args=[person.pk])).content.decode()
    assert reverse("web:person_access_end", args=[access.pk]) in shown
    assert address not in shown


def test_a_second_door_to_one_thread_is_refused_with_the_way_out(team, person, post):
    BeneficiaryAccessFactory(beneficiary=person)
    refused = post(team, reverse("web:person_access_new", args=[person.pk]), email="autre@example.org")
    assert refused.status_code == 422
    assert "Fermez-le avant d’en ouvrir un autre" in refused.content.decode()
    assert "autre@example.org" in refused.content.decode()
    assert not Invitation.objects.exists()


def test_closing_the_persons_door_keeps_the_thread(team, person):
    access = BeneficiaryAccessFactory(beneficiary=person)
    theirs = sign_in(Client(), access.user)
    assert theirs.get(reverse("web:my_pathway")).status_code == 200
    assert team.post(reverse("web:person_access_end", args=[access.pk])).url == reverse(
        "web:person", args=[person.pk]
    )
    assert theirs.get(reverse("web:my_pathway")).status_code == 403
    assert person.stays.count() == 1


def test_the_link_is_withdrawn_from_where_it_was_offered(team, employer, person, post):
    for address, back in (
        (reverse("web:employer_access_new", args=[employer.pk]), reverse("web:employer", args=[employer.pk])),
        (reverse("web:person_access_new", args=[person.pk]), reverse("web:person", args=[person.pk])),
    ):
        post(team, address, email="solene@brioches.example")
        invitation, link = Invitation.objects.get(withdrawn_at=None), link_received()
        assert team.post(reverse("web:invitation_withdraw", args=[invitation.pk])).url == back
        assert Client().get(link).status_code == 404


def test_an_account_that_opens_another_thread_cannot_open_this_one(team, person, post):
    other = BeneficiaryAccessFactory(beneficiary=BeneficiaryFactory())
    other.user.set_password(PASSWORD)
    other.user.save()
    post(team, reverse("web:person_access_new", args=[person.pk]), email=other.user.email)
    refused = sign_in(Client(), other.user).post(link_received())
    assert refused.status_code == 422
    assert "ouvre déjà le parcours d’une autre personne" in refused.content.decode()
    assert not BeneficiaryAccess.objects.filter(beneficiary=person).exists()


def test_an_address_that_has_the_door_already_is_told_so(team, employer, post):
    access = EmployerAccessFactory(employer=employer)
    refused = post(
        team, reverse("web:employer_access_new", args=[employer.pk]), email=access.user.email.upper()
    )
    assert refused.status_code == 422
    assert "a déjà un accès chez cet employeur" in refused.content.decode()


def links(pk, secret):
    return f"https://passerelles.example/{pk}/{secret}/"


def test_only_the_structure_in_relation_gives_the_employers_access(employer):
    neighbour = actor_of(Role.MANAGER, OrganisationFactory(group=employer.organisation.group))
    with pytest.raises(NotPermitted, match="structure en relation"):
        offer_employer_access(actor=neighbour, employer=employer, email="x@example.org", link_to=links)
    access = EmployerAccessFactory(employer=employer)
    with pytest.raises(NotPermitted, match="structure en relation"):
        end_employer_access(actor=neighbour, access=access)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR, Role.EMPLOYER])
def test_other_roles_give_no_door(role, employer, person, seat):
    actor = (
        actor_of(role, seat.organisation)
        if role is not Role.EMPLOYER
        else EmployerAccessFactory(employer=employer).as_actor()
    )
    with pytest.raises(NotPermitted):
        offer_employer_access(actor=actor, employer=employer, email="x@example.org", link_to=links)
    with pytest.raises(NotPermitted):
        offer_person_access(actor=actor, beneficiary=person, email="x@example.org", link_to=links)
    with pytest.raises(NotPermitted):
        end_person_access(actor=actor, access=BeneficiaryAccessFactory(beneficiary=person))


def test_who_administers_the_team_does_not_learn_whom_it_accompanies(seat, person):
    sent = offer_person_access(
        actor=seat.as_actor(), beneficiary=person, email="nadia@example.org", link_to=links
    )
    for role, sees in (
        (Role.ADMINISTRATOR, False),
        (Role.GROUP_HEAD, False),
        (Role.MANAGER, True),
        (Role.ADVISOR, False),
    ):
        actor = actor_of(role, seat.organisation)
        assert Invitation.objects.visible_to(actor).filter(pk=sent.pk).exists() is sees, role
    assert Invitation.objects.visible_to(seat.as_actor()).get() == sent


def test_an_accepted_link_is_closed_as_an_access_not_as_an_invitation(seat, employer, team, post):
    post(team, reverse("web:employer_access_new", args=[employer.pk]), email="solene@brioches.example")
    accept(link_received())
    with pytest.raises(DomainError, match="déjà acceptée"):
        withdraw_invitation(actor=seat.as_actor(), invitation=Invitation.objects.get())


def test_asking_again_replaces_the_former_link(team, employer, post):
    address = reverse("web:employer_access_new", args=[employer.pk])
    post(team, address, email="solene@brioches.example")
    first = link_received()
    Message.objects.update(settled_at=timezone.now() - BETWEEN_TWO)
    post(team, address, email="solene@brioches.example")
    assert Client().get(first).status_code == 404
    assert Client().get(link_received()).status_code == 200
    assert User.objects.filter(email="solene@brioches.example").count() == 0
