"""Welcoming a person, again too, and naming a référent."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from backend.accounts.models import User
from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from pathways.models import Beneficiary, Stay
from pathways.services import MayBeKnown, assign_advisor, open_stay, update_person, welcome_person
from tests.factories import MembershipFactory, OrganisationFactory, StayFactory, actor_of

WHO = {"last_name": "Bienvenue", "first_name": "Amina", "birth_date": date(1990, 2, 3)}


def test_welcoming_someone_opens_their_file_and_their_first_stay(house, trail_of):
    stay = welcome_person(
        actor=house.advisor,
        organisation=house.structure,
        started_on=date(2026, 11, 20),
        advisor=house.advisor_user,
        postcode="39100",
        **WHO,
    )

    assert str(stay.beneficiary) == "Amina Bienvenue"
    assert (stay.organisation, stay.started_on, stay.ended_on) == (house.structure, date(2026, 11, 20), None)
    assert stay.advisor_id == house.advisor.user_id
    assert trail_of(stay.beneficiary) == ["beneficiary.created"]
    assert trail_of(stay) == ["stay.opened"]


def test_the_trail_of_a_welcome_holds_no_name(house):
    welcome_person(actor=house.advisor, organisation=house.structure, started_on=date(2026, 11, 20), **WHO)

    assert not Entry.objects.filter(detail__icontains="Bienvenue").exists()


def test_a_wrong_postcode_refuses_the_whole_welcome(house):
    with pytest.raises(ValidationError, match="cinq chiffres"):
        welcome_person(
            actor=house.advisor,
            organisation=house.structure,
            started_on=date(2026, 11, 20),
            postcode="391",
            **WHO,
        )
    assert not Beneficiary.objects.filter(last_name="Bienvenue").exists()


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"birth_date": None},
        {"last_name": "BIENVENUE ", "first_name": "amina"},
        {"last_name": "Amina", "first_name": "Bienvenue"},
        {"last_name": "Bien-Venue"},
    ],
)
def test_who_may_be_known_is_shown_before_a_second_file_opens(house, again):
    asked = {"actor": house.advisor, "organisation": house.structure, "started_on": date(2026, 11, 20)}
    known = welcome_person(**asked, **WHO)

    with pytest.raises(MayBeKnown) as refusal:
        welcome_person(**asked, **WHO | again)
    assert refusal.value.as_dict()["candidates"] == [known.beneficiary_id]
    assert [(each.person, each.stay) for each in refusal.value.candidates] == [(known.beneficiary, known)]
    assert "Bienvenue" not in refusal.value.message
    assert Beneficiary.objects.filter(search_key="bienvenueamina").count() == 1


def test_a_homonym_born_the_same_day_enters_once_said_to_be_someone_else(house):
    asked = {"actor": house.advisor, "organisation": house.structure, "started_on": date(2026, 11, 20)}
    known = welcome_person(**asked, **WHO)
    other = welcome_person(**asked, **WHO, is_someone_else=True)
    assert other.beneficiary_id != known.beneficiary_id


def test_who_left_is_a_look_alike_too_and_who_is_out_of_sight_never(house):
    gone = StayFactory(
        organisation=house.structure, beneficiary__last_name="Absente", beneficiary__first_name="Line",
        started_on=date(2025, 1, 6), ended_on=date(2025, 6, 30), advisor_id=house.advisor.user_id,
    )  # fmt: skip
    StayFactory(beneficiary__last_name="Ailleurs", beneficiary__first_name="Line")
    asked = {"actor": house.advisor, "organisation": house.structure, "started_on": date(2026, 11, 20)}
    with pytest.raises(MayBeKnown) as refusal:
        welcome_person(**asked, last_name="Absente", first_name="Line")
    assert refusal.value.as_dict()["candidates"] == [gone.beneficiary_id]
    assert welcome_person(**asked, last_name="Ailleurs", first_name="Line").pk


def test_a_namesake_born_another_day_is_welcome(house):
    asked = {"actor": house.advisor, "organisation": house.structure, "started_on": date(2026, 11, 20)}
    welcome_person(**asked, **WHO)
    other = welcome_person(**asked, **WHO | {"birth_date": date(1995, 7, 30)})

    assert other.pk is not None


@pytest.mark.parametrize(
    "written",
    [
        {"birth_date": date(1991, 2, 3)},
        {"last_name": "Bienvenu"},
        {"last_name": "Amina", "first_name": "Bienvenue"},
    ],
    ids=["a birth date misread", "a slip in the name", "names inverted"],
)
def test_who_is_written_otherwise_is_asked_about(house, written):
    asked = {"actor": house.advisor, "organisation": house.structure, "started_on": date(2026, 11, 20)}
    known = welcome_person(**asked, **WHO)
    with pytest.raises(MayBeKnown) as refusal:
        welcome_person(**asked, **WHO | written)
    assert refusal.value.as_dict()["candidates"] == [known.beneficiary_id]


def test_nobody_is_welcomed_in_a_neighbours_structure(house):
    with pytest.raises(NotPermitted):
        welcome_person(
            actor=house.neighbour, organisation=house.structure, started_on=date(2026, 11, 20), **WHO
        )


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.GROUP_HEAD, Role.EMPLOYER, Role.BENEFICIARY])
def test_only_who_accompanies_welcomes(house, role):
    with pytest.raises(NotPermitted):
        welcome_person(
            actor=actor_of(role, house.structure),
            organisation=house.structure,
            started_on=date(2026, 11, 20),
            **WHO,
        )


def test_somebody_who_comes_back_is_welcomed_again_in_ones_own_structure(house, trail_of):
    Stay.objects.filter(pk=house.stay.pk).update(ended_on=date(2026, 10, 31))

    stay = open_stay(
        actor=house.advisor,
        beneficiary=house.person,
        organisation=house.structure,
        started_on=date(2026, 12, 1),
    )

    assert stay.beneficiary == house.person
    assert trail_of(stay) == ["stay.opened"]


def test_a_sister_structures_door_is_not_opened_for_it(house):
    next_door = OrganisationFactory(group=house.structure.group)
    actor = MembershipFactory(role=Role.ADVISOR, organisation=house.structure).as_actor()
    Stay.objects.filter(pk=house.stay.pk).update(advisor=None)

    with pytest.raises(NotPermitted, match="proposez un relais"):
        open_stay(actor=actor, beneficiary=house.person, organisation=next_door, started_on=date(2026, 12, 1))


def test_opening_the_same_stay_twice_gives_the_same_one(house):
    again = open_stay(
        actor=house.advisor,
        beneficiary=house.person,
        organisation=house.structure,
        started_on=house.stay.started_on,
    )

    assert again == house.stay
    assert Stay.objects.count() == 1


def test_two_open_stays_in_one_structure_are_refused(house):
    with pytest.raises(ValidationError, match="déjà un passage en cours"):
        open_stay(
            actor=house.advisor,
            beneficiary=house.person,
            organisation=house.structure,
            started_on=date(2026, 11, 20),
        )


@pytest.mark.parametrize(("started_on", "accepted"), [(30, False), (31, False), (32, True)])
def test_a_new_stay_begins_after_the_day_the_last_one_ended(house, started_on, accepted):
    Stay.objects.filter(pk=house.stay.pk).update(ended_on=date(2026, 10, 31))
    day = date(2026, 10, started_on) if started_on < 32 else date(2026, 11, 1)
    asked = {"actor": house.advisor, "beneficiary": house.person, "organisation": house.structure}

    if accepted:
        assert open_stay(**asked, started_on=day).started_on == day
    else:
        with pytest.raises(DomainError) as refusal:
            open_stay(**asked, started_on=day)
        assert refusal.value.code == "stays_overlap"


def test_a_structure_outside_the_group_cannot_be_the_next_step(house):
    with pytest.raises(NotPermitted):
        open_stay(
            actor=house.advisor,
            beneficiary=house.person,
            organisation=OrganisationFactory(),
            started_on=date(2026, 12, 1),
        )


def test_a_strangers_file_is_out_of_reach(house):
    stranger = StayFactory().beneficiary

    with pytest.raises(NotPermitted) as refusal:
        update_person(actor=house.advisor, beneficiary=stranger, version=1, phone="0600000000")
    assert refusal.value.code == "out_of_reach"


def test_the_referent_is_a_member_of_the_structure(house, trail_of):
    colleague = MembershipFactory(role=Role.ADVISOR, organisation=house.structure).user

    stay = assign_advisor(actor=house.manager, stay=house.stay, advisor=colleague)

    assert stay.advisor == colleague
    assert trail_of(stay) == ["stay.advisor_assigned"]


def test_naming_the_same_referent_again_writes_nothing(house, trail_of):
    assign_advisor(actor=house.manager, stay=house.stay, advisor=house.advisor_user)

    assert trail_of(house.stay) == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_someone_who_does_not_accompany_cannot_be_the_referent(house, role):
    colleague = MembershipFactory(role=role, organisation=house.structure).user

    with pytest.raises(DomainError) as refusal:
        assign_advisor(actor=house.manager, stay=house.stay, advisor=colleague)
    assert refusal.value.field == "advisor"


def test_a_former_colleague_cannot_be_the_referent(house):
    former = MembershipFactory(
        role=Role.ADVISOR, organisation=house.structure, ended_at="2026-10-01T00:00:00+02:00"
    ).user

    with pytest.raises(DomainError):
        assign_advisor(actor=house.manager, stay=house.stay, advisor=former)


def test_an_advisor_does_not_choose_the_referent_of_another_structure(house):
    elsewhere = StayFactory(beneficiary=house.person)
    colleague = MembershipFactory(organisation=elsewhere.organisation).user

    with pytest.raises(NotPermitted) as refusal:
        assign_advisor(actor=house.advisor, stay=elsewhere, advisor=User.objects.get(pk=colleague.pk))
    assert refusal.value.code == "not_yours"


def test_correcting_a_file_counts_a_version_and_names_the_fields_only(house):
    person = update_person(actor=house.advisor, beneficiary=house.person, version=1, last_name="Repère")

    assert (person.version, person.search_name.split()[0]) == (2, "repere")
    entry = Entry.objects.get(action="beneficiary.updated")
    assert entry.detail == {"fields": ["last_name"]}


def test_correcting_nothing_writes_nothing(house, trail_of):
    person = update_person(
        actor=house.advisor, beneficiary=house.person, version=1, last_name=house.person.last_name
    )

    assert person.version == 1
    assert trail_of(person) == []


def test_a_file_changed_in_between_is_not_overwritten(house):
    update_person(actor=house.manager, beneficiary=house.person, version=1, phone="0600000001")

    with pytest.raises(Conflict):
        update_person(actor=house.advisor, beneficiary=house.person, version=1, phone="0600000002")
    house.person.refresh_from_db()
    assert house.person.phone == "0600000001"


def test_only_the_fields_of_the_file_can_be_corrected(house):
    with pytest.raises(TypeError, match="external_id"):
        update_person(actor=house.advisor, beneficiary=house.person, version=1, external_id="x")


def test_a_supervisor_corrects_no_file(house):
    with pytest.raises(NotPermitted):
        update_person(actor=house.supervisor, beneficiary=house.person, version=1, phone="0600000000")
