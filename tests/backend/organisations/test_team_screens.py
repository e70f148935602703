"""Équipe on screen: invite, withdraw, end a role with what it changes said first."""

import re

import pytest
from django.urls import reverse

from backend.accounts.models import SeatToken, User
from backend.accounts.tokens import create_token
from backend.core.actor import Role
from backend.mail.models import Message
from backend.organisations.models import Group, Invitation, Membership, Organisation
from tests.factories import (
    GroupFactory,
    MembershipFactory,
    OrganisationFactory,
    StayFactory,
    UserFactory,
)
from tests.letters import letters
from tests.queries import assert_same_queries
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
EMAIL = "karim.invente@example.org"
PASSWORD = "une-phrase-bien-assez-longue"
LEADS = [Role.MANAGER, Role.ADMINISTRATOR]


@pytest.fixture
def organisation():
    return OrganisationFactory(group=None)


@pytest.fixture
def manager(client, organisation):
    seat = MembershipFactory(role=Role.MANAGER, organisation=organisation)
    sign_in(client, seat.user)
    return seat


@pytest.fixture
def invited(client, manager, organisation, django_capture_on_commit_callbacks):
    """The address of the page that the invitation's message leads to."""

    def send(email=EMAIL):
        typed = {"email": email, "role": Role.ADVISOR, "organisation": organisation.pk}
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(reverse("web:team_invite"), typed).url == reverse("web:team")
        line = next(line for line in letters()[-1].body.splitlines() if line.startswith("http"))
        return line.removeprefix("http://testserver")

    return send


ACCOUNT = {"first_name": "Karim", "last_name": "Inventé", "password": PASSWORD, "again": PASSWORD}


@pytest.mark.parametrize("role", LEADS)
def test_those_who_answer_for_a_team_see_it(client, organisation, role):
    seat = MembershipFactory(role=role, organisation=organisation)
    colleague = MembershipFactory(organisation=organisation, user__last_name="Collègue")
    stranger = MembershipFactory(user__last_name="Étrangère")
    page = sign_in(client, seat.user).get(reverse("web:team")).content.decode()
    assert str(colleague.user) in page
    assert str(stranger.user) not in page


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.SUPERVISOR])
@pytest.mark.parametrize("name", ["web:team", "web:team_invite", "web:team_group_new"])
def test_for_the_others_the_page_does_not_exist(client, organisation, role, name):
    sign_in(client, MembershipFactory(role=role, organisation=organisation).user)
    assert client.get(reverse(name)).status_code == 404


def test_inviting_then_accepting_from_start_to_end(client, manager, invited, organisation):
    link = invited()
    assert EMAIL in client.get(reverse("web:team")).content.decode()
    stranger = type(client)()
    assert str(organisation) in stranger.get(link).content.decode()
    assert stranger.post(link, ACCOUNT).url == reverse("account_login")
    assert Membership.objects.get(user__email=EMAIL).organisation == organisation
    assert stranger.get(link).status_code == 404


def test_a_refused_acceptance_keeps_what_was_typed_and_the_link(invited, client):
    link = invited()
    stranger = type(client)()
    differ = stranger.post(link, {**ACCOUNT, "again": "autre-chose-de-bien-long"})
    short = stranger.post(link, {**ACCOUNT, "password": "court", "again": "court"})
    for refused in (differ, short):
        assert refused.status_code == 422
        assert 'value="Inventé"' in refused.content.decode()
        assert PASSWORD not in refused.content.decode()
        assert "sauf le mot de passe : tapez-le à nouveau" in refused.content.decode()
    assert "15" in short.content.decode()
    assert stranger.post(link, ACCOUNT).status_code == 302


def test_every_link_that_no_longer_opens_says_the_same(invited, client):
    link = invited()
    stranger = type(client)()
    stranger.post(link, ACCOUNT, follow=True)
    pages = {
        stranger.get(address).content
        for address in (link, reverse("web:invitation", args=[999999, "x"]), link[:-2] + "x/")
    }
    assert len(pages) == 1


ADDRESSES = {
    "nobody": lambda: None,
    "an_account": lambda: UserFactory(email=EMAIL),
    "an_account_with_a_seat": lambda: MembershipFactory(user__email=EMAIL),
    "an_account_in_capitals": lambda: UserFactory(email=EMAIL.upper()),
    "an_account_without_password": lambda: User.objects.create(email=EMAIL),
    "a_closed_account": lambda: UserFactory(email=EMAIL, is_active=False),
}
NOT_YET = {
    "nothing": {},
    "two_passwords": {**ACCOUNT, "again": "autre-chose-de-bien-long"},
    "short": {**ACCOUNT, "password": "court", "again": "court"},
    "no_name": {**ACCOUNT, "first_name": ""},
    "names_as_password": {**ACCOUNT, "password": EMAIL, "again": EMAIL},
}


def what_the_link_says(link, browser):
    """Every page the link gives before an account is really opened, without what is drawn anew each time."""
    answers = [browser.get(link), *(browser.post(link, typed) for typed in NOT_YET.values())]
    drawn = re.compile(
        r'name="(csrfmiddlewaretoken|form_id)"[^>]*value="[^"]*"|/invitation/\d+/[^/"]+/|%2F\d+%2F[^"]+'
    )
    return [(answer.status_code, drawn.sub("", answer.content.decode())) for answer in answers]


@pytest.mark.parametrize("somebody_else", [False, True])
@pytest.mark.parametrize("address", [name for name in ADDRESSES if name != "nobody"])
def test_a_link_does_not_tell_whether_the_address_has_an_account(invited, client, address, somebody_else):
    """SEC-20."""
    reader = MembershipFactory().user
    said = []
    for make in (ADDRESSES["nobody"], ADDRESSES[address]):
        make()
        browser = sign_in(type(client)(), reader) if somebody_else else type(client)()
        said.append(what_the_link_says(invited(), browser))
        Invitation.objects.all().delete()
        Message.objects.all().delete()
    assert said[0] == said[1]
    assert [status for status, _ in said[0]] == [200, 422, 422, 422, 422, 422]


def test_opening_an_account_beside_the_one_already_there_changes_nothing(invited, client):
    user = UserFactory(email=EMAIL)
    before = (user.password, user.get_full_name())
    refused = type(client)().post(invited(), ACCOUNT)
    user.refresh_from_db()
    assert refused.status_code == 422
    assert "Connectez-vous avec ce compte" in refused.content.decode()
    assert (user.password, user.get_full_name()) == before
    assert Invitation.objects.get().accepted_at is None


def test_somebody_who_has_an_account_signs_in_then_accepts(invited, client):
    user = UserFactory(email=EMAIL)
    MembershipFactory(user=user)
    link = invited()
    other = type(client)()
    assert f"{reverse('account_login')}?next=" in other.get(link).content.decode()
    sign_in(other, user)
    assert "Accepter" in other.get(link).content.decode()
    assert other.post(link).url == reverse("web:home")
    assert Membership.objects.filter(user=user).count() == 2


def test_another_account_cannot_take_the_invitation(invited, client):
    UserFactory(email=EMAIL)
    link = invited()
    other = sign_in(type(client)(), MembershipFactory().user)
    other.post(link)
    assert not Membership.objects.filter(user__email=EMAIL).exists()
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.parametrize(
    "changed",
    [{"role": Role.GROUP_HEAD}, {"role": "OPERATOR"}, {"email": "pas une adresse"}, {"organisation": 999999}],
)
def test_a_refused_invitation_answers_422_and_keeps_what_was_typed(client, manager, organisation, changed):
    typed = {"email": EMAIL, "role": Role.ADVISOR, "organisation": organisation.pk, **changed}
    refused = client.post(reverse("web:team_invite"), typed)
    assert refused.status_code == 422
    assert typed["email"] in refused.content.decode()
    assert not Invitation.objects.exists()


def test_a_neighbours_structure_is_refused_like_an_absent_one(client, manager):
    """A02: the choice is scoped, the words are the same."""
    pages = []
    for pk in (OrganisationFactory().pk, 999999):
        refused = client.post(
            reverse("web:team_invite"), {"email": EMAIL, "role": Role.ADVISOR, "organisation": pk}
        )
        pages.append(refused.context["form"].errors["organisation"])
    assert pages[0] == pages[1]


def test_a_pending_invitation_is_withdrawn(client, manager, invited):
    link = invited()
    pk = Invitation.objects.get().pk
    assert client.post(reverse("web:invitation_withdraw", args=[pk])).url == reverse("web:team")
    assert type(client)().get(link).status_code == 404


def test_what_ending_changes_is_said_before_it_is_done(client, manager, organisation):
    leaving = MembershipFactory(organisation=organisation)
    StayFactory(organisation=organisation, advisor=leaving.user)
    create_token(actor=leaving.as_actor(), name="Tableur", days=30)
    address = reverse("web:team_membership_end", args=[leaving.pk])
    page = client.get(address).content.decode()
    assert "1\xa0personne accompagnée est à confier" in page
    assert "1\xa0jeton d’API" in page
    leaving.refresh_from_db()
    assert leaving.ended_at is None
    assert "Ce champ est nécessaire" in client.post(address).content.decode()
    assert client.post(address, {"successor": manager.user_id}).url == reverse("web:team")
    leaving.refresh_from_db()
    assert leaving.ended_at is not None
    assert client.get(address).status_code == 404


def test_ones_own_role_and_a_neighbours_have_no_ending_page(client, manager):
    for membership in (manager, MembershipFactory()):
        for method in (client.get, client.post):
            assert method(reverse("web:team_membership_end", args=[membership.pk])).status_code == 404


def test_the_structure_is_set_from_its_page(client, manager, organisation):
    address = reverse("web:team_structure", args=[organisation.pk])
    typed = {
        "name": "Chantier des Berges",
        "siret": "",
        "insee_code": "",
        "department": "35",
        "is_caseload_shared": "on",
        "interview_every_days": "90",
    }
    assert client.post(address, {**typed, "interview_every_days": "2"}).status_code == 422
    organisation.refresh_from_db()
    assert organisation.interview_every_days == 60
    assert client.post(address, typed).url == reverse("web:team")
    organisation.refresh_from_db()
    assert (organisation.name, organisation.is_caseload_shared) == ("Chantier des Berges", True)
    assert client.get(reverse("web:team_structure", args=[OrganisationFactory().pk])).status_code == 404


def test_a_manager_opens_a_group_and_its_structures(client, manager, organisation):
    answer = client.post(reverse("web:team_group_new"), {"name": "Groupe du Val", "kind": "GROUPE"}).url
    group = Group.objects.get()
    assert answer == reverse("web:group", args=[group.pk])
    typed = {"name": "Ressourcerie du Val", "kind": "EI", "interview_every_days": "60"}
    assert client.post(reverse("web:team_structure_new"), {**typed, "kind": "ASSO"}).status_code == 422
    assert client.post(reverse("web:team_structure_new"), typed).url == reverse("web:team")
    assert set(Organisation.objects.filter(belongings__group=group)) == {
        organisation,
        Organisation.objects.get(name="Ressourcerie du Val"),
    }
    page = client.get(reverse("web:team")).content.decode()
    assert "Ressourcerie du Val" in page
    assert client.get(reverse("web:team_group_new")).status_code == 404


def test_the_head_of_a_group_sees_its_teams(client):
    group = GroupFactory()
    members = [MembershipFactory(organisation=OrganisationFactory(group=group)) for _ in range(2)]
    head = MembershipFactory(group_head=True, group=group)
    page = sign_in(client, head.user).get(reverse("web:team")).content.decode()
    assert all(str(member.organisation) in page for member in members)


def test_the_team_page_asks_the_same_however_large_the_team(client, manager, organisation):
    assert_same_queries(
        lambda: client.get(reverse("web:team")),
        lambda more: [MembershipFactory(organisation=organisation) for _ in range(more)],
        sizes=(1, 10, 40),
    )


def test_a_token_is_shown_once_then_only_named(client, manager):
    made = client.post(reverse("web:tokens"), {"name": "Tableur des heures", "days": "90"})
    text = made.context["new_token"]
    assert text in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    later = client.get(reverse("web:tokens")).content.decode()
    assert "Tableur des heures" in later
    assert text not in later


def test_a_refused_token_keeps_its_name(client, manager):
    refused = client.post(reverse("web:tokens"), {"name": "Tableur", "days": "4000"})
    assert refused.status_code == 422
    assert 'value="Tableur"' in refused.content.decode()
    assert not SeatToken.objects.exists()


def test_a_token_is_taken_back_and_a_neighbours_is_as_if_absent(client, manager):
    mine, _ = create_token(actor=manager.as_actor(), name="À moi", days=30)
    theirs, _ = create_token(actor=MembershipFactory().as_actor(), name="À eux", days=30)
    assert client.post(reverse("web:token_revoke", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("web:token_revoke", args=[mine.pk])).url == reverse("web:tokens")
    assert list(SeatToken.objects.values_list("pk", flat=True)) == [theirs.pk]


def test_a_structure_sent_twice_is_opened_once(client):
    group = GroupFactory()
    head = MembershipFactory(group_head=True, group=group)
    sign_in(client, head.user)
    form_id = client.get(reverse("web:team_structure_new")).context["form"]["form_id"].value()
    typed = {"name": "Chantier double", "kind": "ACI", "interview_every_days": "60", "form_id": form_id}
    for _ in range(2):
        assert client.post(reverse("web:team_structure_new"), typed).url == reverse("web:team")
    assert Organisation.objects.filter(name="Chantier double").count() == 1
