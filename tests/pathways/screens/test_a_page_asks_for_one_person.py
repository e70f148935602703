"""A person's page asks the alerts of that person, and shows exactly what Ma journée says of them."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db.models.query import ModelIterable
from django.test import Client
from django.urls import reverse

from backend.alerts.registry import alerts_of_the_day
from backend.core.actor import Role
from backend.core.pages.once import one_page
from backend.organisations.enums import StructureKind
from competences.alerts import PRODUCERS as OF_COMPETENCES
from competences.enums import VaeStepKind
from employers.alerts import PRODUCERS as OF_EMPLOYERS
from pathways.alerts import APART, PRODUCERS
from pathways.models import Stay
from tests.factories import (
    TODAY,
    ActionFactory,
    ContractFactory,
    DataRequestFactory,
    DerogationFactory,
    ExitFactory,
    HoursWishFactory,
    IaePassFactory,
    ImmersionFactory,
    LicenceFactory,
    MedicalVisitFactory,
    MembershipFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    PassSuspensionFactory,
    PlacementFactory,
    PostHireFollowUpFactory,
    ProfileConsentFactory,
    RelayFactory,
    RelayStepFactory,
    SavedDaysFactory,
    StayFactory,
    TrainingFactory,
    VaeProjectFactory,
    VaeStepFactory,
)
from tests.queries import statements_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
SUBJECTS = {
    "action_overdue", "contract_ending", "data_request", "derogation_ending", "exit_motive", "hours_480",
    "immersion_to_review", "licence", "no_news", "pass_ending", "relay_step_late", "relay_waiting", "suspension_ending",
    "training_to_tell", "vae",
}  # fmt: skip
"""What there is to say of somebody, subject by subject."""


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.ADVISOR, organisation=OrganisationFactory(kind=StructureKind.AI))


def someone(seat, *, is_hired=True):
    """One person about whom every subject has something to say; hired, they are accompanied in their job too."""
    mine = {"organisation": seat.organisation, "advisor": seat.user}
    stay = StayFactory(**mine)
    person = stay.beneficiary
    contract = ContractFactory(stay=stay, planned_end_on=TODAY + timedelta(days=10))
    MonthlyHoursFactory(contract=contract, hours=450, client_kind="ENTREPRISE")
    iae = IaePassFactory(beneficiary=person, ends_on=TODAY + timedelta(days=10))
    ours = {"beneficiary": person, "organisation": seat.organisation}
    PassSuspensionFactory(
        iae_pass=iae, organisation=seat.organisation, starts_on=TODAY, ends_on=TODAY + timedelta(days=5)
    )
    DerogationFactory(
        **ours, status="ACCORDEE", starts_on=TODAY - timedelta(days=30), ends_on=TODAY + timedelta(days=5)
    )
    ActionFactory(**ours, due_on=TODAY - timedelta(days=1))
    ImmersionFactory(**ours)
    TrainingFactory(**ours)
    HoursWishFactory(**ours, starts_on=TODAY - timedelta(days=150), weekly_hours=48)
    MedicalVisitFactory(**ours, made_on=TODAY - timedelta(days=1900), due_on=TODAY - timedelta(days=80))
    SavedDaysFactory(**ours)
    LicenceFactory(**ours, expires_on=TODAY + timedelta(days=5))
    vae = VaeProjectFactory(**ours)
    for kind in (VaeStepKind.FEASIBILITY_SENT, VaeStepKind.COMPLETE):
        VaeStepFactory(project=vae, kind=kind, on=TODAY - timedelta(days=30))
    DataRequestFactory(**ours)
    relay = RelayFactory(**ours, agreed=True, moved_on=TODAY - timedelta(days=60))
    RelayStepFactory(relay=relay, hand="ENVOI", due_on=TODAY - timedelta(days=1))
    before = StayFactory(
        beneficiary=person,
        **mine,
        started_on=TODAY - timedelta(days=900),
        ended_on=TODAY - timedelta(days=800),
    )
    ExitFactory(stay=before, motive="")
    if is_hired:
        hire = PlacementFactory(beneficiary=person, advisor=seat.user)
        PostHireFollowUpFactory(placement=hire, due_on=TODAY - timedelta(days=2))
    ProfileConsentFactory(beneficiary=person, granted=True, employer_answer="RENCONTRER")
    return person


def test_asked_about_one_person_every_producer_says_what_it_says_of_them_among_all(seat):
    people = [someone(seat) for _ in range(3)]
    actor = seat.as_actor()
    whole = alerts_of_the_day(actor, TODAY)

    assert {alert.kind for alert in whole} >= SUBJECTS
    for person in people:
        theirs = [alert for alert in whole if alert.beneficiary_id == person.pk]
        assert alerts_of_the_day(actor, TODAY, person=person.pk) == theirs
        with one_page():
            assert alerts_of_the_day(actor, TODAY, person=person.pk) == theirs
    left = ContractFactory(
        stay=StayFactory(organisation=seat.organisation, advisor=seat.user),
        planned_end_on=TODAY - timedelta(days=9),
    ).stay.beneficiary
    gone = someone(seat, is_hired=False)
    Stay.objects.filter(beneficiary=gone).update(ended_on=TODAY - timedelta(days=1))
    for producer in (*PRODUCERS, *APART, *OF_COMPETENCES, *OF_EMPLOYERS):
        for some in ((left.pk,), (people[0].pk, gone.pk)):
            asked = {alert.key for alert in producer(actor, TODAY, some)}
            among_all = {each.key for each in producer(actor, TODAY) if each.beneficiary_id in some}
            assert asked == among_all, (producer.__name__, some)


def test_the_page_shows_the_alerts_of_ma_journee_and_a_late_action_once(seat):
    person, _ = someone(seat), someone(seat)
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    page = client.get(reverse("web:person", args=[person.pk]))

    (panel,) = [each.content for each in page.context["panels"]["next"] if "alerts" in each.content]
    of_the_day = [a for a in alerts_of_the_day(seat.as_actor(), TODAY) if a.beneficiary_id == person.pk]
    assert panel["alerts"] == [alert for alert in of_the_day if alert.kind != "action_overdue"]
    (action,) = panel["actions"]
    assert (
        page.content.decode().count(action.label) <= 3
    )  # its line, and the words of its two buttons for who listens


def test_neither_queries_nor_rows_grow_with_the_perimeter(seat, monkeypatch):
    person = someone(seat)
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    read = 0
    rows_of = ModelIterable.__iter__

    def counting(self):
        nonlocal read
        for row in rows_of(self):
            read += 1
            yield row

    monkeypatch.setattr(ModelIterable, "__iter__", counting)

    def measure():
        nonlocal read
        address = reverse("web:person", args=[person.pk])
        client.get(address)  # the menu counts what waits, once for many pages
        read = 0
        return len(statements_of(lambda: client.get(address))), read

    before = measure()
    for _ in range(12):
        someone(seat)
    assert measure() == before


KEPT = {"exit_motive", "exit_missing", "data_request", "relay_waiting", "relay_step_late"}
"""What a structure still answers for once it accompanies the person no more: its exits, its relays, what it was asked."""


def test_who_left_is_in_nobodys_day_but_for_what_the_structure_answers_for(seat):
    person = someone(seat, is_hired=False)
    actor = seat.as_actor()
    assert {alert.kind for alert in alerts_of_the_day(actor, TODAY)} >= SUBJECTS
    Stay.objects.filter(beneficiary=person).update(ended_on=TODAY - timedelta(days=1))
    for page in (nullcontext, one_page):
        with page():
            of_the_day = alerts_of_the_day(actor, TODAY)
            assert {alert.kind for alert in of_the_day} == KEPT
            assert alerts_of_the_day(actor, TODAY, person=person.pk) == of_the_day
