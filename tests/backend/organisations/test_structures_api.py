"""Structures and teams through the API."""

from __future__ import annotations

import json

import pytest

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.organisations.models import Invitation
from tests.factories import OrganisationFactory, actor_of
from tests.letters import letters
from tests.worlds.two_houses import API, House, client_of


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def house(db):
    return House()


def post(client, path, body, status=201):
    answer = client.post(f"{API}{path}", json.dumps(body), "application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_manager_invites_a_colleague_and_thinks_better_of_it(house, django_capture_on_commit_callbacks):
    manager = house.clients[Role.MANAGER]
    body = {"organisation": house.structure.pk, "email": "nouvelle@example.org", "role": "ADVISOR"}
    with django_capture_on_commit_callbacks(execute=True):
        sent = post(manager, "invitations/", body)
    assert "http://testserver/invitation/" in letters()[0].body
    assert not {"token_digest", "secret"} & set(sent)
    post(manager, f"invitations/{sent['id']}/withdraw/", {}, 200)
    assert Invitation.objects.get(pk=sent["id"]).withdrawn_at is not None
    waiting = manager.get(f"{API}invitations/?is_pending=true").json()["results"]
    assert sent["id"] not in {each["id"] for each in waiting}


def test_nobody_gives_a_role_above_their_own(house):
    supervisor = house.clients[Role.SUPERVISOR]
    body = {"organisation": house.structure.pk, "email": "autre@example.org", "role": "MANAGER"}
    assert post(supervisor, "invitations/", body, 403)


def test_the_head_of_a_group_adds_a_structure(house):
    head, body = house.clients[Role.GROUP_HEAD], {"name": "Atelier du Lac", "kind": "EI"}
    made = post(head, "structures/", {**body, "group": house.structure.group.pk})
    ties = head.get(f"{API}belongings/?organisation={made['id']}").json()["results"]
    assert (made["kind"], [tie["group"] for tie in ties]) == ("EI", [house.structure.group.pk])


def test_a_lone_structure_opens_its_group(db):
    alone = OrganisationFactory(group=None)
    client = client_of(actor_of(Role.MANAGER, alone))
    made = post(client, "groups/", {"name": "Groupe des Rives"})
    assert made["kind"] == "GROUPE"
    assert [tie.group_id for tie in alone.belongings.all()] == [made["id"]]


def test_the_head_of_a_group_corrects_its_name(house):
    head, group = house.clients[Role.GROUP_HEAD], house.structure.group
    address = f"{API}groups/{group.pk}/"
    body = json.dumps({"name": "Groupe des Deux Rives"})
    assert head.patch(address, body, "application/json").status_code == 428
    tag = head.get(address)["ETag"]
    assert (
        head.patch(address, body, "application/json", HTTP_IF_MATCH=tag).json()["name"]
        == "Groupe des Deux Rives"
    )
    assert head.patch(address, body, "application/json", HTTP_IF_MATCH=tag).status_code == 412
    manager = house.clients[Role.MANAGER].patch(address, body, "application/json", HTTP_IF_MATCH="*")
    assert manager.status_code == 403
    entry = Entry.objects.get(action="group.renamed")
    assert (entry.subject_id, entry.detail) == (str(group.pk), {"was": {"name": "…"}})


def test_the_name_of_a_group_is_corrected_on_its_page(house):
    head, group = house.clients[Role.GROUP_HEAD], house.structure.group
    address = f"/equipe/groupes/{group.pk}/nom/"
    assert address in head.get(f"/equipe/groupes/{group.pk}/").content.decode()
    form = head.get(address).context["form"]
    sent = {"name": " Groupe des Songes ", "version": form["version"].value()}
    assert head.post(address, sent).status_code == 302
    group.refresh_from_db()
    assert group.name == "Groupe des Songes"
    assert head.post(address, sent | {"name": "Un autre"}).status_code == 422, (
        "written since the form was opened"
    )
    assert house.clients[Role.MANAGER].get(address).status_code == 404
