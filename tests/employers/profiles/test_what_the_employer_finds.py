"""What an employer finds: nothing without the person’s yes, nothing after their no, never who they are."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.sealing.pseudonyms import reference
from employers.enums import EmployerAnswer
from employers.models import ProfileConsent
from employers.services import hire
from tests.employers.profiles.canaries import READABLE
from tests.factories import (
    EmployerAccessFactory,
    EmployerFactory,
    EstablishmentFactory,
    JobProposalFactory,
    MembershipFactory,
    ProfileConsentFactory,
    TaskAnalysisFactory,
    WorkTaskFactory,
)
from tests.queries import assert_same_queries
from tests.signin import sign_in as sit


def answer_address(consent):
    """Where the employer answers, by the number they know the profile by."""
    number = reference(employer_id=consent.employer_id, kind="consent", row_id=consent.pk)
    return reverse("web:profile_answer", args=[number])


def needs_of(contact) -> str:
    return contact.get(reverse("web:my_needs")).content.decode()


def test_the_employer_finds_three_things_and_no_menu(contact, consent):
    page = needs_of(contact)

    for heading in ("Ce que nous avons compris de vos besoins", "Qui pourrait le faire", "La suite"):
        assert heading in page
    assert page.count('class="rail-link"') <= 4
    for other in ("web:people", "web:day", "web:employers"):
        assert reverse(other) not in page


def test_needs_are_read_task_by_task_once_given_back(contact, task, employer):
    draft = TaskAnalysisFactory(establishment__employer=employer)
    WorkTaskFactory(analysis=draft, name="Tâche encore en cours")
    page = needs_of(contact)

    assert "Peser les ingrédients" in page
    assert "Tâche encore en cours" not in page


def test_what_the_team_thinks_of_a_task_is_never_told_to_whoever_gave_it(contact, task, structure):
    task.is_hard = task.is_devalued = task.is_skill_building = True
    task.save()
    page = needs_of(contact)

    assert "développe une compétence" in page
    assert "pénible" not in page
    assert "dévalorisée" not in page
    (told,) = contact.get(reverse("api:work-tasks-list")).json()["results"]
    assert not {"is_hard", "is_devalued"} & set(told)

    seat = MembershipFactory(role=Role.ADVISOR, organisation=structure)
    team = sit(Client(), seat.user, seat=seat.seat_key)
    inside = team.get(reverse("web:analysis", args=[task.analysis_id])).content.decode()
    assert "pénible" in inside
    assert "dévalorisée" in inside
    (known,) = team.get(reverse("api:work-tasks-list")).json()["results"]
    assert known["is_hard"] is known["is_devalued"] is True


def test_the_employer_finds_one_number_to_call_then_an_address(contact, structure):
    MembershipFactory(role=Role.MANAGER, organisation=structure, user__email="meneuse@example.org")
    assert "tel:" not in needs_of(contact)

    structure.phone = "0384000000"
    structure.save()
    page = needs_of(contact)
    assert page.index('href="tel:0384000000"') < page.index('href="mailto:meneuse@example.org"')
    assert page.count('href="tel:') == 1


def test_the_tasks_of_the_other_employer_stay_their_own(contact, structure, task):
    other = WorkTaskFactory(
        name="Dresser les tables",
        analysis=TaskAnalysisFactory(
            establishment=EstablishmentFactory(
                employer=EmployerFactory(name="Cantine voisine", organisation=structure)
            )
        ),
    )
    JobProposalFactory(organisation=structure, title="Poste partagé", tasks=[task, other])
    page = needs_of(contact)

    assert "Poste partagé" in page
    assert "partagé avec un autre employeur" in page
    assert "Dresser les tables" not in page
    assert "Cantine voisine" not in page


def test_empty_needs_say_what_happens_next(contact):
    page = needs_of(contact)

    assert "passer une journée chez vous" in page
    assert "les personnes viennent ensuite" in page
    assert "Rien ne vous attend" in page


def test_the_contact_is_named_with_a_way_to_write(contact, structure):
    colleague = MembershipFactory(role=Role.MANAGER, organisation=structure).user
    page = needs_of(contact)

    assert str(colleague) in page
    assert f"mailto:{colleague.email}" in page


def test_no_page_of_the_employer_says_who_the_person_is(contact, consent):
    url = answer_address(consent)
    pages = [
        needs_of(contact),
        contact.post(url, {"answer": "RENCONTRER"}, HTTP_HX_REQUEST="true").content.decode(),
        contact.post(url, {"answer": "DECLINER"}, follow=True).content.decode(),
        contact.post(url, {"answer": "?"}).content.decode(),
    ]

    for page in pages:
        assert "Peser au gramme" in page
        assert [canary for canary in READABLE if canary in page.lower()] == []
        assert f"/personnes/{consent.beneficiary_id}/" not in page


def test_a_hire_is_told_to_the_employer_without_a_name(contact, consent, employer, structure):
    manager = MembershipFactory(role=Role.MANAGER, organisation=structure).as_actor()
    hire(
        actor=manager,
        stay=consent.beneficiary.stays.get(),
        employer=employer,
        proposal=consent.proposal,
        kind="CDI",
        started_on=date(2026, 11, 20),
    )
    page = needs_of(contact)

    assert "Embauche du" in page
    assert [canary for canary in READABLE if canary in page.lower()] == []
    assert "Peser au gramme · en autonomie" not in page


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (EmployerAnswer.MEET, "Vous souhaitez la rencontrer"),
        (EmployerAnswer.DECLINE, "Vous ne donnez pas suite"),
    ],
)
def test_the_employer_answers_with_and_without_script(contact, consent, answer, words):
    url = answer_address(consent)
    in_place = contact.post(url, {"answer": answer}, HTTP_HX_REQUEST="true")
    assert words in in_place.content.decode()
    assert "<html" not in in_place.content.decode()

    plain = contact.post(url, {"answer": answer})
    assert plain.url == reverse("web:my_needs")
    assert words in needs_of(contact)
    assert ProfileConsent.objects.get(pk=consent.pk).employer_answer == answer


def test_an_answer_that_means_nothing_changes_nothing(contact, consent):
    refused = contact.post(answer_address(consent), {"answer": "?"})
    assert refused.status_code == 422
    assert ProfileConsent.objects.get(pk=consent.pk).employer_answer == ""


def test_withdrawing_closes_the_profile_at_the_next_request(contact, herself, consent):
    url = answer_address(consent)
    assert "Profil" in needs_of(contact)

    herself.post(reverse("web:consent_withdraw", args=[consent.pk]))
    assert "Peser au gramme · en autonomie" not in needs_of(contact)
    assert "Rencontrer" not in needs_of(contact)
    assert contact.post(url, {"answer": "RENCONTRER"}).status_code == 404


def test_an_agreement_past_its_end_shows_nothing(contact, consent):
    ProfileConsent.objects.filter(pk=consent.pk).update(ends_on=date(2026, 11, 21))
    assert "Rencontrer" not in needs_of(contact)


def test_another_employer_finds_neither_needs_nor_profile(consent):
    stranger = sit(Client(), EmployerAccessFactory().user)
    page = needs_of(stranger)

    assert "Peser" not in page
    url = answer_address(consent)
    assert stranger.post(url, {"answer": "RENCONTRER"}).status_code == 404


def test_the_employer_opens_no_door_of_the_team(contact, consent, task, job, employer):
    doors = {
        "employers": (),
        "employer": (employer.pk,),
        "analysis": (task.analysis_id,),
        "proposal": (job.pk,),
        "consent_answer": (consent.pk,),
        "my_consents": (),
    }
    found = {name: contact.get(reverse(f"web:{name}", args=args)).status_code for name, args in doors.items()}
    assert found == dict.fromkeys(doors, 404)


def test_the_person_later_reads_who_saw_their_profile(contact, herself, consent):
    needs_of(contact)
    assert Entry.objects.filter(action="profile.shown", beneficiary_id=consent.beneficiary_id).count() == 1
    assert "a vu votre profil sans nom" in herself.get(reverse("web:my_pathway")).content.decode()


def test_many_profiles_ask_the_base_as_much_as_one(contact, employer, job):
    def grow(count):
        for _ in range(count):
            ProfileConsentFactory(employer=employer, proposal=job, granted=True)

    assert_same_queries(lambda: contact.get(reverse("web:my_needs")), grow, sizes=(1, 4, 12))
