"""Medical visits and days saved: noted, corrected, taken back; what the next border says of them; the alerts they raise."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, OutOfReach
from backend.core.pages.once import one_page
from pathways.alerts.travelling import rights_to_ask
from pathways.enums.travelling import Destination, Tie, Verdict
from pathways.models import MedicalVisit, SavedDays
from pathways.selectors.following.presence import present
from pathways.selectors.following.travelling import border_ahead, crossing, is_near, noted_among, noted_of
from pathways.services import (
    cancel_saved_days,
    cancel_visit,
    correct_saved_days,
    correct_visit,
    record_saved_days,
    record_visit,
)
from tests.factories import (
    TODAY,
    ContractFactory,
    MedicalVisitFactory,
    OrganisationFactory,
    RelayFactory,
    SavedDaysFactory,
    StayFactory,
    TrainingFactory,
    actor_of,
)
from tests.queries import queries_of
from tests.worlds.bakery import Bakery

pytestmark = pytest.mark.django_db
SEEN = {"kind": "VIP_INITIALE", "made_on": date(2026, 9, 1), "paper": "ATTESTATION"}
COUNT = {"kind": "CONGES", "days": Decimal("6.5"), "counted_on": date(2026, 10, 31), "fate": "A_PAYER"}


@pytest.fixture
def house(today):
    return Bakery.build()


@pytest.fixture
def contract(house):
    return ContractFactory(
        stay=house.stay, started_on=house.stay.started_on, planned_end_on=TODAY + timedelta(days=20)
    )


def test_the_team_notes_a_visit_and_the_person_reads_it(house):
    visit = record_visit(
        actor=house.advisor,
        beneficiary=house.person,
        **SEEN,
        jobs=["K2204", "G1603"],
        service=" Service songé ",
    )
    assert (visit.organisation, visit.job_codes, visit.service) == (
        house.structure,
        ["K2204", "G1603"],
        "Service songé",
    )
    assert MedicalVisit.objects.visible_to(house.person_herself).get() == visit
    assert Entry.objects.filter(action="medical_visit.recorded").count() == 1


def test_an_encadrant_an_employer_and_the_group_read_none_of_it(house):
    MedicalVisitFactory(beneficiary=house.person, organisation=house.structure)
    SavedDaysFactory(beneficiary=house.person, organisation=house.structure)
    for role in (Role.SUPERVISOR, Role.GROUP_HEAD, Role.NETWORK_HEAD, Role.ADMINISTRATOR, Role.EMPLOYER):
        actor = actor_of(role, house.structure)
        assert not MedicalVisit.objects.visible_to(actor).exists(), role
        assert not SavedDays.objects.visible_to(actor).exists(), role


def test_the_person_notes_nothing_themselves(house):
    for gesture, said in ((record_visit, SEEN), (record_saved_days, COUNT)):
        with pytest.raises(DomainError) as refusal:
            gesture(actor=house.person_herself, beneficiary=house.person, **said)
        assert refusal.value.code == "not_yours"


def test_two_people_never_write_over_each_other(house, contract):
    visit = record_visit(actor=house.advisor, beneficiary=house.person, **SEEN)
    assert correct_visit(actor=house.advisor, visit=visit, version=1, jobs=["A1203"]).jobs == "A1203"
    with pytest.raises(Conflict):
        correct_visit(actor=house.advisor, visit=visit, version=1, service="Autre")
    saved = record_saved_days(actor=house.advisor, beneficiary=house.person, **COUNT)
    assert correct_saved_days(actor=house.advisor, saved=saved, version=1, fate="PAYES").version == 2
    with pytest.raises(Conflict):
        correct_saved_days(actor=house.advisor, saved=saved, version=1, days=Decimal(4))


def test_what_is_taken_back_counts_no_more_and_does_not_change(house, contract):
    visit = record_visit(actor=house.advisor, beneficiary=house.person, **SEEN)
    cancel_visit(actor=house.advisor, visit=visit, version=1, reason="DOUBLE")
    saved = record_saved_days(actor=house.advisor, beneficiary=house.person, **COUNT)
    cancel_saved_days(actor=house.advisor, saved=saved, version=1, reason="DOUBLE")
    with pytest.raises(Conflict) as refusal:
        correct_visit(actor=house.advisor, visit=visit, version=2, service="Autre")
    assert refusal.value.code == "visit_is_cancelled"
    with pytest.raises(Conflict) as refusal:
        correct_saved_days(actor=house.advisor, saved=saved, version=2, days=Decimal(4))
    assert refusal.value.code == "saved_days_are_cancelled"
    assert noted_of(house.advisor, house.person.pk).visits == ()
    assert record_visit(actor=house.advisor, beneficiary=house.person, **SEEN).pk != visit.pk


def test_a_structure_answers_for_the_days_it_owes_alone(house):
    sister = OrganisationFactory()
    theirs = SavedDaysFactory(beneficiary=house.person, organisation=sister)
    with pytest.raises((DomainError, OutOfReach)):
        correct_saved_days(actor=house.advisor, saved=theirs, version=1, days=Decimal(4))


def test_days_are_owed_under_a_contract(house):
    with pytest.raises(DomainError) as refusal:
        record_saved_days(actor=house.advisor, beneficiary=house.person, **COUNT)
    assert (refusal.value.code, refusal.value.field) == ("saved_without_contract", "counted_on")


def test_visits_and_days_are_read_in_one_question_as_they_were_noted(house):
    visit = MedicalVisitFactory(beneficiary=house.person, organisation=house.structure)
    saved = SavedDaysFactory(beneficiary=house.person, organisation=house.structure)
    assert queries_of(lambda: noted_among(house.advisor, [house.person.pk])) == 1
    found = noted_among(house.advisor, [house.person.pk])[house.person.pk]
    assert [(each.id, each.made_on, each.jobs, each.due_on) for each in found.visits] == [
        (visit.pk, visit.made_on, ("K2204", "G1603"), visit.due_on)
    ]
    assert [(each.id, each.days, each.place, each.owed_by) for each in found.saved] == [
        (saved.pk, Decimal("6.5"), house.structure.pk, house.structure.name)
    ]


def test_the_next_border_is_the_relay_under_way_else_an_ordinary_employer(house, contract):
    border = border_ahead(house.advisor, house.person, TODAY)
    assert (border.to, border.on) == (Destination.ORDINARY, contract.planned_end_on + timedelta(days=1))
    etti = OrganisationFactory(kind="ETTI")
    relay = RelayFactory(beneficiary=house.person, organisation=house.structure, receiver=etti, agreed=True)
    border = border_ahead(house.advisor, house.person, TODAY)
    assert (border.to, border.tie, border.on) == (Destination.ETTI, Tie.OTHER, relay.planned_on)


def test_what_is_known_elsewhere_is_read_and_never_typed_again(house, contract):
    TrainingFactory(
        beneficiary=house.person, organisation=house.structure, outcome="SUIVIE", done_hours=Decimal(21)
    )
    ahead = crossing(house.advisor, house.person, border_ahead(house.advisor, house.person, TODAY), TODAY)
    told = {each.code: (each.verdict, each.amount) for each in ahead.rights}
    assert told["training"] == (Verdict.KEPT, "21\u00a0h")
    assert told["seniority"][0] is Verdict.LOST


@pytest.mark.parametrize(
    ("left", "raised"), [(61, []), (60, ["visit_due"]), (0, ["visit_due"]), (-5, ["visit_due"])]
)
def test_a_visit_is_recalled_before_its_day_and_until_it_is_made_again(house, left, raised):
    MedicalVisitFactory(
        beneficiary=house.person, organisation=house.structure, due_on=TODAY + timedelta(days=left)
    )
    assert [each.kind for each in rights_to_ask(house.advisor, TODAY)] == raised


@pytest.mark.parametrize(
    ("left", "fate", "raised"),
    [
        (31, "A_PAYER", []),
        (30, "A_PAYER", ["saved_to_settle"]),
        (0, "A_PRENDRE", ["saved_to_settle"]),
        (30, "PAYES", []),
    ],
)
def test_days_are_to_be_settled_before_the_contract_ends(house, left, fate, raised):
    ContractFactory(
        stay=house.stay, started_on=house.stay.started_on, planned_end_on=TODAY + timedelta(days=left)
    )
    SavedDaysFactory(beneficiary=house.person, organisation=house.structure, fate=fate)
    found = list(rights_to_ask(house.advisor, TODAY))
    assert [each.kind for each in found] == raised
    assert all("6,5\u00a0jours" in each.message for each in found)


def test_a_contract_that_goes_on_settles_nothing(house):
    ContractFactory(
        stay=house.stay, started_on=house.stay.started_on, planned_end_on=TODAY + timedelta(days=10)
    )
    ContractFactory(stay=house.stay, kind="CDI", started_on=TODAY, planned_end_on=None)
    SavedDaysFactory(beneficiary=house.person, organisation=house.structure)
    assert list(rights_to_ask(house.advisor, TODAY)) == []


def test_the_morning_asks_as_much_whoever_is_there(house):
    def welcome(stay):
        ours = {"beneficiary": stay.beneficiary, "organisation": house.structure}
        ContractFactory(stay=stay, started_on=stay.started_on, planned_end_on=TODAY + timedelta(days=10))
        MedicalVisitFactory(**ours, due_on=TODAY)
        SavedDaysFactory(**ours)

    def asked():
        with one_page():
            present(house.advisor, TODAY)
            return queries_of(lambda: list(rights_to_ask(house.advisor, TODAY)))

    welcome(house.stay)
    alone = asked()
    for _ in range(4):
        welcome(StayFactory(organisation=house.structure, advisor=house.stay.advisor))
    assert len(list(rights_to_ask(house.advisor, TODAY))) == 10
    assert asked() == alone


@pytest.mark.parametrize(("left", "near"), [(30, True), (31, False)])
def test_a_departure_presses_when_the_last_day_comes(house, left, near):
    ContractFactory(
        stay=house.stay, started_on=house.stay.started_on, planned_end_on=TODAY + timedelta(days=left)
    )
    border = border_ahead(house.advisor, house.person, TODAY)
    assert is_near(border, TODAY) is near
    assert border.by == TODAY + timedelta(days=left)


def test_nobody_leaves_while_no_end_is_known(house):
    ContractFactory(stay=house.stay, kind="CDI", started_on=house.stay.started_on, planned_end_on=None)
    assert not is_near(border_ahead(house.advisor, house.person, TODAY), TODAY)
