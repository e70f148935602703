"""A VAE moves stage by stage, and the law gives the next date."""

from datetime import date

import pytest

from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from competences.enums import VaeStatus
from competences.rules import vae as rules
from competences.services import move_vae, plan_vae
from tests.factories import OrganisationFactory, StayFactory, actor_of


@pytest.mark.parametrize(
    ("status", "reached_on", "expected"),
    [
        (VaeStatus.FEASIBILITY_SENT, date(2026, 1, 31), date(2026, 3, 31)),  # art. R6412-4: two months
        (VaeStatus.FEASIBILITY_SENT, date(2025, 12, 31), date(2026, 2, 28)),
        (VaeStatus.ADMISSIBLE, date(2026, 3, 3), date(2026, 9, 30)),  # end of the sixth month
        (
            VaeStatus.VALIDATION_SENT,
            date(2026, 3, 3),
            date(2026, 6, 30),
        ),  # art. R6412-5: end of the third month
        (VaeStatus.PROJECT, date(2026, 3, 3), None),
    ],
)
def test_r35_r36_the_legal_date_follows_the_stage(status, reached_on, expected):
    assert rules.next_deadline(status, reached_on=reached_on) == expected


def test_every_stage_says_what_may_follow():
    assert set(rules.NEXT_STAGES) == set(VaeStatus)


@pytest.mark.parametrize(
    ("asked", "on", "found"),
    [
        (VaeStatus.REGISTERED, date(2026, 9, 2), []),
        (VaeStatus.DROPPED, date(2026, 9, 1), []),
        (VaeStatus.REGISTERED, date(2026, 8, 31), ["stage_before_previous"]),
        (VaeStatus.JURY, date(2026, 9, 2), ["stage_out_of_order"]),
        (VaeStatus.JURY, date(2026, 8, 31), ["stage_out_of_order", "stage_before_previous"]),
    ],
)
def test_a_stage_follows_the_one_before_and_its_day(asked, on, found):
    findings = rules.move_findings(current=VaeStatus.PROJECT, asked=asked, reached_on=date(2026, 9, 1), on=on)
    assert [each.code for each in findings] == found


@pytest.fixture
def place(db):
    return OrganisationFactory()


@pytest.fixture
def project(place):
    person = StayFactory(organisation=place).beneficiary
    return plan_vae(
        actor=actor_of(Role.ADVISOR, place),
        beneficiary=person,
        certification="Titre inventé",
        on=date(2026, 9, 1),
    )


def test_a_move_records_the_stage_and_its_next_date(place, project):
    actor = actor_of(Role.ADVISOR, place)
    moved = move_vae(actor=actor, project=project, version=1, status="INSCRIPTION", on=date(2026, 9, 15))
    moved = move_vae(actor=actor, project=moved, version=2, status="RECEVABILITE", on=date(2026, 10, 1))
    assert (moved.status, moved.next_due_on, moved.version) == ("RECEVABILITE", date(2026, 12, 1), 3)


def test_a_stage_cannot_be_skipped_and_says_the_article(place, project):
    with pytest.raises(DomainError) as refusal:
        move_vae(
            actor=actor_of(Role.ADVISOR, place),
            project=project,
            version=1,
            status="JURY",
            on=date(2026, 10, 1),
        )
    assert refusal.value.basis == rules.BASIS


def test_two_people_moving_the_same_file_do_not_overwrite_each_other(place, project):
    actor = actor_of(Role.ADVISOR, place)
    move_vae(actor=actor, project=project, version=1, status="INSCRIPTION", on=date(2026, 9, 15))
    with pytest.raises(Conflict):
        move_vae(actor=actor, project=project, version=1, status="ABANDON", on=date(2026, 9, 16))


def test_a_supervisor_does_not_steer_a_vae(place, project):
    with pytest.raises(NotPermitted):
        move_vae(
            actor=actor_of(Role.SUPERVISOR, place),
            project=project,
            version=1,
            status="INSCRIPTION",
            on=date(2026, 9, 15),
        )
