"""Every table of the thread before every role: whose rows it gives, and what its named filters keep."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from backend.core.actor import Actor, Role
from pathways.enums import RelayStatus
from pathways.models import Beneficiary, Contract, Exit, Relay, Stay, ToldApart
from tests import factories as make
from tests.factories import TODAY, actor_of

pytestmark = pytest.mark.django_db
PEOPLE = {Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.GROUP_HEAD, Role.BENEFICIARY, Role.OPERATOR}
ADMINISTRATIVE = PEOPLE - {Role.SUPERVISOR}
SOCIAL = ADMINISTRATIVE - {Role.GROUP_HEAD}
WRITING = {Role.ADVISOR, Role.MANAGER, Role.OPERATOR}
READ_BY = {
    "person": PEOPLE, "stay": PEOPLE, "contract": PEOPLE, "amendment": PEOPLE, "hours": PEOPLE,
    "pass": ADMINISTRATIVE, "exit": ADMINISTRATIVE,
    **dict.fromkeys(
        ("profile", "access", "suspension", "goal", "barrier", "derogation", "diagnosis", "watch_end", "immersion",
         "training", "wish", "interview"), SOCIAL),
    "relay": SOCIAL, "relay_step": SOCIAL, "reunion": WRITING, "told_apart": WRITING,
}  # fmt: skip
BEFORE, AFTER = timedelta(days=-1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_work():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def place():
    return make.OrganisationFactory()


@pytest.fixture
def rows(place):
    """One row of each table about one person of the place, and one about somebody of elsewhere."""
    return rows_of(place), rows_of(make.OrganisationFactory())


def rows_of(place):
    access = make.BeneficiaryAccessFactory()
    person = access.beneficiary
    stay = make.StayFactory(beneficiary=person, organisation=place, started_on=date(2026, 3, 2))
    left = make.StayFactory(
        beneficiary=person, organisation=place, started_on=date(2025, 1, 6), ended_on=date(2025, 6, 30)
    )
    contract = make.ContractFactory(stay=stay, started_on=date(2026, 3, 2), planned_end_on=date(2026, 12, 31))
    iae_pass = make.IaePassFactory(beneficiary=person)
    said = {"beneficiary": person, "organisation": place}
    other = make.StayFactory(organisation=place).beneficiary
    relay = make.RelayFactory(**said)
    return {
        "person": person, "access": access, "stay": stay, "contract": contract,
        "amendment": make.HoursAmendmentFactory(contract=contract),
        "hours": make.MonthlyHoursFactory(contract=contract, month=date(2026, 4, 1)),
        "pass": iae_pass, "suspension": make.PassSuspensionFactory(iae_pass=iae_pass),
        "exit": make.ExitFactory(stay=left, occurred_on=date(2025, 6, 30)),
        "profile": make.EntryProfileFactory(beneficiary=person),
        "goal": make.GoalFactory(**said), "barrier": make.BarrierReadingFactory(**said),
        "derogation": make.DerogationFactory(**said), "diagnosis": make.EligibilityDiagnosisFactory(**said),
        "watch_end": make.WatchEndFactory(**said), "immersion": make.ImmersionFactory(**said),
        "training": make.TrainingFactory(**said), "wish": make.HoursWishFactory(**said),
        "interview": make.InterviewFactory(**said), "relay": relay, "relay_step": make.RelayStepFactory(relay=relay),
        "reunion": make.ReunionFactory(kept=person, organisation=place),
        "told_apart": make.ToldApartFactory(first=min(person, other, key=id_of), second=max(person, other, key=id_of)),
    }  # fmt: skip


def id_of(row):
    return row.pk


def seen_by(actor, row):
    return row.pk in set(type(row).objects.visible_to(actor).values_list("pk", flat=True))


@pytest.mark.parametrize("role", list(Role))
def test_each_table_gives_each_role_its_own_and_nothing_of_elsewhere(rows, place, role):
    ours, theirs = rows
    match role:
        case Role.BENEFICIARY:
            actor = ours["access"].as_actor()
        case Role.OPERATOR:
            actor = Actor.operator()
        case _:
            actor = actor_of(role, place)
    assert {name for name, row in ours.items() if seen_by(actor, row)} == {
        name for name, readers in READ_BY.items() if role in readers
    }
    shown = {name for name, row in theirs.items() if seen_by(actor, row)}
    assert shown == (set(READ_BY) if role is Role.OPERATOR else set())


@pytest.mark.parametrize("role", list(Role))
def test_what_one_answers_for(rows, place, role):
    ours, theirs = rows
    actor = Actor.operator() if role is Role.OPERATOR else actor_of(role, place)
    stays, exits = set(Stay.objects.covered_by(actor)), set(Exit.objects.covered_by(actor))
    answers = role in PEOPLE - {Role.BENEFICIARY}
    assert (ours["stay"] in stays, theirs["stay"] in stays) == (answers, role is Role.OPERATOR)
    is_gone_kept = answers and role is not Role.SUPERVISOR
    assert (ours["exit"].stay in stays, ours["exit"] in exits) == (is_gone_kept, is_gone_kept)
    assert (theirs["exit"] in exits) == (role is Role.OPERATOR)


TAKEN_BACK = {
    "suspension": ("standing", "cancelled_at"), "derogation": ("standing", "cancelled_at"),
    "diagnosis": ("standing", "cancelled_at"), "immersion": ("standing", "cancelled_at"),
    "training": ("standing", "cancelled_at"), "wish": ("standing", "cancelled_at"),
    "watch_end": ("in_force", "resumed_at"), "reunion": ("standing", "separated_at"),
}  # fmt: skip
CANCELLED_WITH_A_REASON = {"suspension", "derogation", "diagnosis"}


@pytest.mark.parametrize("name", sorted(TAKEN_BACK))
def test_what_was_taken_back_stands_no_more(rows, name):
    ours, theirs = rows
    kept, column = TAKEN_BACK[name]
    model = type(ours[name])
    reason = {"cancel_reason": "DOUBLE"} if name in CANCELLED_WITH_A_REASON else {}
    model.objects.filter(pk=ours[name].pk).update(**{column: timezone.now()}, **reason)
    assert list(getattr(model.objects.all(), kept)()) == [theirs[name]]


def test_documents_erased_are_no_more_with_documents(rows):
    ours, theirs = rows
    model = type(ours["diagnosis"])
    model.objects.filter(pk=ours["diagnosis"].pk).update(purged_on=TODAY)
    assert list(model.objects.with_documents()) == [theirs["diagnosis"]]


def test_an_access_lives_until_its_hour(rows):
    ours, theirs = rows
    now, model = timezone.now(), type(ours["access"])
    model.objects.filter(pk=ours["access"].pk).update(ended_at=now)
    assert list(model.objects.live(now)) == [theirs["access"]]
    assert set(model.objects.live(now + timedelta(seconds=-1))) == {ours["access"], theirs["access"]}


def test_a_stay_is_open_from_its_first_day_to_its_last(place):
    stay = make.StayFactory(organisation=place, started_on=date(2025, 1, 6), ended_on=date(2025, 6, 30))
    shown = {day: list(Stay.objects.open_on(day)) for day in around(stay.started_on, stay.ended_on)}
    assert shown == expected(stay, stay.started_on, stay.ended_on)
    present = {day: list(Beneficiary.objects.present_on(day, frozenset({place.pk}))) for day in shown}
    assert present == expected(stay.beneficiary, stay.started_on, stay.ended_on)
    assert not Beneficiary.objects.present_on(stay.started_on, frozenset()).exists()


@pytest.mark.parametrize("end", ["ended_on", "planned_end_on"])
def test_a_contract_runs_from_its_first_day_to_its_real_end_else_the_planned_one(end):
    first, last = date(2025, 1, 6), date(2025, 3, 31)
    dates = {"planned_end_on": date(2025, 6, 30), "ended_on": None} | {end: last}
    contract = make.ContractFactory(started_on=first, stay__started_on=first, **dates)
    shown = {day: list(Contract.objects.running_on(day)) for day in around(first, last)}
    assert shown == expected(contract, first, last)


def test_a_contract_that_goes_on_past_its_planned_end_ends_on_its_real_one():
    first, real = date(2025, 1, 6), date(2025, 6, 30)
    contract = make.ContractFactory(
        started_on=first, stay__started_on=first, planned_end_on=date(2025, 3, 31)
    )
    Contract.objects.filter(pk=contract.pk).update(ended_on=real)
    assert list(Contract.objects.running_on(real)) == [contract]


def around(first, last):
    return [first + BEFORE, first, last, last + AFTER]


def expected(row, first, last):
    return {first + BEFORE: [], first: [row], last: [row], last + AFTER: []}


def test_exits_of_a_period_hold_both_its_days(rows):
    ours, _ = rows
    day = ours["exit"].occurred_on
    mine = Exit.objects.filter(pk=ours["exit"].pk)
    assert [mine.between(*period).count() for period in ((day, day), (day + AFTER, day + AFTER), (day + BEFORE, day + BEFORE))] == [1, 0, 0]  # fmt: skip


def test_interviews_before_an_instant(rows):
    ours, _ = rows
    row = ours["interview"]
    mine = type(row).objects.filter(pk=row.pk)
    assert (
        mine.before(row.happened_at).count(),
        mine.before(row.happened_at + timedelta(seconds=1)).count(),
    ) == (0, 1)


def test_six_words_of_a_search_are_looked_at():
    person = make.BeneficiaryFactory(last_name="Songe Du Grand Lac", first_name="Zoé Aline")
    assert list(Beneficiary.objects.matching("songe du grand lac zoe aline")) == [person]
    assert list(Beneficiary.objects.matching("songe du grand lac zoe aline septieme")) == [person]
    assert not Beneficiary.objects.matching("songe du grand lac zoe sixieme").exists()


def test_somebody_may_be_born_on_one_of_these_days_or_on_none(rows):
    ours, _ = rows
    person = ours["person"]
    mine = Beneficiary.objects.filter(pk=person.pk)
    assert mine.maybe_born(person.birth_date).exists()
    assert mine.maybe_born(person.birth_date + AFTER, person.birth_date).exists()
    assert not mine.maybe_born(person.birth_date + AFTER).exists()
    assert not mine.maybe_born().exists()


def test_two_told_apart_are_found_in_whichever_order_and_with_nobody_else(rows):
    row = rows[0]["told_apart"]
    assert list(ToldApart.objects.between(row.first_id, row.second_id)) == [row]
    assert list(ToldApart.objects.between(row.second_id, row.first_id)) == [row]
    assert not ToldApart.objects.between(row.first_id, row.first_id).exists()


def test_a_relay_is_read_where_it_was_sent_until_its_last_day(rows, place):
    relay = rows[0]["relay"]
    there = make.OrganisationFactory()
    receiver = actor_of(Role.ADVISOR, there)
    Relay.objects.filter(pk=relay.pk).update(
        receiver=there, status=RelayStatus.AGREED, expires_on=TODAY, stay=None
    )
    assert seen_by(receiver, relay)
    assert list(Relay.objects.under_way(TODAY).filter(pk=relay.pk)) == [relay]
    Relay.objects.filter(pk=relay.pk).update(expires_on=TODAY + BEFORE)
    assert not seen_by(receiver, relay)
    assert not Relay.objects.under_way(TODAY).filter(pk=relay.pk).exists()
    Relay.objects.filter(pk=relay.pk).update(stay=make.StayFactory(organisation=there))
    assert seen_by(receiver, relay), "once they welcomed, it stays theirs to read"


def test_a_relay_sent_to_an_address_is_read_by_who_proved_it_and_by_nobody_else(rows):
    relay = rows[0]["relay"]
    receiver, other = (actor_of(Role.ADVISOR, make.OrganisationFactory()) for _ in range(2))
    user = make.UserFactory._meta.model.objects.get(pk=receiver.user_id)
    Relay.objects.filter(pk=relay.pk).update(
        receiver=None, status=RelayStatus.AGREED, expires_on=TODAY, to_email=user.email.lower(), stay=None
    )
    when = datetime(2026, 1, 5, tzinfo=ZoneInfo("Europe/Paris"))
    for proven in (None, when):
        type(user).objects.filter(pk=user.pk).update(address_proven_at=proven)
        assert (seen_by(receiver, relay), seen_by(other, relay)) == (proven is not None, False)
