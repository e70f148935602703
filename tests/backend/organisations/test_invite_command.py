"""An installation opens its doors again: any role, in what is already there, and nothing is opened twice."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from backend.core.actor import HEADS_A_GROUP, STAFF_ROLES, TEAM_ROLES, Role
from backend.organisations.enums import GroupKind
from backend.organisations.models import Invitation, Membership, Organisation
from competences.models import ReferentialImport
from tests.factories import GroupFactory, MembershipFactory, OrganisationFactory
from tests.letters import letters

pytestmark = pytest.mark.django_db
PASSWORD = "une-phrase-inventee-et-longue"


@pytest.fixture
def say(capsys, django_capture_on_commit_callbacks):
    """Runs a command as typed; gives back its exit code, what it said and what it complained of."""

    def _say(*words):
        code = 0
        with django_capture_on_commit_callbacks(execute=True):
            try:
                call_command(*words)
            except SystemExit as end:
                code = end.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return _say


def enter(client, said):
    """Opens the link shown, makes an account with it."""
    path = re.search(r"https?://[^/\s]+(/\S+)", said)[1]
    form = client.get(path).context["form"]
    names = {name: "Noé" if "name" in name else PASSWORD for name in form.fields}
    assert client.post(path, names).status_code == 302


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_every_seat_is_given_from_the_command_line(say, client, role):
    kind = GroupKind.GROUP if role is Role.GROUP_HEAD else GroupKind.MARKET
    structure, group = OrganisationFactory(), GroupFactory(kind=kind)
    place = ["--structure", str(structure.pk)] if role in TEAM_ROLES else []
    place = ["--group", group.name] if role in HEADS_A_GROUP else place
    code, said, _ = say("invite", *place, "--role", role.label, "--email", "Nouvelle@example.org")
    assert code == 0
    assert [message.to for message in letters()] == [["nouvelle@example.org"]]
    enter(client, said)
    seat = Membership.objects.get(user__email="nouvelle@example.org")
    assert (seat.role, seat.as_actor().role) == (role, role)
    assert seat.organisation == (structure if role in TEAM_ROLES else None)
    assert seat.group == (group if role in HEADS_A_GROUP else None)


def test_a_second_head_joins_the_first_and_an_expired_link_is_renewed(say, client):
    first = MembershipFactory(group_head=True)
    words = ("invite", "--group", first.group.name.upper(), "--email", "seconde@example.org")
    assert say(*words)[0] == 0
    old = Invitation.objects.get()
    Invitation.objects.update(expires_at=timezone.now())
    _, said, _ = say(*words)
    enter(client, said)
    assert Membership.objects.filter(group=first.group, role=Role.GROUP_HEAD).count() == 2
    old.refresh_from_db()
    assert old.accepted_at is None
    code, _, complaint = say(*words)
    assert (code, complaint.strip()) == (1, "Cette personne a déjà ce rôle ici.")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--structure", "Nulle part", "--role", "responsable", "--email", "a@example.org"], 1, "Aucune structure"),
        (["--structure", "Double", "--role", "responsable", "--email", "a@example.org"], 1, "numéro"),
        (["--group", "Nulle part", "--email", "a@example.org"], 1, "Aucun groupe"),
        (["--structure", "Double", "--role", "chef", "--email", "a@example.org"], 2, "n’est pas un rôle"),
        (["--structure", "Double", "--role", "tete-de-groupe", "--email", "a@example.org"], 2, "donnez --group"),
        (["--role", "accompagnement", "--email", "a@example.org"], 2, "donnez --structure"),
        (["--structure", "1", "--email", "pasunmail"], 2, "n’est pas une adresse électronique"),
        (["--role", "tete-de-reseau", "--email", "a@example.org", "--site", "passerelles"], 1, "adresse d’un service"),
    ],
)  # fmt: skip
def test_what_is_typed_wrong_is_said_in_french(say, words, code, told):
    OrganisationFactory.create_batch(2, name="Double")
    ended, _, complaint = say("invite", *words)
    assert ended == code
    assert told in complaint
    assert "Traceback" not in complaint
    assert not Invitation.objects.exists()


def test_a_structure_is_found_by_its_siret_or_its_name_and_never_opened_twice(say):
    words = ("open_structure", "Chantier des Rives", "--kind", "ACI", "--email", "responsable@example.org")
    assert say(*words, "--siret", "732 829 320 00074")[0] == 0
    code, said, _ = say("open_structure", "Autre nom", *words[2:], "--siret", "73282932000074")
    assert (code, "déjà ouverte" in said) == (0, True)
    code, said, _ = say("open_structure", "CHANTIER DES RIVES", *words[2:])
    assert (code, Organisation.objects.count()) == (0, 1)
    assert Invitation.objects.pending(timezone.now()).count() == 1
    assert ReferentialImport.objects.count() == 1
    say("open_structure", "Chantier des Rives", "--kind", "AI", *words[4:])
    assert Organisation.objects.count() == 2  # two conventions of one entity are two structures


def test_opening_again_for_the_manager_already_there_does_nothing(say, client):
    words = ("open_structure", "Chantier des Rives", "--kind", "ACI", "--email", "responsable@example.org")
    enter(client, say(*words)[1])
    code, said, _ = say(*words)
    assert (code, "rien à faire" in said) == (0, True)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--email", "pasunmail"], 2),
        (["--email", "a@example.org", "--siret", "123"], 1),
        (["--email", "a@example.org", "--site", "ftp://ici"], 1),
    ],
)
def test_bad_data_opens_nothing(say, more, code):
    ended, _, complaint = say("open_structure", "Chantier", "--kind", "ACI", *more)
    assert (ended, bool(complaint.strip())) == (code, True)
    assert not Organisation.objects.exists()


def test_the_address_of_the_service_is_that_of_production(say, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://passerelles.example.org"]
    words = ("open_structure", "Chantier", "--kind", "ACI", "--email", "a@example.org")
    assert "https://passerelles.example.org/invitation/" in say(*words)[1]
    assert (
        "https://ailleurs.example.org/invitation/"
        in say(*words, "--site", "https://ailleurs.example.org/")[1]
    )
