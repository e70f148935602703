"""A PASS suspended, prolonged, closed, and each taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backend.core.errors import Conflict, DomainError, NotPermitted, OutOfReach
from pathways.models import IaePass
from pathways.selectors.facts.contracts import last_passes
from pathways.services import (
    answer_prolongation,
    ask_prolongation,
    cancel_prolongation,
    cancel_suspension,
    close_pass,
    correct_prolongation,
    correct_suspension,
    record_derogation,
    record_pass,
    record_suspension,
    reopen_pass,
)
from tests.factories import IaePassFactory, OrganisationFactory, PassSuspensionFactory, StayFactory, actor_of

END = date(2027, 2, 28)


@pytest.fixture
def iae(house):
    return IaePassFactory(beneficiary=house.person, starts_on=date(2025, 3, 1), ends_on=END)


def suspended(house, iae, **changes):
    asked = {"motive": "CONTRAT_ROMPU", "starts_on": date(2026, 9, 1), "ends_on": date(2026, 10, 16)}
    return record_suspension(**{"actor": house.advisor, "iae_pass": iae} | asked | changes)[0]


def prolonged(house, iae, **changes):
    asked = {"motive": "RQTH", "ends_on": date(2027, 8, 31), "asked_on": date(2026, 11, 20)}
    return ask_prolongation(**{"actor": house.advisor, "iae_pass": iae} | asked | changes)


def end_of(iae):
    return IaePass.objects.get(pk=iae.pk).ends_on


def test_r16_a_suspension_pushes_the_end_and_gives_it_back(house, iae, trail_of):
    row = suspended(house, iae)
    assert end_of(iae) == END + timedelta(days=45)
    row, _ = correct_suspension(
        actor=house.advisor, suspension=row, version=row.version, motive=row.motive,
        starts_on=row.starts_on, ends_on=date(2026, 9, 30),
    )  # fmt: skip
    assert end_of(iae) == END + timedelta(days=29)
    cancel_suspension(actor=house.advisor, suspension=row, version=row.version, reason="Autre personne")
    assert end_of(iae) == END
    assert trail_of(row) == ["pass.suspended", "pass.suspension_corrected", "pass.suspension_cancelled"]


def test_r15_without_an_end_a_suspension_is_as_long_as_on_the_platform(house, iae):
    assert suspended(house, iae, ends_on=None).ends_on == date(2029, 8, 31)


def test_r16_an_end_received_keeps_its_difference(house, iae):
    record_pass(
        actor=house.advisor, beneficiary=house.person, number=iae.number, starts_on=iae.starts_on,
        ends_on=END + timedelta(days=7),
    )  # fmt: skip
    suspended(house, iae)
    assert end_of(iae) == END + timedelta(days=52)


def test_r16_the_same_number_again_without_an_end_keeps_what_its_changes_add(house, iae):
    suspended(house, iae)
    record_pass(actor=house.advisor, beneficiary=house.person, number=iae.number, starts_on=iae.starts_on)
    assert end_of(iae) == END + timedelta(days=45)


def test_r20_a_prolongation_moves_the_end_once_it_is_granted(house, iae, trail_of):
    row = prolonged(house, iae)
    assert (row.status, row.starts_on, end_of(iae)) == ("DEMANDEE", END, END)
    row = answer_prolongation(
        actor=house.advisor, prolongation=row, version=row.version, status="ACCORDEE",
        decided_on=date(2026, 11, 22), prescriber="Cap emploi inventé",
    )  # fmt: skip
    assert end_of(iae) == date(2027, 8, 31)
    row = correct_prolongation(
        actor=house.advisor, prolongation=row, version=row.version, motive="RQTH",
        ends_on=date(2027, 9, 30), asked_on=row.asked_on,
    )  # fmt: skip
    assert end_of(iae) == date(2027, 9, 30)
    cancel_prolongation(actor=house.advisor, prolongation=row, version=row.version, reason="Par erreur")
    assert end_of(iae) == END
    assert trail_of(row)[0] == "pass.prolongation_asked"


def test_r20_a_refusal_moves_nothing_and_says_why(house, iae):
    row = prolonged(house, iae)
    asked = {"actor": house.advisor, "prolongation": row, "version": row.version, "status": "REFUSEE"}
    with pytest.raises(DomainError) as refusal:
        answer_prolongation(**asked, decided_on=date(2026, 11, 22))
    assert refusal.value.code == "refusal_without_reason"
    answer_prolongation(**asked, decided_on=date(2026, 11, 22), refusal_reason="DUREE")
    assert end_of(iae) == END


def test_r20_where_the_structure_decides_it_is_granted_at_once(house, iae):
    row = prolonged(house, iae, motive="FORMATION")
    assert (row.status, end_of(iae)) == ("ACCORDEE", date(2027, 8, 31))


@pytest.fixture
def closed(house, iae):
    PassSuspensionFactory(
        iae_pass=iae, organisation=house.structure, starts_on=date(2025, 9, 1), ends_on=date(2026, 12, 31)
    )
    IaePass.objects.filter(pk=iae.pk).update(ends_on=date(2028, 6, 28))
    return close_pass(actor=house.advisor, iae_pass=iae, on=date(2026, 11, 20), note="Vu avec elle.")


def test_r18_a_closed_pass_moves_no_more_until_it_is_reopened(house, closed):
    assert last_passes([house.person.pk])[house.person.pk].ends_on == date(2026, 11, 20)
    for write in (suspended, prolonged):
        with pytest.raises(DomainError) as refusal:
            write(house, closed, ends_on=date(2028, 7, 31))
        assert refusal.value.code == "pass_closed"
    again = reopen_pass(actor=house.advisor, iae_pass=closed)
    assert (again.closed_on, again.closing_note) == (None, "")
    assert reopen_pass(actor=house.advisor, iae_pass=closed).closed_on is None


def test_r19_a_new_pass_waits_two_years_or_for_a_prescripteur(house, closed):
    asked = {"actor": house.advisor, "beneficiary": house.person, "number": "999991234568"}
    IaePass.objects.filter(pk=closed.pk).update(ends_on=date(2026, 11, 20))
    with pytest.raises(DomainError) as refusal:
        record_pass(**asked, starts_on=date(2026, 11, 21))
    assert refusal.value.code == "pass_waiting"
    assert "1er septembre 2027" in refusal.value.message.replace("\u00a0", " ")
    record_derogation(
        actor=house.advisor, stay=house.stay, motive="NOUVEAU_PASS", decider="PRESCRIPTEUR", status="ACCORDEE",
        asked_on=date(2026, 11, 2), decided_on=date(2026, 11, 20), starts_on=date(2026, 11, 21),
        ends_on=date(2026, 12, 31),
    )  # fmt: skip
    assert record_pass(**asked, starts_on=date(2026, 11, 21)).pk


@pytest.mark.parametrize("who", ["supervisor", "neighbour"])
def test_only_who_accompanies_the_person_changes_their_pass(house, iae, who):
    with pytest.raises((NotPermitted, OutOfReach)):
        suspended(house, iae, actor=getattr(house, who))


def test_outside_the_insertion_structures_nobody_changes_a_pass(house):
    services = OrganisationFactory(kind="ASP-SAP")
    stay = StayFactory(organisation=services)
    iae = IaePassFactory(beneficiary=stay.beneficiary)
    with pytest.raises(NotPermitted):
        suspended(house, iae, actor=actor_of("MANAGER", services))


def test_two_people_do_not_correct_the_same_line(house, iae):
    row = suspended(house, iae)
    first = {"actor": house.advisor, "suspension": row, "version": row.version, "motive": row.motive}
    correct_suspension(**first, starts_on=row.starts_on, ends_on=date(2026, 9, 30))
    with pytest.raises(Conflict):
        correct_suspension(**first, starts_on=row.starts_on, ends_on=date(2026, 9, 29))


def test_what_was_cancelled_cannot_be_cancelled_again(house, iae):
    row = suspended(house, iae)
    with pytest.raises(DomainError) as refusal:
        cancel_suspension(actor=house.advisor, suspension=row, version=row.version, reason="  ")
    assert refusal.value.code == "reason_missing"
    row = cancel_suspension(actor=house.advisor, suspension=row, version=row.version, reason="Par erreur")
    with pytest.raises(OutOfReach):
        cancel_suspension(actor=house.advisor, suspension=row, version=row.version, reason="Encore")
