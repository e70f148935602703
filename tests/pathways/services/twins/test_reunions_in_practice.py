"""What people meet when they make two files one: who may, what is asked, what is said, what cannot be undone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, OutOfReach
from backend.core.joining.tables import Side
from backend.exchange.models import OtherId
from employers.enums import ConsentDecision
from employers.models import ProfileConsent
from employers.selectors.profiles import profiles_shown_to
from pathways.models import (
    Action,
    BarrierReading,
    Beneficiary,
    Contract,
    Exit,
    Goal,
    Interview,
    Reunion,
    Stay,
)
from pathways.selectors.twins.reunions import plan_of, preview_of, print_of
from pathways.services import join_files, no_longer_apart, separate_files, tell_apart
from pathways.services.reunions import forget_old_reunions
from tests import factories as make
from tests.worlds.joined import OPERATOR, joined

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
IN_MARCH = date(2026, 3, 2)


@pytest.fixture
def house():
    return make.OrganisationFactory(name="Chantier des Rives")


@pytest.fixture
def manager(house):
    return make.actor_of(Role.MANAGER, house)


def somebody(house, **names):
    person = make.BeneficiaryFactory(**{"last_name": "Fictive", "first_name": "Solange", **names})
    make.StayFactory(beneficiary=person, organisation=house, started_on=IN_MARCH)
    return person


@pytest.fixture
def twins(house):
    return somebody(house), somebody(house)


# Who may


def test_an_advisor_joins_the_files_of_the_people_they_accompany(house):
    advisor = make.actor_of(Role.ADVISOR, house)
    kept, gone = somebody(house), somebody(house)
    assert joined(kept, gone, actor=advisor).kept == kept


def test_a_file_of_another_house_is_never_told(house, manager):
    kept, elsewhere = somebody(house), somebody(make.OrganisationFactory())
    with pytest.raises(OutOfReach):
        join_files(actor=manager, kept=kept, gone=elsewhere, seen="", choices={})
    with pytest.raises(OutOfReach):
        join_files(actor=manager, kept=elsewhere, gone=kept, seen="", choices={})
    with pytest.raises(OutOfReach):
        tell_apart(actor=manager, first=kept, second=elsewhere)


def test_a_file_that_is_only_kept_to_read_is_not_joined(house, manager):
    kept, former = somebody(house), somebody(house)
    Stay.objects.filter(beneficiary=former).update(ended_on=date(2026, 4, 1))
    make.StayFactory(beneficiary=former, organisation=make.OrganisationFactory(), started_on=date(2026, 5, 4))
    with pytest.raises(DomainError) as refused:
        joined(kept, former, actor=manager)
    assert refused.value.code == "not_yours"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.GROUP_HEAD])
def test_who_only_reads_people_joins_nobody(house, twins, role):
    with pytest.raises(DomainError) as refused:
        joined(*twins, actor=make.actor_of(role, house))
    assert refused.value.code in {"not_yours", "out_of_reach"}


# What is asked


def test_what_differs_is_asked_and_what_one_file_lacks_is_taken(house, manager):
    kept = somebody(house, phone="", postcode="39000", birth_date=date(1988, 5, 17))
    gone = somebody(house, phone="06 00 00 00 01", postcode="", birth_date=date(1988, 5, 18))
    conflicts = plan_of(manager, kept, gone).conflicts
    assert [each.said[0].name for each in conflicts] == ["date de naissance"]
    with pytest.raises(DomainError) as refused:
        join_files(
            actor=manager, kept=kept, gone=gone, seen=print_of(plan_of(manager, kept, gone)), choices={}
        )
    assert refused.value.code == "to_choose"
    joined(kept, gone, actor=manager, side=Side.GONE)
    kept.refresh_from_db()
    assert (kept.phone, kept.postcode, kept.birth_date) == ("06 00 00 00 01", "39000", date(1988, 5, 18))


def test_each_question_says_what_it_is_about_without_a_number(house, manager):
    kept, gone = somebody(house), somebody(house)
    for person, answer in ((kept, True), (gone, False)):
        make.EntryProfileFactory(beneficiary=person, rqth=answer)
    (asked,) = plan_of(manager, kept, gone).conflicts
    assert (asked.about, asked.said[0].name, asked.said[0].kept) == ("Situation à l’entrée", "RQTH", "oui")


def test_a_name_that_is_chosen_is_found_by_the_search(house, manager):
    kept, gone = somebody(house, last_name="Fictyve"), somebody(house, last_name="Fictive")
    joined(kept, gone, actor=manager, side=Side.GONE)
    assert Beneficiary.objects.matching("fictive").get() == kept


def test_a_file_that_changed_since_it_was_compared_is_compared_again(manager, twins):
    kept, gone = twins
    seen = print_of(plan_of(manager, kept, gone))
    make.GoalFactory(beneficiary=gone, organisation=None)
    with pytest.raises(Conflict):
        join_files(actor=manager, kept=kept, gone=gone, seen=seen, choices={})


def test_two_stays_of_one_house_at_once_are_one(house, manager):
    kept, gone = somebody(house), somebody(house)
    Stay.objects.filter(beneficiary=gone).update(started_on=date(2026, 1, 5))
    contract = make.ContractFactory(stay=gone.stays.get(), started_on=date(2026, 1, 5))
    joined(kept, gone, actor=manager)
    stay = Stay.objects.get(beneficiary=kept)
    assert (stay.started_on, stay.contracts.get()) == (date(2026, 1, 5), contract)


@pytest.mark.parametrize(("side", "left"), [(Side.KEPT, None), (Side.GONE, date(2026, 9, 30))], ids=str)
def test_still_there_or_gone_is_asked_and_the_exit_stands_with_the_answer(house, manager, side, left):
    kept, gone = somebody(house), somebody(house)
    stay = gone.stays.get()
    Stay.objects.filter(pk=stay.pk).update(ended_on=date(2026, 9, 30))
    make.ExitFactory(stay=stay, occurred_on=date(2026, 9, 30), motive="3")
    make.PlacementFactory(beneficiary=gone, exit=stay.exit, started_on=date(2026, 10, 1))
    reunion = joined(kept, gone, actor=manager, side=side)
    stay = Stay.objects.get(beneficiary=kept)
    assert stay.ended_on == left
    assert Exit.objects.filter(stay=stay).exists() is (left is not None)
    separate_files(actor=OPERATOR, reunion=reunion)
    assert gone.stays.get().exit.placement


def test_the_same_contract_sent_twice_is_one_and_its_hours_are_not_doubled(house, manager):
    kept, gone = somebody(house), somebody(house)
    for person, hours in ((kept, 100), (gone, 100)):
        contract = make.ContractFactory(stay=person.stays.get(), started_on=IN_MARCH)
        make.MonthlyHoursFactory(contract=contract, month=date(2026, 3, 1), hours=hours)
        make.MonthlyHoursFactory(
            contract=contract, month=date(2026, 3 + (person is gone), 1), client_kind="PUBLIC"
        )
    joined(kept, gone, actor=manager)
    contract = Contract.objects.get(stay__beneficiary=kept)
    assert sorted(contract.monthly_hours.values_list("month__month", "client_kind")) == [
        (3, ""),
        (3, "PUBLIC"),
        (4, "PUBLIC"),
    ]


def test_a_private_note_is_never_laid_before_anybody(house, manager):
    kept, gone = somebody(house), somebody(house)
    author = make.UserFactory()
    for person in (kept, gone):
        said = make.InterviewFactory(
            beneficiary=person,
            author=author,
            organisation=house,
            happened_at=datetime(2026, 5, 5, 9, tzinfo=UTC),
        )
        make.PrivateNoteFactory(interview=said, author=author, text=f"Pense-bête {person.pk}")
    assert "Pense-bête" not in repr(preview_of(manager, kept, gone))
    joined(kept, gone, actor=manager)
    assert Interview.objects.filter(beneficiary=kept, private_note__isnull=False).count() == 2


def test_the_preview_counts_what_the_actor_reads_only(house, manager):
    kept, gone = somebody(house), somebody(house)
    make.InterviewFactory(beneficiary=gone, organisation=house)
    make.InterviewFactory(beneficiary=gone, organisation=make.OrganisationFactory())
    words = [each.words for each in preview_of(manager, kept, gone).following]
    assert "1 entretien" in words
    joined(kept, gone, actor=manager)
    assert Interview.objects.filter(beneficiary=kept).count() == 2


def test_two_structures_at_once_are_said(house, manager):
    kept, gone = somebody(house), somebody(house)
    make.StayFactory(
        beneficiary=gone, organisation=make.OrganisationFactory(name="Atelier songé"), started_on=IN_MARCH
    )
    assert "Atelier songé" in " ".join(preview_of(manager, kept, gone).remarks)


# What it means for others


def test_an_employer_goes_on_reading_what_they_were_shown_under_the_same_name(house, manager):
    kept, gone = somebody(house), somebody(house)
    access = make.EmployerAccessFactory(employer=make.EmployerFactory(organisation=house))
    job = make.JobProposalFactory(organisation=house)
    job.employers.set([access.employer])
    agreed = make.ProfileConsentFactory(
        beneficiary=gone,
        employer=access.employer,
        proposal=job,
        decision=ConsentDecision.GRANTED,
        ends_on=date(2027, 1, 31),
    )
    (before,) = profiles_shown_to(access.as_actor())
    joined(kept, gone, actor=manager)
    (after,) = profiles_shown_to(access.as_actor())
    assert after == before
    agreed.refresh_from_db()
    assert (agreed.beneficiary, agreed.ends_on) == (kept, date(2027, 1, 31))


def test_a_yes_comes_before_a_question_still_waiting(house, manager):
    kept, gone = somebody(house), somebody(house)
    employer, job = make.EmployerFactory(organisation=house), make.JobProposalFactory(organisation=house)
    for person, decision in ((kept, ConsentDecision.ASKED), (gone, ConsentDecision.GRANTED)):
        make.ProfileConsentFactory(
            beneficiary=person, employer=employer, proposal=job, decision=decision, ends_on=date(2027, 1, 31)
        )
    joined(kept, gone, actor=manager)
    left = ProfileConsent.objects.get(beneficiary=kept)
    assert (left.decision, left.shown_as) == (ConsentDecision.GRANTED, gone.pk)


def test_the_person_goes_on_knowing_who_looked_at_either_file(manager, twins):
    kept, gone = twins
    actor = make.BeneficiaryAccessFactory(beneficiary=gone).as_actor()
    Entry.objects.create(action="beneficiary.read", role=Role.MANAGER, beneficiary_id=gone.pk)
    joined(kept, gone, actor=manager)
    after = gone.accesses.model.objects.get().as_actor()
    assert (actor.beneficiary_id, after.beneficiary_id) == (gone.pk, kept.pk)
    assert Entry.objects.visible_to(after).filter(action="beneficiary.read").exists()


def test_it_leaves_its_line_in_the_trail_without_a_name(manager, twins):
    kept, gone = twins
    reunion = joined(kept, gone, actor=manager)
    line = Entry.objects.get(action="beneficiary.joined")
    assert (line.beneficiary_id, line.detail["gone"], line.detail["reunion"]) == (
        kept.pk,
        gone.pk,
        reunion.pk,
    )
    assert "Fictive" not in str(line.detail)
    assert "Fictive" not in str(Reunion.objects.values_list("gone_id", "made_at").get())


# Two files again


def test_what_was_added_since_stays_on_the_kept_file_and_what_hangs_from_the_other_goes_with_it(
    house, manager
):
    kept, gone = somebody(house), somebody(house)
    goal = make.GoalFactory(beneficiary=gone, organisation=house, label="But de l’autre")
    interview = make.InterviewFactory(beneficiary=gone, organisation=house)
    own_goal = make.GoalFactory(beneficiary=kept, organisation=house, label="But gardé")
    reunion = joined(kept, gone, actor=manager)
    here = {"beneficiary": kept, "organisation": house}
    alone = make.ActionFactory(label="Ajoutée", **here)
    along = make.ActionFactory(label="Pour l’autre", goal=goal, **here)
    both = make.ActionFactory(label="Entre les deux", goal=own_goal, interview=interview, **here)
    reading = make.BarrierReadingFactory(interview=interview, theme="LOGEMENT", **here)
    Goal.objects.filter(pk=goal.pk).update(label="Corrigé depuis", beneficiary=kept)
    done = separate_files(actor=manager, reunion=reunion)
    assert Action.objects.get(pk=alone.pk).beneficiary == kept
    assert Action.objects.get(pk=along.pk).beneficiary == gone
    left = Action.objects.get(pk=both.pk)
    assert (left.beneficiary, left.goal, left.interview) == (kept, own_goal, None)
    assert BarrierReading.objects.get(pk=reading.pk).beneficiary == gone
    assert Goal.objects.get(pk=goal.pk).label == "Corrigé depuis"
    assert (done.went_along, done.let_go) == (2, 1)


def test_what_was_corrected_since_keeps_its_correction(house, manager):
    kept, gone = somebody(house, phone=""), somebody(house, phone="06 00 00 00 01")
    reunion = joined(kept, gone, actor=manager)
    Beneficiary.objects.filter(pk=kept.pk).update(phone="06 00 00 00 02")
    done = separate_files(actor=manager, reunion=reunion)
    kept.refresh_from_db()
    assert kept.phone == "06 00 00 00 02"
    assert Beneficiary.objects.get(pk=gone.pk).phone == "06 00 00 00 01"
    assert done.left_as_changed == 1


@pytest.mark.parametrize(("days", "is_possible"), [(30, True), (31, False)])
def test_files_are_separated_for_thirty_days(manager, twins, days, is_possible):
    reunion = joined(*twins, actor=manager)
    Reunion.objects.filter(pk=reunion.pk).update(made_at=reunion.made_at - timedelta(days=days))
    if is_possible:
        assert forget_old_reunions() == 0
        separate_files(actor=manager, reunion=reunion)
        return
    with pytest.raises(DomainError) as refused:
        separate_files(actor=manager, reunion=reunion)
    assert refused.value.code == "too_late_to_separate"
    Reunion.objects.filter(pk=reunion.pk).update(made_at=reunion.made_at - timedelta(days=days + 1))
    assert forget_old_reunions() == 1
    assert Reunion.objects.get(pk=reunion.pk).memory == ""


def test_the_last_joined_is_separated_first(house, manager):
    kept, gone, third = somebody(house), somebody(house), somebody(house)
    first = joined(kept, gone, actor=manager)
    second = joined(third, kept, actor=manager)
    first.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        separate_files(actor=manager, reunion=first)
    assert refused.value.code == "joined_again_since"
    separate_files(actor=manager, reunion=second)
    first.refresh_from_db()
    separate_files(actor=manager, reunion=first)
    assert set(Beneficiary.objects.values_list("pk", flat=True)) >= {kept.pk, gone.pk, third.pk}
    with pytest.raises(DomainError) as refused:
        separate_files(actor=manager, reunion=first)
    assert refused.value.code == "already_separated"


def test_an_id_of_a_sender_leads_to_the_kept_file_until_they_are_separated(house, manager):
    kept, gone = somebody(house, external_id="s1:p1"), somebody(house, external_id="s1:p2")
    reunion = joined(kept, gone, actor=manager)
    assert OtherId.objects.get().row_id == kept.pk
    separate_files(actor=manager, reunion=reunion)
    assert not OtherId.objects.exists()


# Homonyms


def test_two_people_told_apart_are_not_joined_until_somebody_goes_back_on_it(manager, twins):
    kept, gone = twins
    pair = tell_apart(actor=manager, first=gone, second=kept)
    assert tell_apart(actor=manager, first=kept, second=gone) == pair
    with pytest.raises(DomainError) as refused:
        joined(kept, gone, actor=manager)
    assert refused.value.code == "told_apart"
    no_longer_apart(actor=manager, pair=pair)
    assert joined(kept, gone, actor=manager)
