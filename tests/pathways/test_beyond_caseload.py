"""SEC-14: reading outside one’s own caseload asks for a motive, for a time, and the person knows."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import DomainError
from pathways.models import Beneficiary, Interview, RuleSetting
from pathways.permissions import accompanies
from pathways.services.beyond import LONGEST_HOURS, open_beyond_caseload
from tests import factories as make
from tests.factories import TODAY
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
NAMED = {"last_name": "Dupluvier", "first_name": "Zoé"}


@pytest.fixture(autouse=True)
def _at_work():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def structure():
    return make.OrganisationFactory()


@pytest.fixture
def referent(structure):
    return make.MembershipFactory(role=Role.ADVISOR, organisation=structure)


@pytest.fixture
def colleague(structure):
    account = make.UserFactory(first_name="Ysolde", last_name="Fictive")
    return make.MembershipFactory(role=Role.ADVISOR, organisation=structure, user=account)


@pytest.fixture
def manager(structure):
    return make.MembershipFactory(role=Role.MANAGER, organisation=structure)


@pytest.fixture
def person(structure, referent):
    found = make.BeneficiaryFactory(**NAMED)
    make.ContractFactory(
        stay=make.StayFactory(beneficiary=found, organisation=structure, advisor=referent.user)
    )
    make.InterviewFactory(beneficiary=found, organisation=structure, author=referent.user)
    return found


def browser(membership):
    return sign_in(Client(), membership.user, seat=membership.seat_key)


def opened(membership, **values):
    return open_beyond_caseload(actor=membership.as_actor(), motive="URGENCE", **{**NAMED, **values})


def page_of(person):
    return reverse("web:person", args=[person.pk])


def test_without_a_motive_the_file_of_a_colleague_is_as_if_absent(person, colleague):
    client = browser(colleague)
    assert client.get(page_of(person)).status_code == 404
    assert client.get(f"/api/v1/people/{person.pk}/").status_code == 404
    answer = client.post(reverse("web:beyond_open"), {**NAMED, "motive": ""})
    assert answer.status_code == 422
    assert client.get(page_of(person)).status_code == 404


def test_with_a_motive_it_opens_by_the_page_and_the_motive_is_kept(person, colleague):
    client = browser(colleague)
    answer = client.post(reverse("web:beyond_open"), {**NAMED, "motive": "ABSENCE"})
    assert (answer.status_code, answer["Location"]) == (302, page_of(person))
    assert client.get(page_of(person)).status_code == 200
    line = Entry.objects.get(action="beneficiary.opened_beyond")
    assert (line.user_id, line.beneficiary_id, line.detail["motive"]) == (
        colleague.user_id,
        person.pk,
        "ABSENCE",
    )
    assert line.organisation_id == colleague.organisation_id


def test_with_a_motive_it_opens_by_the_api(person, colleague):
    client = browser(colleague)
    body = {**NAMED, "motive": "EQUIPE"}
    made = client.post("/api/v1/caseload-openings/", body, content_type="application/json")
    assert made.status_code == 201
    assert made.json()["beneficiary"] == person.pk
    assert client.get(f"/api/v1/people/{person.pk}/").status_code == 200
    assert [row["motive"] for row in client.get("/api/v1/caseload-openings/").json()["results"]] == ["EQUIPE"]


def test_it_closes_by_itself_at_the_hour(person, colleague):
    until = opened(colleague).until
    for moment, is_open in (
        (until - timedelta(seconds=1), True),
        (until, False),
        (until + timedelta(days=1), False),
    ):
        with time_machine.travel(moment, tick=False):
            assert accompanies(colleague.as_actor(), person) is is_open
            seen = Beneficiary.objects.visible_to(colleague.as_actor()).filter(pk=person.pk)
            assert seen.exists() is is_open
            assert Interview.objects.visible_to(colleague.as_actor()).exists() is is_open


@pytest.mark.parametrize(("said", "hours"), [("2", 2), ("5000", LONGEST_HOURS)])
def test_the_time_is_a_dated_rule_and_never_over_three_days(person, colleague, said, hours):
    RuleSetting.objects.create(
        key="beyond_caseload_hours", value=said, valid_from=date(2026, 1, 1), basis="Choix d’ici"
    )
    opening = opened(colleague)
    assert opening.until - opening.at == timedelta(hours=hours)


def test_only_that_account_in_that_structure_and_that_person(person, colleague, structure, referent):
    opened(colleague)
    other_file = make.StayFactory(organisation=structure, advisor=referent.user).beneficiary
    third = make.MembershipFactory(role=Role.ADVISOR, organisation=structure)
    elsewhere = make.MembershipFactory(role=Role.ADVISOR, user=colleague.user)
    assert not accompanies(colleague.as_actor(), other_file)
    assert not accompanies(third.as_actor(), person)
    assert not accompanies(elsewhere.as_actor(), person)


def test_the_person_reads_who_and_why(person, colleague):
    opened(colleague)
    access = make.BeneficiaryAccessFactory(beneficiary=person)
    shown = text_of(sign_in(Client(), access.user).get(reverse("web:my_pathway")))
    assert str(colleague.user) in shown
    assert "Motif : Une urgence" in shown


def test_who_answers_for_the_structure_reads_it_the_same_day(person, colleague, manager):
    client = browser(manager)
    assert "Dossiers ouverts hors des suivis" not in text_of(client.get(reverse("web:day")))
    opened(colleague)
    for route in ("web:day", "web:beyond"):
        shown = text_of(client.get(reverse(route)))
        assert str(person) in shown
        assert str(colleague.user) in shown
        assert "Une urgence" in shown
    (row,) = client.get("/api/v1/caseload-openings/").json()["results"]
    assert row["beneficiary"] == person.pk


def test_nobody_elsewhere_nor_another_advisor_reads_it(person, colleague, referent):
    opened(colleague)
    for other in (referent, make.MembershipFactory(role=Role.MANAGER)):
        client = browser(other)
        assert str(person) not in text_of(client.get(reverse("web:beyond")))
        assert client.get("/api/v1/caseload-openings/").json()["results"] == []


@pytest.mark.parametrize(
    "role", [Role.MANAGER, Role.SUPERVISOR, Role.GROUP_HEAD, Role.ADMINISTRATOR, Role.NETWORK_HEAD]
)
def test_the_other_roles_open_nothing_so(person, structure, role):
    with pytest.raises(DomainError):
        open_beyond_caseload(actor=make.actor_of(role, structure), motive="URGENCE", **NAMED)


def test_nobody_who_is_elsewhere_or_gone_opens(structure, colleague):
    there = make.StayFactory(beneficiary=make.BeneficiaryFactory(**NAMED))
    gone = make.StayFactory(
        beneficiary=make.BeneficiaryFactory(**NAMED),
        organisation=structure,
        ended_on=TODAY - timedelta(days=1),
    )
    with pytest.raises(DomainError) as refusal:
        opened(colleague)
    assert refusal.value.code == "nobody_here"
    for stay in (there, gone):
        assert str(stay.beneficiary) not in refusal.value.message


def test_namesakes_are_told_apart_by_their_birth_date(person, structure, referent, colleague):
    twin = make.BeneficiaryFactory(**NAMED, birth_date=date(1991, 2, 3))
    make.StayFactory(beneficiary=twin, organisation=structure, advisor=referent.user)
    with pytest.raises(DomainError) as refusal:
        opened(colleague)
    assert refusal.value.field == "birth_date"
    assert opened(colleague, birth_date=date(1991, 2, 3)).beneficiary == twin


def test_accents_and_case_do_not_matter_but_half_a_name_opens_nothing(person, colleague):
    with pytest.raises(DomainError):
        opened(colleague, last_name="Duplu")
    assert opened(colleague, last_name="DUPLUVIER", first_name="zoe").beneficiary == person


def test_a_file_already_open_writes_nothing(person, colleague, referent):
    opened(colleague)
    for membership in (colleague, referent):
        with pytest.raises(DomainError) as refusal:
            opened(membership)
        assert refusal.value.code == "already_open"
    assert Entry.objects.filter(action="beneficiary.opened_beyond").count() == 1


@pytest.mark.parametrize("by", ["page", "api"])
def test_guessing_leaves_a_line_without_what_was_typed(colleague, by):
    client, body = browser(colleague), {"last_name": "Nulleparte", "first_name": "Ana", "motive": "URGENCE"}
    if by == "page":
        answer = client.post(reverse("web:beyond_open"), body)
        assert "Nulleparte" in answer.content.decode()  # what was typed is kept in the form
    else:
        answer = client.post("/api/v1/caseload-openings/", body, content_type="application/json")
    assert answer.status_code in {400, 422}
    line = Entry.objects.order_by("pk").last()
    assert (line.action, line.user_id) == ("access.refused", colleague.user_id)
    assert "Nulleparte" not in str(line.detail)


def test_the_copy_of_ones_data_says_it(person, colleague):
    from pathways.selectors.privacy.readers import every_reading_of

    opened(colleague)
    assert any("Motif : Une urgence" in reading.what for reading in every_reading_of(person))
