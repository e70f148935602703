"""A job written on an old exit opens no support once another structure accompanies the person: every door says why."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.actor import Actor, Role
from backend.exchange.report import Severity
from backend.exchange.scope import Scope
from backend.exchange.services import import_bundle
from employers.models import Placement
from pathways import doors
from pathways.models import Beneficiary, Exit, Stay
from pathways.permissions import accompanies
from pathways.services import after_exits, close_stay, complete_exit
from tests.backend.exchange.whole import write_bundle
from tests.factories import (
    ExitFactory,
    MembershipFactory,
    OrganisationFactory,
    PlacementFactory,
    StayFactory,
)
from tests.signin import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LEFT, ARRIVED = date(2026, 9, 30), date(2026, 10, 5)
WHY = "Aucun suivi dans l’emploi ne s’ouvre : cette personne est accompagnée aujourd’hui par une autre structure."


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.MANAGER)


@pytest.fixture
def actor(seat):
    return seat.as_actor()


@pytest.fixture
def left(seat):
    """Gone since the end of September, the motive is missing; elsewhere since the beginning of October."""
    stay = StayFactory(organisation=seat.organisation, ended_on=LEFT)
    StayFactory(beneficiary=stay.beneficiary, organisation=OrganisationFactory(), started_on=ARRIVED)
    return ExitFactory(stay=stay, occurred_on=LEFT, motive="")


def is_shut(actor, exit_, motive="3"):
    """The motive is written, and nothing followed from it."""
    exit_.refresh_from_db()
    return (
        exit_.motive == motive
        and not Placement.objects.exists()
        and not accompanies(actor, exit_.stay.beneficiary)
    )


def test_the_service_writes_the_motive_and_opens_nothing(actor, left):
    done = complete_exit(actor=actor, exit_=left, version=1, motive="3")
    assert [remark.sentence for remark in done.remarks] == [WHY]
    assert is_shut(actor, left)


def test_nor_does_a_missing_exit(actor, left):
    stay = left.stay
    left.delete()
    done = close_stay(actor=actor, stay=Stay.objects.get(pk=stay.pk), on=LEFT, motive="3")
    assert [remark.sentence for remark in done.remarks] == [WHY]
    assert is_shut(actor, done)


def test_the_page_that_follows_says_why(seat, actor, left):
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    sent = {"version": left.version, "on": str(LEFT), "motive": "3", "employer_name": "Mairie Imaginaire"}
    answer = client.post(reverse("web:exit_edit", args=[left.stay_id]), sent, follow=True)
    assert WHY in answer.content.decode()
    assert is_shut(actor, left)


def test_the_api_says_why_to_whoever_writes_and_never_again(seat, actor, left):
    client, address = sign_in(Client(), seat.user, seat=seat.seat_key), f"/api/v1/exits/{left.pk}/"
    body, etag = json.dumps({"motive": "3"}), client.get(address)["ETag"]
    answer = client.patch(address, body, content_type="application/json", headers={"If-Match": etag})
    assert answer.status_code == 200
    assert [remark.startswith(WHY) for remark in answer.json()["remarks"]] == [True]
    assert is_shut(actor, left)
    again = client.get(address)
    assert (again.json()["remarks"], again["ETag"]) == ([], answer["ETag"])


def test_the_api_says_it_of_a_missing_exit_too(seat, actor, left):
    stay = left.stay_id
    left.delete()
    client = sign_in(Client(), seat.user, seat=seat.seat_key)
    body = json.dumps({"on": str(LEFT), "motive": "3"})
    answer = client.post(f"/api/v1/stays/{stay}/close/", body, content_type="application/json")
    assert answer.status_code == 201
    assert [remark.startswith(WHY) for remark in answer.json()["remarks"]] == [True]
    assert is_shut(actor, Exit.objects.get(stay=stay))


@pytest.mark.parametrize("by_operator", [False, True])
def test_the_report_of_a_file_says_why(tmp_path, seat, actor, left, by_operator):
    place = seat.organisation
    mark = "" if by_operator else Scope(place.pk).prefix
    Beneficiary.objects.filter(pk=left.stay.beneficiary_id).update(external_id=f"{mark}p1")
    place.external_id = "s1"
    place.save()
    line = {"salarie_id": "p1", "structure_id": "s1", "date_sortie": str(LEFT), "motif": "3"}
    person = left.stay.beneficiary
    lines = {
        "structures.csv": [{"id": "s1", "nom": place.name, "type": place.kind}],
        "salaries.csv": [{"id": "p1", "nom": person.last_name, "prenom": person.first_name}],
        "sorties.csv": [line],
    }
    if by_operator:
        report = import_bundle(actor=Actor.operator(), folder=write_bundle(tmp_path, lines))
    else:
        del lines["structures.csv"]
        report = import_bundle(actor=actor, folder=write_bundle(tmp_path, lines), scope=Scope(place.pk))
    assert report.faults == []
    (said,) = [notice for notice in report.notices if notice.problem == WHY]
    assert (said.file, said.line, said.column, said.severity) == ("sorties.csv", 2, "motif", Severity.NOTICE)
    assert is_shut(actor, left)


def test_a_motive_corrected_again_and_again_opens_nothing(actor, left):
    for version, motive in enumerate(("3", "7", "9", "", "1"), start=1):
        left = complete_exit(actor=actor, exit_=left, version=version, motive=motive)
    assert is_shut(actor, left, "1")


def test_with_nobody_else_the_support_opens_as_before(actor, left):
    Stay.objects.exclude(organisation_id=actor.organisation_id).update(ended_on=date(2026, 11, 1))
    done = complete_exit(actor=actor, exit_=left, version=1, motive="3")
    assert (done.remarks, Placement.objects.count()) == ((), 1)
    assert accompanies(actor, left.stay.beneficiary)


def test_whoever_leaves_for_a_job_today_is_supported_whoever_else_accompanies_them(actor):
    """The door was open when the exit was written: the support is the structure's own."""
    stay = StayFactory(organisation_id=actor.organisation_id)
    StayFactory(beneficiary=stay.beneficiary, organisation=OrganisationFactory(), started_on=ARRIVED)
    done = close_stay(actor=actor, stay=stay, on=date(2026, 11, 20), motive="3")
    assert (done.remarks, Placement.objects.count()) == ((), 1)


def test_a_support_under_way_follows_its_motive_whoever_has_come_since(actor, left):
    Stay.objects.exclude(organisation_id=actor.organisation_id).delete()
    done = complete_exit(actor=actor, exit_=left, version=1, motive="3")
    StayFactory(beneficiary=left.stay.beneficiary, started_on=ARRIVED)
    done = complete_exit(actor=actor, exit_=done, version=2, motive="10", contract_months=2)
    assert (done.remarks, Placement.objects.get().months) == ((), 2)


@pytest.mark.parametrize("moved_to", [date(2026, 9, 1), date(2025, 12, 1)])
def test_an_exit_whose_day_is_moved_gives_no_more_support_than_it_had(actor, moved_to):
    """A support that is over, another structure since: a day corrected later does not open the thread again."""
    stay = StayFactory(
        organisation_id=actor.organisation_id, started_on=date(2025, 3, 3), ended_on=date(2026, 1, 9)
    )
    person = stay.beneficiary
    exit_ = ExitFactory(stay=stay, occurred_on=stay.ended_on, motive="3")
    PlacementFactory(exit=exit_, beneficiary=person, employer=None, started_on=date(2026, 1, 10))
    StayFactory(beneficiary=person, organisation=OrganisationFactory(), started_on=ARRIVED)
    assert not accompanies(actor, person)

    lost = doors.lost_to_another([person.pk])
    exit_.occurred_on = stay.ended_on = moved_to
    stay.save()
    exit_.save()
    after_exits.tell([exit_], Actor.operator(), lost=lost)
    assert not accompanies(actor, person)
    assert bool(exit_.remarks) is (moved_to == date(2026, 9, 1))
