"""SEC-12: whatever a few accomplices do, they read nothing that no reader of it agreed to show them.

The real services are driven from a small territory. Accomplices hold some seats; they try everything that gives
a seat or an agreement, from each seat they hold, and start again with what they obtained until nothing new comes.
A seat obtained never takes another away, so this reaches all that any sequence of grants can reach.
"""

import itertools

import pytest

from backend.accounts.models import User
from backend.core.actor import HEADS_A_GROUP, Actor, Role
from backend.core.errors import DomainError
from backend.organisations.enums import GroupKind
from backend.organisations.models import Group, Invitation, Membership, Organisation
from backend.organisations.rules.roles import TEAM_ROLES, reads
from backend.organisations.services import (
    accept_invitation,
    approve_invitation,
    change_structure,
    create_group,
    create_structure,
    grant_membership,
    invite_member,
)
from tests.factories import GroupFactory, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
GIVERS = (Role.MANAGER, Role.ADMINISTRATOR, Role.GROUP_HEAD, Role.ADVISOR, Role.SUPERVISOR, Role.NETWORK_HEAD)
PASSWORD = "une-phrase-bien-assez-longue"
MOST_GROUPS = 3
"""Of each kind: a structure may belong to as many as it wants, and one more gives nothing new."""


class Accomplices:
    """Seats in the same hands, and all they try with them."""

    def __init__(self, *seats):
        self.fresh = itertools.count()
        self.users = {seat.user_id for seat in seats}
        self.inbox = {}

    def seats(self):
        """One of each kind: two accomplices in the same seat can do no more than one."""
        rows = Membership.objects.filter(user_id__in=self.users).order_by("pk")
        return list({(seat.role, seat.organisation_id, seat.group_id): seat for seat in rows}.values())

    def held(self):
        return {(seat.role, seat.organisation_id, seat.group_id) for seat in self.seats()}

    def readings(self):
        """Every part of every structure they read."""
        actors = [seat.as_actor() for seat in self.seats()]
        return {(part, at) for actor in actors for at in actor.organisation_ids for part in reads(actor.role)}

    def link_to(self, invitation_id, secret):
        self.inbox[invitation_id] = secret
        return "https://passerelles.example/"

    def try_everything(self):
        """Until a whole turn brings nothing new."""
        before = None
        while before != self.held():
            before = self.held()
            for seat in self.seats():
                for attempt in (self.invite, self.grant, self.approve, self.group, self.share):
                    attempt(seat.as_actor())
            self.accept()
        return self

    def invite(self, actor):
        for role, place in itertools.product(TEAM_ROLES, Organisation.objects.all()):
            if (role, place.pk, None) not in self.held():
                email = f"complice-{role}-{place.pk}@example.net"
                refused(
                    invite_member,
                    actor=actor,
                    organisation=place,
                    email=email,
                    role=role,
                    link_to=self.link_to,
                )

    def grant(self, actor):
        user = UserFactory()
        places = [{"organisation": each} for each in Organisation.objects.all()]
        places += [{"group": each} for each in Group.objects.all()]
        for role, place in itertools.product((*TEAM_ROLES, *sorted(HEADS_A_GROUP)), places):
            key = (role, *(getattr(place.get(kind), "pk", None) for kind in ("organisation", "group")))
            if key not in self.held() and not refused(
                grant_membership, actor=actor, user=user, role=role, **place
            ):
                self.users.add(user.pk)

    def approve(self, actor):
        for invitation in Invitation.objects.awaiting_approval():
            refused(approve_invitation, actor=actor, invitation=invitation, link_to=self.link_to)

    def group(self, actor):
        for kind in GroupKind:
            if Group.objects.filter(kind=kind).count() < MOST_GROUPS:
                refused(create_group, actor=actor, name=f"Groupe {next(self.fresh)}", kind=kind)
        if actor.group_id and Organisation.objects.count() < 4:
            group = Group.objects.get(pk=actor.group_id)
            refused(create_structure, actor=actor, name="Chantier ajouté", kind="ACI", group=group)

    def share(self, actor):
        """Advisors who read their own people read everybody's once the caseload is shared."""
        for place in Organisation.objects.all():
            refused(change_structure, actor=actor, organisation=place, is_caseload_shared=True)

    def accept(self):
        """Every link received, and every link never received with a guessed secret."""
        for invitation in Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True):
            secret = self.inbox.get(invitation.pk, "deviné")
            names = {"first_name": "Complice", "last_name": "Inventé", "password": PASSWORD}
            if not refused(accept_invitation, invitation=invitation, secret=secret, **names):
                self.users.add(User.objects.get(email=invitation.email).pk)


def refused(service, **words):
    """Whether the service said no."""
    try:
        service(**words)
    except DomainError:
        return True
    return False


@pytest.fixture
def places():
    """A group of two structures and one alone, each with a manager who takes part in nothing."""
    group = GroupFactory()
    places = [
        OrganisationFactory(group=group),
        OrganisationFactory(group=group),
        OrganisationFactory(group=None),
    ]
    for place in places:
        MembershipFactory(role=Role.MANAGER, organisation=place)
    return places


def seat_in(role, place):
    match role:
        case Role.GROUP_HEAD:
            return MembershipFactory(group_head=True, group=place.group)
        case Role.NETWORK_HEAD:
            return MembershipFactory(role=role, organisation=None)
        case _:
            return MembershipFactory(role=role, organisation=place)


COMPANIES = [
    *[((role, at),) for role in GIVERS for at in (0, 2) if not (role is Role.GROUP_HEAD and at == 2)],
    ((Role.ADMINISTRATOR, 0), (Role.GROUP_HEAD, 0)),
    ((Role.ADMINISTRATOR, 0), (Role.ADVISOR, 1)),
    ((Role.ADMINISTRATOR, 2), (Role.SUPERVISOR, 2)),
]


def name_of(company):
    return "+".join(f"{role}{at}" for role, at in company)


@pytest.mark.parametrize("company", COMPANIES, ids=name_of)
def test_accomplices_read_nothing_that_no_reader_agreed_to(places, company):
    accomplices = Accomplices(*(seat_in(role, places[at]) for role, at in company))
    opened_before = set(Organisation.objects.values_list("pk", flat=True))
    before = accomplices.readings()
    after = accomplices.try_everything().readings()
    gained = {(part, at) for part, at in after - before if at in opened_before}
    assert gained == set()
    # In a structure they opened themselves, they read no more than they do in those of the same group.
    assert {part for part, _ in after} <= {part for part, _ in before}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.GROUP_HEAD])
def test_only_a_reader_shares_a_caseload(places, role):
    Accomplices(seat_in(role, places[0])).try_everything()
    assert not Organisation.objects.filter(is_caseload_shared=True).exists()


def test_the_accomplices_really_try_a_manager_gives_the_whole_team(places):
    """Otherwise their failures above would prove nothing."""
    held = Accomplices(seat_in(Role.MANAGER, places[0])).try_everything().held()
    assert {role for role, at, _ in held if at == places[0].pk} == {str(role) for role in TEAM_ROLES}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.GROUP_HEAD])
def test_once_a_reader_agrees_the_same_attempts_give_that_seat_and_no_other(places, role):
    accomplices = Accomplices(seat_in(role, places[0]))
    accomplices.try_everything()
    asked = Invitation.objects.awaiting_approval().filter(role=Role.SUPERVISOR, organisation=places[0])
    manager = Membership.objects.filter(role=Role.MANAGER, organisation=places[0]).first()
    approve_invitation(actor=manager.as_actor(), invitation=asked.first(), link_to=accomplices.link_to)
    before = accomplices.held()
    accomplices.accept()
    assert accomplices.try_everything().held() - before == {(Role.SUPERVISOR, places[0].pk, None)}


def test_the_installation_seats_the_first_manager_of_an_empty_structure():
    place = OrganisationFactory()
    links = {}
    invitation = invite_member(
        actor=Actor.operator(),
        organisation=place,
        email="premiere@example.org",
        role=Role.MANAGER,
        link_to=lambda pk, secret: links.setdefault(pk, secret),
    )
    assert not invitation.awaits_approval
    accept_invitation(
        invitation=invitation,
        secret=links[invitation.pk],
        first_name="Première",
        last_name="Inventée",
        password=PASSWORD,
    )
    assert Membership.objects.get().role == Role.MANAGER
