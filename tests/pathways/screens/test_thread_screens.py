"""Each role sees its own screens; a neighbour's person is as absent as one who never was."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from pathways.models import Beneficiary, Exit, Goal, Stay
from tests.factories import (
    BeneficiaryFactory,
    ContractFactory,
    OccupationCompetenceFactory,
    OccupationFactory,
    StayFactory,
    actor_of,
)
from tests.queries import assert_same_queries
from tests.worlds.three_valleys import member
from tests.worlds.two_houses import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


def _page(client, name, *args):
    return client.get(reverse(f"web:{name}", args=args))


def test_each_role_lands_where_its_day_begins(place, sign_in):
    for role, route in (
        (Role.ADVISOR, "web:day"),
        (Role.SUPERVISOR, "web:observe"),
        (Role.MANAGER, "web:day"),
    ):
        client = sign_in(member(role, place.structures["aci"]).user)
        assert client.get("/").url == reverse(route)
    assert sign_in(place.door.user).get("/").url == reverse("web:my_pathway")


def test_the_day_shows_appointments_alerts_and_people_between_two_steps(advisor):
    page = _page(advisor, "day").content.decode()
    assert "Karim Inventé" in page
    assert "PASS IAE" in page
    assert "sans suite" in page


def test_an_empty_day_says_so(place, sign_in):
    newcomer = member(Role.ADVISOR, place.structures["sap"])
    Stay.objects.filter(organisation=place.structures["sap"]).update(advisor=place.advisor)
    page = _page(sign_in(newcomer.user), "day").content.decode()
    assert "Rien à rattraper." in page


def test_the_page_of_a_person_shows_the_whole_line(advisor, place):
    page = _page(advisor, "person", place.solange.pk).content.decode()
    for words in (
        "Trois Vallées Services",
        "Vallées Intérim",
        "Aide aux Hameaux",
        "76",
        "aujourd’hui",
        "CACES R489",
    ):
        assert words in page


def test_opening_a_person_is_written_in_the_trail(advisor, place):
    _page(advisor, "person", place.solange.pk)
    assert Entry.objects.get(action="beneficiary.read").beneficiary_id == place.solange.pk


def test_a_supervisor_never_reads_freins_nor_what_was_said(place, sign_in):
    page = _page(sign_in(member(Role.SUPERVISOR, place.structures["aci"]).user), "person", place.solange.pk)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Horaires tenus" not in text
    assert "Freins" not in text
    assert "S’alourdit" not in text


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.GROUP_HEAD])
def test_who_does_not_read_follow_ups_is_never_told_there_are_none(place, role):
    client = client_of(actor_of(role, place.structures["aci"]))
    listed = _page(client, "people").content.decode()
    own = _page(client, "person", place.solange.pk).content.decode()
    assert place.solange.last_name in listed
    assert "Dernier entretien" not in listed
    assert "Pas encore" not in listed
    assert "Rien n’est prévu pour l’instant" not in own


def test_who_reads_follow_ups_reads_when_the_last_one_was(advisor):
    assert "Dernier entretien" in _page(advisor, "people").content.decode()


def test_a_neighbours_person_is_like_one_who_never_was(place, sign_in):
    from tests.factories import OrganisationFactory

    stranger = sign_in(member(Role.ADVISOR, OrganisationFactory()).user)
    there = _page(stranger, "person", place.solange.pk)
    absent = _page(stranger, "person", 999_999)
    assert (there.status_code, there.content) == (404, absent.content)


@pytest.mark.parametrize("name", ["day", "people", "note", "observe", "between"])
def test_a_page_of_another_role_does_not_exist(place, sign_in, name):
    assert _page(sign_in(place.door.user), name).status_code == 404


def test_the_list_finds_by_name_whatever_the_accents(advisor):
    page = advisor.post(reverse("web:people"), {"q": "invente"}, follow=True).content.decode()
    assert "Karim Inventé" in page
    assert "Jo Imaginaire" not in page


def test_a_filter_that_makes_no_sense_shows_everyone_present(advisor):
    page = advisor.get(reverse("web:people"), {"kind": "NAWAK", "page": "zero"})
    assert page.status_code == 200
    assert "Karim Inventé" in page.content.decode()


def _one_more_person(place, how_many):
    for _ in range(how_many):
        stay = StayFactory(organisation=place.structures["aci"], advisor=place.advisor)
        ContractFactory(stay=stay, planned_end_on=date(2026, 12, 1))


@pytest.mark.parametrize("name", ["people", "day", "between"])
def test_a_list_asks_no_more_when_it_shows_more(advisor, place, name):
    assert_same_queries(lambda: _page(advisor, name), lambda n: _one_more_person(place, n), sizes=(1, 10, 20))


def test_welcoming_a_person_opens_their_file_and_asks_for_the_contract(advisor, place):
    answer = advisor.post(
        reverse("web:person_new"),
        {
            "first_name": "Nadia",
            "last_name": "Songe",
            "organisation": place.structures["aci"].pk,
            "started_on": "2026-11-22",
        },
    )
    stay = Stay.objects.get(beneficiary__last_name="Songe")
    assert answer.url == reverse("web:contract_new", args=[stay.pk])


def test_a_wrong_postcode_is_explained_and_nothing_is_created(advisor, place):
    before = Beneficiary.objects.count()
    answer = advisor.post(
        reverse("web:person_new"),
        {
            "first_name": "Nadia",
            "last_name": "Songe",
            "organisation": place.structures["aci"].pk,
            "started_on": "2026-11-22",
            "postcode": "39",
        },
    )
    assert answer.status_code == 422
    assert "cinq chiffres" in answer.content.decode()
    assert Beneficiary.objects.count() == before


def test_a_contract_beyond_the_law_is_refused_in_words(advisor, place):
    stay = Stay.objects.get(beneficiary=place.karim)
    answer = advisor.post(
        reverse("web:contract_new", args=[stay.pk]),
        {"kind": "CDDI", "started_on": "2026-12-14", "planned_end_on": "2030-01-01", "weekly_hours": "26"},
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "Pourquoi ?" in answer.content.decode()
    assert "L5132-15-1" in answer.content.decode()


def test_a_contract_on_days_already_covered_is_recorded_with_a_word(advisor, place):
    stay = StayFactory(organisation=place.structures["aci"], advisor=place.advisor)
    address = reverse("web:contract_new", args=[stay.pk])
    for start, end, said in (
        ("2026-11-23", "2027-04-30", False),
        ("2026-12-14", "2027-05-30", True),
        ("2027-05-31", "2027-10-30", False),
    ):
        typed = {"kind": "CDDI", "started_on": start, "planned_end_on": end}
        page = advisor.post(address, typed, follow=True)
        assert page.redirect_chain, start
        assert ("Un autre contrat du même type couvre déjà" in page.content.decode()) is said, start


def test_hours_take_a_comma(advisor, place):
    contract = Stay.objects.get(beneficiary=place.karim).contracts.get()
    answer = advisor.post(
        reverse("web:hours_new", args=[contract.pk]), {"month": "2026-10", "hours": "110,5"}
    )
    assert answer.status_code == 302
    assert contract.monthly_hours.get().hours == pytest.approx(110.5, abs=0)


def test_an_exit_is_recorded_then_completed(advisor, place):
    stay = Stay.objects.get(beneficiary=place.jo)
    url = reverse("web:exit_edit", args=[stay.pk])
    assert advisor.post(url, {"on": "2026-11-20"}).status_code == 302
    assert advisor.get(url).status_code == 200
    answer = advisor.post(
        url, {"version": 1, "motive": "9", "contract_months": "7", "employer_name": "Brioches du Val"}
    )
    assert answer.status_code == 302
    assert Exit.objects.get(stay=stay).motive == "9"


def test_a_goal_changed_meanwhile_is_shown_again_with_the_new_version(advisor, place):
    goal = Goal.objects.get(beneficiary=place.solange)
    url = reverse("web:goal_edit", args=[goal.pk])
    advisor.post(url, {"version": 1, "status": "REALISE"})
    late = advisor.post(url, {"version": 1, "status": "ABANDONNE", "dropped_because": "Trop loin."})
    assert late.status_code == 422
    assert 'name="version" value="2"' in late.content.decode()
    assert "Trop loin." in late.content.decode()


def test_the_person_reads_plain_words_and_who_opened_their_file(advisor, place, sign_in):
    _page(advisor, "person", place.solange.pk)
    page = _page(sign_in(place.door.user), "my_pathway").content.decode()
    assert "a ouvert votre dossier" in page
    assert "Odile Exemple" in page
    assert "Horaires tenus" in page
    assert "À revoir avec calme" not in page
    assert "PASS IAE" not in page


def test_a_supervisor_ticks_a_gesture_corrects_it_and_takes_it_back(place, sign_in):
    client = sign_in(member(Role.SUPERVISOR, place.structures["aci"]).user)
    occupation = OccupationFactory(rome_code="K2204")
    competence = OccupationCompetenceFactory(occupation=occupation).competence
    place.karim.stays.get().contracts.update(rome_code="K2204")
    assert competence.label in _page(client, "observe_person", place.karim.pk).content.decode()
    url = reverse("web:observe_level", args=[place.karim.pk, competence.pk])
    client.post(url, {"level": "2"})
    row = client.post(url, {"level": "3"}, headers={"HX-Request": "true"}).content.decode()
    reading = place.karim.assessments.get()
    assert reading.level == 3
    assert "Annuler" in row
    undo = reverse("web:observe_undo", args=[reading.pk])
    assert undo in _page(client, "observe_person", place.karim.pk).content.decode()
    client.post(reverse("web:observe_undo", args=[reading.pk]))
    assert not place.karim.assessments.exists()


def test_a_level_that_does_not_exist_is_not_recorded(place, sign_in):
    client = sign_in(member(Role.SUPERVISOR, place.structures["aci"]).user)
    competence = OccupationCompetenceFactory().competence
    url = reverse("web:observe_level", args=[place.karim.pk, competence.pk])
    answer = client.post(url, {"level": "9"}, follow=True)
    assert "Choisissez l’un des quatre niveaux." in answer.content.decode()
    assert not place.karim.assessments.exists()


def test_every_page_forbids_what_comes_from_elsewhere(advisor, place):
    response = _page(advisor, "person", place.solange.pk)
    page = response.content.decode()
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert " style=" not in page
    assert "onclick" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_names_are_written_as_text_never_as_markup(advisor, place):
    person = BeneficiaryFactory(first_name="<b>Jo</b>", last_name="<script>alert(1)</script>")
    StayFactory(beneficiary=person, organisation=place.structures["aci"], advisor=place.advisor)
    page = _page(advisor, "person", person.pk).content.decode()
    assert "<script>alert" not in page
    assert "<b>Jo" not in page


def test_who_accompanies_a_person_calls_them_from_their_page(place, sign_in):
    person = place.karim
    Beneficiary.objects.filter(pk=person.pk).update(
        phone="0611223344", email="essai@example.org", postcode="57000"
    )
    shown = 'href="tel:0611223344"', 'href="mailto:essai@example.org"', "57000"
    read = _page(
        sign_in(member(Role.MANAGER, place.structures["aci"]).user), "person", person.pk
    ).content.decode()
    assert [words in read for words in shown] == [True] * 3
    read = _page(
        sign_in(member(Role.SUPERVISOR, place.structures["aci"]).user), "person", person.pk
    ).content.decode()
    assert [words in read for words in shown] == [False] * 3
