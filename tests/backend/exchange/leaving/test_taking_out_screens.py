"""« Emporter vos données » on screen and by the API: empty, asked, waiting, ready, over, refused."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from backend.exchange.models import StructureCopy
from backend.exchange.services.structure_copies import prepare_structure_copy
from tests.backend.exchange.leaving.taking import lines_of
from tests.factories import MembershipFactory, OrganisationFactory, StayFactory
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]
PAGE = "/equipe/emporter/"
API = "/api/v1/structure-copies/"


def enter(role, place, **fields):
    seat = MembershipFactory(role=role, organisation=place, **fields)
    return sign_in(Client(), seat.user, seat=seat.seat_key)


@pytest.fixture
def stay(here):
    return StayFactory(organisation=here, beneficiary__last_name="Emportée")


@pytest.fixture
def visitor(here):
    return enter(Role.MANAGER, here)


def asked(visitor, **fields):
    answer = visitor.post(reverse("web:taking_out_ask"), {"format": "zip", **fields})
    assert answer.status_code == 302
    return StructureCopy.objects.latest("created_at"), answer.url


def test_with_nobody_yet_there_is_nothing_to_ask(visitor):
    page = text_of(visitor.get(PAGE))
    assert "Il n’y a encore rien à emporter" in page
    assert "Préparer le fichier" not in page


def test_the_page_says_what_leaves_and_what_does_not_and_is_reached_from_both_places(visitor, stay):
    page = text_of(visitor.get(PAGE))
    for words in (
        "Préparer le fichier",
        "salaries",
        "Les notes privées",
        "De qui est parti",
        "notés au journal",
    ):
        assert words in page
    assert 'name="organisation"' not in page
    for door in ("web:team", "web:imports"):
        assert PAGE in text_of(visitor.get(reverse(door)))


def test_from_the_question_to_the_file(visitor, stay):
    job, page = asked(visitor)
    waiting = text_of(visitor.get(page))
    assert "En attente" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    file = reverse("web:taking_out_file", args=[job.pk])
    assert visitor.get(file).status_code == 404
    prepare_structure_copy(job_id=str(job.pk))
    ready = text_of(visitor.get(page))
    assert "Le fichier est prêt" in ready
    assert file in ready
    answer = visitor.get(file)
    assert answer["Content-Disposition"].startswith('attachment; filename="donnees-')
    assert [line["nom"] for line in lines_of(answer.content)["salaries.csv"]] == ["Emportée"]
    assert "Télécharger" in text_of(visitor.get(PAGE))
    StructureCopy.objects.update(finished_at="2026-01-01T00:00Z")
    assert "Ce fichier n’est plus là" in text_of(visitor.get(page))
    assert visitor.get(file).status_code == 404


def test_what_failed_says_so(visitor, stay):
    _, page = asked(visitor)
    StructureCopy.objects.update(status="ECHEC", message="La préparation s’est interrompue.")
    assert "La préparation s’est interrompue." in text_of(visitor.get(page))


def test_an_unknown_kind_of_file_keeps_the_page(visitor, stay):
    answer = visitor.post(reverse("web:taking_out_ask"), {"format": "pdf"})
    assert answer.status_code == 422
    assert "Le fichier n’a pas été demandé" in text_of(answer)


def test_the_head_of_a_group_chooses_the_structure(here, stay):
    head = enter(Role.GROUP_HEAD, None, group=here.group)
    OrganisationFactory(name="Vallées Intérim", group=here.group)
    assert 'name="organisation"' in text_of(head.get(PAGE))
    ask = reverse("web:taking_out_ask")
    assert head.post(ask, {"format": "zip"}).status_code == 422
    assert head.post(ask, {"format": "zip", "organisation": OrganisationFactory().pk}).status_code == 422
    job, _ = asked(head, organisation=here.pk)
    assert job.organisation == here


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.SUPERVISOR])
def test_who_may_not_is_told_who_may(here, stay, role):
    MembershipFactory(role=Role.MANAGER, organisation=here, user__last_name="Responsable-Rêvée")
    colleague = enter(role, here)
    page = text_of(colleague.get(PAGE))
    assert "Votre rôle ne permet pas d’emporter" in page
    assert "Responsable-Rêvée" in page
    assert "Préparer le fichier" not in page
    assert colleague.post(reverse("web:taking_out_ask"), {"format": "zip"}).status_code == 404
    assert not StructureCopy.objects.exists()


def test_a_colleague_with_the_same_role_does_not_see_the_file(visitor, here, stay):
    job, page = asked(visitor)
    prepare_structure_copy(job_id=str(job.pk))
    colleague = enter(Role.MANAGER, here)
    assert colleague.get(page).status_code == 404
    assert colleague.get(f"{page}fichier/").status_code == 404


def test_the_api_gives_the_same_file(visitor, here, stay):
    answer = visitor.post(API, {"organisation": here.pk}, content_type="application/json")
    assert answer.status_code == 201, answer.content
    number = answer.json()["id"]
    assert visitor.get(f"{API}{number}/file/").status_code == 404
    prepare_structure_copy(job_id=number)
    told = visitor.get(f"{API}{number}/").json()
    assert (told["is_available"], told["counts"]["salaries.csv"]) == (True, 1)
    file = visitor.get(f"{API}{number}/file/")
    assert [line["nom"] for line in lines_of(file.content)["salaries.csv"]] == ["Emportée"]
    assert file["Content-Type"] == "application/zip"


def test_the_api_refuses_who_may_not_and_other_structures(visitor, here, there, stay):
    elsewhere = visitor.post(API, {"organisation": there.pk}, content_type="application/json")
    assert elsewhere.status_code == 400
    advisor = enter(Role.ADVISOR, here)
    assert advisor.post(API, {"organisation": here.pk}, content_type="application/json").status_code == 403
