"""The choice is the person's, kept and forgotten by those who speak for them; page and API alike."""

from __future__ import annotations

import pytest
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted, OutOfReach
from competences.enums import CvLook
from competences.models import Cv
from competences.selectors.cvs.page import cv_page
from competences.services import clear_cv, keep_cv
from tests.competences.cv.conftest import TODAY
from tests.factories import EmployerAccessFactory, OrganisationFactory, actor_of
from tests.worlds.two_houses import client_of

pytestmark = pytest.mark.django_db


def kept(actor, person, competence, **said):
    return keep_cv(actor=actor, beneficiary=person, **{"version": 0, "shown": [f"s{competence.pk}"], **said})


def test_the_person_chooses_and_nothing_else_is_shown(oneself, person, held, titles):
    cv = kept(
        oneself,
        person,
        held,
        title="Veilleuse de phare",
        shows_phone=True,
        town="Val-Inventé",
        look=CvLook.BAND,
    )
    made = cv_page(oneself, person, today=TODAY)
    assert (cv.version, made.head.title, made.head.contacts) == (
        1,
        "Veilleuse de phare",
        ("06 39 98 12 34", "Val-Inventé"),
    )
    assert [line.what for section in made.page.sections for line in section.lines] == ["Laver les vitres"]
    assert Entry.objects.filter(action="cv.kept", beneficiary_id=person.pk).get().detail == {"lines": 1}


def test_the_line_follows_what_is_learned_since(manager, person, held):
    kept(manager, person, held)
    person.assessments.filter(competence=held, status="CERTIFIEE").update(level=4)
    [section] = cv_page(manager, person, today=TODAY).page.sections
    assert section.lines[0].how == "peut transmettre"


def test_its_words_are_sealed(manager, person, held):
    kept(manager, person, held, title="Veilleuse de phare", presentation="Je veille.")
    stored = Cv.objects.raw("SELECT id, title AS t, presentation AS p FROM competences_cv")[0]
    assert "Veilleuse" not in stored.t
    assert "Je veille" not in stored.p


def test_a_cv_that_shows_nothing_is_refused(manager, person, held):
    with pytest.raises(DomainError) as refusal:
        kept(manager, person, held, shown=["s999999", "x"])
    assert (refusal.value.code, refusal.value.field) == ("nothing_chosen", "shown")
    assert not Cv.objects.exists()


def test_two_people_at_once_do_not_write_over_each_other(manager, oneself, person, held):
    kept(oneself, person, held)
    with pytest.raises(Conflict):
        kept(manager, person, held)
    assert kept(manager, person, held, version=1).version == 2


def test_a_choice_is_forgotten_and_its_version_goes_on(manager, person, held, titles):
    kept(manager, person, held, title="Veilleuse de phare", town="Val-Inventé", shows_email=True)
    clear_cv(actor=manager, beneficiary=person, version=1)
    cv = Cv.objects.get()
    assert (cv.version, cv.is_chosen, cv.title, cv.town, cv.shows_email) == (2, False, "", "", False)
    assert cv_page(manager, person, today=TODAY).head.title == "Jardinière"
    with pytest.raises(Conflict):
        kept(manager, person, held, version=1)


def test_where_nobody_chose_there_is_nothing_to_forget(manager, person):
    clear_cv(actor=manager, beneficiary=person, version=0)
    assert not Cv.objects.exists()
    assert not Entry.objects.filter(action="cv.cleared").exists()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.GROUP_HEAD, Role.ADMINISTRATOR])
def test_who_does_not_speak_for_the_person_chooses_nothing(house, person, held, role):
    with pytest.raises((NotPermitted, OutOfReach)):
        kept(actor_of(role, house), person, held)


def test_another_structure_a_former_one_and_an_employer_read_nothing(manager, person, held):
    kept(manager, person, held)
    former = OrganisationFactory()
    person.stays.create(organisation=former, started_on="2024-01-08", ended_on="2024-06-28")
    seats = [
        actor_of(Role.MANAGER, OrganisationFactory()),
        actor_of(Role.MANAGER, former),
        EmployerAccessFactory().as_actor(),
    ]
    for actor in seats:
        assert not Cv.objects.visible_to(actor).exists()
        for name in ("cv", "cv_edit", "cv_clear", "cv_pdf", "cv_docx"):
            assert client_of(actor).get(reverse(f"web:{name}", args=[person.pk])).status_code in {403, 404}
        for end in ("", "pdf/", "docx/"):
            assert client_of(actor).get(f"/api/v1/cvs/{person.pk}/{end}").status_code == 404


def test_a_supervisor_reads_the_gestures_and_not_the_cv(house, person, held):
    client = client_of(actor_of(Role.SUPERVISOR, house))
    assert client.get(f"/api/v1/cvs/{person.pk}/").status_code == 404
    assert client.get(reverse("web:cv", args=[person.pk])).status_code in {403, 404}


def test_three_presses_from_the_page_of_the_person_to_the_paper(manager, person, held, titles):
    client = client_of(manager)
    address = reverse("web:cv", args=[person.pk])
    assert address in client.get(reverse("web:person", args=[person.pk])).content.decode()
    page = client.get(address).content.decode()
    assert "rien n’est encore choisi" in page
    assert "Aucun moyen de joindre" in page
    assert reverse("web:cv_pdf", args=[person.pk]) in page
    assert client.get(reverse("web:cv_pdf", args=[person.pk])).content.startswith(b"%PDF")
    assert Entry.objects.filter(action="cv.taken", beneficiary_id=person.pk).get().detail == {"format": "pdf"}


def test_the_form_shows_what_is_proposed_and_keeps_what_is_ticked(oneself, person, held, titles):
    client, address = client_of(oneself), reverse("web:cv_edit", args=[person.pk])
    opened = client.get(address)
    assert "Vous choisissez" in opened.content.decode()
    form = opened.context["form"]
    assert form.initial["title"] == "Jardinière"
    assert f"s{held.pk}" not in form.initial["skills"]
    sent = {
        "skills": [f"s{held.pk}"],
        "first": "FORMATIONS",
        "look": "BANDEAU",
        "title": "Vitrière",
        "version": 0,
    }
    assert client.post(address, sent).status_code == 302
    page = client.get(reverse("web:cv", args=[person.pk])).content.decode()
    assert "Vitrière" in page
    assert "cv-band" in page
    assert "Vous avez choisi" in page
    held_now = client.get(address).context["form"].initial
    assert {name: held_now[name] for name in sent} == sent | {"version": 1}
    empty = client.post(address, {"first": "FORMATIONS", "look": "SOBRE", "version": 1})
    assert empty.status_code == 422
    assert "Choisissez au moins une ligne à montrer." in empty.content.decode()
    cleared = client.post(reverse("web:cv_clear", args=[person.pk]), {"version": 1})
    assert cleared.status_code == 302
    assert not Cv.objects.get().is_chosen


def test_what_does_not_fit_is_said_before_printing(manager, person, house):
    from tests.factories import AssessmentFactory

    lines = [AssessmentFactory(beneficiary=person).competence for _ in range(60)]
    keep_cv(actor=manager, beneficiary=person, version=0, shown=[f"s{each.pk}" for each in lines])
    answer = client_of(manager).get(reverse("web:cv", args=[person.pk]))
    left = answer.context["made"].page.left_out
    page = answer.content.decode()
    assert left
    assert "ne tiennent pas sur la page" in page
    assert all(line.what in page for line in left)


def test_the_api_gives_and_takes_the_same_choice(manager, person, held, titles):
    client, address = client_of(manager), f"/api/v1/cvs/{person.pk}/"
    shown = client.get(address)
    assert (shown["ETag"], shown.json()["is_chosen"], shown.json()["version"]) == ('"0"', False, 0)
    key = f"s{held.pk}"
    assert key in [line["key"] for line in shown.json()["offered"]]
    body = {"shown": [key], "title": "Vitrière", "shows_email": True}

    def put(**headers):
        return client.put(address, body, content_type="application/json", headers=headers)

    assert put().status_code == 428
    assert put(**{"If-Match": '"7"'}).status_code == 412
    written = put(**{"If-Match": '"0"'})
    assert (written.status_code, written["ETag"], written.json()["shown"]) == (200, '"1"', [key])
    assert client.get(f"{address}pdf/")["Content-Type"] == "application/pdf"
    assert client.get(f"{address}docx/").content.startswith(b"PK")
    assert client.delete(address, headers={"If-Match": '"1"'}).status_code == 204
    assert client.get(address).json()["is_chosen"] is False
