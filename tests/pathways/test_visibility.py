"""Who sees whom: the caseload, the structure, the group, oneself; never an employer."""

from datetime import date

import pytest

from backend.core.actor import Role
from competences.models import Assessment
from pathways.models import (
    BarrierReading,
    Beneficiary,
    Contract,
    EntryProfile,
    Exit,
    IaePass,
    Interview,
    MonthlyHours,
    PrivateNote,
    Stay,
)
from tests.factories import (
    AssessmentFactory,
    BarrierReadingFactory,
    BeneficiaryAccessFactory,
    BeneficiaryFactory,
    ContractFactory,
    EntryProfileFactory,
    ExitFactory,
    IaePassFactory,
    InterviewFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    PrivateNoteFactory,
    StayFactory,
    UserFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return OrganisationFactory()


def test_an_advisor_sees_their_own_people_and_those_nobody_follows_yet(place):
    actor = actor_of(Role.ADVISOR, place)
    mine = StayFactory(organisation=place, advisor_id=actor.user_id).beneficiary
    unassigned = StayFactory(organisation=place).beneficiary
    StayFactory(organisation=place, advisor=UserFactory())
    StayFactory(advisor_id=actor.user_id)
    assert set(Beneficiary.objects.visible_to(actor)) == {mine, unassigned}


def test_a_shared_caseload_opens_the_whole_structure_to_each_advisor():
    place = OrganisationFactory(is_caseload_shared=True)
    theirs = StayFactory(organisation=place, advisor=UserFactory()).beneficiary
    assert list(Beneficiary.objects.visible_to(actor_of(Role.ADVISOR, place))) == [theirs]


def test_a_supervisor_sees_only_people_present_in_their_structure(place):
    present = StayFactory(organisation=place).beneficiary
    StayFactory(organisation=place, ended_on=date(2026, 6, 1))
    assert list(Beneficiary.objects.visible_to(actor_of(Role.SUPERVISOR, place))) == [present]


def test_a_manager_sees_the_structure_and_a_group_head_the_group(place):
    sibling = OrganisationFactory(group=place.group)
    here, there = (StayFactory(organisation=each).beneficiary for each in (place, sibling))
    StayFactory()
    assert list(Beneficiary.objects.visible_to(actor_of(Role.MANAGER, place))) == [here]
    assert set(Beneficiary.objects.visible_to(actor_of(Role.GROUP_HEAD, place))) == {here, there}


def test_a_person_sees_only_themselves():
    access = BeneficiaryAccessFactory()
    StayFactory()
    assert list(Beneficiary.objects.visible_to(access.as_actor())) == [access.beneficiary]


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.NETWORK_HEAD, Role.ADMINISTRATOR])
def test_employers_networks_and_administrators_see_nobody(role):
    StayFactory()
    assert not Beneficiary.objects.visible_to(actor_of(role)).exists()


def test_the_thread_follows_the_person_across_structures(place):
    person = StayFactory(organisation=place).beneficiary
    elsewhere = StayFactory(beneficiary=person, ended_on=date(2026, 1, 4), started_on=date(2025, 1, 5))
    contract = ContractFactory(stay=elsewhere)
    hours = MonthlyHoursFactory(contract=contract, month=date(2025, 3, 1))
    exit_ = ExitFactory(stay=elsewhere, occurred_on=date(2026, 1, 4))
    iae_pass = IaePassFactory(beneficiary=person)
    actor = actor_of(Role.ADVISOR, place)
    for model, row in (
        (Stay, elsewhere),
        (Contract, contract),
        (MonthlyHours, hours),
        (Exit, exit_),
        (IaePass, iae_pass),
    ):
        assert row in model.objects.visible_to(actor)
    assert elsewhere not in Stay.objects.visible_to(actor_of(Role.SUPERVISOR, place))


def test_what_was_said_stays_inside_the_group(place):
    person = StayFactory(organisation=place).beneficiary
    sibling = OrganisationFactory(group=place.group)
    ours = InterviewFactory(beneficiary=person, organisation=sibling)
    InterviewFactory(beneficiary=person, organisation=OrganisationFactory())
    frein = BarrierReadingFactory(beneficiary=person, organisation=place)
    advisor = actor_of(Role.ADVISOR, place)
    assert list(Interview.objects.visible_to(advisor)) == [ours]
    assert list(BarrierReading.objects.visible_to(advisor)) == [frein]


def test_the_person_reads_everything_written_about_them_but_private_notes():
    access = BeneficiaryAccessFactory()
    interview = InterviewFactory(beneficiary=access.beneficiary)
    PrivateNoteFactory(interview=interview)
    assert list(Interview.objects.visible_to(access.as_actor())) == [interview]
    assert not PrivateNote.objects.visible_to(access.as_actor()).exists()


def test_a_private_note_is_read_by_its_author_alone(place):
    author, colleague = actor_of(Role.ADVISOR, place), actor_of(Role.ADVISOR, place)
    person = StayFactory(organisation=place).beneficiary
    note = PrivateNoteFactory(interview__beneficiary=person, author_id=author.user_id)
    assert list(PrivateNote.objects.visible_to(author)) == [note]
    for other in (colleague, actor_of(Role.MANAGER, place), actor_of(Role.SUPERVISOR, place)):
        assert not PrivateNote.objects.visible_to(other).exists()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.GROUP_HEAD])
def test_supervisors_and_group_heads_never_see_the_social_side(role, place):
    person = StayFactory(organisation=place).beneficiary
    EntryProfileFactory(beneficiary=person)
    InterviewFactory(beneficiary=person, organisation=place)
    BarrierReadingFactory(beneficiary=person, organisation=place)
    actor = actor_of(role, place)
    for model in (EntryProfile, Interview, BarrierReading):
        assert not model.objects.visible_to(actor).exists()


def test_a_supervisor_sees_the_competences_of_the_people_present(place):
    person = StayFactory(organisation=place).beneficiary
    seen = AssessmentFactory(beneficiary=person)
    AssessmentFactory()
    assert list(Assessment.objects.visible_to(actor_of(Role.SUPERVISOR, place))) == [seen]


def test_a_search_finds_a_name_whatever_its_accents_and_order():
    person = BeneficiaryFactory(last_name="Inventé-Légende", first_name="Élodie")
    BeneficiaryFactory(last_name="Songe", first_name="Paul")
    for typed in ("elodie", "LEGENDE élo", "inventé élodie"):
        assert list(Beneficiary.objects.matching(typed)) == [person]
